"""How a feed is, from what is known of it: well, failing, ill or silent."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Literal

Health = Literal["paused", "gone", "new", "well", "failing", "ill", "silent"]

ILL_ERRORS = 5
"""In a row. The wait grows with each, so they take an hour or more at the usual interval: a server
that is restarted is no news, one that is away for longer is."""
ILL_AFTER = timedelta(hours=24)
"""Without a success: holds for feeds that are asked so seldom that five errors take days."""
ILL_FEWEST = 2
"""Errors that this takes: the first poll after a holiday of ours says little."""
QUIET = timedelta(days=2)
"""A feed is never silent sooner."""
GAPS = 6
"""So many of its longest usual gaps have to pass."""
BURST = timedelta(hours=1)
"""What appears within it is one appearance: a weekly list of 30 articles has one gap a week."""
FEWEST_GAPS = 3
EPOCH, MINUTE = datetime(1970, 1, 1, tzinfo=UTC), timedelta(minutes=1)
UNKNOWN = timedelta(days=30)
"""The patience with a feed of which fewer gaps are known."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a feed."""

    added: datetime
    state: Literal["active", "paused", "gone"] = "active"
    last_success: datetime | None = None
    errors: int = 0
    """Failed polls in a row."""
    last_new: datetime | None = None
    """When it last brought anything new; None: never."""
    moments: tuple[datetime, ...] = ()
    """When its entries were published, as far as known, in any order."""


def health(known: Known, now: datetime) -> Health:
    """Return how a feed is."""
    if known.state != "active":
        return known.state
    if is_ill(known, now):
        return "ill"
    if known.errors:
        return "failing"
    if known.last_success is None:
        return "new"
    return "silent" if is_silent(known, now) else "well"


def is_ill(known: Known, now: datetime) -> bool:
    """Whether it fails so long that somebody should look after it."""
    without = now - (known.last_success or known.added)
    return known.errors >= ILL_ERRORS or (known.errors >= ILL_FEWEST and without > ILL_AFTER)


def is_silent(known: Known, now: datetime) -> bool:
    """Whether it answers well and brings nothing new for longer than its rhythm explains."""
    if known.errors or known.last_success is None:
        return False
    return now - (known.last_new or known.added) > patience(known.moments)


def patience(moments: Iterable[datetime]) -> timedelta:
    """Return how long nothing new is nothing unusual: max(2 days, 6 times the 95th percentile)."""
    gaps = _gaps(sorted(moments))
    if len(gaps) < FEWEST_GAPS:
        return UNKNOWN
    # The nearest rank: of fewer than twenty gaps it is the longest.
    return max(QUIET, GAPS * sorted(gaps)[-(-len(gaps) * 95 // 100) - 1])


def _gaps(moments: Sequence[datetime]) -> list[timedelta]:
    starts: list[datetime] = []
    for moment in moments:
        if not starts or moment - starts[-1] >= BURST:
            starts.append(moment)
    return [later - earlier for earlier, later in pairwise(starts)]


def latest(rhythm: Sequence[int]) -> datetime | None:
    """Return when a feed last brought anything by its rhythm (`bot.feeds.rhythm`)."""
    return EPOCH + rhythm[-1] * MINUTE if rhythm else None


def per_day(count: int, oldest: datetime | None, now: datetime, window: timedelta) -> float:
    """Return how many entries a feed brings a day.

    Args:
        count: how many were published within `window`.
        oldest: the oldest entry known of the feed; None: there is none.
        now: the end of the window.
        window: how far back was counted.
    """
    if oldest is None:
        return 0.0
    day = timedelta(days=1)
    return count / (max(day, min(window, now - oldest)) / day)


def median(delays: Sequence[timedelta]) -> timedelta | None:
    """Return the median; None of nothing."""
    ordered = sorted(delays)
    return ordered[len(ordered) // 2] if ordered else None


def in_words(length: timedelta) -> str:
    """Return a length of time as people say it: 40 s, 7 min, 3 h, 2 days."""
    seconds = round(length.total_seconds())
    for unit, name in ((86_400, "days"), (3_600, "h"), (60, "min")):
        if seconds >= 2 * unit:
            return f"{round(seconds / unit)} {name}"
    return f"{seconds} s"
