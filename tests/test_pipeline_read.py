"""Which page is read, when it is read again, and what of it is told."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.config import Config
from bot.config.sections import ArticlesSection
from bot.workers import Workers
from tests.pipeline_kit import NEWS, WEATHER, World, a_world, due_after, followed
from tests.publisher_kit import FILLER, Answer, Item, page, short

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


def wall() -> Answer:
    return short(
        "Weiterlesen mit Werbung oder im PUR-Abo, auch in Nordkorea. Wir und unsere 187 Partner "
        "verwenden Cookies; Ihre Einwilligung können Sie jederzeit widerrufen."
    )


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


async def test_an_alert_that_waits_is_sent_though_its_page_is_gone_when_its_entry_changes(
    world: World,
) -> None:
    await followed(world, page(NEWS))

    world.site.answers["/a"] = Answer(status=404)
    world.publish(Item("a", "Eilmeldung, ergänzt", "Ein Vorspann."))
    await world.poll()

    assert await world.article() == ("feed", "Ein Vorspann.")
    assert await world.titles() == ["Eilmeldung, ergänzt"]


async def test_what_was_old_when_it_was_found_is_not_read_again(world: World) -> None:
    await world.add_feed()
    world.site.answers["/a"] = short(STUB)
    world.publish(Item("a"))
    await world.poll()

    world.now += DAY
    assert await world.read_due() == 0


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


# The feed's text and the page's.


async def test_what_the_teaser_says_and_the_page_does_not_is_told_with_both_texts(
    world: World,
) -> None:
    await followed(world, page(WEATHER), Item("a", "Eine Meldung", NEWS))

    [[alert]] = await world.told()
    article, [match] = alert.found.article, alert.found.matches
    assert article.text_from == "page"
    assert article.text.startswith(f"{NEWS}\n")
    assert WEATHER in article.text
    assert [article.text[span.start : span.end] for span in match.spans] == ["Nordkorea"]


@pytest.mark.parametrize("query", ["Nordkorea\n-Wetter", "Nordkorea & !Wetter"])
async def test_what_the_page_excludes_is_not_told_by_the_teaser(world: World, query: str) -> None:
    world.watch(query)

    await followed(world, page(WEATHER), Item("a", "Eine Meldung", NEWS))

    assert await world.titles() == []
    assert NEWS not in (await world.article())[1]


async def test_a_page_that_matches_by_itself_stands_alone(world: World) -> None:
    await followed(world, page(NEWS), Item("a", "Eine Meldung", "Nordkorea im Vorspann."))

    text_from, text = await world.article()
    assert text_from == "page"
    assert "Vorspann" not in text


async def test_a_list_that_the_teaser_matches_is_told_beside_one_that_the_page_matches(
    world: World,
) -> None:
    await world.subscribe("siegesparade")

    await followed(world, page(NEWS), Item("a", "Eine Meldung", "Die Siegesparade beginnt."))

    [[alert]] = await world.told()
    assert alert.watchlists == ("nordkorea", "siegesparade")


async def test_what_was_old_when_it_was_found_is_matched_by_its_page_alone(world: World) -> None:
    await world.add_feed()
    world.site.answers["/a"] = page(WEATHER)
    world.publish(Item("a", "Alt", NEWS))
    await world.poll()

    world.publish(Item("a", "Alt, geglättet", NEWS))
    await world.poll()

    assert await world.titles() == []


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
    assert (await world.article())[0] == ("page" if asked else "feed")
