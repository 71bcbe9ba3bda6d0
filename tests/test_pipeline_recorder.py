"""Polls that are under way at the same time are recorded in one transaction."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import event

from bot.model import Feed, Validators
from bot.pipeline.recorder import ENOUGH, Recorder
from bot.store import Store, Transaction, feeds
from bot.store.feeds import Source
from bot.store.polls import Success
from tests.store_kit import HOUR, NOW, opened

WORKED = Success(Validators('"e"'), "digest", NOW + HOUR)


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    async with opened(tmp_path) as store:
        yield store


@pytest.fixture
def commits(store: Store) -> list[int]:
    """Grows by one with every transaction that is committed."""
    counted: list[int] = []
    event.listen(store._engine.sync_engine, "commit", lambda _: counted.append(1))
    return counted


async def claimed(store: Store, count: int) -> list[Feed]:
    async with store.write() as tx:
        for number in range(count):
            await feeds.add(tx, Source(f"https://{number}.example/"), NOW)
        return list(await feeds.claim_all(tx, NOW, HOUR))


async def polled(recorder: Recorder, feed: Feed, ready: asyncio.Event) -> None:
    with recorder.under_way():
        await ready.wait()
        await recorder.unchanged(feed, WORKED, NOW)


async def due_later(store: Store) -> int:
    async with store.read() as connection:
        return sum(feed.next_due == NOW + HOUR for feed in await feeds.listed(connection))


async def test_one_poll_is_recorded_at_once(store: Store) -> None:
    recorder, ready = Recorder(store), asyncio.Event()
    ready.set()
    [feed] = await claimed(store, 1)

    async with asyncio.timeout(5):
        await polled(recorder, feed, ready)

    assert await due_later(store) == 1


async def test_polls_that_end_together_are_one_transaction(
    store: Store, commits: list[int]
) -> None:
    recorder, ready = Recorder(store), asyncio.Event()
    found = await claimed(store, 50)
    tasks = [asyncio.create_task(polled(recorder, feed, ready)) for feed in found]
    await asyncio.sleep(0)
    commits.clear()

    ready.set()
    await asyncio.gather(*tasks)

    assert len(commits) == 1
    assert await due_later(store) == 50


async def test_what_is_enough_does_not_wait_for_a_poll_that_takes_long(store: Store) -> None:
    recorder, ready = Recorder(store), asyncio.Event()
    ready.set()
    found = await claimed(store, ENOUGH)

    with recorder.under_way():
        await asyncio.gather(*(polled(recorder, feed, ready) for feed in found))

    assert await due_later(store) == ENOUGH


async def test_a_poll_that_takes_long_does_not_hold_up_another(store: Store) -> None:
    recorder, ready = Recorder(store), asyncio.Event()
    ready.set()
    [feed] = await claimed(store, 1)

    with recorder.under_way():
        async with asyncio.timeout(5):
            await polled(recorder, feed, ready)

    assert await due_later(store) == 1


async def test_one_that_cannot_be_written_is_told_so_and_the_others_are_written(
    store: Store,
) -> None:
    recorder, ready = Recorder(store), asyncio.Event()
    good, also_good = await claimed(store, 2)

    async def fails(_: Transaction) -> None:
        raise ZeroDivisionError

    async def written(tx: Transaction) -> str:
        await feeds.set_state(tx, also_good.url, "paused")
        return "written"

    with recorder.under_way(), recorder.under_way():
        poll = asyncio.create_task(polled(recorder, good, ready))
        failing = asyncio.create_task(recorder.record(fails))
        writing = asyncio.create_task(recorder.record(written))
        ready.set()
        results = await asyncio.gather(poll, failing, writing, return_exceptions=True)

    assert [type(result) for result in results] == [type(None), ZeroDivisionError, str]
    assert await due_later(store) == 1


async def test_a_poll_that_is_broken_off_takes_nothing_from_the_others(store: Store) -> None:
    recorder, ready = Recorder(store), asyncio.Event()
    found = await claimed(store, 2)
    tasks = [asyncio.create_task(polled(recorder, feed, ready)) for feed in found]
    await asyncio.sleep(0)

    tasks[0].cancel()
    ready.set()
    await asyncio.gather(*tasks, return_exceptions=True)

    assert await due_later(store) == 1


async def test_what_is_being_written_is_waited_for(store: Store) -> None:
    recorder, ready = Recorder(store), asyncio.Event()
    ready.set()
    [feed] = await claimed(store, 1)
    task = asyncio.create_task(polled(recorder, feed, ready))
    await asyncio.sleep(0)

    task.cancel()
    await recorder.finish()

    assert recorder._writing is None
    assert await due_later(store) == 1
    assert task.cancelled() or task.cancelling()
