"""Chats: who is served, in which language, and what each wants. Names of people are not kept."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from sqlalchemy import ColumnElement, Row, delete, func, or_, select, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.alerts.timing import Manner, Quiet
from bot.model import Address
from bot.store import own
from bot.store.schema import (
    alerts,
    chats,
    decisions,
    drafts,
    exclusions,
    heard,
    outbox,
    subscriptions,
)

FIRST_TOPIC = 1 << 53
"""Topics have ids of our own from here on: Telegram's have at most 52 bits."""


@dataclass(frozen=True, slots=True)
class Chat:
    """A Telegram chat, or one topic of it."""

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
    group_id: int | None = None
    """Of a topic: the group that it is in."""
    thread: int | None = None
    """Of a topic: its number there."""
    acts_for: int | None = None
    """The channel whose settings are meant by what is said in this private chat."""

    @property
    def address(self) -> Address:
        """Where its messages go."""
        return Address(self.group_id or self.id, self.thread)

    @property
    def served(self) -> bool:
        """Whether it gets alerts."""
        return self.state == "active"


def _chat(row: Row[tuple[object, ...]]) -> Chat:
    said = (row.id, row.type, row.language, row.state, row.admin, row.zone, row.spoken)
    return Chat(*said, row.group_id, row.thread, row.acts_for)


async def get(tx: AsyncConnection, chat_id: int) -> Chat | None:
    """Return the chat, or None."""
    row = (await tx.execute(select(chats).where(chats.c.id == chat_id))).one_or_none()
    return None if row is None else _chat(row)


async def topic(tx: AsyncConnection, group_id: int, thread: int) -> Chat | None:
    """Return a topic of a group, or None."""
    which = (chats.c.group_id == group_id) & (chats.c.thread == thread)
    row = (await tx.execute(select(chats).where(which))).one_or_none()
    return None if row is None else _chat(row)


async def open_topic(tx: AsyncConnection, group: Chat, thread: int, now: datetime) -> Chat:
    """Begin to serve a topic of a group, in the group's language."""
    last: int | None = await tx.scalar(select(func.max(chats.c.id)))
    number = max(FIRST_TOPIC, (last or 0) + 1)
    made = replace(group, id=number, group_id=group.id, thread=thread, admin=False)
    await put(tx, made, now)
    return made


async def put(tx: AsyncConnection, chat: Chat, now: datetime) -> None:
    """Write the chat as it is now."""
    values = {
        "type": chat.type,
        "language": chat.language,
        "state": chat.state,
        "admin": chat.admin,
    }
    place = {"group_id": chat.group_id, "thread": chat.thread}
    statement = insert(chats).values(id=chat.id, since=now, **place, **values)
    await tx.execute(statement.on_conflict_do_update(index_elements=["id"], set_=values))


async def set_state(tx: AsyncConnection, chat_id: int, state: str) -> None:
    """Set the chat's state; its settings stay."""
    await tx.execute(update(chats).where(chats.c.id == chat_id).values(state=state))


async def fall_asleep(tx: AsyncConnection, chat_id: int, now: datetime) -> None:
    """Note that Telegram lets nobody write to this chat, nor into its topics; settings stay."""
    awake = _whole(chat_id) & (chats.c.state == "active")
    await tx.execute(update(chats).where(awake).values(state="asleep", asleep_since=now))


async def wake(tx: AsyncConnection, chat_id: int) -> None:
    """Serve a chat and its topics again, those that were asleep."""
    asleep = _whole(chat_id) & (chats.c.state == "asleep")
    await tx.execute(update(chats).where(asleep).values(state="active", asleep_since=None))


def _whole(chat_id: int) -> ColumnElement[bool]:
    """A chat and its topics."""
    return or_(chats.c.id == chat_id, chats.c.group_id == chat_id)


async def manner(tx: AsyncConnection, chat_id: int) -> Manner:
    """Return how the chat wants to be told."""
    row = (await tx.execute(select(chats).where(chats.c.id == chat_id))).one_or_none()
    if row is None:
        return Manner()
    quiet = Quiet(**row.quiet) if row.quiet else None
    return Manner(row.muted_until, quiet, tuple(row.digests), row.folding)


async def set_manner(tx: AsyncConnection, chat_id: int, wanted: Manner) -> None:
    """Set how the chat wants to be told."""
    values = {
        "muted_until": wanted.muted_until,
        "quiet": asdict(wanted.quiet) if wanted.quiet else None,
        "digests": list(wanted.digests),
        "folding": wanted.folding,
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


async def act_for(tx: AsyncConnection, chat_id: int, channel: int | None) -> None:
    """Let what is said in a private chat be meant for a channel; None: for itself."""
    await tx.execute(update(chats).where(chats.c.id == chat_id).values(acts_for=channel))


async def erase(tx: AsyncConnection, chat_id: int) -> None:
    """Forget the chat, its topics and all that belongs to them."""
    await tx.execute(delete(chats).where(_whole(chat_id)))
    await tx.execute(update(chats).where(chats.c.acts_for == chat_id).values(acts_for=None))


async def move(tx: AsyncConnection, old: int, new: int) -> None:
    """Give the chat the id that Telegram has given it; what belongs to it follows.

    Where somebody wrote in the chat under its new id before, both become one.
    """
    if old == new or await get(tx, old) is None:
        return
    await _merge(tx, new, old)
    moved = update(chats).where(chats.c.id == old)
    await tx.execute(moved.values(id=new, type="supergroup", held_until=None))
    for refers in (chats.c.group_id, chats.c.acts_for):
        await tx.execute(update(chats).where(refers == old).values({refers: new}))


async def close_topic(tx: AsyncConnection, closed: Chat) -> None:
    """Have the group told what its topic, which is closed, was to be told."""
    if closed.group_id is not None:
        await _merge(tx, closed.id, closed.group_id)


async def _merge(tx: AsyncConnection, one: int, into: int) -> None:
    """Let what belongs to one chat belong to another, and forget the one."""
    await own.merge(tx, one, into)
    for table in (subscriptions, decisions, outbox, alerts, heard, exclusions, drafts):
        belonging = update(table).prefix_with("OR IGNORE").where(table.c.chat_id == one)
        await tx.execute(belonging.values(chat_id=into))
    await erase(tx, one)


async def hold(tx: AsyncConnection, chat_id: int, until: datetime) -> None:
    """Send nothing to this chat or its topics before `until`: Telegram asked for it."""
    group = select(func.coalesce(chats.c.group_id, chats.c.id)).where(chats.c.id == chat_id)
    held = group.scalar_subquery()
    whole = or_(chats.c.id == held, chats.c.group_id == held)
    await tx.execute(update(chats).where(whole).values(held_until=until))


async def asleep_before(tx: AsyncConnection, instant: datetime) -> Sequence[int]:
    """Return the chats that have been asleep since before that, without topics."""
    long = (chats.c.state == "asleep") & (chats.c.asleep_since < instant)
    return (await tx.scalars(select(chats.c.id).where(long, chats.c.group_id.is_(None)))).all()


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
