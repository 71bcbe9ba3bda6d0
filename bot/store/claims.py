"""Alerts as the people of their chat handle them: found by a button, claimed, called irrelevant."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store import alerts
from bot.store.alerts import Alert
from bot.store.schema import alerts as table
from bot.store.schema import entries, outbox, votes


class Claim(NamedTuple):
    """Somebody takes care of what an alert tells."""

    user_id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Held:
    """An alert that a button is under."""

    alert: Alert
    message_id: int | None
    claim: Claim | None


async def held(tx: AsyncConnection, chat_id: int, letter_id: int) -> Held | None:
    """Return the alert that a letter of this chat told; None: it did not tell one of its own."""
    which = (outbox.c.id == letter_id) & (outbox.c.chat_id == chat_id)
    row = (await tx.execute(select(outbox.c.message_id).where(which))).one_or_none()
    told = await alerts.carried(tx, letter_id) if row is not None else ()
    if row is None or not told or len({alert.story for alert in told}) != 1:
        return None
    first = min(told, key=lambda alert: alert.id)
    if first.story is None and len(told) > 1:
        return None
    names = sorted({name for alert in told for name in alert.watchlists})
    alert = replace(first, watchlists=tuple(names))
    return Held(alert, row.message_id, await of(tx, letter_id))


async def of(tx: AsyncConnection, letter_id: int) -> Claim | None:
    """Return who claimed the alert that a letter told."""
    which = (table.c.outbox_id == letter_id) & table.c.claimed_by.is_not(None)
    found = select(table.c.claimed_by, table.c.claimed_at).where(which).limit(1)
    row = (await tx.execute(found)).one_or_none()
    return None if row is None else Claim(row.claimed_by, row.claimed_at)


async def claim(tx: AsyncConnection, alert_id: int, wanted: Claim) -> bool:
    """Let somebody claim an alert; False where somebody has."""
    which = (table.c.id == alert_id) & table.c.claimed_by.is_(None)
    values = {"claimed_by": wanted.user_id, "claimed_at": wanted.at}
    claimed = update(table).where(which).values(**values).returning(table.c.id)
    return await tx.scalar(claimed) is not None


async def release(tx: AsyncConnection, letter_id: int, user_id: int) -> bool:
    """Take back that somebody claimed the alert that a letter told; False where they have not."""
    which = (table.c.outbox_id == letter_id) & (table.c.claimed_by == user_id)
    released = update(table).where(which).values(claimed_by=None, claimed_at=None)
    return await tx.scalar(released.returning(table.c.id)) is not None


async def vote(tx: AsyncConnection, alert_id: int, user_id: int) -> int:
    """Count that somebody calls an alert not relevant, once; return how many do."""
    statement = insert(votes).values(alert_id=alert_id, user_id=user_id)
    await tx.execute(statement.on_conflict_do_nothing())
    count = select(func.count()).select_from(votes).where(votes.c.alert_id == alert_id)
    return int(await tx.scalar(count) or 0)


async def unwanted(tx: AsyncConnection, watchlist: str, since: datetime) -> frozenset[int]:
    """Return the entries since then whose alerts for a list somebody has called not relevant."""
    told = select(table.c.entry_id, table.c.watchlists)
    told = told.join(votes, votes.c.alert_id == table.c.id)
    told = told.join(entries, entries.c.id == table.c.entry_id)
    rows = await tx.execute(told.where(entries.c.published >= since))
    return frozenset(row.entry_id for row in rows if watchlist in row.watchlists)
