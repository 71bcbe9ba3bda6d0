"""The latest good versions of every watchlist."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.schema import versions, watchlists

KEPT = 20
"""Versions of one list; with more, the oldest go."""


class Version(NamedTuple):
    """A text that was in force."""

    id: int
    name: str
    """Of the watchlist, as it is called now."""
    source: str
    saved: datetime


async def keep(
    tx: AsyncConnection, name: str, source: str, now: datetime, spare: int | None = None
) -> int:
    """Keep a version and return its id; the oldest go, but not the one to `spare`."""
    made = insert(versions).values(name=name, source=source, saved=now)
    number: int = (await tx.scalars(made.returning(versions.c.id))).one()
    latest = select(versions.c.id).where(versions.c.name == name)
    latest = latest.order_by(versions.c.id.desc()).limit(KEPT)
    old = (versions.c.name == name) & versions.c.id.not_in(latest)
    if spare is not None:
        old &= versions.c.id != spare
    await tx.execute(delete(versions).where(old))
    return number


async def latest(tx: AsyncConnection, name: str) -> Version | None:
    """Return the version that was kept last, also of a list that is no longer in force."""
    which = select(versions).where(versions.c.name == name)
    row = (await tx.execute(which.order_by(versions.c.id.desc()).limit(1))).one_or_none()
    return None if row is None else Version(row.id, row.name, row.source, row.saved)


async def get(tx: AsyncConnection, number: int) -> Version | None:
    """Return a version; None where it is no longer kept."""
    row = (await tx.execute(select(versions).where(versions.c.id == number))).one_or_none()
    return None if row is None else Version(row.id, row.name, row.source, row.saved)


async def in_force(tx: AsyncConnection, name: str) -> str | None:
    """Return the text of a list as it is remembered; None for one that is not in force."""
    source: str | None = await tx.scalar(
        select(watchlists.c.source).where(watchlists.c.name == name)
    )
    return source


async def since(tx: AsyncConnection) -> Mapping[str, datetime]:
    """Return when each list came, as far back as its versions go."""
    first = select(versions.c.name, func.min(versions.c.saved).label("saved"))
    rows = await tx.execute(first.group_by(versions.c.name))
    return {row.name: row.saved for row in rows}


async def rename(tx: AsyncConnection, old: str, new: str) -> None:
    """Let a list keep its versions under its new name."""
    await tx.execute(update(versions).where(versions.c.name == old).values(name=new))
