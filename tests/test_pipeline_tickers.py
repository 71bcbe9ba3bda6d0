"""Live tickers: read as long as their feed lists them, and only what is new in them counts."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.workers import Workers
from tests.pipeline_kit import NEWS, WEATHER, World, a_world, due_after, followed
from tests.publisher_kit import FILLER, Answer, Item, page

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    workers = Workers(limit=1)
    async with a_world(tmp_path, workers) as world:
        await world.subscribe("nordkorea")
        yield world
    await workers.close()


@pytest.mark.parametrize(
    "item",
    [
        Item("a", "Liveticker: Die Parade"),
        Item("a", "Alles zur Parade im Newsblog"),
        Item("a", "LIVE: Die Parade"),
        Item("a", "Die Parade", link="/parade-liveblog-100"),
    ],
    ids=lambda item: item.title,
)
async def test_a_live_ticker_is_read_every_15_minutes(world: World, item: Item) -> None:
    await world.follow()
    world.site.answers[item.link or "/a"] = page(WEATHER)
    world.publish(item)
    await world.poll()

    assert await due_after(world, *[15 * MINUTE] * 30) == [1] * 30
    world.site.answers[item.link or "/a"] = page(f"{WEATHER} {NEWS}")
    assert await due_after(world, 15 * MINUTE) == [1]

    assert await world.titles() == [item.title]


async def test_a_ticker_that_its_feed_lists_no_more_is_read_once_more(world: World) -> None:
    await followed(world, page(WEATHER), Item("a", "Liveticker"))
    world.publish(Item("b"))
    await world.poll()

    assert await due_after(world, 15 * MINUTE) == [1]

    world.now += DAY
    assert await world.read_due() == 0


async def test_a_ticker_that_is_listed_for_ever_comes_to_an_end(world: World) -> None:
    await followed(world, page(WEATHER), Item("a", "Liveticker"))
    world.now += 7 * DAY
    assert await world.read_due() == 1

    world.now += DAY
    assert await world.read_due() == 0


def ticker(*paragraphs: str) -> Answer:
    """A live ticker, its newest paragraph first."""
    html = "".join(f"<p>{text} {FILLER}{number}</p>" for number, text in enumerate(paragraphs))
    return Answer(f"<html lang=de><article><h1>Ticker</h1>{html}</article></html>".encode())


QUIET = "Um acht Uhr beginnt der Aufmarsch vor den Tribünen."


async def test_of_a_ticker_that_was_there_before_only_a_new_paragraph_is_told(
    world: World,
) -> None:
    await world.add_feed()
    world.site.answers["/a"] = ticker(QUIET)
    world.publish(Item("a", "Liveticker"))
    await world.poll()
    assert await world.titles() == []

    world.site.answers["/a"] = ticker(QUIET, NEWS)
    assert await due_after(world, 15 * MINUTE) == [1]

    assert await world.titles() == ["Liveticker"]


async def test_a_query_holds_where_one_new_part_of_a_ticker_has_all_of_it(world: World) -> None:
    world.watch("Nordkorea & Tribüne")
    await followed(world, ticker(QUIET), Item("a", "Liveticker"))
    assert await world.titles() == []

    world.site.answers["/a"] = ticker(QUIET, NEWS)
    assert await due_after(world, 15 * MINUTE) == [1]
    assert await world.titles() == []

    world.site.answers["/a"] = ticker(QUIET, NEWS, f"Auf der Tribüne: {NEWS}")
    assert await due_after(world, 15 * MINUTE) == [1]
    assert await world.titles() == ["Liveticker"]


async def test_the_places_of_a_match_are_those_in_the_whole_ticker(world: World) -> None:
    await followed(world, ticker(QUIET), Item("a", "Liveticker"))
    world.site.answers["/a"] = ticker(QUIET, NEWS)
    await due_after(world, 15 * MINUTE)

    [[alert]] = await world.told()

    [match] = alert.found.matches
    text = alert.found.article.text
    assert [text[span.start : span.end] for span in match.spans] == ["Nordkorea"]
    assert QUIET in text


async def test_a_ticker_keeps_the_match_of_an_earlier_paragraph(world: World) -> None:
    await followed(world, ticker(NEWS), Item("a", "Liveticker"))

    world.site.answers["/a"] = ticker(NEWS, QUIET)
    assert await due_after(world, 15 * MINUTE) == [1]

    assert len(await world.matched()) == 1
    assert await world.titles() == ["Liveticker"]


async def test_an_alert_that_waits_is_sent_though_its_ticker_has_the_paragraph_no_more(
    world: World,
) -> None:
    await followed(world, ticker(NEWS), Item("a", "Liveticker"))

    world.site.answers["/a"] = ticker(QUIET)
    assert await due_after(world, 15 * MINUTE, 15 * MINUTE) == [1, 1]

    [[alert]] = await world.told()
    assert [match.spans for match in alert.found.matches] == [()]


async def test_a_ticker_that_is_told_by_its_teaser_keeps_the_match_as_it_grows(
    world: World,
) -> None:
    await followed(world, ticker(QUIET), Item("a", "Liveticker", NEWS))

    world.site.answers["/a"] = ticker(QUIET, WEATHER)
    assert await due_after(world, 15 * MINUTE) == [1]

    [[alert]] = await world.told()
    [match] = alert.found.matches
    assert alert.found.article.text[match.spans[0].start :].startswith("Nordkorea")


async def test_an_old_ticker_alerts_for_a_list_that_an_old_paragraph_matched_before(
    world: World,
) -> None:
    await world.add_feed()
    world.site.answers["/a"] = ticker(NEWS)
    world.publish(Item("a", "Liveticker"))
    await world.poll()

    world.site.answers["/a"] = ticker(NEWS, f"Neu: {NEWS}")
    assert await due_after(world, 15 * MINUTE) == [1]

    assert await world.titles() == ["Liveticker"]


async def test_a_word_that_a_list_excludes_counts_wherever_it_stands_in_a_ticker(
    world: World,
) -> None:
    world.watch("Nordkorea\n-Aufmarsch")
    await followed(world, ticker(QUIET), Item("a", "Liveticker"))

    world.site.answers["/a"] = ticker(QUIET, NEWS)
    assert await due_after(world, 15 * MINUTE) == [1]

    assert await world.titles() == []


async def test_the_first_word_of_a_paragraph_that_stands_far_off_is_shown_where_it_is(
    world: World,
) -> None:
    long = "Am Rand stehen Zuschauer und warten auf den Beginn der Veranstaltung. " * 20
    await followed(world, ticker(QUIET, long), Item("a", "Liveticker"))

    world.site.answers["/a"] = ticker(f"Stand: 14:35. {QUIET}", long, "Nordkorea marschiert.")
    assert await due_after(world, 15 * MINUTE) == [1]

    [[alert]] = await world.told()
    text = alert.found.article.text
    [match] = alert.found.matches
    assert [text[span.start : span.end] for span in match.spans] == ["Nordkorea"]


@pytest.mark.parametrize("status", [404, 403])
async def test_a_ticker_whose_page_is_refused_once_is_read_on(world: World, status: int) -> None:
    await followed(world, ticker(QUIET), Item("a", "Liveticker"))
    world.site.answers["/a"] = Answer(status=status)
    assert await due_after(world, 15 * MINUTE) == [1]

    world.site.answers["/a"] = ticker(QUIET, NEWS)
    assert await due_after(world, 15 * MINUTE) == [1]

    assert await world.titles() == ["Liveticker"]
