"""Opens the database, brings its schema up to date, and hands out transactions."""

import asyncio
import shutil
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import structlog
from sqlalchemy import URL, Connection, event, text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot import clock
from bot.errors import Fault, StoreError
from bot.owner import nearest
from bot.store import graves, locks, memory, migrate, people
from bot.store.place import make_folder, own, sqlite_path
from bot.store.trouble import Trouble, kind_of

log = structlog.get_logger()

# What the functions of the families work on; whoever calls them need not know SQLAlchemy.
Transaction = AsyncConnection
# What the database may raise at any moment: locked, full, gone. It passes, or an operator helps.
DatabaseTrouble = SQLAlchemyError

WRITE = "ausguck_write"
LARGEST_LOG = 16 * 2**20
"""What the write-ahead log may keep on the disk once its content is in the database."""
ROOM = 2**20
"""A disk with less room than this is full: what fits one moment does not the next."""
PROBE, PROBE_EACH = "database.probe", 0.5
"""What is written to see whether that works again, and after how many seconds at the earliest."""
CALM, LONGEST_PAUSE = 60.0, 30.0
"""Trouble that is back within so many seconds is the same one: a probe says too little. Then it is
tried half as often each time, down to every half minute: publishers are asked anew each time."""
LOOK = 1.0
PAGES = 500
"""Kilobytes of the database that a connection keeps to itself: whatever another one writes makes it
worthless. There are up to fifteen, each with a thread and so with a part of the heap of its own."""


