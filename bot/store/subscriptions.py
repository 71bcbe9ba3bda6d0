"""A chat's wishes for single watchlists: how it is told of them, and what it was offered."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.schema import chats, decisions, matches, subscriptions
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


async def subscribers_of(tx: AsyncConnection, watchlist: str) -> Sequence[int]:
    """Return the chats that are served and have the list on."""
    which = (subscriptions.c.watchlist == watchlist) & (chats.c.state == "active")
    joined = select(chats.c.id).join(subscriptions, subscriptions.c.chat_id == chats.c.id)
    return (await tx.scalars(joined.where(which).order_by(chats.c.id))).all()


async def rename(tx: AsyncConnection, old: str, new: str) -> None:
    """Let those who have a list on keep it under its new name, with its history."""
    for table in (subscriptions, decisions, matches):
        renamed = update(table).prefix_with("OR IGNORE").where(table.c.watchlist == old)
        await tx.execute(renamed.values(watchlist=new))
