"""Whether it is our own network that fails, from how the latest polls of many hosts went."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

RECENT = timedelta(minutes=1)
ENOUGH = 10
"""Hosts that say enough: where the last minute has fewer, older outcomes count as well."""
OLDEST = timedelta(minutes=30)
FEWEST = 3
"""Hosts that have to fail: two at once is a coincidence that happens."""
MOST = 2 / 3
"""Of the hosts; more than that is most."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How the latest poll of a host went."""

    host: str
    at: datetime
    reached: bool
    """It answered, be it with an error."""


def evidence(outcomes: Iterable[Outcome], now: datetime) -> tuple[Outcome, ...]:
    """Return what counts: the newest outcome of each host, of the last minute or of ten hosts."""
    counted: dict[str, Outcome] = {}
    for outcome in sorted(outcomes, key=lambda each: each.at, reverse=True):
        age = now - outcome.at
        if age > OLDEST or (age > RECENT and len(counted) >= ENOUGH):
            break
        counted.setdefault(outcome.host, outcome)
    return tuple(counted.values())


def is_outage(outcomes: Iterable[Outcome], now: datetime) -> bool:
    """Whether most hosts fail at once.

    Args:
        outcomes: of feeds that were well before: one that is dead for weeks says nothing of us.
        now: the present instant.
    """
    counted = evidence(outcomes, now)
    failed = sum(not outcome.reached for outcome in counted)
    return failed >= FEWEST and failed > MOST * len(counted)
