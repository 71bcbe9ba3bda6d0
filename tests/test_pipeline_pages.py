"""An entry's page, and what stands in for it."""

from datetime import timedelta

import pytest

from bot.config import Config
from bot.config.sections import ArticlesSection
from tests.pipeline_kit import NEWS, WEATHER, World
from tests.publisher_kit import Answer, Item, page
from tests.store_kit import DAY, MINUTE, SECOND

pytestmark = pytest.mark.asyncio(loop_scope="module")

NOW_NEW = ("now", "it is new")


# The page, and what stands in for it.


async def test_the_page_is_matched_not_only_the_title(world: World) -> None:
    await world.follow()
    world.publish(Item("a", "Eine Meldung", "Ein Vorspann."))

    await world.poll()

    text_from, text = await world.article()
    assert text_from == "page"
    assert NEWS in text
    [[alert]] = await world.told()
    assert (alert.watchlists, alert.found.link) == (("nordkorea",), f"{world.site.base}/a")
    assert alert.found.matches[0].spans[0].text == "Nordkorea"


async def test_the_feeds_text_stands_in_for_a_page_and_is_tried_again_three_times(
    world: World,
) -> None:
    await world.follow()
    world.site.answers["/a"] = Answer(status=503)
    world.publish(Item("a", "Eine Meldung", "Ein Vorspann."))
    await world.poll()
    assert await world.article() == ("feed", "Ein Vorspann.")

    for pause in (2 * MINUTE, 10 * MINUTE, 60 * MINUTE):
        world.now += pause - SECOND
        assert await world.read_due() == 0
        world.now += SECOND
        assert await world.read_due() == 1

    world.now += DAY
    assert await world.read_due() == 0
    assert world.site.asked["/a"] == 4
    assert await world.titles() == []


async def test_a_page_that_comes_back_is_matched_again(world: World) -> None:
    await world.follow()
    world.site.answers["/a"] = Answer(status=503)
    world.publish(Item("a", "Eine Meldung"))
    await world.poll()
    assert await world.article() == ("title", "")
    assert await world.titles() == []

    world.site.answers["/a"] = page(NEWS)
    world.now += 2 * MINUTE
    await world.read_due()

    assert (await world.article())[0] == "page"
    assert await world.titles() == ["Eine Meldung"]
    world.now += DAY
    assert await world.read_due() == 0


async def test_a_match_in_the_stand_in_and_in_the_page_is_one_alert(world: World) -> None:
    await world.follow()
    world.site.answers["/a"] = Answer(status=503)
    world.publish(Item("a", "Nordkorea", "Ein Vorspann."))
    await world.poll()
    assert await world.titles() == ["Nordkorea"]

    world.site.answers["/a"] = page(NEWS)
    world.now += 2 * MINUTE
    await world.read_due()

    [[alert]] = await world.told()
    assert alert.found.article.text_from == "page"
    assert await world.reasons() == [NOW_NEW]


async def test_a_list_that_only_the_page_matches_joins_the_alert_that_still_waits(
    world: World,
) -> None:
    await world.subscribe("nordkorea", "siegesparade")
    await world.follow()
    world.site.answers["/a"] = Answer(status=503)
    world.publish(Item("a", "Nordkorea"))
    await world.poll()

    world.site.answers["/a"] = page("Die Siegesparade begann am Morgen.")
    world.now += 2 * MINUTE
    await world.read_due()

    [[alert]] = await world.told()
    assert alert.watchlists == ("nordkorea", "siegesparade")


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(Answer(status=404), id="gone for good"),
        pytest.param(Answer(b"%PDF-1.7", content_type="application/pdf"), id="a PDF"),
        pytest.param(Answer(b"%PDF-1.7"), id="a PDF that says it is a page"),
        pytest.param(Answer(b"<html><body></body></html>"), id="an empty page"),
        pytest.param(Answer(b"", content_type="video/mp4"), id="a video"),
    ],
)
async def test_what_will_never_be_an_article_is_not_tried_again(
    world: World, answer: Answer
) -> None:
    await world.follow()
    world.site.answers["/a"] = answer
    world.publish(Item("a", "Titel", "Ein Vorspann über Nordkorea."))

    await world.poll()

    assert await world.article() == ("feed", "Ein Vorspann über Nordkorea.")
    assert await world.titles() == ["Titel"]
    world.now += DAY
    assert await world.read_due() == 0


async def test_a_worker_that_had_to_be_killed_is_a_reason_to_try_again(world: World) -> None:
    await world.follow()
    world.site.answers["/a"] = page(f"{NEWS} " * 8_000)  # takes far longer than it may
    world.publish(Item("a"))
    world.configure(Config(articles=ArticlesSection(deadline=timedelta(milliseconds=1))))
    await world.poll()
    assert await world.article() == ("title", "")

    world.configure(Config())
    world.site.answers["/a"] = page(NEWS)
    world.now += 2 * MINUTE
    await world.read_due()

    assert (await world.article())[0] == "page"
    assert await world.titles() == ["Eine Meldung"]


async def test_a_feed_with_the_whole_text_needs_no_page(world: World) -> None:
    await world.follow()
    world.site.answers["/a"] = page(WEATHER)
    world.publish(Item("a", teaser=f"{NEWS} " * 60))

    await world.poll()

    assert (await world.article())[0] == "feed"
    assert await world.titles() == ["Eine Meldung"]


async def test_pages_are_left_alone_where_they_are_not_wanted(world: World) -> None:
    world.configure(Config(articles=ArticlesSection(fetch="never")))
    await world.follow()
    world.publish(Item("a", teaser="Ein Vorspann."))

    await world.poll()

    assert world.site.asked["/a"] == 0
    assert await world.article() == ("feed", "Ein Vorspann.")
