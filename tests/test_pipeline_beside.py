"""What takes long is done beside the loop: several things at a time, used in their order."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Awaitable
from datetime import timedelta

import pytest

from bot.errors import WorkerDied
from bot.pipeline.beside import AHEAD, Helpers
from bot.workers import Workers


async def things(*all_: Awaitable[int]) -> AsyncIterator[Awaitable[int]]:
    for each in all_:
        yield each


class Work:
    """Things that are done when they are told to be."""

    def __init__(self, count: int) -> None:
        self.may_end = [asyncio.Event() for _ in range(count)]
        self.begun: list[int] = []
        self.cancelled: list[int] = []

    async def do(self, number: int) -> int:
        self.begun.append(number)
        try:
            await self.may_end[number].wait()
        except asyncio.CancelledError:
            self.cancelled.append(number)
            raise
        return number

    def all(self) -> AsyncIterator[Awaitable[int]]:
        return things(*(self.do(number) for number in range(len(self.may_end))))


@pytest.fixture
async def workers() -> AsyncIterator[Workers]:
    workers = Workers(limit=1)
    yield workers
    await workers.close()


@pytest.fixture
def helpers(workers: Workers) -> Helpers:
    return Helpers(workers)


async def test_what_is_done_first_waits_for_what_comes_before_it(helpers: Helpers) -> None:
    work = Work(3)
    work.may_end[2].set()
    work.may_end[1].set()
    asyncio.get_running_loop().call_soon(work.may_end[0].set)

    assert [each async for each in helpers.in_order(work.all())] == [0, 1, 2]


async def test_only_a_few_things_are_begun_before_they_are_wanted(helpers: Helpers) -> None:
    work = Work(10)
    for each in work.may_end:
        each.set()
    done = helpers.in_order(work.all())

    await anext(done)

    assert len(work.begun) == AHEAD + 1
    assert [each async for each in done] == [*range(1, 10)]


async def test_without_workers_one_thing_is_done_after_the_other() -> None:
    work = Work(3)
    for each in work.may_end:
        each.set()
    done = Helpers(None).in_order(work.all())

    await anext(done)

    assert work.begun == [0]
    assert [each async for each in done] == [1, 2]


async def test_what_is_under_way_is_cancelled_where_one_thing_fails(helpers: Helpers) -> None:
    work = Work(2)

    async def fail() -> int:
        raise ValueError("of no use")

    with pytest.raises(ValueError, match="of no use"):
        _ = [each async for each in helpers.in_order(things(fail(), work.do(0), work.do(1)))]

    assert work.cancelled == [0, 1]


async def test_what_is_under_way_is_cancelled_where_nobody_wants_more(helpers: Helpers) -> None:
    work = Work(3)
    work.may_end[0].set()
    done = helpers.in_order(work.all())
    await anext(done)

    await done.aclose()

    assert work.cancelled == [1, 2]


async def test_what_a_worker_says_is_returned(helpers: Helpers) -> None:
    assert await helpers.run(os.getpid) != os.getpid()


async def test_a_thread_does_what_no_worker_can(
    workers: Workers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")

    with pytest.raises(WorkerDied):
        await workers.run(os.getpid, deadline=timedelta(seconds=10))
    assert await Helpers(workers).run(os.getpid) == os.getpid()


async def test_workers_that_are_lost_are_not_asked_again(
    helpers: Helpers, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(sys, "executable", "/nowhere/python")
        await helpers.run(os.getpid)

    assert await helpers.run(os.getpid) == os.getpid()
    work = Work(3)
    for each in work.may_end:
        each.set()
    done = helpers.in_order(work.all())
    await anext(done)
    assert work.begun == [0]
    assert [each async for each in done] == [1, 2]
