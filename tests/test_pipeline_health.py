"""What an admin is told of feeds, once; and that no feed is blamed for our own network."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy import select, update

from bot.config import Config
from bot.model import Feed
from bot.store import chats, feeds, health, polls
from bot.store.chats import Chat
from bot.store.polls import Failure, Success
from bot.store.schema import entries as entries_table
from bot.store.schema import feeds as feeds_table
from bot.store.schema import notices, outbox
from bot.workers import Workers
from tests.pipeline_kit import World, a_world
from tests.publisher_kit import Item
from tests.store_kit import DAY, HOUR, MINUTE, NOW, PERSON

pytestmark = pytest.mark.asyncio(loop_scope="module")

HOSTS = ("a", "b", "c", "d", "e")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def workers() -> AsyncIterator[Workers]:
    workers = Workers(limit=1)
    yield workers
    await workers.close()


@pytest_asyncio.fixture(loop_scope="module")
async def world(tmp_path: Path, workers: Workers) -> AsyncIterator[World]:
    """The intake, with an admin."""
    async with a_world(tmp_path, workers) as world:
        async with world.store.write() as tx:
            await chats.put(tx, Chat(PERSON, "private", "de", "active", admin=True), NOW)
        yield world


async def told(world: World) -> list[tuple[str, dict[str, str]]]:
    """The notices so far, and that the admin gets each of them."""
    async with world.store.read() as connection:
        rows = (await connection.execute(select(notices).order_by(notices.c.id))).all()
        letters = (await connection.execute(select(outbox.c.notice_id))).scalars().all()
    assert sorted(letters) == [row.id for row in rows]
    return [(row.key, row.params) for row in rows]


async def keys(world: World) -> list[str]:
    return [key for key, _ in await told(world)]


async def try_poll(
    world: World, url: str, *, worked: bool = False, reached: bool | None = None
) -> None:
    """A poll as the schedule makes it, but for the fetching."""
    async with world.store.write() as tx:
        await feeds.add(tx, feeds.Source(url, "Die Zeitung"), NOW)
        [feed] = await feeds.claim_all(tx, world.now, HOUR, url)
        due = world.now + 10 * MINUTE
        if worked:
            await polls.succeeded(tx, feed, Success(feed.validators, None, due), world.now)
        else:
            await polls.failed(tx, feed, Failure("HTTP 500", due))
    there = worked if reached is None else reached
    await world.pipeline.health.polled(feed, worked=worked, reached=there)


def site(name: str) -> str:
    return f"https://{name}.example/feed.xml"


async def state(world: World, url: str) -> Feed:
    async with world.store.write() as tx:
        [feed] = await feeds.claim_all(tx, world.now, -HOUR, url)
    return feed


async def test_an_admin_is_told_once_that_a_feed_is_ill_and_once_that_it_is_well(
    world: World,
) -> None:
    url = site("a")
    await try_poll(world, url, worked=True)
    for _ in range(4):
        await try_poll(world, url)
    assert await told(world) == []

    for _ in range(3):
        await try_poll(world, url)
    named = {"name": "Die Zeitung", "url": url}
    assert await told(world) == [("feed_ill", {**named, "errors": "5", "error": "HTTP 500"})]

    for _ in range(2):
        await try_poll(world, url, worked=True)
    assert (await told(world))[1:] == [("feed_well", named)]


async def test_a_feed_without_success_for_a_day_is_ill_whatever_the_number_of_errors(
    world: World,
) -> None:
    await try_poll(world, site("a"), worked=True)
    world.now += DAY
    await try_poll(world, site("a"))
    world.now += HOUR
    await try_poll(world, site("a"))

    assert await keys(world) == ["feed_ill"]


async def test_without_an_admin_it_is_told_to_the_first_one_that_comes(world: World) -> None:
    async with world.store.write() as tx:
        await chats.erase(tx, PERSON)
    for _ in range(6):
        await try_poll(world, site("a"))
    async with world.store.write() as tx:
        await chats.put(tx, Chat(PERSON, "private", "de", "active", admin=True), NOW)
    await try_poll(world, site("a"))

    assert await keys(world) == ["feed_never_read"]


async def test_a_feed_that_could_never_be_read_is_not_said_to_be_so_no_more(world: World) -> None:
    for _ in range(6):
        await try_poll(world, site("a"))

    [(key, params)] = await told(world)
    assert (key, params["errors"]) == ("feed_never_read", "5")


async def a_network_that_fails(world: World) -> None:
    """All hosts were there, and none is now."""
    for name in HOSTS:
        await try_poll(world, site(name), worked=True)
    world.now += 10 * MINUTE
    for name in HOSTS:
        await try_poll(world, site(name))


async def test_when_most_hosts_fail_at_once_it_is_told_once_and_no_feed_is_charged(
    world: World,
) -> None:
    await a_network_that_fails(world)
    for _ in range(6):
        world.now += MINUTE
        for name in HOSTS:
            await try_poll(world, site(name))

    assert await told(world) == [("network_down", {"failed": "4", "hosts": "5"})]
    assert world.pipeline.health.network_is_down
    for name in HOSTS:
        feed = await state(world, site(name))
        assert (feed.errors, feed.streak) == (0, 0.0)
    async with world.store.read() as connection:
        [listed] = {(each.error, each.next_due) for each in await feeds.listed(connection)}
    assert listed == (None, world.now + MINUTE)


async def test_when_a_lost_host_answers_the_network_is_back_and_due_feeds_are_spread(
    world: World,
) -> None:
    await a_network_that_fails(world)
    world.now += 2 * MINUTE
    await try_poll(world, site("a"), worked=True)

    assert not world.pipeline.health.network_is_down
    assert await keys(world) == ["network_down"]
    async with world.store.read() as connection:
        assert await health.network_down_since(connection) is None
        due = sorted(feed.next_due for feed in await feeds.listed(connection))
    apart = timedelta(seconds=0.5)
    assert due == [*(world.now + n * apart for n in range(4)), world.now + 10 * MINUTE]


async def test_a_host_that_was_there_all_the_time_does_not_bring_the_network_back(
    world: World,
) -> None:
    await try_poll(world, site("neighbour"), worked=True)
    await a_network_that_fails(world)

    await try_poll(world, site("neighbour"), worked=True)

    assert world.pipeline.health.network_is_down


async def test_hosts_that_answer_with_errors_are_ill_and_no_sign_of_our_network(
    world: World,
) -> None:
    for _ in range(5):
        for name in HOSTS:
            await try_poll(world, site(name), reached=True)

    assert await keys(world) == ["feed_never_read"] * len(HOSTS)


async def test_a_failing_network_is_known_after_a_restart(world: World) -> None:
    await a_network_that_fails(world)
    world.configure(Config())
    await world.pipeline.health.start()
    await try_poll(world, site("a"))

    assert world.pipeline.health.network_is_down
    assert await keys(world) == ["network_down"]


def dated(*days: int) -> list[Item]:
    return [Item(f"e{day}", dated=NOW - day * DAY) for day in days]


async def a_daily_feed(world: World) -> None:
    """Its last entry is a day old."""
    world.publish(*dated(1, 2, 3, 4, 5, 6))
    await world.add_feed()
    await world.poll()


async def look(world: World, days: int) -> None:
    world.now = NOW + days * DAY
    await world.pipeline.health.look_for_silent()


async def test_a_feed_that_brings_nothing_for_six_of_its_gaps_is_told_once_to_be_silent(
    world: World,
) -> None:
    await a_daily_feed(world)
    await look(world, 4)
    assert await told(world) == []

    await look(world, 6)
    await look(world, 7)

    silent = {"name": "feed", "url": world.url(), "days": "7"}
    assert await told(world) == [("feed_silent", silent)]


async def test_a_silent_feeds_site_is_searched_for_a_feed_with_something_newer(
    world: World,
) -> None:
    await a_daily_feed(world)
    base, fresh, stale = world.site.base, Item("n", dated=NOW + 5 * DAY), Item("o", dated=NOW - DAY)
    world.publish(fresh, feed="feeds")
    world.site.answers["/feed"] = world.site.answers.pop("/feeds.xml")
    world.publish(stale, feed="rss")

    await look(world, 6)

    [(key, params)] = await told(world)
    assert (key, params["found"]) == ("feed_silent_successor", f"{base}/feed")


async def test_a_silent_feed_that_wakes_up_may_be_silent_again(world: World) -> None:
    await a_daily_feed(world)
    await look(world, 6)
    world.publish(Item("new", dated=NOW + 6 * DAY))
    await world.poll()
    await look(world, 7)
    async with world.store.read() as connection:
        assert (await connection.execute(select(feeds_table.c.told))).scalar() is None

    await look(world, 60)

    assert await keys(world) == ["feed_silent"] * 2


async def test_a_feed_that_does_not_answer_is_not_silent(world: World) -> None:
    await a_daily_feed(world)
    world.site.answers.pop("/feed.xml")
    await world.poll()

    await look(world, 60)

    assert await told(world) == []


async def test_the_overview_says_how_often_and_how_soon_entries_come(world: World) -> None:
    await world.follow()
    for n in range(3):
        world.now += HOUR
        world.publish(Item(f"e{n}", dated=world.now - (n + 1) * MINUTE))
        await world.poll()

    async with world.store.read() as connection:
        doing = (await health.overview(connection, world.now))[world.url()]

    assert (doing.health, doing.errors, doing.per_day) == ("well", 0, 3.0)
    assert doing.discovery == 2 * MINUTE
    assert doing.last_new == world.now - 3 * MINUTE


async def test_undated_and_old_entries_say_nothing_of_the_time_to_discovery(world: World) -> None:
    await a_daily_feed(world)
    world.now += HOUR
    world.publish(Item("undated"))
    await world.poll()

    async with world.store.read() as connection:
        doing = (await health.overview(connection, world.now))[world.url()]

    assert doing.discovery is None


async def test_entries_with_wrong_dates_are_new_when_they_are_seen(world: World) -> None:
    await a_daily_feed(world)
    async with world.store.write() as tx:
        await tx.execute(update(feeds_table).values(rhythm=[]))
        await tx.execute(update(entries_table).values(old=False))

    await look(world, 6)

    assert await told(world) == []
