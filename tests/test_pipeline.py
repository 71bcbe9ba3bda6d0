"""From a feed to the outbox, on real parts: SQLite, HTTP, worker processes. Only time is ours."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.pipeline_kit import NEWS, WEATHER, World
from tests.publisher_kit import Answer, Item, page
from tests.store_kit import GROUP, HOUR, MINUTE, NOW, SECOND

pytestmark = pytest.mark.asyncio(loop_scope="module")

NOW_NEW = ("now", "it is new")
LISTED = ("silent", "the feed listed it when it was first read")
BEFORE = ("silent", "the chat was told of this article before")
NOT_SERVED = ("silent", "the chat is not served at present")


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


async def test_what_half_of_a_first_poll_did_not_list_is_no_news(world: World) -> None:
    await world.add_feed()
    world.publish(Item("a", "Nordkorea eins"), Item("b", "Nordkorea zwei"))
    whole = world.site.answers["/feed.xml"]
    half = whole.body[: whole.body.index(b"Nordkorea zwei") - 200]
    world.site.answers["/feed.xml"] = replace(whole, body=half)
    await world.poll()

    world.site.answers["/feed.xml"] = whole
    world.now += MINUTE
    await world.poll()

    assert await world.titles() == []


async def test_a_feed_that_breaks_off_every_time_brings_news_from_the_third_poll_on(
    world: World,
) -> None:
    await world.add_feed()
    for number in range(3):
        world.publish(*(Item(str(n), f"Nordkorea {n}") for n in range(number + 1)))
        answer = world.site.answers["/feed.xml"]
        body = answer.body.replace(b"</channel></rss>", b"")
        world.site.answers["/feed.xml"] = replace(answer, body=body)
        world.now += MINUTE
        await world.poll()

    assert await world.titles() == ["Nordkorea 2"]


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
