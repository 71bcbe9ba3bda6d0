"""What came of a list for a chat in a stretch of time: the articles of its press review."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, Select, and_, case, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.alerts.decide import EXCLUDED
from bot.store.schema import decisions, entries, matches, members

STALE = timedelta(days=7)
"""What was published so long before is no news, whenever it was found."""


async def articles(
    tx: AsyncConnection, chat_id: int, watchlist: str, since: datetime, until: datetime
) -> Sequence[Row[Any]]:
    """Return their entries, each with its story; the same article in several feeds counts once."""
    which = _came(chat_id, watchlist, since, until)
    first: dict[str, Row[Any]] = {}
    for row in await tx.execute(which.order_by(entries.c.published, entries.c.id)):
        first.setdefault(row.subject, row)
    return list(first.values())


def _came(chat_id: int, watchlist: str, since: datetime, until: datetime) -> Select[Any]:
    """Select what came of a list, each row with its story.

    What the chat was told came when that was decided: the article may have been read once more
    since. What is matched is found at that time or later.
    """
    decided = and_(
        decisions.c.entry_id == matches.c.entry_id,
        decisions.c.watchlist == matches.c.watchlist,
        decisions.c.chat_id == chat_id,
    )
    was_told = decisions.c.action != "silent"
    when = case((was_told, decisions.c.decided), else_=matches.c.found)
    excluded = func.coalesce(decisions.c.reason, "").startswith(EXCLUDED, autoescape=True)
    news = or_(entries.c.old.is_(False), entries.c.published >= since)
    columns = (entries.c.id, entries.c.subject, entries.c.published, members.c.story)
    joined = matches.join(entries, entries.c.id == matches.c.entry_id)
    joined = joined.outerjoin(decisions, decided)
    joined = joined.outerjoin(members, members.c.entry_id == entries.c.id)
    return (
        select(*columns)
        .distinct()
        .select_from(joined)
        .where(matches.c.watchlist == watchlist, matches.c.found >= since)
        .where(when >= since, when < until, ~excluded)
        .where(news, entries.c.published >= since - STALE)
    )
