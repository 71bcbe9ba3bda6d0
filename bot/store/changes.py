"""Letters that change a message that was sent, or answer it."""

from datetime import datetime, timedelta

from sqlalchemy import and_, exists, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.outbox import post
from bot.store.schema import alerts, outbox

GROWTH_PAUSE = timedelta(minutes=1)
"""Between two changes by which a message grows."""


async def post_edit(tx: AsyncConnection, chat_id: int, letter_id: int, now: datetime) -> None:
    """Have the message of a letter changed: it is composed anew when its turn has come."""
    edit = await post(tx, chat_id, "edit", now, now)
    await tx.execute(update(outbox).where(outbox.c.id == edit).values(edits=letter_id))


async def grow(tx: AsyncConnection, chat_id: int, letter_id: int, now: datetime) -> None:
    """Have the message of a letter say what has come to it: at most once in `GROWTH_PAUSE`."""
    which = and_(outbox.c.edits == letter_id, outbox.c.kind == "edit")
    rows = (await tx.execute(select(outbox.c.state, outbox.c.changed).where(which))).all()
    if any(row.state == "pending" for row in rows):
        return
    due = max([now, *(row.changed + GROWTH_PAUSE for row in rows)])
    edit = await post(tx, chat_id, "edit", due, now)
    await tx.execute(update(outbox).where(outbox.c.id == edit).values(edits=letter_id))


async def answer(tx: AsyncConnection, chat_id: int, letter_id: int, now: datetime) -> int:
    """Put an alert into the outbox that answers the message of another; return its id."""
    letter = await post(tx, chat_id, "alert", now, now)
    await tx.execute(update(outbox).where(outbox.c.id == letter).values(answers=letter_id))
    return letter


async def split_off(tx: AsyncConnection, entry_id: int, now: datetime) -> None:
    """An article is a story of its own: no alert tells it together with others any more.

    Where it was the first of an alert, the others go; else it goes itself. What has gone out of an
    alert that was sent counts as told; out of one that waits, it is told by one of its own.
    """
    rows = await tx.execute(
        select(alerts.c.id, alerts.c.chat_id, alerts.c.outbox_id, outbox.c.state)
        .join(outbox, outbox.c.id == alerts.c.outbox_id)
        .where(alerts.c.entry_id == entry_id, outbox.c.kind == "alert")
    )
    for row in rows.all():
        told = select(alerts.c.id).where(alerts.c.outbox_id == row.outbox_id).order_by(alerts.c.id)
        first, *others = (await tx.scalars(told)).all()
        gone = others if first == row.id else [row.id]
        if not others:
            continue
        waits = row.state == "pending"
        letter = await post(tx, row.chat_id, "alert", now, now) if waits else None
        moved = update(alerts).where(alerts.c.id.in_(gone))
        await tx.execute(moved.values(outbox_id=letter))
        if row.state in {"sending", "sent"}:
            await post_edit(tx, row.chat_id, row.outbox_id, now)
    await tx.execute(update(alerts).where(alerts.c.entry_id == entry_id).values(story=entry_id))


async def post_edits(tx: AsyncConnection, entry_id: int, now: datetime) -> None:
    """Have the alerts of an entry that were sent changed; one edit of a message waits at most."""
    waiting = outbox.alias("waiting")
    has_one = exists().where(waiting.c.edits == outbox.c.id, waiting.c.state == "pending")
    told = (
        select(outbox.c.id, outbox.c.chat_id)
        .join(alerts, alerts.c.outbox_id == outbox.c.id)
        .where(alerts.c.entry_id == entry_id, outbox.c.kind == "alert")
        .where(outbox.c.state.in_(["sending", "sent"]), ~has_one)
    )
    for row in (await tx.execute(told)).all():
        await post_edit(tx, row.chat_id, row.id, now)
