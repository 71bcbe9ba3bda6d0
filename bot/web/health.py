"""Pure: whether the daemon is well, from what is known about its parts."""

from dataclasses import dataclass
from datetime import datetime, timedelta

# The tick comes every second; past this the loop is stuck, not busy.
STALLED = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class Vitals:
    """What the daemon knows about itself."""

    started: datetime
    last_tick: datetime | None
    database: bool


def faults(vitals: Vitals, now: datetime) -> list[str]:
    """Return what is wrong, in words; nothing where all is well."""
    found = []
    if now - (vitals.last_tick or vitals.started) > STALLED:
        found.append(f"the poll loop has not moved for {STALLED.seconds} s")
    if not vitals.database:
        found.append("the database does not answer")
    return found
