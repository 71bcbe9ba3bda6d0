"""People's rights over what is kept of them: to have it, to have it erased, to be forgotten."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store import chats, graves, own, reviews
from bot.store.graves import Graves
from bot.store.schema import (
    alerts,
    codes,
    decisions,
    drafts,
    entries,
    exclusions,
    heard,
    notices,
    outbox,
    subscriptions,
    votes,
)
from bot.store.schema import chats as table

ASLEEP = timedelta(days=180)
"""A chat that could not be written to for so long is erased."""


async def since(tx: AsyncConnection, chat_id: int) -> datetime | None:
    """Return since when a chat is known; None where it is not."""
    found: datetime | None = await tx.scalar(select(table.c.since).where(table.c.id == chat_id))
    return found


async def topics(tx: AsyncConnection, chat_id: int) -> Sequence[int]:
    """Return the topics of a group that are chats of their own."""
    found = select(table.c.id).where(table.c.group_id == chat_id)
    return (await tx.scalars(found.order_by(table.c.id))).all()


async def pause(tx: AsyncConnection, chat_id: int) -> None:
    """Serve a chat and its topics no more, until `resume`; settings stay."""
    served = _whole(chat_id) & (table.c.state == "active")
    await tx.execute(update(table).where(served).values(state="paused"))


async def resume(tx: AsyncConnection, chat_id: int) -> None:
    """Serve a chat again, and its topics that were paused."""
    paused = _whole(chat_id) & or_(table.c.id == chat_id, table.c.state == "paused")
    await tx.execute(update(table).where(paused).values(state="active", asleep_since=None))


async def erase(tx: AsyncConnection, chat_id: int, now: datetime) -> bool:
    """Erase a chat with its topics, for good: also where an older backup is restored.

    Returns:
        Whether there was anything to erase.

    Raises:
        OSError: the erasure cannot be noted, so nothing is to be erased.
    """
    chat = await chats.get(tx, chat_id)
    if chat is None:
        return False
    await _forget(tx, chat_id)
    await graves.note(tx, chat.address, now)
    return True


async def forget_long_asleep(tx: AsyncConnection, now: datetime) -> Sequence[int]:
    """Erase the chats that could not be written to for half a year, and return which."""
    asleep = await chats.asleep_before(tx, now - ASLEEP)
    for chat_id in asleep:
        await erase(tx, chat_id, now)
    return asleep


async def lay_to_rest(tx: AsyncConnection, dead: Graves) -> None:
    """Erase once more what was erased, and has come back with an older backup."""
    for chat_id in await graves.risen(tx, dead):
        await _forget(tx, chat_id)


async def _forget(tx: AsyncConnection, chat_id: int) -> None:
    ids = [chat_id, *await topics(tx, chat_id)]
    # What bears somebody's id elsewhere: links to their settings, notices about them, and what they
    # did in groups.
    await tx.execute(delete(codes).where(_names(codes.c.data, ids)))
    await tx.execute(delete(notices).where(_names(notices.c.params, ids)))
    await tx.execute(delete(votes).where(votes.c.user_id == chat_id))
    claimed = update(alerts).where(alerts.c.claimed_by == chat_id)
    await tx.execute(claimed.values(claimed_by=None, claimed_at=None))
    await chats.erase(tx, chat_id)


def _names(column: ColumnElement[Any], ids: Sequence[int]) -> ColumnElement[bool]:
    """Whether the plain values in a column are about one of these chats."""
    said = func.json_extract(column, "$.chat")
    return said.in_([*ids, *map(str, ids)])


def _whole(chat_id: int) -> ColumnElement[bool]:
    """A chat and its topics."""
    return or_(table.c.id == chat_id, table.c.group_id == chat_id)


# What is kept of a chat.


async def export(tx: AsyncConnection, chat_id: int) -> dict[str, Any]:
    """Return all that is kept of a chat, as plain values; of a group also of its topics."""
    within = [await _of(tx, topic) for topic in await topics(tx, chat_id)]
    return {**await _of(tx, chat_id), "topics": within}


def is_blank(exported: dict[str, Any]) -> bool:
    """Tell whether nothing is kept of a chat but that there is one."""
    return not any(value for name, value in exported.items() if name != "chat")


async def _of(tx: AsyncConnection, chat_id: int) -> dict[str, Any]:
    def of(wanted: Select[Any], column: ColumnElement[Any]) -> Select[Any]:
        return wanted.where(column == chat_id)

    voted = _alerts().join(votes, votes.c.alert_id == alerts.c.id)
    links = select(codes.c.purpose, codes.c.expires).where(_names(codes.c.data, [chat_id]))
    lists = {
        "lists": of(select(subscriptions), subscriptions.c.chat_id),
        "exclusions": of(select(exclusions), exclusions.c.chat_id),
        "drafts": of(select(drafts), drafts.c.chat_id),
        "alerts": of(_alerts(), alerts.c.chat_id),
        "heard": of(select(heard), heard.c.chat_id),
        "decisions": of(_decisions(), decisions.c.chat_id),
        "messages": of(select(outbox).order_by(outbox.c.id), outbox.c.chat_id),
        "links": links,
        "claimed": of(_alerts(), alerts.c.claimed_by),
        "not_relevant": of(voted, votes.c.user_id),
    }
    return {
        "chat": (await _rows(tx, of(select(table), table.c.id)) or [{}])[0],
        "own_queries": list(await own.lines(tx, chat_id)),
        "press_review": await _press_review(tx, chat_id),
        **{name: await _rows(tx, wanted) for name, wanted in lists.items()},
    }


async def _press_review(tx: AsyncConnection, chat_id: int) -> dict[str, Any] | None:
    plan = await reviews.plan(tx, chat_id)
    return {name: _plain(value) for name, value in asdict(plan).items()} if plan else None


def _alerts() -> Select[Any]:
    named = (entries.c.title, entries.c.link, alerts.c.watchlists, alerts.c.created)
    how = (outbox.c.kind, outbox.c.state, outbox.c.changed, outbox.c.message_id)
    joined = alerts.join(entries).outerjoin(outbox, outbox.c.id == alerts.c.outbox_id)
    claimed = (alerts.c.claimed_by, alerts.c.claimed_at)
    return select(*named, *how, *claimed).select_from(joined).order_by(alerts.c.id)


def _decisions() -> Select[Any]:
    what = (decisions.c.watchlist, decisions.c.action, decisions.c.reason, decisions.c.decided)
    joined = decisions.join(entries)
    ordered = (decisions.c.decided, decisions.c.entry_id)
    return select(entries.c.title, entries.c.link, *what).select_from(joined).order_by(*ordered)


async def _rows(tx: AsyncConnection, wanted: Select[Any]) -> list[dict[str, Any]]:
    """Return rows as JSON can say them; whose they are is said once for all."""
    rows = (await tx.execute(wanted)).mappings().all()
    return [{name: _plain(row[name]) for name in row if name != "chat_id"} for row in rows]


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat()
    return value.decode(errors="replace") if isinstance(value, bytes) else value
