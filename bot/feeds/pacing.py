"""When a feed is asked again, and why.

The interval is, the first that holds:

1. what is set for the feed (`every`);
2. its rhythm: `poll.min` and a 144th of the gap that is expected between its entries at this
   hour, at most `poll.max`: ten minutes more for a day between two entries;
3. `poll.every` as long as no rhythm is known, or its `ttl` where that is shorter.

Hints (`ttl` and its like) never make it longer: they are written once and forgotten (tagesschau
says 90 minutes at a median gap of 19). Errors do, twofold for a hard one up to a day. What binds
is the server's word: how long its answer stays fresh, and when it wants to be asked again.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.errors import Refused, SourceError, Unreachable, WorkerDied, WorkerFailed, WorkerTimeout
from bot.feeds.hints import skips
from bot.feeds.rhythm import expected_gap
from bot.model import Hints

JITTER = 0.1
"""Share of the interval by which polls are spread, so that feeds do not march in step."""
SHORTEST = timedelta(seconds=1)
LONGEST = timedelta(hours=24)
"""The most that errors, or a server's Retry-After, put a poll off."""
SHARE = 1 / 144
FRESH_FAST, FRESH_SLOW = timedelta(minutes=15), timedelta(hours=5)
"""The most that freshness is believed: where the interval is below the first, and elsewhere."""
HARD, SOFT, TEMPORARY = 1.0, 0.5, 0.25
"""What an error adds to the streak (after Media Cloud): its nature, the server's state, ours."""
_DOUBLINGS = 32.0
_NO_HINTS: Final = Hints()


@dataclass(frozen=True, slots=True)
class Pace:
    """The configured intervals."""

    usual: timedelta
    """While no rhythm is known."""
    shortest: timedelta
    longest: timedelta


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a feed when its next poll is planned."""

    every: timedelta | None = None
    """The interval set for this feed."""
    rhythm: tuple[int, ...] = ()
    """See `bot.feeds.rhythm`."""
    hints: Hints = _NO_HINTS
    fresh_for: timedelta | None = None
    """How long the answer that just came stays fresh, by Cache-Control or Expires."""
    streak: float = 0.0
    """The weights of the errors in a row, the present one included."""
    retry_after: timedelta | None = None
    """How long the server wants to be left alone."""


@dataclass(frozen=True, slots=True)
class Plan:
    """When a feed is asked again."""

    due: datetime
    interval: timedelta
    """Before errors and jitter, with freshness: what "in time" means for this feed."""
    reason: str
    """In words, for people: completes "asked again in 4 min: …"."""


def plan(known: Known, pace: Pace, now: datetime, spread: float) -> Plan:
    """Return when to poll next.

    Args:
        known: the feed.
        pace: the configured intervals.
        now: when the last poll ended.
        spread: a random number from -1 to 1.
    """
    interval, reason = _interval(known, pace, now)
    fresh = _fresh(known, interval)
    if fresh > interval:
        interval, reason = fresh, "what the server sent stays fresh until then"
    wait = interval * min(2.0 ** min(known.streak, _DOUBLINGS), max(1.0, LONGEST / interval))
    if known.streak:
        reason = "it failed; every failure in a row makes the wait longer, up to a day"
    wait = max(SHORTEST, fresh, wait * (1 + JITTER * spread))
    told = min(known.retry_after or timedelta(0), LONGEST)
    if told > wait:
        wait, reason = told, "the server asked to be left alone until then"
    return Plan(now + wait, interval, reason)


def weight(error: Exception) -> float:
    """Return what an error adds to the streak: the more, the less likely it passes by itself."""
    match error:
        case Unreachable():
            return TEMPORARY
        case WorkerTimeout() | WorkerDied():
            return SOFT
        case Refused():
            return SOFT if error.passing else HARD
        case SourceError() | WorkerFailed():
            return HARD
        case _:
            return SOFT  # a fault of ours


def _interval(known: Known, pace: Pace, now: datetime) -> tuple[timedelta, str]:
    if known.every is not None:
        return max(SHORTEST, known.every), "the interval set for this feed"
    gap = expected_gap(known.rhythm, now)
    if gap is not None:
        interval = max(SHORTEST, min(pace.shortest + gap * SHARE, pace.longest))
        return interval, f"its entries come {in_words(gap)} apart at this time"
    usual = max(SHORTEST, pace.usual)
    ttl = known.hints.ttl
    if ttl is None or ttl >= usual or skips(known.hints, now):
        return usual, "its rhythm is not known yet"
    return max(ttl, min(pace.shortest, usual)), "its rhythm is not known yet; its ttl counts"


def _fresh(known: Known, interval: timedelta) -> timedelta:
    if known.every is not None or known.fresh_for is None:
        return timedelta(0)
    return min(known.fresh_for, FRESH_FAST if interval < FRESH_FAST else FRESH_SLOW)


def in_words(length: timedelta) -> str:
    """Return a length of time in words: 7 min, 3 h, 2 days."""
    minutes = round(length / timedelta(minutes=1))
    if minutes < 90:
        return f"{max(1, minutes)} min"
    hours = round(minutes / 60)
    return f"{hours} h" if hours < 48 else f"{round(hours / 24)} days"
