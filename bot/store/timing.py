"""The clock was set back: what was to be done by now is to be done now, and not in an hour."""

from datetime import datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.types import EPOCH, MICROSECOND

_WAITING = (
    "UPDATE feeds SET next_due = next_due - :shift WHERE next_due > :now",
    "UPDATE feeds SET lease_until = lease_until - :shift WHERE lease_until > :now",
    "UPDATE entries SET read_due = read_due - :shift WHERE read_due > :now",
    "UPDATE entries SET lease_until = lease_until - :shift WHERE lease_until > :now",
    "UPDATE chats SET held_until = held_until - :shift WHERE held_until > :now",
    "UPDATE outbox SET due = :now WHERE state = 'pending' AND due > :now AND due <= :before",
    # Of what waits still. For the hour of a digest or of a press review, or the end of a mute, a
    # person has chosen what the clock shows.
    (
        "UPDATE outbox SET due = due - :shift WHERE state = 'pending' AND due > :before"
        " AND (kind NOT IN ('digest', 'return', 'review') OR burst = 1)"
    ),
)


async def set_back(tx: AsyncConnection, before: datetime, now: datetime) -> None:
    """Bring forward what would wait until the clock is again where it was.

    What was due by then is due now; what was to wait waits as long as it was to.

    Args:
        tx: a writing transaction.
        before: what the clock showed before it was set back.
        now: what it shows.
    """
    instants = {"now": now - EPOCH, "before": before - EPOCH, "shift": before - now}
    values = {name: length // MICROSECOND for name, length in instants.items()}
    for statement in _WAITING:
        used = {name: value for name, value in values.items() if f":{name}" in statement}
        await tx.execute(text(statement), used)
