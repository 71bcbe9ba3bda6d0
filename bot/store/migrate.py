"""Brings the schema to the newest revision, once, whoever comes first."""

import sqlite3
import time
from pathlib import Path

from sqlalchemy import URL, Connection, create_engine, event
from sqlalchemy.pool import NullPool

from bot.errors import Fault, StoreError

HEAD = "0009"
SCRIPTS = Path(__file__).parent / "migrations"
PATIENCE = 5.0
PAUSE = 0.02


def upgrade(place: Path) -> None:
    """Migrate the SQLite file at `place`, creating it where there is none.

    All of it is one transaction that begins with the write lock: two processes that start together
    do not both migrate, and a migration that fails leaves the file as it was. Where nothing is to
    be done, alembic is not even loaded.

    Raises:
        sqlite3.Error, sqlalchemy.exc.DBAPIError: the file cannot be opened or written.
        StoreError: a later version of this program has written it.
    """
    revision = _revision(place)
    if revision == HEAD:
        return
    if revision is not None and revision > HEAD:
        raise StoreError(
            Fault(
                str(place),
                f"was written by a later Ausguck (schema {revision}, this one knows {HEAD})",
                "install that version again, or restore a copy",
            )
        )
    engine = create_engine(URL.create("sqlite", database=str(place)), poolclass=NullPool)
    event.listen(engine, "connect", _leave_transactions_to_us)
    event.listen(engine, "begin", _begin)
    with engine.begin() as connection:
        _run(connection)


def _revision(place: Path) -> str | None:
    connection = sqlite3.connect(place, timeout=PATIENCE)
    try:
        _write_ahead(connection)
        known = connection.execute("SELECT 1 FROM sqlite_master WHERE name='alembic_version'")
        if known.fetchone() is None:
            return None
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        return str(row[0]) if row else None
    finally:
        connection.close()


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Choose the WAL: readers do not wait for the writer, nor it for them. The file remembers it.

    Of two that do this at the same moment SQLite refuses one at once, whatever its timeout.
    """
    end = time.monotonic() + PATIENCE
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > end:
                raise
            time.sleep(PAUSE)
        else:
            return


def _run(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _leave_transactions_to_us(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None
    connection.execute("PRAGMA busy_timeout=30000")


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")
