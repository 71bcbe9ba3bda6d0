"""A chat's wishes for single watchlists: how it is told of them, and what it was offered."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete, exists, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.alerts import is_first
from bot.store.schema import (
    alerts,
    decisions,
    exclusions,
    matches,
    outbox,
    subscriptions,
)
from bot.watch.watchlist import AlertMode


async def modes(tx: AsyncConnection, chat_id: int) -> Mapping[str, str]:
    """Return how the chat wants to be told of its lists, of those where it has said so."""
    chosen = (subscriptions.c.chat_id == chat_id) & (subscriptions.c.mode != "")
    columns = (subscriptions.c.watchlist, subscriptions.c.mode)
    return {row.watchlist: row.mode for row in await tx.execute(select(*columns).where(chosen))}


async def set_mode(
    tx: AsyncConnection, chat_id: int, watchlist: str, mode: AlertMode | None
) -> None:
    """Set how the chat is told of a list; None: as the list says."""
    which = (subscriptions.c.chat_id == chat_id) & (subscriptions.c.watchlist == watchlist)
    await tx.execute(update(subscriptions).where(which).values(mode=mode or ""))


async def note_offered(tx: AsyncConnection, chat_id: int, watchlist: str, now: datetime) -> bool:
    """Note that a digest is offered for a list; False where it was before."""
    which = (subscriptions.c.chat_id == chat_id) & (subscriptions.c.watchlist == watchlist)
    first = update(subscriptions).where(which, subscriptions.c.offered.is_(None))
    return await tx.scalar(first.values(offered=now).returning(subscriptions.c.chat_id)) is not None


async def rename(tx: AsyncConnection, old: str, new: str) -> None:
    """Let those who have a list on keep it under its new name, with its history.

    What is told already, or about to be, is told of the list as it is called now.
    """
    twice = select(matches.c.entry_id).where(matches.c.watchlist == new)
    of_old = (matches.c.watchlist == old) & matches.c.entry_id.in_(twice)
    await tx.execute(delete(matches).where(of_old))
    for table in (subscriptions, exclusions, decisions, matches):
        renamed = update(table).prefix_with("OR IGNORE").where(table.c.watchlist == old)
        await tx.execute(renamed.values(watchlist=new))
        await tx.execute(delete(table).where(table.c.watchlist == old))
    each = func.json_each(alerts.c.watchlists).table_valued("value")
    names_it = exists().select_from(each).where(each.c.value == old)
    told = select(alerts.c.id, alerts.c.watchlists).where(names_it)
    for row in (await tx.execute(told)).all():
        names = dict.fromkeys(new if name == old else name for name in row.watchlists)
        await tx.execute(update(alerts).where(alerts.c.id == row.id).values(watchlists=list(names)))


async def count_since(tx: AsyncConnection, chat_id: int, watchlist: str, since: datetime) -> int:
    """Return how many alerts of a list a chat has been sent, or is about to be, since then."""
    rows = await tx.execute(
        select(alerts.c.watchlists)
        .join(outbox, outbox.c.id == alerts.c.outbox_id)
        .where(outbox.c.chat_id == chat_id, outbox.c.kind == "alert", outbox.c.changed > since)
        .where(is_first())
    )
    return sum(watchlist in row.watchlists for row in rows)
