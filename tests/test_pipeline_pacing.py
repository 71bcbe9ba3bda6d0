"""Polls in the course of time: rhythm, freshness, held hosts, feeds that move or end."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import pytest_asyncio

from bot.model import Feed
from bot.store import Transaction, chats, feeds, notices, outbox
from bot.store.chats import Chat
from bot.workers import Workers
from tests.pipeline_kit import World, a_world
from tests.publisher_kit import Answer, Item
from tests.store_kit import DAY, HOUR, MINUTE, NOW, PERSON

pytestmark = pytest.mark.asyncio(loop_scope="module")
WEEK = 7 * DAY


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def workers() -> AsyncIterator[Workers]:
    workers = Workers(limit=1)
    yield workers
    await workers.close()


@pytest_asyncio.fixture(loop_scope="module")
async def world(tmp_path: Path, workers: Workers) -> AsyncIterator[World]:
    async with a_world(tmp_path, workers) as world:
        yield world


async def wait(world: World, name: str = "feed") -> timedelta:
    return (await world.feed(name)).next_due - world.now


def answered(world: World, **more: object) -> None:
    """Change how the feed's address answers."""
    known = world.site.answers["/feed.xml"]
    world.site.answers["/feed.xml"] = replace(known, **more)  # type: ignore[arg-type]  # as told


def listing(gap: timedelta, count: int = 20) -> Sequence[Item]:
    """Entries so far apart, the newest half a day ago."""
    return [Item(str(n), dated=NOW - DAY / 2 - gap * n) for n in range(count)]


# The rhythm.


@pytest.mark.parametrize(
    ("gap", "least", "most"), [(20 * MINUTE, 2.7, 4), (30 * DAY, 54, 66)], ids=["busy", "monthly"]
)
async def test_the_first_poll_tells_how_often_a_feed_is_to_be_asked(
    world: World, gap: timedelta, least: float, most: float
) -> None:
    await world.add_feed()
    world.publish(*listing(gap))

    await world.poll()

    assert least * MINUTE <= await wait(world) <= most * MINUTE


async def test_a_feed_that_dates_everything_alike_is_known_by_what_it_brings(
    world: World,
) -> None:
    await world.add_feed()
    world.publish(*(Item(str(n), dated=NOW) for n in range(20)))
    await world.poll()
    assert 9 * MINUTE <= await wait(world) <= 11 * MINUTE

    for number in range(20, 24):
        world.now += 20 * MINUTE
        world.publish(*(Item(str(n), dated=world.now) for n in range(number + 1)))
        await world.poll()

    assert await wait(world) <= 4 * MINUTE


async def test_what_is_set_for_a_feed_beats_its_rhythm(world: World) -> None:
    await world.add_feed(every=HOUR)
    world.publish(*listing(20 * MINUTE))

    await world.poll()

    assert 54 * MINUTE <= await wait(world) <= 66 * MINUTE


async def test_a_feed_that_may_be_asked_rarely_is_not_late_for_it(world: World) -> None:
    await world.subscribe("nordkorea")
    await world.add_feed()
    world.publish(*listing(30 * DAY))
    answered(world, headers={"Cache-Control": "max-age=18000"})
    await world.poll()
    assert 5 * HOUR <= await wait(world) <= 5.5 * HOUR

    world.now += 5.5 * HOUR
    world.publish(Item("neu", "Nordkorea", dated=world.now))
    await world.poll()

    assert await world.titles() == ["Nordkorea"]


# Freshness and validators.


async def test_freshness_holds_for_not_modified_as_well(world: World) -> None:
    await world.add_feed()
    world.publish()
    answered(world, etag='"1"')
    await world.poll()
    assert await wait(world) <= 11 * MINUTE
    [feed] = await _claim(world)
    world.site.answers["/feed.xml"] = Answer(
        b"", etag='"1"', headers={"Cache-Control": "max-age=840"}
    )

    assert (await world.pipeline.poll(feed)).status == "unchanged"

    assert await wait(world) >= 14 * MINUTE


async def test_after_eight_days_a_feed_is_asked_for_in_full(world: World) -> None:
    await world.add_feed()
    world.publish(Item("a"))
    answered(world, etag='"for ever"')
    await world.poll()
    world.publish(Item("a"), Item("b"))
    answered(world, etag='"for ever"')  # this server always says that nothing has changed

    world.now += 8 * DAY - MINUTE
    assert (await world.poll()).new == 0
    world.now += MINUTE
    assert (await world.poll()).new == 1
    world.now += MINUTE
    assert (await world.poll()).status == "unchanged"


# Hosts that ask to be left alone.


