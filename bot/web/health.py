"""Pure: whether the daemon is well, from what is known about its parts."""

from dataclasses import dataclass
from datetime import datetime, timedelta

# The tick comes every second; past this the loop is stuck, not busy.
STALLED = timedelta(seconds=60)
OVERDUE = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Vitals:
    """What the daemon knows about itself."""

    started: datetime
    last_tick: datetime | None
    database: bool
    due_since: datetime | None = None
    """Since when the feed is due that waits longest; None: there is no feed."""
    last_success: datetime | None = None
    """When any feed was read last."""
    network_down_since: datetime | None = None
    """Since when our own network fails; None: it does not."""
    telegram: str | None = None
    """What is wrong with the line to Telegram; None: nothing."""
    database_trouble: str | None = None
    """Why the database cannot be written, be it read or not; None: it can."""


def faults(vitals: Vitals, now: datetime) -> list[str]:
    """Return what is wrong, in words; nothing where all is well."""
    found = []
    if now - (vitals.last_tick or vitals.started) > STALLED:
        found.append(f"the poll loop has not moved for {STALLED.seconds} s")
    if vitals.database_trouble is not None:
        found.append(f"the database: {vitals.database_trouble}")
    elif not vitals.database:
        found.append("the database does not answer")
    if _is_overdue(vitals, now):
        found.append(f"feeds are due, and none was read for {OVERDUE.seconds // 60} min")
    if vitals.telegram is not None:
        found.append(vitals.telegram)
    return found


def _is_overdue(vitals: Vitals, now: datetime) -> bool:
    """Whether a feed waits for so long that a poll of one should have worked by now.

    While our network fails, a feed that was not reached is asked again and again and so is never
    due for long: there it is the network's failing that counts. After a start all may be overdue.
    """
    waits = [since for since in (vitals.due_since, vitals.network_down_since) if since]
    worked = max(vitals.started, vitals.last_success or vitals.started)
    return any(now - since > OVERDUE for since in waits) and now - worked > OVERDUE