class Store:
    """The open database.

    SQLite allows one writer: `write` holds a lock inside the process and `BEGIN IMMEDIATE` between
    processes, so a transaction never fails half-way because another one came first.

    What keeps it from being written is said in the log once, and known as `trouble` until a probe
    finds that it is over.
    """

    def __init__(
        self, engine: AsyncEngine, place: Path, hold: locks.Hold, now: Callable[[], datetime]
    ) -> None:
        self._engine = engine
        self._place = place
        self._hold = hold
        self._now = now
        self._writing = asyncio.Lock()
        self._probing = asyncio.Lock()
        self._probed = self._recovered = float("-inf")
        self._pause = PROBE_EACH
        self.trouble: Trouble | None = None

    @classmethod
    async def open(cls, url: str, folder: Path, now: Callable[[], datetime] = clock.now) -> "Store":
        """Open the database, create it where there is none, and migrate it.

        Args:
            url: as in `[store] url`; a relative path is relative to `folder`.
            folder: the configuration's folder.
            now: the clock.

        Raises:
            StoreError: the URL is no database of ours, the place cannot be written, it is being
                restored, or nobody can tell which chats were erased.
        """
        place = sqlite_path(url, folder)
        make_folder(place)
        hold = await asyncio.to_thread(locks.shared, place)
        try:
            return await cls._opened(place, hold, now)
        except BaseException:
            hold.let_go()
            raise

    @classmethod
    async def _opened(cls, place: Path, hold: locks.Hold, now: Callable[[], datetime]) -> "Store":
        try:
            await asyncio.to_thread(migrate.upgrade, place)
        except (sqlite3.Error, DBAPIError) as error:
            raise StoreError(_explain(place, error)) from None
        dead = await asyncio.to_thread(graves.read, place.parent)
        engine = create_async_engine(
            URL.create("sqlite+aiosqlite", database=str(place)), pool_use_lifo=True
        )
        event.listen(engine.sync_engine, "connect", _configure)
        event.listen(engine.sync_engine, "begin", _begin)
        store = cls(engine, place, hold, now)
        await store._bury(dead)
        return store

    @staticmethod
    def is_there(url: str, folder: Path) -> bool:
        """Tell whether there is a database already; the arguments are those of `open`.

        Raises:
            StoreError: the URL is no database of ours.
        """
        place = sqlite_path(url, folder)
        return nearest(place) == place  # one that we may not look for is none of ours

    async def _bury(self, dead: graves.Graves) -> None:
        """Erase who was erased before, and has come back with an older backup."""
        async with self.read() as connection:
            risen = await graves.risen(connection, dead) if dead else []
        if risen:
            async with self.write() as tx:
                await people.lay_to_rest(tx, dead)

    async def close(self) -> None:
        """Close all connections."""
        await self._engine.dispose()
        self._hold.let_go()

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """A connection that sees one state of the database throughout."""
        with self._watched():
            async with self._engine.connect() as connection:
                yield connection

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncConnection]:
        """A transaction: all of it is kept at the end, or, after an exception, none."""
        with self._watched():
            async with self._writing, self._engine.connect() as connection:
                await connection.execution_options(**{WRITE: True})
                async with connection.begin():
                    yield connection

    @contextmanager
    def _watched(self) -> Iterator[None]:
        """Note what an error says of the database as a whole; a change of that is logged."""
        try:
            yield
        except DatabaseTrouble as error:
            kind = kind_of(error)
            if kind == "failing" and not self._has_room():
                kind = "full"  # the log's own index, for one, reports it so
            if kind is not None and (self.trouble is None or self.trouble.kind != kind):
                if self.trouble is None:
                    self._set_pause()
                since = self.trouble.since if self.trouble else self._now()
                self.trouble = Trouble(kind, since)
                cause = str(getattr(error, "orig", None) or error)
                log.warning("database.trouble", what=self.trouble.remedy, error=cause)
            raise

    def _set_pause(self) -> None:
        now = asyncio.get_running_loop().time()
        if now - self._recovered > CALM:
            self._pause = PROBE_EACH
        else:
            self._pause, self._probed = min(2 * self._pause, LONGEST_PAUSE), now

    async def usable(self) -> bool:
        """Whether it can be written as far as is known; while it cannot, that is tried again."""
        if self.trouble is None:
            return True
        now = asyncio.get_running_loop().time()
        if self._probing.locked() or now - self._probed < self._pause:
            return False
        async with self._probing:
            self._probed = now
            try:
                await self._probe()
            except DatabaseTrouble:
                return False
            if not self._has_room():
                return False
            if self.trouble is not None:
                lasted = round((self._now() - self.trouble.since).total_seconds())
                log.warning("database.recovered", was=self.trouble.kind, seconds=lasted)
                self._recovered = asyncio.get_running_loop().time()
            self.trouble = None
            return True

    async def mended(self) -> None:
        """Return as soon as it can be written."""
        while not await self.usable():  # noqa: ASYNC110 - it is trying that finds out
            await asyncio.sleep(LOOK)

    async def _probe(self) -> None:
        async with self.write() as tx:
            await memory.put_fact(tx, PROBE, self._now().isoformat())

    def _has_room(self) -> bool:
        try:
            return shutil.disk_usage(self._place.parent).free >= ROOM
        except OSError:
            return True  # then it is not for want of room

    async def answers(self) -> bool:
        """Whether the database can be read at this moment."""
        try:
            async with self.read() as connection:
                await connection.execute(text("SELECT 1"))
        except DatabaseTrouble:
            return False
        return True


def _explain(place: Path, error: Exception) -> Fault:
    cause = str(getattr(error, "orig", None) or error)
    if "not a database" in cause or "malformed" in cause:
        return Fault(
            str(place), f"is no database of ours ({cause})", "move it away, or restore a copy"
        )
    if "full" in cause or shutil.disk_usage(place.parent).free < ROOM:
        return Fault(str(place), f"its disk is full ({cause})", "make room, and start again")
    if "locked" in cause:
        return Fault(str(place), "is locked by another program", "end that one and try again")
    return Fault(str(place), f"cannot be opened: {cause}", own(place.parent))


def _configure(connection: Any, _record: object) -> None:  # noqa: ANN401 - SQLAlchemy's adapter
    # The driver must not begin transactions by itself: _begin says which kind.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        "busy_timeout=5000",
        "foreign_keys=ON",
        "synchronous=FULL",
        f"journal_size_limit={LARGEST_LOG}",
        f"cache_size=-{PAGES}",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    writing = connection.get_execution_options().get(WRITE)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")
