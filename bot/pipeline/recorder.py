"""Writes down how polls went, many in one transaction: each one costs as much as a thousand rows.

Nobody waits for the sake of it. What there is is written as soon as no other poll is under way that
could add to it, when there is enough of it, or when the first of it has waited for `LONGEST`.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, TypeVar

from bot.model import Feed
from bot.store import Store, Transaction, polls
from bot.store.polls import Success

T = TypeVar("T")
Write = Callable[[Transaction], Awaitable[T]]
Worked = tuple[Feed, Success, datetime]

ENOUGH = 200
LONGEST = timedelta(seconds=0.2)
"""News is read as soon as its entries are stored: nobody notices a fifth of a second."""


@dataclass(slots=True)
class _Batch:
    """What is to be written together, each with who waits for it."""

    unchanged: list[tuple[Worked, asyncio.Future[None]]] = field(default_factory=list)
    writes: list[tuple[Write[Any], asyncio.Future[Any]]] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.unchanged) + len(self.writes)

    def parts(self) -> Iterator["_Batch"]:
        """Yield every one alone."""
        yield from (_Batch(unchanged=[each]) for each in self.unchanged)
        yield from (_Batch(writes=[each]) for each in self.writes)

    def waiting(self) -> Iterator[asyncio.Future[Any]]:
        """Yield who waits and has not been cancelled."""
        pairs = (*self.unchanged, *self.writes)
        yield from (future for _, future in pairs if not future.done())


class Recorder:
    """Collects what polls that are under way at the same time have to write."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._batch = _Batch()
        self._under_way = 0
        self._timer: asyncio.TimerHandle | None = None
        self._is_overdue = False
        self._writing: asyncio.Task[None] | None = None

    @contextmanager
    def under_way(self) -> Iterator[None]:
        """Surround a poll: until its end there may be something to write."""
        self._under_way += 1
        try:
            yield
        finally:
            self._under_way -= 1
            self._look()

    async def unchanged(self, feed: Feed, success: Success, now: datetime) -> None:
        """Record a poll that worked and brought nothing new; returns when that is committed."""
        written = asyncio.get_running_loop().create_future()
        self._batch.unchanged.append(((feed, success, now), written))
        await self._wait(written)

    async def record(self, write: Write[T]) -> T:
        """Write in a transaction; return what `write` returns when that is committed.

        Args:
            write: may be called a second time, after its first transaction was undone.

        Raises:
            Exception: whatever `write` raises, or the database.
        """
        written: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._batch.writes.append((write, written))
        return await self._wait(written)

    async def finish(self) -> None:
        """Wait until what is being written is."""
        while self._writing is not None:
            await asyncio.wait([self._writing])

    async def _wait(self, written: "asyncio.Future[T]") -> T:
        self._under_way -= 1  # it adds nothing while it waits
        if self._timer is None:
            loop = asyncio.get_running_loop()
            self._timer = loop.call_later(LONGEST.total_seconds(), self._is_due)
        self._look()
        try:
            return await written
        finally:
            self._under_way += 1

    def _is_due(self) -> None:
        self._is_overdue = True
        self._look()

    def _look(self) -> None:
        if self._writing is not None or not len(self._batch):
            return
        if self._under_way <= 0 or self._is_overdue or len(self._batch) >= ENOUGH:
            if self._timer is not None:
                self._timer.cancel()
            self._timer, self._is_overdue = None, False
            batch, self._batch = self._batch, _Batch()
            self._writing = asyncio.create_task(self._commit(batch))
            self._writing.add_done_callback(self._written)

    def _written(self, _: "asyncio.Task[None]") -> None:
        self._writing = None
        self._look()

    async def _commit(self, batch: _Batch) -> None:
        try:
            async with self._store.write() as tx:
                await polls.unchanged(tx, [worked for worked, _ in batch.unchanged])
                results = [await write(tx) for write, _ in batch.writes]
        except Exception as error:  # noqa: BLE001 - it is handed to whoever waits
            if len(batch) > 1 and self._store.trouble is None:
                # One of them cannot be written: all the others are to be, nevertheless.
                for part in batch.parts():
                    await self._commit(part)
            for future in batch.waiting():
                future.set_exception(error)
            return
        for (_, future), result in zip(batch.writes, results, strict=True):
            if not future.done():
                future.set_result(result)
        for future in batch.waiting():
            future.set_result(None)
