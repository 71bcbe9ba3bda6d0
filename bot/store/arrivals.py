"""How articles came: when each was read, and which story it joined."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.schema import articles, entries, members

AT_ONCE = 500
"""So many values in one statement."""
_IN_ORDER = text(
    "SELECT json_group_array(id) FROM (SELECT articles.entry_id AS id "
    "FROM articles INDEXED BY articles_read "
    "LEFT JOIN members ON members.entry_id = articles.entry_id "
    "WHERE articles.entry_id IN (SELECT value FROM json_each(:ids)) "
    "ORDER BY coalesce(members.joined, articles.read), articles.entry_id)"
)
"""By the index alone: in the table what is wanted stands behind the texts, any of which may be
unreadable. As one JSON text: some ten thousand rows would hold everything else up."""


class Member(NamedTuple):
    """The story that an entry joined."""

    story: int
    """The entry that opened it."""
    verdict: str
    said: Mapping[str, Any]
    """See `bot.alerts.growth.Said`; empty where it was not kept."""
    joined: datetime


class Arrival(NamedTuple):
    """How an article came."""

    subject: str
    read: datetime
    member: Member | None

    @property
    def at(self) -> datetime:
        """When it joined its story, else when it was read."""
        return self.member.joined if self.member else self.read


async def in_order(tx: AsyncConnection, entry_ids: Sequence[int]) -> Sequence[int]:
    """Return entries in the order in which their articles came; see `Arrival.at`."""
    found: str = await tx.scalar(_IN_ORDER, {"ids": json.dumps(entry_ids)})
    return tuple(json.loads(found))


async def arrivals(tx: AsyncConnection, entry_ids: Sequence[int]) -> Mapping[int, Arrival]:
    """Return how the articles of entries came, by the entries' ids."""
    columns = (
        entries.c.id.label("entry_id"),
        entries.c.subject,
        articles.c.read,
        members.c.story,
        members.c.verdict,
        members.c.decision,
        members.c.joined,
    )
    joined = entries.join(articles, articles.c.entry_id == entries.c.id)
    joined = joined.outerjoin(members, members.c.entry_id == entries.c.id)
    found: dict[int, Arrival] = {}
    for at in range(0, len(entry_ids), AT_ONCE):
        which = entries.c.id.in_(entry_ids[at : at + AT_ONCE])
        for row in await tx.execute(select(*columns).select_from(joined).where(which)):
            said = (row.decision or {}).get("said") or {}
            member = None
            if row.story is not None:
                member = Member(row.story, row.verdict, said, row.joined)
            found[row.entry_id] = Arrival(row.subject, row.read, member)
    return found


async def any_read(tx: AsyncConnection) -> bool:
    """Tell whether any article was read."""
    return await tx.scalar(select(articles.c.entry_id).limit(1)) is not None
