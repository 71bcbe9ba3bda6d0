"""Copies of the database as a whole: consistent while others write, verified, written to the end.

Before its schema is changed there is one in `backups/`, beside the database.
"""

import os
import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from bot.errors import Fault, StoreError
from bot.store.locks import IN_USE
from bot.store.place import COPIES, give, megabytes, sync, wants_room

KEPT = 3
PATIENCE = 30.0
FAULTS = 20
"""Faults of a database that are looked at."""
_BEFORE = re.compile(r"before-(\d+)\.db")
_INDEX = re.compile(r"^fts5: |\bFTS5 table\b")
"""A fault of the archive's index, as FTS5 words it."""


def size_of(connection: sqlite3.Connection) -> int:
    """Return how many bytes a copy of the database takes."""
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    (size,) = connection.execute("PRAGMA page_size").fetchone()
    return int(pages) * int(size)


def revision_of(place: Path) -> str | None:
    """Return the revision of the schema in a file; None where it is no database of ours.

    Raises:
        sqlite3.Error: it cannot be read.
    """
    with closing(sqlite3.connect(place, timeout=PATIENCE)) as connection:
        known = connection.execute("SELECT 1 FROM sqlite_master WHERE name='alembic_version'")
        if known.fetchone() is None:
            return None
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    return str(row[0]) if row else None


@contextmanager
def making(target: Path) -> Iterator[Path]:
    """Hand out a file beside `target`, readable for us alone, that is gone afterwards."""
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    # In a container a process that was killed had the same number: SQLite would write the log that
    # it left behind into this file.
    _clear(part)
    os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        yield part
    finally:
        _clear(part)


def _clear(part: Path) -> None:
    for ending in ("-journal", "-wal", "-shm", f".{IN_USE}", ""):
        part.with_name(part.name + ending).unlink(missing_ok=True)


def copy(place: Path, target: Path) -> None:
    """Copy the database at `place` to the file `target` as it is at this moment, and verify it.

    It is copied in a single step, within one reading transaction: writers do not disturb it.

    Raises:
        sqlite3.Error: one of them cannot be read or written.
        StoreError: the copy is damaged, as the original then is.
    """
    with (
        closing(sqlite3.connect(place, timeout=PATIENCE)) as source,
        closing(sqlite3.connect(target)) as copied,
    ):
        wants_room(target.parent, size_of(source), "a copy of the database")
        source.backup(copied)
        # A single file, without a log beside it.
        copied.execute("PRAGMA journal_mode=DELETE")
        verify(copied, place)
    with target.open("rb") as file:
        os.fsync(file.fileno())


def verify(connection: sqlite3.Connection, named: Path, check: str = "quick_check") -> None:
    """See that a database is whole, as far as one of SQLite's own checks tells.

    Raises:
        StoreError: it is not.
    """
    if said := damage([str(row[0]) for row in connection.execute(f"PRAGMA {check}({FAULTS})")]):
        raise _damaged(named, said)


def damage(found: Sequence[str]) -> str:
    """Return what is damaged, as a check of SQLite's says it; empty: nothing is.

    From 3.44 on the checks look into the archive's index as well. Nothing is lost with that: the
    daemon finds the damage and makes it anew, so it is no reason to go without a copy.
    """
    lost = [each for each in found if each != "ok" and not _INDEX.search(each)]
    return lost[0].splitlines()[-1] if lost else "" if found else "no answer"


def _damaged(named: Path, said: str) -> StoreError:
    return StoreError(Fault(str(named), f"is damaged ({said})", "restore a copy"))


def verify_all(place: Path, named: Path) -> None:
    """See that a database is whole in every respect: its indexes too, and what refers to what.

    It takes some times as long as `verify`.

    Raises:
        sqlite3.Error: it cannot be read.
        StoreError: it is not.
    """
    with closing(sqlite3.connect(place)) as connection:
        connection.execute("PRAGMA trusted_schema=OFF")
        verify(connection, named, "integrity_check")
        lost = connection.execute("PRAGMA foreign_key_check").fetchone()
    if lost is not None:
        said = f"what rows of {lost[0]!r:.100} refer to is not there"
        raise _damaged(named, said)


def before(place: Path, revision: str) -> Path:
    """Keep a copy of the database as it is before it is brought to a revision; return where.

    Of such copies the last three are kept.

    Raises:
        StoreError: there is too little room for it, it cannot be written, or the database is
            damaged.
    """
    folder = place.parent / COPIES
    target = folder / f"before-{revision}.db"
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        with making(target) as part:
            copy(place, part)
            give(part, place)
            part.replace(target)
        give(folder, place)
        sync(folder)
    except (OSError, sqlite3.Error) as error:
        what = f"no copy of the database could be made before its migration ({error})"
        remedy = "nothing was changed; see that it can be written, and start again"
        raise StoreError(Fault(str(target), what, remedy)) from None
    for old in _kept(folder)[KEPT:]:
        old.unlink(missing_ok=True)
    return target


def newest_for(place: Path, revision: str) -> Path | None:
    """Return the newest copy that a program can use which knows the schema up to a revision."""
    for found in _kept(place.parent / COPIES):
        try:
            known = revision_of(found)
        except sqlite3.Error:
            continue
        if known is not None and known <= revision:
            return found
    return None


def _kept(folder: Path) -> list[Path]:
    """Return the copies that were made before migrations, the newest schema first."""
    found = [path for path in folder.glob("before-*.db") if _BEFORE.fullmatch(path.name)]
    return sorted(found, key=lambda path: path.name, reverse=True)


def described(place: Path) -> str:
    """Return a file's name and size for people."""
    return f"{place} ({megabytes(place.stat().st_size)})"
