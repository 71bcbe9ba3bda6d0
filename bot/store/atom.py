"""Watchlists as feeds for other readers: their secrets, and the stories that are in them."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, delete, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model import FoundArticle
from bot.store import memory
from bot.store.alerts import found_by, found_in
from bot.store.schema import entries, feeds, matches, members, settings

LOOKED_AT = 2_000
"""Latest matches of a list among which its stories are."""
_SECRET, _INSTALLATION = "atom.secret.", "atom.installation"


@dataclass(frozen=True, slots=True)
class Story:
    """An event that a list matched."""

    number: int
    """The entry that opened it: the same however many articles follow."""
    newest: FoundArticle
    """With the list's matches."""
    outlets: Sequence[str]
    """Who reports it, the first of all first."""
    published: datetime
    """Of its first article."""
    updated: datetime
    """When its latest article appeared."""


async def secret(tx: AsyncConnection, watchlist: str) -> str | None:
    """Return what stands in the address of a list's feed; None: it has none."""
    return await memory.fact(tx, _SECRET + watchlist)


async def put_secret(tx: AsyncConnection, watchlist: str, new: str) -> None:
    """Have a list's feed at a new address; that before it leads nowhere any more."""
    await memory.put_fact(tx, _SECRET + watchlist, new)
    if await memory.fact(tx, _INSTALLATION) is None:
        await memory.put_fact(tx, _INSTALLATION, str(uuid.uuid4()))


async def drop_secret(tx: AsyncConnection, watchlist: str) -> None:
    """Have no feed of a list any more."""
    await tx.execute(delete(settings).where(settings.c.name == _SECRET + watchlist))


async def installation(tx: AsyncConnection) -> uuid.UUID:
    """Return what tells the stories of this database from those of any other."""
    return uuid.UUID(await memory.fact(tx, _INSTALLATION) or "00000000-0000-0000-0000-000000000000")


async def stories(tx: AsyncConnection, watchlist: str, most: int) -> Sequence[Story]:
    """Return the latest stories that a list matched, the newest first."""
    by_story: dict[int, list[Row[Any]]] = {}
    for row in await _matched(tx, watchlist):
        by_story.setdefault(row.id if row.story is None else row.story, []).append(row)
    for rows in by_story.values():
        rows.sort(key=lambda row: (row.appeared, row.id))
    latest = sorted(by_story.items(), key=lambda each: (each[1][-1].appeared, each[0]))
    some = latest[: -most - 1 : -1]
    found = {each.entry_id: each for each in await found_by(tx, [rows[-1].id for _, rows in some])}
    return [
        Story(
            number,
            await _with_matches(tx, found[rows[-1].id], watchlist),
            list(dict.fromkeys(row.outlet for row in rows)),
            min(rows[0].published, rows[-1].appeared),
            rows[-1].appeared,
        )
        for number, rows in some
        if rows[-1].id in found
    ]


async def _matched(tx: AsyncConnection, watchlist: str) -> Sequence[Row[Any]]:
    """Return the entries that a list matched last, each with its story."""
    latest = select(matches.c.entry_id).where(matches.c.watchlist == watchlist)
    latest = latest.order_by(matches.c.found.desc()).limit(LOOKED_AT)
    # Publishers date in the future; nothing appeared later than it was seen.
    appeared = func.min(entries.c.published, entries.c.seen, type_=entries.c.seen.type)
    wanted: Select[Any] = (
        select(
            entries.c.id,
            entries.c.published,
            appeared.label("appeared"),
            feeds.c.name.label("outlet"),
            members.c.story,
        )
        .select_from(entries)
        .join(feeds, feeds.c.id == entries.c.feed_id)
        .outerjoin(members, members.c.entry_id == entries.c.id)
        .where(entries.c.id.in_(latest))
    )
    rows: Sequence[Row[Any]] = (await tx.execute(wanted)).all()
    return rows


async def _with_matches(tx: AsyncConnection, found: FoundArticle, watchlist: str) -> FoundArticle:
    own = [each for each in await found_in(tx, found.entry_id) if each.watchlist == watchlist]
    return replace(found, matches=tuple(own))
