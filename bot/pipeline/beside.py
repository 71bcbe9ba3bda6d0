"""Runs what takes long beside the loop: in workers, several things at a time, or in a thread."""

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


class Helpers:
    """Who does things beside the loop, for one purpose that needs many of them."""

    def __init__(self, workers: Workers | None) -> None:
        """Take the workers; None: a thread does it all, one thing at a time.

        Several threads would not be faster, and would all go before the loop.
        """
        self._workers = workers

    async def run(self, function: Callable[[*Ts], T], *args: *Ts) -> T:
        """Return what a function returns; it must be one that `Workers.run` takes.

        Once a worker gives no answer, none is asked any more: a thread does this and the rest.
        """
        if self._workers is not None:
            try:
                return await self._workers.run(function, *args, deadline=DEADLINE)
            except WorkerError as error:
                log.info("helpers.lost", function=function.__name__, error=str(error))
                self._workers = None
        return await asyncio.to_thread(function, *args)

    async def in_order(self, things: AsyncIterator[Awaitable[T]]) -> AsyncGenerator[T]:
        """Do several things at a time, and yield what comes of them in their order.

        Once one fails, or whoever asked has enough, what is under way is cancelled.
        """
        under_way: deque[asyncio.Future[T]] = deque()
        try:
            async for thing in things:
                under_way.append(asyncio.ensure_future(thing))
                while len(under_way) > self._ahead:
                    yield await under_way.popleft()
            while under_way:
                yield await under_way.popleft()
        finally:
            for each in under_way:
                each.cancel()
            await asyncio.gather(*under_way, return_exceptions=True)

    @property
    def _ahead(self) -> int:
        return AHEAD if self._workers else 0
