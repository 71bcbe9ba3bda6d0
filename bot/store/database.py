"""Opens the database, brings its schema up to date, and hands out transactions."""

import asyncio
import os
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, event, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.errors import Fault, StoreError
from bot.store import graves, migrate, people

# What the functions of the families work on; whoever calls them need not know SQLAlchemy.
Transaction = AsyncConnection
# What the database may raise at any moment: locked, full, gone. It passes, or an operator helps.
DatabaseTrouble = SQLAlchemyError

WRITE = "ausguck_write"
PAGES = 500
"""Kilobytes of the database that a connection keeps to itself: whatever another one writes makes it
worthless. There are up to fifteen, each with a thread and so with a part of the heap of its own."""


class Store:
    """The open database.

    SQLite allows one writer: `write` holds a lock inside the process and `BEGIN IMMEDIATE` between
    processes, so a transaction never fails half-way because another one came first.
    """

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._writing = asyncio.Lock()

    @classmethod
    async def open(cls, url: str, folder: Path) -> "Store":
        """Open the database, create it where there is none, and migrate it.

        Args:
            url: as in `[store] url`; a relative path is relative to `folder`.
            folder: the configuration's folder.

        Raises:
            StoreError: the URL is no database of ours, the place cannot be written, or nobody can
                tell which chats were erased.
        """
        place = _sqlite_path(url, folder)
        _make_folder(place)
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
        store = cls(engine)
        await store._bury(dead)
        return store

    @staticmethod
    def is_there(url: str, folder: Path) -> bool:
        """Tell whether there is a database already; the arguments are those of `open`.

        Raises:
            StoreError: the URL is no database of ours.
        """
        return _sqlite_path(url, folder).exists()

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

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """A connection that sees one state of the database throughout."""
        async with self._engine.connect() as connection:
            yield connection

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncConnection]:
        """A transaction: all of it is kept at the end, or, after an exception, none."""
        async with self._writing, self._engine.connect() as connection:
            await connection.execution_options(**{WRITE: True})
            async with connection.begin():
                yield connection

    async def answers(self) -> bool:
        """Whether the database can be read at this moment."""
        try:
            async with self.read() as connection:
                await connection.execute(text("SELECT 1"))
        except DatabaseTrouble:
            return False
        return True


def _sqlite_path(url: str, folder: Path) -> Path:
    try:
        parsed = make_url(url)
    except ArgumentError:
        parsed = None
    if parsed is None or parsed.get_backend_name() != "sqlite" or not parsed.database:
        raise StoreError(
            Fault("", "store.url names no SQLite file", "write it as sqlite:///data/ausguck.db")
        )
    return folder / parsed.database


def _make_folder(place: Path) -> None:
    parent = place.parent
    try:
        parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(
            Fault(str(parent), f"cannot be made: {error.strerror}", _own(parent))
        ) from None
    target = place if place.exists() else parent
    if not os.access(target, os.W_OK) or not os.access(parent, os.W_OK | os.X_OK):
        raise StoreError(Fault(str(target), "cannot be written", _own(parent)))


def _own(folder: Path) -> str:
    """The exact remedy for a folder that belongs to somebody else."""
    there = next((p for p in (folder, *folder.parents) if p.exists()), folder)
    user = f"{os.getuid()}:{os.getgid()}"
    return f"run `chown -R {user} {there.absolute()}` or set store.url to another place"


def _explain(place: Path, error: Exception) -> Fault:
    cause = str(getattr(error, "orig", None) or error)
    if "not a database" in cause or "malformed" in cause:
        return Fault(
            str(place), f"is no database of ours ({cause})", "move it away, or restore a copy"
        )
    if "locked" in cause:
        return Fault(str(place), "is locked by another program", "end that one and try again")
    return Fault(str(place), f"cannot be opened: {cause}", _own(place.parent))


def _configure(connection: Any, _record: object) -> None:  # noqa: ANN401 - SQLAlchemy's adapter
    # The driver must not begin transactions by itself: _begin says which kind.
    connection.isolation_level = None
    cursor = connection.cursor()
    size = f"cache_size=-{PAGES}"
    for pragma in ("busy_timeout=5000", "foreign_keys=ON", "synchronous=FULL", size):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    writing = connection.get_execution_options().get(WRITE)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")
