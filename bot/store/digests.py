"""Digests: letters that tell of several articles, and what they are collected by."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, and_, func, literal, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.outbox import Letter, dead, post
from bot.store.schema import alerts, outbox
from bot.store.types import Flag

MOST_NAMED = 10
"""A digest of so many articles that also names so many doubts stays below Telegram's limit."""
MOST_COLLECTED = 20
"""What was collected is told in as few messages as can be: so many articles in short, no doubts."""


async def open_catch_up(tx: AsyncConnection, chat_id: int, due: datetime, now: datetime) -> int:
    """Return the catch-up digest that the chat has waiting; where none has room, a new one."""
    waiting: int | None = await tx.scalar(_with_room(chat_id, "catch_up"))
    return waiting or await post(tx, chat_id, "catch_up", due, now)


async def collect(
    tx: AsyncConnection, letter: Letter, due: datetime, now: datetime, *, burst: bool
) -> None:
    """Move what an alert tells into the digest of its chat that is due then."""
    same = and_(outbox.c.due == due, outbox.c.burst == literal(burst, Flag))
    digest: int | None = await tx.scalar(_with_room(letter.chat_id, "digest").where(same))
    if digest is None:
        digest = await post(tx, letter.chat_id, "digest", due, now)
        await tx.execute(update(outbox).where(outbox.c.id == digest).values(burst=burst))
    await _move(tx, letter, digest, now)


async def keep_for_return(
    tx: AsyncConnection, letter: Letter, due: datetime, now: datetime
) -> None:
    """Move what an alert tells into the one message that a chat gets when it is muted no more."""
    waits = and_(outbox.c.chat_id == letter.chat_id, outbox.c.state == "pending")
    same = and_(waits, outbox.c.kind == "return", outbox.c.due == due)
    there: int | None = await tx.scalar(select(outbox.c.id).where(same).limit(1))
    await _move(tx, letter, there or await post(tx, letter.chat_id, "return", due, now), now)


async def _move(tx: AsyncConnection, letter: Letter, digest: int, now: datetime) -> None:
    moved = update(alerts).where(alerts.c.outbox_id == letter.id)
    await tx.execute(moved.values(outbox_id=digest))
    await dead(tx, letter.id, "it is told in a digest", now)


def _with_room(chat_id: int, kind: str) -> Select[tuple[int]]:
    """Select the chat's digest that waits and has room for one more article."""
    most = MOST_COLLECTED if kind == "digest" else MOST_NAMED
    named = (
        select(func.count())
        .select_from(alerts)
        .where(alerts.c.outbox_id == outbox.c.id)
        .scalar_subquery()
    )
    return (
        select(outbox.c.id)
        .where(outbox.c.chat_id == chat_id, outbox.c.kind == kind)
        .where(outbox.c.state == "pending", named < most)
        .limit(1)
    )


async def send_now(tx: AsyncConnection, chat_id: int, now: datetime) -> bool:
    """Let all that a chat has collected be due; False: there is nothing."""
    waits = and_(outbox.c.chat_id == chat_id, outbox.c.state == "pending", outbox.c.due > now)
    collected = outbox.c.kind.in_(["digest", "return"])
    found = await tx.execute(update(outbox).where(waits, collected).values(due=now))
    return found.rowcount > 0


async def end_mute(tx: AsyncConnection, chat_id: int, due: datetime) -> None:
    """Let what was collected while a chat is muted be due when that ends."""
    waits = and_(outbox.c.chat_id == chat_id, outbox.c.state == "pending")
    await tx.execute(update(outbox).where(waits, outbox.c.kind == "return").values(due=due))


async def end_list_mute(tx: AsyncConnection, chat_id: int, due: datetime) -> None:
    """Let what was collected while a list is muted be due then, if it was to be later.

    With it comes what other muted lists have brought, which is sooner than it must.
    """
    waits = and_(outbox.c.chat_id == chat_id, outbox.c.state == "pending", outbox.c.due > due)
    await tx.execute(update(outbox).where(waits, outbox.c.kind == "return").values(due=due))


async def folds_at(tx: AsyncConnection, chat_id: int) -> datetime | None:
    """Return when the chat's digest of a burst is due that waits; of several, the last one."""
    waits = and_(outbox.c.chat_id == chat_id, outbox.c.kind == "digest")
    last = (
        select(outbox.c.due)
        .where(
            waits, outbox.c.state == "pending", outbox.c.burst == literal(value=True, type_=Flag)
        )
        .order_by(outbox.c.due.desc())
        .limit(1)
    )
    found: datetime | None = await tx.scalar(last)
    return found


async def latest_alerts(tx: AsyncConnection, chat_id: int, most: int) -> Sequence[datetime]:
    """Return when the chat's latest alerts were sent, or may have been, newest first."""
    told = outbox.c.state.in_(["sending", "sent", "uncertain"])
    which = and_(outbox.c.chat_id == chat_id, outbox.c.kind == "alert", told)
    times = select(outbox.c.changed).where(which).order_by(outbox.c.changed.desc()).limit(most)
    return (await tx.scalars(times)).all()
