"""The only door to apscheduler: a tick every second, which only dispatches.

What is due is asked of the store, so that nothing is lost with the process; APScheduler is the
clock that asks. Its job store is memory, a tick that could not run in time runs once, later.
"""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot import clock
from bot.model import Feed
from bot.pipeline import Pipeline
from bot.pipeline.rounds import Rounds
from bot.store import DatabaseTrouble, Store, entries, feeds, timing
from bot.store.entries import Waiting

log = structlog.get_logger()

TICK = timedelta(seconds=1)
# Renewed while the work is under way; a start gives everything back at once.
LEASE = timedelta(minutes=10)
GRACE = 0.5
WORKED = frozenset({"ok", "unchanged"})
AHEAD, READ_AHEAD = 10, 100
"""So many times as many polls, and reads, are under way as are fetched at a time: most of them wait
for their host's turn, and must not hold up those of other hosts. Of 300 pages that wait for one
host, the one whose teaser matches can only go first if it is among them."""
PROBES = 3
"""Polls at a time while our own network fails."""
SILENCE, FIRST_LOOK = timedelta(hours=1), timedelta(minutes=10)
"""How often silent feeds are looked for, and how soon after the start."""
SET_BACK = timedelta(seconds=30)
"""A clock that is further back than it was is a clock that was set."""
CHORES = timedelta(minutes=5)
"""How often it is looked whether there is anything to do beside the news."""


