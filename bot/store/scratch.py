"""A database that is used once: the same tables, in a temporary folder that goes with it."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from bot.store import migrate, tables
from bot.store.database import Store

FILE = "scratch.db"


@asynccontextmanager
async def scratch() -> AsyncIterator[Store]:
    """Open an empty store that is gone afterwards.

    Raises:
        OSError: there is no place for temporary files.
        StoreError: see `Store.open`.
    """
    with TemporaryDirectory(prefix="ausguck-", ignore_cleanup_errors=True) as folder:
        await asyncio.to_thread(_make, Path(folder) / FILE)
        store = await Store.open(f"sqlite:///{FILE}", Path(folder))
        try:
            yield store
        finally:
            await store.close()


def _make(place: Path) -> None:
    """Write the tables as they are today: the way there, revision by revision, would take long.

    The libraries for that would stay in memory, too.
    """
    engine = create_engine(f"sqlite:///{place}", poolclass=NullPool)
    tables.metadata.create_all(engine)
    with closing(sqlite3.connect(place)) as connection, connection:
        connection.execute("CREATE TABLE alembic_version (version_num TEXT NOT NULL)")
        connection.execute("INSERT INTO alembic_version VALUES (?)", (migrate.HEAD,))
