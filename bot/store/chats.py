"""Chats: who is served, in which language, and what each wants. Names of people are not kept."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import Row, delete, select, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.alerts.timing import Manner, Quiet
from bot.store.schema import alerts, chats, decisions, outbox, subscriptions


@dataclass(frozen=True, slots=True)
class Chat:
    """A Telegram chat."""

    id: int
    type: str
    """private, group, supergroup or channel."""
    language: str
    state: str
    """asked (for access), active, paused (by /stop) or asleep (cannot be written to)."""
    admin: bool
    zone: str = ""
    """Its own time zone; empty: the configured one."""
    spoken: str = ""
    """The language that it asked for; empty: none."""

    @property
    def served(self) -> bool:
        """Whether it gets alerts."""
        return self.state == "active"


def _chat(row: Row[tuple[object, ...]]) -> Chat:
    return Chat(row.id, row.type, row.language, row.state, row.admin, row.zone, row.spoken)


async def get(tx: AsyncConnection, chat_id: int) -> Chat | None:
    """Return the chat, or None."""
    row = (await tx.execute(select(chats).where(chats.c.id == chat_id))).one_or_none()
    return None if row is None else _chat(row)


async def put(tx: AsyncConnection, chat: Chat, now: datetime) -> None:
    """Write the chat as it is now."""
    values = {
        "type": chat.type,
        "language": chat.language,
        "state": chat.state,
        "admin": chat.admin,
    }
    statement = insert(chats).values(id=chat.id, since=now, **values)
    await tx.execute(statement.on_conflict_do_update(index_elements=["id"], set_=values))


async def set_state(tx: AsyncConnection, chat_id: int, state: str) -> None:
    """Set the chat's state; its settings stay."""
    await tx.execute(update(chats).where(chats.c.id == chat_id).values(state=state))


async def manner(tx: AsyncConnection, chat_id: int) -> Manner:
    """Return how the chat wants to be told."""
    row = (await tx.execute(select(chats).where(chats.c.id == chat_id))).one_or_none()
    if row is None:
        return Manner()
    quiet = Quiet(**row.quiet) if row.quiet else None
    return Manner(row.muted_until, quiet, tuple(row.digests), row.folding, row.thread)


async def set_manner(tx: AsyncConnection, chat_id: int, wanted: Manner) -> None:
    """Set how the chat wants to be told."""
    values = {
        "muted_until": wanted.muted_until,
        "quiet": asdict(wanted.quiet) if wanted.quiet else None,
        "digests": list(wanted.digests),
        "folding": wanted.folding,
        "thread": wanted.thread,
    }
    await tx.execute(update(chats).where(chats.c.id == chat_id).values(**values))


async def set_zone(tx: AsyncConnection, chat_id: int, zone: str) -> None:
    """Set the chat's own time zone."""
    await tx.execute(update(chats).where(chats.c.id == chat_id).values(zone=zone))


async def set_spoken(tx: AsyncConnection, chat_id: int, language: str) -> None:
    """Set the language that the chat is spoken to in, whatever Telegram says."""
    spoken = update(chats).where(chats.c.id == chat_id)
    await tx.execute(spoken.values(spoken=language, language=language))


async def mute_list(
    tx: AsyncConnection, chat_id: int, watchlist: str, until: datetime | None
) -> None:
    """Collect what a list brings until then; None ends that."""
    which = (subscriptions.c.chat_id == chat_id) & (subscriptions.c.watchlist == watchlist)
    await tx.execute(update(subscriptions).where(which).values(muted_until=until))


async def muted_lists(tx: AsyncConnection, chat_id: int, now: datetime) -> dict[str, datetime]:
    """Return the lists that are muted at present, each with the end of that."""
    which = (subscriptions.c.chat_id == chat_id) & (subscriptions.c.muted_until > now)
    columns = (subscriptions.c.watchlist, subscriptions.c.muted_until)
    rows = await tx.execute(select(*columns).where(which))
    return {row.watchlist: row.muted_until for row in rows}


async def erase(tx: AsyncConnection, chat_id: int) -> None:
    """Forget the chat and all that belongs to it."""
    await tx.execute(delete(chats).where(chats.c.id == chat_id))


async def move(tx: AsyncConnection, old: int, new: int) -> None:
    """Give the chat the id that Telegram has given it; what belongs to it follows.

    Where somebody wrote in the chat under its new id before, both become one.
    """
    if old == new or await get(tx, old) is None:
        return
    for table in (subscriptions, decisions, outbox, alerts):
        belonging = update(table).prefix_with("OR IGNORE").where(table.c.chat_id == new)
        await tx.execute(belonging.values(chat_id=old))
    await erase(tx, new)
    moved = update(chats).where(chats.c.id == old)
    await tx.execute(moved.values(id=new, type="supergroup", held_until=None))


async def hold(tx: AsyncConnection, chat_id: int, until: datetime) -> None:
    """Send nothing to this chat before `until`: Telegram asked for it."""
    await tx.execute(update(chats).where(chats.c.id == chat_id).values(held_until=until))


async def listed(tx: AsyncConnection) -> Sequence[Chat]:
    """Return all chats."""
    return [_chat(row) for row in await tx.execute(select(chats).order_by(chats.c.id))]


async def admins(tx: AsyncConnection) -> Sequence[Chat]:
    """Return the chats of the admins who can be written to."""
    found = select(chats).where(chats.c.admin.is_(True), chats.c.state == "active")
    return [_chat(row) for row in await tx.execute(found.order_by(chats.c.id))]


async def subscribe(tx: AsyncConnection, chat_id: int, watchlist: str, now: datetime) -> None:
    """Switch the watchlist on."""
    statement = insert(subscriptions).values(chat_id=chat_id, watchlist=watchlist, since=now)
    await tx.execute(statement.on_conflict_do_nothing())


async def unsubscribe(tx: AsyncConnection, chat_id: int, watchlist: str) -> None:
    """Switch the watchlist off."""
    wanted = (subscriptions.c.chat_id == chat_id) & (subscriptions.c.watchlist == watchlist)
    await tx.execute(delete(subscriptions).where(wanted))


async def subscribed(tx: AsyncConnection, chat_id: int) -> frozenset[str]:
    """Return the names of the watchlists that are on."""
    names = select(subscriptions.c.watchlist).where(subscriptions.c.chat_id == chat_id)
    return frozenset((await tx.scalars(names)).all())


async def subscribers(
    tx: AsyncConnection, watchlists: Sequence[str]
) -> Sequence[tuple[Chat, tuple[str, ...]]]:
    """Return the chats that want any of the watchlists, each with those it wants."""
    rows = await tx.execute(
        select(chats, subscriptions.c.watchlist)
        .join(subscriptions, subscriptions.c.chat_id == chats.c.id)
        .where(subscriptions.c.watchlist.in_(watchlists))
        .order_by(chats.c.id, subscriptions.c.watchlist)
    )
    wanted: dict[Chat, list[str]] = {}
    for row in rows:
        wanted.setdefault(_chat(row), []).append(row.watchlist)
    return [(chat, tuple(names)) for chat, names in wanted.items()]
