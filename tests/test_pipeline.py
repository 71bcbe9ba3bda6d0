"""From a feed to the outbox, on real parts: SQLite, HTTP, worker processes. Only time is ours."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import pytest_asyncio

from bot.config import Config
from bot.config.sections import ArticlesSection
from bot.store import feeds
from bot.workers import Workers
from tests.pipeline_kit import NEWS, WEATHER, Answer, Item, World, a_world, page
from tests.store_kit import DAY, GROUP, HOUR, MINUTE, NOW, SECOND

pytestmark = pytest.mark.asyncio(loop_scope="module")

NOW_NEW = ("now", "it is new")
LISTED = ("silent", "the feed listed it when it was first read")
BEFORE = ("silent", "the chat was told of this article before")
DATED = ("silent", "it is dated more than 7 days ago")
GAP = ("catch_up", "it was found only after a gap in polling")
NOT_SERVED = ("silent", "the chat is not served at present")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def workers() -> AsyncIterator[Workers]:
    """One process for all tests: starting one costs more than they do."""
    workers = Workers(limit=1)
    yield workers
    await workers.close()


@pytest_asyncio.fixture(loop_scope="module")
async def world(tmp_path: Path, workers: Workers) -> AsyncIterator[World]:
    async with a_world(tmp_path, workers) as world:
        await world.subscribe("nordkorea")
        yield world


# What is news.


async def test_what_a_feed_lists_at_its_first_poll_is_old(world: World) -> None:
    await world.add_feed()
    world.publish(Item("a", dated=NOW - HOUR), Item("b"))

    polled = await world.poll()

    assert (polled.status, polled.entries, polled.new) == ("ok", 2, 2)
    assert await world.reasons() == [LISTED, LISTED]
    assert await world.titles() == []
    assert len(await world.matched()) == 2


async def test_what_is_dated_after_the_feed_was_added_is_news_at_the_first_poll(
    world: World,
) -> None:
    world.now += timedelta(milliseconds=400)  # feeds are dated to the second
    await world.add_feed()
    world.publish(Item("a", "Danach", dated=NOW), Item("b", "Davor", dated=NOW - SECOND))
    world.now += HOUR

    await world.poll()

    assert await world.titles() == ["Danach"]


async def test_an_empty_first_poll_counts_as_the_first(world: World) -> None:
    await world.add_feed()
    world.publish()
    await world.poll()

    world.publish(Item("a", "Neu"))
    await world.poll()

    assert await world.titles() == ["Neu"]
    assert await world.reasons() == [NOW_NEW]


async def test_a_first_poll_that_failed_does_not_count(world: World) -> None:
    await world.add_feed()
    assert (await world.poll()).status == "error"

    world.publish(Item("a", dated=NOW - HOUR))
    await world.poll()

    assert await world.reasons() == [LISTED]


async def test_an_article_that_matches_nothing_is_kept_and_told_to_nobody(world: World) -> None:
    await world.follow()
    world.site.answers["/a"] = page(WEATHER)
    world.publish(Item("a"))

    await world.poll()

    assert (await world.article("a"))[0] == "page"
    assert await world.reasons() == []


# Work that is saved.


async def test_an_unchanged_answer_ends_without_a_parse(world: World) -> None:
    await world.add_feed()
    world.publish(Item("a"))
    feed = world.site.answers["/feed.xml"]
    world.site.answers["/feed.xml"] = replace(feed, etag='"1"')
    assert (await world.poll()).status == "ok"
    # Whatever came with a 304 would not even be looked at.
    world.site.answers["/feed.xml"] = Answer(b"no feed at all", etag='"1"')

    polled = await world.poll()

    assert (polled.status, polled.entries, polled.error) == ("unchanged", 0, None)


async def test_the_same_body_ends_without_a_parse(world: World) -> None:
    await world.add_feed()
    world.publish(Item("a"))
    await world.poll()
    world.now += HOUR

    assert (await world.poll()).status == "unchanged"
    state = await world.feed()
    assert state.last_success == world.now
    assert world.now + 9 * MINUTE <= state.next_due <= world.now + 11 * MINUTE


async def test_an_entry_that_did_not_change_is_not_read_again(world: World) -> None:
    await world.follow()
    world.publish(Item("a"))
    await world.poll()

    world.publish(Item("b"), Item("a"))
    await world.poll()

    assert world.site.asked["/a"] == 1
    assert world.site.asked["/b"] == 1


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


# Late.


async def test_after_a_gap_everything_comes_in_one_digest(world: World) -> None:
    await world.follow()
    world.now += 3 * HOUR
    world.publish(Item("a", "Eins", dated=NOW + HOUR), Item("b", "Zwei", dated=NOW + 2 * HOUR))

    await world.poll()

    assert await world.titles() == []
    [digest] = await world.told("catch_up")
    assert [alert.found.article.title for alert in digest] == ["Eins", "Zwei"]
    assert all(alert.found.late for alert in digest)
    assert await world.reasons() == [GAP, GAP]


async def test_a_pause_that_is_no_gap_makes_nothing_late(world: World) -> None:
    await world.follow()
    world.now += 3 * HOUR - MINUTE
    world.publish(Item("a", "Eins"))

    await world.poll()

    assert await world.titles() == ["Eins"]


async def test_what_follows_the_first_poll_after_a_gap_is_in_time(world: World) -> None:
    await world.follow()
    world.now += DAY
    world.publish(Item("a", "Spät"))
    await world.poll()

    world.publish(Item("b", "Neu"), Item("a", "Spät"))
    world.now += 10 * MINUTE
    await world.poll()

    assert await world.titles("catch_up") == ["Spät"]
    assert await world.titles() == ["Neu"]


async def test_what_was_found_in_time_but_read_after_a_gap_is_late(world: World) -> None:
    await world.follow()
    world.site.answers["/a"] = Answer(status=503)
    world.publish(Item("a", "Eins"))
    await world.poll()

    world.site.answers["/a"] = page(NEWS)
    world.now += DAY
    await world.read_due()

    assert await world.titles() == []
    assert await world.titles("catch_up") == ["Eins"]


async def test_what_is_dated_more_than_a_week_ago_stays_silent_and_says_why(
    world: World,
) -> None:
    await world.follow()
    world.publish(
        Item("a", "Zu alt", dated=world.now - 7 * DAY - SECOND),
        Item("b", "Gerade noch", dated=world.now - 7 * DAY),
    )

    await world.poll()

    assert await world.titles() == ["Gerade noch"]
    assert sorted(await world.reasons()) == [NOW_NEW, DATED]


async def test_a_date_in_the_future_is_taken_for_the_present(world: World) -> None:
    await world.follow()
    world.publish(Item("a", "Morgen", dated=world.now + DAY))

    await world.poll()

    [[alert]] = await world.told()
    assert alert.found.published == world.now


# Changed.


async def test_an_entry_that_changes_gets_its_first_alert(world: World) -> None:
    await world.follow()
    world.site.answers["/a"] = page(WEATHER)
    world.publish(Item("a", "Eilmeldung"))
    await world.poll()
    assert await world.titles() == []

    world.site.answers["/a"] = page(NEWS)
    world.publish(Item("a", "Eilmeldung, ergänzt"))
    world.now += 10 * MINUTE
    polled = await world.poll()

    assert polled.new == 0
    assert await world.titles() == ["Eilmeldung, ergänzt"]


async def test_an_entry_that_changes_after_its_alert_gets_no_second_one(world: World) -> None:
    await world.follow()
    world.publish(Item("a", "Eins"))
    await world.poll()

    world.publish(Item("a", "Eins, ergänzt"))
    await world.poll()

    assert await world.titles() == ["Eins, ergänzt"]
    assert await world.reasons() == [NOW_NEW]


async def test_an_old_entry_that_changes_and_matches_for_the_first_time_is_news(
    world: World,
) -> None:
    await world.add_feed()
    world.site.answers["/a"] = page(WEATHER)
    world.publish(Item("a", "Alt"))
    await world.poll()

    world.site.answers["/a"] = page(NEWS)
    world.publish(Item("a", "Alt, ergänzt"))
    await world.poll()

    assert await world.titles() == ["Alt, ergänzt"]


async def test_an_old_entry_that_matched_before_stays_silent_when_it_changes(
    world: World,
) -> None:
    await world.add_feed()
    world.publish(Item("a", "Alt"))
    await world.poll()

    world.publish(Item("a", "Alt, ergänzt"))
    await world.poll()

    assert await world.titles() == []
    assert await world.reasons() == [LISTED]


async def test_an_old_entry_that_changes_before_it_was_ever_read_is_old_still(
    world: World,
) -> None:
    await world.add_feed()
    world.publish(Item("a", "Alt"))
    async with world.store.write() as tx:
        [feed] = await feeds.claim_all(tx, world.now, HOUR)
    await world.pipeline.poll(feed)

    world.publish(Item("a", "Alt, ergänzt"))
    await world.poll()

    assert await world.titles() == []
    assert await world.reasons() == [LISTED]


async def test_of_two_lists_only_the_one_that_matches_anew_tells_of_an_old_entry(
    world: World,
) -> None:
    await world.subscribe("nordkorea", "siegesparade")
    await world.add_feed()
    world.publish(Item("a", "Alt"))
    await world.poll()

    world.publish(Item("a", "Alt, nun mit Siegesparade"))
    await world.poll()

    [[alert]] = await world.told()
    assert alert.watchlists == ("siegesparade",)


async def test_an_entry_that_changes_while_it_is_read_is_read_in_its_new_form(
    world: World,
) -> None:
    await world.follow()
    world.publish(Item("a", "Erst so"))
    world.configure(Config(articles=ArticlesSection(fetch="never")))
    async with world.store.write() as tx:
        [feed] = await feeds.claim_all(tx, world.now, HOUR)
    [entry_id] = (await world.pipeline.poll(feed)).entry_ids

    world.publish(Item("a", "Dann Nordkorea"))
    await world.poll()
    await world.read(entry_id)

    assert await world.titles() == ["Dann Nordkorea"]


# Several feeds, several chats.


async def test_the_same_link_in_two_feeds_alerts_once(world: World) -> None:
    await world.follow("one", "two")
    world.publish(Item("a", "Hier", link="/same?utm_source=one"), feed="one")
    world.publish(Item("b", "Dort", link="/same#top"), feed="two")
    world.site.answers["/same"] = page(NEWS)

    await world.poll("one")
    await world.poll("two")

    assert await world.titles() == ["Hier"]
    assert await world.reasons() == [NOW_NEW, BEFORE]
    assert len(await world.matched()) == 1


async def test_a_feed_that_is_a_web_page_says_so_and_the_others_go_on(world: World) -> None:
    await world.follow("good")
    await world.add_feed("bad")
    world.site.answers["/bad.xml"] = page(NEWS)
    world.publish(Item("a", "Eins"), feed="good")

    polled = await world.poll("bad")
    await world.poll("good")

    assert (polled.status, polled.error) == ("error", "this is an HTML page, not a feed")
    state = await world.feed("bad")
    assert (state.error, state.last_success) == ("this is an HTML page, not a feed", None)
    assert await world.titles() == ["Eins"]


async def test_a_feed_that_fails_is_asked_less_and_less_often(world: World) -> None:
    await world.add_feed()
    world.site.answers["/feed.xml"] = Answer(status=500)

    waits = []
    for _ in range(3):
        assert (await world.poll()).error == "HTTP 500"
        waits.append((await world.feed()).next_due - world.now)

    # An error of the server's counts half: two of them double the wait.
    assert [wait / (10 * MINUTE) for wait in waits] == pytest.approx([2**0.5, 2, 2**1.5], rel=0.11)


async def test_entries_that_share_a_page_are_articles_of_their_own(world: World) -> None:
    await world.follow()

    world.site.answers["/ticker"] = page(NEWS)
    world.publish(
        Item("a", "Nordkorea eins", link="/ticker"), Item("b", "Und zwei", link="/ticker")
    )
    await world.poll()

    assert sorted(await world.titles()) == ["Nordkorea eins", "Und zwei"]


async def test_news_in_a_changed_teaser_does_not_wait_for_its_page(world: World) -> None:
    await world.follow()
    world.site.answers["/a"] = page(WEATHER)
    world.publish(Item("a", "Noch nichts"))
    await world.poll()

    world.site.answers["/a"] = Answer(status=503)
    world.publish(Item("a", "Nun Nordkorea"))
    await world.poll()

    assert await world.titles() == ["Nun Nordkorea"]


async def test_an_old_entry_whose_page_fails_for_a_while_stays_old(world: World) -> None:
    await world.add_feed()
    world.publish(Item("a", "Alt"))
    await world.poll()

    world.site.answers["/a"] = Answer(status=503)
    world.publish(Item("a", "Alt, geglättet"))
    await world.poll()
    world.site.answers["/a"] = page(NEWS)
    world.now += 2 * MINUTE
    assert await world.read_due() == 1

    assert await world.titles() == []


async def test_without_a_subscription_matches_are_kept_and_nobody_is_told(world: World) -> None:
    await world.follow()
    world.publish(Item("a", "Siegesparade geprobt"))

    await world.poll()

    assert len(await world.matched("siegesparade")) == 1
    [[alert]] = await world.told()
    assert alert.watchlists == ("nordkorea",)
    assert await world.reasons() == [NOW_NEW]


@pytest.mark.parametrize("state", ["paused", "asleep", "asked"])
async def test_a_chat_that_is_not_served_is_not_told(world: World, state: str) -> None:
    await world.follow()
    await world.set_state(state)
    world.publish(Item("a", "Eins"))

    await world.poll()

    assert await world.titles() == []
    assert await world.reasons() == [NOT_SERVED]


async def test_every_subscribed_chat_is_told_once_with_its_own_lists(world: World) -> None:
    await world.subscribe("nordkorea", "siegesparade", chat=GROUP)
    await world.follow()
    world.publish(Item("a", "Siegesparade geprobt"))

    await world.poll()

    told = [alert.watchlists for [alert] in await world.told()]
    assert sorted(told) == [("nordkorea",), ("nordkorea", "siegesparade")]