class Schedule:
    """Starts the polls and reads that are due."""

    def __init__(
        self,
        store: Store,
        pipeline: Pipeline,
        concurrency: int,
        chores: Callable[[], Coroutine[Any, Any, None]],
        now: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._chores = chores
        self._pipeline = pipeline
        self._most = AHEAD * concurrency
        self._most_read = READ_AHEAD * concurrency
        self._now = now
        self._rounds = Rounds()
        self._tasks: set[asyncio.Task[None]] = set()
        self._polled: set[int] = set()
        self._read: set[int] = set()
        self._stranded: tuple[set[int], set[int]] = (set(), set())
        """Feeds and entries that are held, and whose work the database has undone."""
        self._is_looking = False
        self._scheduler: Any = AsyncIOScheduler(timezone="UTC")
        self._ticking = asyncio.Lock()
        self._claiming = asyncio.Lock()
        self._stopping = False
        self._waking: asyncio.Task[None] | None = None
        self.last_tick: datetime | None = None

    async def start(self) -> None:
        """Give back what a process held that was killed, and start ticking."""
        async with self._store.write() as tx:
            await feeds.release_all(tx)
            await entries.release_all(tx)
        await self._pipeline.health.start()
        now = self._now()
        self._every(TICK, self.tick, now)
        self._every(SILENCE, self._look_for_silent, now + FIRST_LOOK)
        self._every(LEASE / 2, self._renew, now + LEASE / 2)
        self._every(CHORES, self._do_chores, now)
        self._scheduler.start()
        self._waking = asyncio.create_task(self._keep_awake())

    async def _keep_awake(self) -> None:
        """Have everything done at once when the system's clock was set back.

        APScheduler, which goes by that clock, would sleep until it is again where it was.
        """
        seen = clock.now()
        while True:
            await asyncio.sleep(TICK.total_seconds())
            now = clock.now()
            if seen - now > SET_BACK:
                for job in self._scheduler.get_jobs():
                    job.modify(next_run_time=now)
            seen = now

    def _every(
        self, interval: timedelta, call: Callable[[], Coroutine[Any, Any, None]], first: datetime
    ) -> None:
        self._scheduler.add_job(
            partial(self._unless_troubled, call),
            "interval",
            seconds=interval.total_seconds(),
            coalesce=True,
            misfire_grace_time=None,
            next_run_time=first,
        )

    async def stop(self) -> None:
        """Stop ticking and break off what is under way: it is still due, and done next time."""
        self._stopping = True
        if self._waking is not None:
            self._waking.cancel()
        async with self._ticking:
            self._scheduler.shutdown(wait=False)
        if tasks := set(self._tasks):
            # What is about to be committed is; what waits for the network is broken off.
            await asyncio.wait(tasks, timeout=GRACE)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._rounds.end()

    async def tick(self) -> None:
        """Look what is due and start it: nothing while the database cannot be written."""
        async with self._ticking:
            if self._stopping:
                return
            # It moves, whatever the database does.
            before, now = self.last_tick, self._now()
            if not await self._store.usable():
                self.last_tick = max(before, now) if before else now
                return
            if before is not None and before - now > SET_BACK:
                await self._follow_back(before, now)
            self.last_tick = now
            await self._give_back()
            await self._start_polls(now)
            await self._start_reads(now)

    async def _follow_back(self, before: datetime, now: datetime) -> None:
        log.warning("clock.set_back", seconds=round((before - now).total_seconds()))
        async with self._store.write() as tx:
            await timing.set_back(tx, before, now)

    async def _unless_troubled(self, call: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Do what the clock asks for; of a database in trouble the store has spoken already."""
        try:
            await call()
        except DatabaseTrouble:
            if self._store.trouble is None:
                raise

    async def _give_back(self) -> None:
        """Give back what is held for work that came to nothing: it is due still."""
        polls, reads = self._stranded
        free = polls - self._polled, reads - self._read
        if free != (set(), set()):
            async with self._store.write() as tx:
                await feeds.let_go(tx, free[0])
                await entries.let_go(tx, free[1])
            # Others may have come meanwhile.
            polls -= free[0]
            reads -= free[1]

    async def _start_polls(self, now: datetime) -> None:
        async with self._store.read() as connection:
            due = await feeds.anything_due(connection, now)
        most = PROBES if self._pipeline.health.network_is_down else self._most
        free = most - len(self._polled)
        if due and free > 0:
            async with self._store.write() as tx:
                claimed = await feeds.claim_due(tx, now, LEASE, free)
            for feed in claimed:
                if feed.id not in self._polled:
                    self._dispatch(self._polled, [feed.id], self._poll(feed))

    async def _start_reads(self, now: datetime) -> None:
        async with self._store.read() as connection:
            waiting = await entries.anything_waiting(connection, now)
        if not waiting:
            return
        # Every poll that ends comes here, too: places are counted and taken by one at a time.
        async with self._claiming:
            free = self._most_read - len(self._read)
            if free <= 0:
                return
            async with self._store.write() as tx:
                claimed = await entries.claim_waiting(tx, now, LEASE, free)
            ids = [entry_id for entry_id in claimed if entry_id not in self._read]
            try:
                batches = await self._pipeline.batches(ids)
            except DatabaseTrouble:
                self._stranded[1].update(ids)
                raise
            for batch in batches:
                reading = [entry.id for entry in batch]
                self._dispatch(self._read, reading, self._reading(batch))

    async def _reading(self, batch: Sequence[Waiting]) -> None:
        try:
            await self._pipeline.read(batch)
        except DatabaseTrouble:
            self._stranded[1].update(entry.id for entry in batch)
            raise

    async def _poll(self, feed: Feed) -> None:
        polled = await self._pipeline.poll(feed)
        self._rounds.add(polled)
        if polled.status == "unsaved":
            self._stranded[0].add(feed.id)
            return
        if polled.entry_ids:
            # News does not wait for the next tick.
            await self._start_reads(self._now())
        if polled.status in WORKED or polled.status == "error":
            worked = polled.status in WORKED
            await self._pipeline.health.polled(feed, worked=worked, reached=polled.reached)

    async def _renew(self) -> None:
        """Go on holding what waits here for its host's turn, however long that takes."""
        until = self._now() + LEASE
        async with self._store.write() as tx:
            await feeds.renew(tx, set(self._polled), until)
            await entries.renew(tx, set(self._read), until)

    async def _look_for_silent(self) -> None:
        if not self._is_looking:
            self._is_looking = True
            self._dispatch(set(), [], self._looked())

    async def _looked(self) -> None:
        try:
            await self._pipeline.health.look_for_silent()
        finally:
            self._is_looking = False

    async def _do_chores(self) -> None:
        self._dispatch(set(), [], self._chores())

    def _dispatch(
        self, under_way: set[int], ids: Sequence[int], work: Coroutine[Any, Any, None]
    ) -> None:
        """Start work on feeds or entries, whose ids are among those under way until its end."""
        if self._stopping:
            work.close()
            return
        under_way.update(ids)
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        task.add_done_callback(lambda _: under_way.difference_update(ids))
        task.add_done_callback(self._log_failure)

    def _log_failure(self, task: asyncio.Task[None]) -> None:
        error = None if task.cancelled() else task.exception()
        if error is None or (isinstance(error, DatabaseTrouble) and self._store.trouble):
            return
        log.error("schedule.task_failed", exc_info=error)