async def test_a_server_that_is_asked_too_often_holds_all_its_feeds(world: World) -> None:
    await world.follow("feed", "other")
    world.site.answers["/feed.xml"] = Answer(status=429, headers={"Retry-After": "7200"})

    assert (await world.poll("feed")).error == "HTTP 429"

    assert [await wait(world, name) for name in ("feed", "other")] == [2 * HOUR, 2 * HOUR]


async def test_a_feed_of_a_held_host_is_not_asked_and_has_not_failed(world: World) -> None:
    await world.follow("feed", "other")
    world.site.answers["/feed.xml"] = Answer(status=503, headers={"Retry-After": "7200"})
    await world.poll("feed")
    asked = world.site.asked["/other.xml"]

    polled = await world.poll("other")

    assert polled.error == "127.0.0.1 asked to be left alone; 120 min of that are left"
    assert world.site.asked["/other.xml"] == asked
    assert (await world.feed("other")).error is None
    assert 119 * MINUTE <= await wait(world, "other") <= 2 * HOUR


async def test_a_page_of_a_held_host_is_left_for_later(world: World) -> None:
    await world.follow()
    world.publish(Item("a", "Eine Meldung", "Ein Vorspann."))
    [feed] = await _claim(world)
    [entry_id] = (await world.pipeline.poll(feed)).entry_ids
    world.site.answers["/feed.xml"] = Answer(status=429, headers={"Retry-After": "600"})
    await world.poll()

    await world.read(entry_id)

    assert world.site.asked["/a"] == 0
    assert await world.article("a") == ("feed", "Ein Vorspann.")


@pytest.mark.parametrize("written", ["-1", "soon", "0"])
async def test_a_senseless_wish_is_ignored(world: World, written: str) -> None:
    await world.follow()
    world.site.answers["/feed.xml"] = Answer(status=503, headers={"Retry-After": written})

    await world.poll()

    assert 12 * MINUTE <= await wait(world) <= 16 * MINUTE


# Feeds that end.


async def test_a_feed_that_is_gone_is_asked_no_more_and_the_admins_are_told_once(
    world: World,
) -> None:
    async with world.store.write() as tx:
        await chats.put(tx, Chat(PERSON, "private", "de", "active", admin=True), NOW)
    await world.follow()
    world.site.answers["/feed.xml"] = Answer(status=410)

    assert (await world.poll()).error == "HTTP 410"

    assert (await world.feed()).state == "gone"
    assert await _claim(world) == []
    async with world.store.write() as tx:
        assert await _notices(tx, world) == [("feed_gone", {"name": "feed", "url": world.url()})]


async def test_a_feed_that_is_only_missing_is_asked_again(world: World) -> None:
    await world.follow()
    world.site.answers["/feed.xml"] = Answer(status=404)

    for _ in range(20):
        await world.poll()

    assert (await world.feed()).state == "active"
    assert 21 * HOUR <= await wait(world) <= 27 * HOUR


# Feeds that move.


async def test_a_feed_moves_after_three_permanent_redirects_in_a_row(world: World) -> None:
    await world.subscribe("nordkorea")
    await world.follow()
    world.publish(feed="new")
    world.site.answers["/feed.xml"] = Answer(status=301, headers={"Location": "/new.xml"})
    for _ in range(2):
        await world.poll()
    assert (await world.feed()).url == world.url()
    await world.poll()
    asked = world.site.asked["/feed.xml"]

    world.publish(Item("a", "Neu"), feed="new")
    await world.poll("new")

    assert (await world.feed("new")).name == "feed"
    assert world.site.asked["/feed.xml"] == asked
    assert await world.titles() == ["Neu"]


@pytest.mark.parametrize("status", [302, 307])
async def test_a_feed_that_is_elsewhere_for_a_while_does_not_move(
    world: World, status: int
) -> None:
    await world.follow()
    world.publish(feed="new")
    world.site.answers["/feed.xml"] = Answer(status=status, headers={"Location": "/new.xml"})

    for _ in range(5):
        await world.poll()

    assert (await world.feed()).url == world.url()


async def test_a_feed_does_not_move_to_what_is_no_feed(world: World) -> None:
    await world.follow()
    world.site.answers["/parked"] = Answer(b"<html><body>For sale</body></html>")
    world.site.answers["/feed.xml"] = Answer(status=301, headers={"Location": "/parked"})

    for _ in range(5):
        await world.poll()

    assert (await world.feed()).url == world.url()


async def _claim(world: World, name: str = "feed") -> Sequence[Feed]:
    async with world.store.write() as tx:
        return await feeds.claim_all(tx, world.now, HOUR, world.url(name))


async def _notices(tx: Transaction, world: World) -> list[tuple[str, dict[str, object]]]:
    found = []
    while letter := await outbox.next_due(tx, world.now + HOUR):
        assert letter.notice_id is not None
        found.append(await notices.get(tx, letter.notice_id))
        await outbox.begin(tx, letter, world.now + HOUR)
    return found
