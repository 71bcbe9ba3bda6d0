"""Whoever wants to know is told of every task of the workers: its function, its end, its time."""

import os
import time
from datetime import timedelta

import pytest

from bot.errors import NotAFeed, WorkerDied, WorkerFailed, WorkerTimeout
from bot.workers import Workers

SOON, AT_ONCE = timedelta(seconds=10), timedelta(milliseconds=100)


def fine() -> str:
    return "fine"


def refuse() -> None:
    raise NotAFeed("no feed")


def fail() -> None:
    raise KeyError("a mistake")


def die() -> None:
    os._exit(1)


def sleep() -> None:
    time.sleep(60)


async def test_every_end_of_a_task_is_told_with_its_time() -> None:
    told: list[tuple[str, str, float]] = []
    workers = Workers(limit=1, took=lambda *task: told.append(task))
    try:
        await workers.run(fine, deadline=SOON)
        with pytest.raises(NotAFeed):
            await workers.run(refuse, deadline=SOON)
        with pytest.raises(WorkerFailed):
            await workers.run(fail, deadline=SOON)
        with pytest.raises(WorkerDied):
            await workers.run(die, deadline=SOON)
        with pytest.raises(WorkerTimeout):
            await workers.run(sleep, deadline=AT_ONCE)
    finally:
        await workers.close()

    assert [(name, outcome) for name, outcome, _ in told] == [
        ("fine", "ok"),
        ("refuse", "refused"),
        ("fail", "failed"),
        ("die", "died"),
        ("sleep", "timeout"),
    ]
    assert all(seconds > 0 for _, _, seconds in told)
    assert told[-1][2] >= AT_ONCE.total_seconds()
