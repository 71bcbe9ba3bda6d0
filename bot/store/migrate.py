"""Brings the schema to the newest revision, once, whoever comes first."""

import sqlite3
import time
from pathlib import Path

from sqlalchemy import URL, Connection, create_engine, event
from sqlalchemy.pool import NullPool

from bot.errors import Fault, StoreError
from bot.store import copies

HEAD = "0009"
SCRIPTS = Path(__file__).parent / "migrations"
PATIENCE = 5.0
PAUSE = 0.02


def upgrade(place: Path, *, copied: bool = True) -> None:
    """Migrate the SQLite file at `place`, creating it where there is none.

    All of it is one transaction that begins with the write lock: two processes that start together
    do not both migrate, nobody writes between the copy that is made first and the end, and a
    migration that fails leaves the file as it was. Where nothing is to be done, alembic is not even
    loaded.

    Args:
        place: the file.
        copied: whether a copy is made first; a copy itself needs none.

    Raises:
        sqlite3.Error, sqlalchemy.exc.DBAPIError: the file cannot be opened or written.
        StoreError: a later version of this program has written it, there is no room for the copy,
            or the migration failed.
    """
    revision = _revision(place)
    if revision == HEAD:
        return
    if revision is not None and revision > HEAD:
        raise StoreError(_too_new(place, revision))
    engine = create_engine(URL.create("sqlite", database=str(place)), poolclass=NullPool)
    event.listen(engine, "connect", _leave_transactions_to_us)
    event.listen(engine, "begin", _begin)
    with engine.begin() as connection:
        # Whoever had the lock before us may have done it.
        revision = copies.revision_of(place)
        if revision is None:
            _run(connection)
        elif revision != HEAD:
            kept = copies.before(place, HEAD) if copied else None
            _run_surely(connection, place, revision, kept)


def _too_new(place: Path, revision: str) -> Fault:
    what = f"was written by a later Ausguck (schema {revision}, this one knows {HEAD})"
    copy = copies.newest_for(place, HEAD)
    remedy = f"run `ausguck restore {copy}`" if copy else "restore a backup of this version"
    return Fault(str(place), what, f"install that version again, or {remedy}")


def _run_surely(connection: Connection, place: Path, revision: str, kept: Path | None) -> None:
    try:
        _run(connection)
    except Exception as error:
        cause = str(getattr(error, "orig", None) or error) or type(error).__name__
        what = f"could not be brought from schema {revision} to {HEAD} ({cause.splitlines()[0]})"
        remedy = "nothing was changed: install the version before again"
        remedy += f"; a copy is {kept}" if kept else ""
        raise StoreError(Fault(str(place), what, remedy)) from error


def _revision(place: Path) -> str | None:
    connection = sqlite3.connect(place, timeout=PATIENCE)
    try:
        _write_ahead(connection)
    finally:
        connection.close()
    return copies.revision_of(place)


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
