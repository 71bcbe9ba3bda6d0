"""Runs what takes long beside the loop: in a thread or in workers, several things at a time."""

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from datetime import timedelta
from typing import TypeVar, TypeVarTuple

import structlog

from bot.errors import WorkerError
from bot.workers import Workers

log = structlog.get_logger()

Ts = TypeVarTuple("Ts")
T = TypeVar("T")

DEADLINE = timedelta(seconds=60)
"""For what takes some tenths of a second as a rule."""
AHEAD = 2
"""So many things are under way while what was done before is used: as many as there are workers,
on a small machine."""


async def beside(workers: Workers | None, function: Callable[[*Ts], T], *args: *Ts) -> T:
    """Run a function beside the loop; it must be one that `Workers.run` takes.

    Args:
        workers: who does it; None: a thread. A thread does as well what a worker cannot.
        function: what is done.
        args: its arguments.
    """
    if workers is not None:
        try:
            return await workers.run(function, *args, deadline=DEADLINE)
        except WorkerError as error:
            log.info("beside.no_worker", function=function.__name__, error=str(error))
    return await asyncio.to_thread(function, *args)


async def in_order(
    things: AsyncIterator[Awaitable[T]], workers: Workers | None
) -> AsyncGenerator[T]:
    """Do several things at a time, and yield what comes of them in their order.

    Once one fails, or whoever asked has enough, what is under way is cancelled.

    Args:
        things: what is to be done.
        workers: who does it; None: a thread, and then one thing at a time. Several threads would
            not be faster, and would all go before the loop.
    """
    ahead = AHEAD if workers else 0
    under_way: deque[asyncio.Future[T]] = deque()
    try:
        async for thing in things:
            under_way.append(asyncio.ensure_future(thing))
            if len(under_way) > ahead:
                yield await under_way.popleft()
        while under_way:
            yield await under_way.popleft()
    finally:
        for each in under_way:
            each.cancel()
        await asyncio.gather(*under_way, return_exceptions=True)
