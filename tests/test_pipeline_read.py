"""Which page is read, when it is read again, and what of it is told."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.config import Config
from bot.config.sections import ArticlesSection
from bot.workers import Workers
from tests.pipeline_kit import FILLER, NEWS, WEATHER, Answer, Item, World, a_world, page

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
STUB = "Über den Roten Platz ziehen an diesem Mittwoch zahlreiche Soldaten. Näheres ist offen."


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    workers = Workers(limit=1)
    async with a_world(tmp_path, workers) as world:
        await world.subscribe("nordkorea")
        yield world
    await workers.close()


def short(text: str, head: str = "") -> Answer:
    """A page with one paragraph."""
    article = f"<article><h1>Titel</h1><p>{text}</p></article>"
    return Answer(f"<html lang=de><head>{head}</head><body>{article}</body></html>".encode())


def wall() -> Answer:
    return short(
        "Weiterlesen mit Werbung oder im PUR-Abo, auch in Nordkorea. Wir und unsere 187 Partner "
        "verwenden Cookies; Ihre Einwilligung können Sie jederzeit widerrufen."
    )


async def followed(world: World, answer: Answer, item: Item | None = None) -> None:
    """Follow a feed that then lists one entry, whose page gives this answer."""
    await world.follow()
    world.site.answers["/a"] = answer
    world.publish(item or Item("a", "Eilmeldung"))
    await world.poll()


async def due_after(world: World, *pauses: timedelta) -> list[int]:
    """How many entries were due after each pause, and none a second before."""
    found = []
    for pause in pauses:
        world.now += pause - timedelta(seconds=1)
        assert await world.read_due() == 0
        world.now += timedelta(seconds=1)
        found.append(await world.read_due())
    return found


# Read again.


async def test_a_stub_and_then_the_same_address_with_the_keyword_is_one_alert(
    world: World,
) -> None:
    await followed(world, short(STUB))
    assert await world.titles() == []

    world.site.answers["/a"] = page(NEWS)
    world.now += 10 * MINUTE
    await world.read_due()
    assert await world.titles() == ["Eilmeldung"]

    world.now += DAY
    assert await world.read_due() == 0
    assert await world.titles() == ["Eilmeldung"]


async def test_a_page_that_fails_at_first_gives_its_alert_from_the_retry(world: World) -> None:
    await followed(world, Answer(status=503))
    assert await world.titles() == []

    world.site.answers["/a"] = page(NEWS)
    assert await due_after(world, 2 * MINUTE) == [1]

    assert await world.titles() == ["Eilmeldung"]


async def test_a_short_page_is_read_again_after_10_and_30_and_120_minutes(world: World) -> None:
    await followed(world, short(STUB))

    assert await due_after(world, 10 * MINUTE, 20 * MINUTE, 90 * MINUTE) == [1, 1, 1]

    world.now += DAY
    assert await world.read_due() == 0


@pytest.mark.parametrize("said", ["Mehr in Kürze.", "Diese Meldung wird laufend aktualisiert."])
async def test_a_page_that_says_it_is_not_finished_is_read_again(world: World, said: str) -> None:
    await followed(world, short(f"{WEATHER} {FILLER * 6} {said}"))

    assert await due_after(world, 10 * MINUTE) == [1]


async def test_a_page_of_some_length_is_read_once(world: World) -> None:
    await followed(world, page(NEWS))

    world.now += DAY
    assert await world.read_due() == 0


async def test_an_alert_for_a_stub_is_not_repeated_when_it_grows(world: World) -> None:
    await followed(world, short(f"{NEWS} {STUB}"))
    assert await world.titles() == ["Eilmeldung"]

    world.site.answers["/a"] = page(NEWS)
    assert await due_after(world, 10 * MINUTE) == [1]

    [[alert]] = await world.told()
    assert FILLER.strip()[:40] in alert.found.article.text


@pytest.mark.parametrize("later", [Answer(status=503), Answer(status=404), wall()])
async def test_what_was_read_stays_when_the_page_is_gone_at_the_next_reading(
    world: World, later: Answer
) -> None:
    await followed(world, short(STUB), Item("a", "Eilmeldung", "Ein Vorspann."))

    world.site.answers["/a"] = later
    world.now += 10 * MINUTE
    await world.read_due()

    assert await world.article() == ("page", STUB)


async def test_what_was_old_when_it_was_found_is_not_read_again(world: World) -> None:
    await world.add_feed()
    world.site.answers["/a"] = short(STUB)
    world.publish(Item("a"))
    await world.poll()

    world.now += DAY
    assert await world.read_due() == 0


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


# Several pages of a host.


async def test_of_the_pages_that_wait_for_a_host_the_one_whose_teaser_matches_is_first(
    world: World,
) -> None:
    await world.follow()
    world.publish(Item("first"), Item("weather"), Item("news", "Parade", NEWS))
    ids = await world.found()

    await asyncio.gather(*map(world.pipeline.read, await world.pipeline.batches(ids)))

    pages = [path for path in world.site.asked if path in {"/first", "/weather", "/news"}]
    assert pages == ["/first", "/news", "/weather"]


# A host that asks to be left alone.


async def test_a_page_of_a_host_that_asked_to_be_left_alone_loses_no_try(world: World) -> None:
    wait = {"Retry-After": "3600"}
    await world.follow()
    world.site.answers["/a"] = Answer(status=429, headers=wait)
    world.site.answers["/b"] = page(NEWS)
    world.publish(Item("a", "Eine Meldung"), Item("b", "Eilmeldung"))
    await world.poll()

    for _ in range(5):
        world.now += 20 * MINUTE
        await world.read_due()

    assert (world.site.asked["/a"], world.site.asked["/b"]) == (1, 0)
    assert await world.tried("b") == 0


# The feed's text stands in.


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(wall(), id="a Pur-Abo wall"),
        pytest.param(
            short(
                f"{NEWS} {FILLER * 6}",
                '<script type="application/ld+json">{"isAccessibleForFree": "False"}</script>',
            ),
            id="a paywall",
        ),
        pytest.param(
            short(f"{NEWS} {FILLER * 6}", '<meta name="tdm-reservation" content="1">'),
            id="a reservation",
        ),
        pytest.param(short(NEWS, '<meta property="og:type" content="video.other">'), id="a video"),
    ],
)
async def test_a_page_that_is_no_open_article_is_never_matched(
    world: World, answer: Answer
) -> None:
    await followed(world, answer, Item("a", "Eine Meldung", "Ein Vorspann."))

    assert await world.article() == ("feed", "Ein Vorspann.")
    assert await world.titles() == []
    world.now += DAY
    assert await world.read_due() == 0


async def test_the_feeds_text_is_matched_in_place_of_a_wall(world: World) -> None:
    await followed(world, wall(), Item("a", "Eine Meldung", f"Ein Vorspann: {NEWS}"))

    [[alert]] = await world.told()
    assert alert.found.article.text_from == "feed"


async def test_a_page_that_robots_txt_forbids_is_not_fetched(world: World) -> None:
    world.site.answers["/robots.txt"] = Answer(b"User-agent: Ausguck\nDisallow: /a")

    await followed(world, page(NEWS), Item("a", "Eine Meldung", "Ein Vorspann."))

    assert world.site.asked["/a"] == 0
    assert await world.article() == ("feed", "Ein Vorspann.")


async def test_a_page_that_the_site_reserves_is_not_fetched(world: World) -> None:
    reserved = Answer(b'[{"location": "/", "tdm-reservation": 1}]')
    world.site.answers["/.well-known/tdmrep.json"] = reserved

    await followed(world, page(NEWS), Item("a", "Eine Meldung", "Ein Vorspann."))

    assert world.site.asked["/a"] == 0
    assert await world.article() == ("feed", "Ein Vorspann.")


async def test_a_site_whose_robots_txt_fails_is_tried_again(world: World) -> None:
    world.site.answers["/robots.txt"] = Answer(status=503)
    await followed(world, page(NEWS))
    assert await world.titles() == []

    del world.site.answers["/robots.txt"]
    assert await due_after(world, 2 * MINUTE) == [1]

    assert await world.titles() == ["Eilmeldung"]


async def test_a_link_of_google_news_is_matched_by_title_only(world: World) -> None:
    await world.follow()
    link = "https://news.google.com/rss/articles/CBMiX2h0dHBz?oc=5"
    feed = (
        f"<rss><channel><item><guid isPermaLink='false'>g</guid><link>{link}</link>"
        "<title>Parade in Nordkorea</title></item></channel></rss>"
    )
    world.site.answers["/feed.xml"] = Answer(feed.encode(), content_type="application/rss+xml")

    await world.poll()

    assert await world.article("g") == ("title", "")
    assert await world.titles() == ["Parade in Nordkorea"]


@pytest.mark.parametrize(("length", "asked"), [(799, 1), (800, 0)])
async def test_a_full_text_in_the_feed_saves_the_page_where_it_is_fetched_when_needed(
    world: World, length: int, asked: int
) -> None:
    world.configure(Config(articles=ArticlesSection(fetch="when-needed")))
    text = f"{NEWS} {FILLER * 6}"[: length - 1] + "x"

    await followed(world, page(WEATHER * 3), Item("a", "Eine Meldung", text))

    assert world.site.asked["/a"] == asked
    assert await world.titles() == ["Eine Meldung"] * (1 - asked)
