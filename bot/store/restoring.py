"""Puts a backup in the place of the database, as what it is: the state of an earlier moment.

Nobody knows what was sent since, nor what was found: letters that waited are uncertain, and what is
found from then on is late, and told together.
"""

import asyncio
import os
import re
import shutil
import sqlite3
import stat
from collections.abc import Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.alerts.decide import SHORTEST_GAP
from bot.errors import Fault, StoreError
from bot.store import backup, copies, locks, memory, migrate, outbox, reviews
from bot.store.database import DatabaseTrouble, Store
from bot.store.place import COPIES, give, make_folder, own, sync
from bot.store.schema import entries
from bot.store.schema import outbox as letters
from bot.store.types import EPOCH, MICROSECOND

DAY = timedelta(days=1)
KEPT = 3
"""So many times what was there before a restore is kept."""
_ASIDE = re.compile(r"before-restore-\d{8}T\d{6}")
_LOGS = ("-wal", "-journal", "-shm")


@dataclass(frozen=True, slots=True)
class Restored:
    """What came of it."""

    files: Mapping[str, bytes]
    """What else was in the backup."""
    aside: Path
    """The folder to which goes what was there before; it is there if anything is in it."""
    uncertain: int
    """Letters of which nobody knows whether they were sent."""


def restore(source: Path, place: Path, usual: timedelta, now: datetime) -> Restored:
    """Put the database of a backup in the place of the present one, which is kept aside.

    Args:
        source: the backup.
        place: where the database is, or is to be.
        usual: how often a feed is polled that has no interval of its own.
        now: the present instant.

    Raises:
        StoreError: somebody uses the database, the backup cannot be used, or it cannot be written.
    """
    make_folder(place)
    hold = locks.alone(place)
    try:
        if place.exists() and source.exists() and source.samefile(place):
            raise StoreError(Fault(str(source), "is the database itself", "name a backup"))
        with copies.making(place) as part:
            files = backup.unpack(source, part)
            migrate.upgrade(part, copied=False)
            uncertain = asyncio.run(_mark(part, usual, now))
            aside = place.parent / COPIES / f"before-restore-{now:%Y%m%dT%H%M%S}"
            _swap(part, place, aside)
    except (OSError, sqlite3.Error, DatabaseTrouble) as error:
        said = getattr(error, "strerror", None) or getattr(error, "orig", error)  # not the SQL
        what = f"cannot be restored: {said}"
        raise StoreError(Fault(str(place), what, own(place.parent))) from None
    finally:
        hold.let_go()
    return Restored(files, aside, uncertain)


async def _mark(part: Path, usual: timedelta, now: datetime) -> int:
    """Write into the database that it comes from a backup; return how many letters that affects."""
    store = await Store.open(f"sqlite:///{part.name}", part.parent)
    try:
        async with store.write() as tx:
            wishes = await _go_on(tx, now)
            count = await outbox.recover(
                tx, now, ("pending", "sending"), "a backup was restored since", wishes
            )
            await _make_late(tx, usual, now)
            for purpose in ("own", "invite"):
                # They may have been used since.
                await memory.drop_codes(tx, purpose)
    finally:
        await store.close()
    with closing(sqlite3.connect(part)) as connection:
        # All of it is to be in the one file that takes the database's place.
        connection.execute("PRAGMA journal_mode=DELETE")
    return count


async def _go_on(tx: AsyncConnection, now: datetime) -> Sequence[int]:
    """Let daily press reviews go on; return their letters: they are wishes, and not yet sent.

    One whose hour has passed may have come since: what it would say is in the next one.
    """
    waiting = await reviews.waiting(tx)
    for number in waiting:
        which = letters.c.id == number
        due = (await tx.scalars(select(letters.c.due).where(which))).one()
        if due <= now:
            next_due = due + ((now - due) // DAY + 1) * DAY
            await tx.execute(update(letters).where(which).values(due=next_due, changed=now))
    return waiting


async def _make_late(tx: AsyncConnection, usual: timedelta, now: datetime) -> None:
    """Have all be late that is found or read from now on, as after a gap in polling.

    However short the time since the backup: what came in it was told already, or may have been.
    """
    late = (
        "UPDATE feeds SET last_success = min(last_success,"
        " :now - 1 - max(:least, 2 * coalesce(every, interval, :usual)))"
    )
    least, usually = (length // MICROSECOND for length in (SHORTEST_GAP, usual))
    values = {"now": (now - EPOCH) // MICROSECOND, "least": least, "usual": usually}
    await tx.execute(text(late), values)
    waiting = update(entries).where(entries.c.read_due.is_not(None))
    await tx.execute(waiting.values(late=True))


def _swap(part: Path, place: Path, aside: Path) -> None:
    """Keep what is there, and put the file in its place, with nothing between the two."""
    with part.open("rb") as file:
        os.fsync(file.fileno())
    if place.exists():
        part.chmod(stat.S_IMODE(place.stat().st_mode))
        aside.mkdir(mode=0o700, parents=True)
        for made in (part, aside, aside.parent):
            give(made, place)
        # Its log belongs to it alone: what is in there comes into the file, if that can be.
        with suppress(sqlite3.Error), closing(sqlite3.connect(place)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        kept = aside / place.name
        try:
            kept.hardlink_to(place)
        except OSError:
            shutil.copy2(place, kept)
        for ending in _LOGS:
            with suppress(FileNotFoundError):
                place.with_name(place.name + ending).replace(aside / f"{place.name}{ending}")
        sync(aside)
    else:
        give(part, place.parent)
    part.replace(place)
    sync(place.parent)
    _drop_older(aside.parent)


def _drop_older(folder: Path) -> None:
    kept = sorted(p for p in folder.glob("before-restore-*") if _ASIDE.fullmatch(p.name))
    for old in kept[:-KEPT]:
        shutil.rmtree(old, ignore_errors=True)
