"""Alerts that wait: which lists they name changes until they are sent."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.schema import alerts, entries, matches, outbox


async def widen(tx: AsyncConnection, chat_id: int, subject: str, watchlists: Sequence[str]) -> None:
    """Name further watchlists in an alert that has not been sent yet."""
    row = await _pending(tx, _of(chat_id, subject))
    if row is not None:
        names = sorted({*row.watchlists, *watchlists})
        await tx.execute(update(alerts).where(alerts.c.id == row.id).values(watchlists=names))


async def withdraw(tx: AsyncConnection, outbox_id: int) -> None:
    """Take out of a message that is still to be sent the lists that match no more.

    An article that no list matches any more goes with them: should one match again, it is news. In
    several feeds, it matches where any of its entries does.
    """
    told = select(alerts.c.id, alerts.c.subject, alerts.c.watchlists)
    for row in (await tx.execute(told.where(alerts.c.outbox_id == outbox_id))).all():
        joined = select(matches.c.watchlist).join(entries, entries.c.id == matches.c.entry_id)
        found = (await tx.scalars(joined.where(entries.c.subject == row.subject))).all()
        names = [name for name in row.watchlists if name in found]
        which = alerts.c.id == row.id
        if not names:
            await tx.execute(delete(alerts).where(which))
        elif names != row.watchlists:
            await tx.execute(update(alerts).where(which).values(watchlists=names))


async def narrow(
    tx: AsyncConnection, chat_id: int, subject: str, watchlists: Sequence[str]
) -> None:
    """Leave watchlists out of what a chat is told of an article, if that has not been sent yet."""
    await _leave_out(tx, _of(chat_id, subject), watchlists)


async def leave_out(tx: AsyncConnection, alert_id: int, watchlists: Sequence[str]) -> None:
    """Leave watchlists out of an alert, if it has not been sent yet."""
    await _leave_out(tx, alerts.c.id == alert_id, watchlists)


async def _leave_out(
    tx: AsyncConnection, which: ColumnElement[bool], watchlists: Sequence[str]
) -> None:
    row = await _pending(tx, which)
    if row is not None:
        names = [name for name in row.watchlists if name not in watchlists]
        await tx.execute(update(alerts).where(alerts.c.id == row.id).values(watchlists=names))


def _of(chat_id: int, subject: str) -> ColumnElement[bool]:
    return (alerts.c.chat_id == chat_id) & (alerts.c.subject == subject)


async def _pending(tx: AsyncConnection, which: ColumnElement[bool]) -> Row[Any, Any] | None:
    return (
        await tx.execute(
            select(alerts.c.id, alerts.c.watchlists)
            .join(outbox, outbox.c.id == alerts.c.outbox_id)
            .where(which, outbox.c.state == "pending")
        )
    ).one_or_none()
