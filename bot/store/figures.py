"""Figures of the whole database for the metrics.

What waits costs next to nothing to count. What has ever been is `Kept`: of half a million letters
and as many matches that takes half a second, so it is not counted every time.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store import entries
from bot.store.schema import chats, feeds, matches, outbox


@dataclass(frozen=True, slots=True)
class Waits:
    """The letters of one kind that wait."""

    letters: int
    since: datetime
    """When the one was due that waits longest; it may be to come."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What there is of what has ever been."""

    letters: Mapping[tuple[str, str], int]
    """By kind and state."""
    matches: Mapping[str, int]
    """By watchlist, of the articles that are kept; a chat's own lists are one."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What the database knows of the service."""

    kept: Kept
    waiting: Mapping[str, Waits]
    """By kind: what is pending or being sent."""
    deepest: int
    """So many letters are due in the chat in which most are."""
    feeds: Mapping[str, int]
    """By state: active, failing, paused, gone."""
    unread: int
    """Entries that are due to be read."""


async def kept(tx: AsyncConnection, personal: str) -> Kept:
    """Count what is kept; `personal` is the word for all lists that chats keep for themselves."""
    return Kept(await _letters(tx), await _matches(tx, personal))


async def figures(tx: AsyncConnection, known: Kept, now: datetime) -> Figures:
    """Return what the database knows, with what is known already of what is kept."""
    return Figures(
        known,
        await _waiting(tx),
        await _deepest(tx, now),
        await _feeds(tx),
        await entries.unread(tx, now),
    )


async def _letters(tx: AsyncConnection) -> Mapping[tuple[str, str], int]:
    count = func.count().label("letters")
    by_both = select(outbox.c.kind, outbox.c.state, count).group_by(outbox.c.kind, outbox.c.state)
    return {(row.kind, row.state): row.letters for row in await tx.execute(by_both)}


async def _waiting(tx: AsyncConnection) -> Mapping[str, Waits]:
    waits = outbox.c.state.in_(["pending", "sending"])
    found = select(
        outbox.c.kind, func.count().label("letters"), func.min(outbox.c.due).label("since")
    )
    rows = await tx.execute(found.where(waits).group_by(outbox.c.kind))
    return {row.kind: Waits(row.letters, row.since) for row in rows}


async def _deepest(tx: AsyncConnection, now: datetime) -> int:
    lane = func.coalesce(chats.c.group_id, chats.c.id)
    due = outbox.c.state.in_(["pending", "sending"]) & (outbox.c.due <= now)
    depths = select(func.count().label("depth")).select_from(outbox)
    depths = depths.join(chats, chats.c.id == outbox.c.chat_id).where(due).group_by(lane)
    return int(await tx.scalar(select(func.max(depths.subquery().c.depth))) or 0)


async def _matches(tx: AsyncConnection, personal: str) -> Mapping[str, int]:
    articles = func.count(matches.c.entry_id.distinct()).label("articles")
    rows = await tx.execute(select(matches.c.watchlist, articles).group_by(matches.c.watchlist))
    found: dict[str, int] = {}
    for row in rows:
        name = personal if "/" in row.watchlist else row.watchlist
        found[name] = found.get(name, 0) + row.articles
    return found


async def _feeds(tx: AsyncConnection) -> Mapping[str, int]:
    rows = await tx.execute(
        select(feeds.c.state, (feeds.c.errors > 0).label("fails"), func.count().label("feeds"))
        .where(feeds.c.state != "removed")
        .group_by(feeds.c.state, feeds.c.errors > 0)
    )
    found: dict[str, int] = {}
    for row in rows:
        state = "failing" if row.fails and row.state == "active" else row.state
        found[state] = found.get(state, 0) + row.feeds
    return found
