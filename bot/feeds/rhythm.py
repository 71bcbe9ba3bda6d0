"""A feed's rhythm: when it brought news, and how soon more is to be expected.

A moment is a minute since 1970 in UTC at which something appeared; several entries at once, as
when an agency's night is published in the morning, or a feed that dates all its entries alike,
are one moment.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta

MOST = 60
"""Moments that are kept: a day and a half of a busy feed, a year of a weekly one."""
FEWEST = 4
"""With fewer nothing is known."""
AROUND = 90
"""Minutes before and after the present time of day that count as "at this hour"."""
DAYS = 28
"""What is longer ago says nothing about an hour of the day.

Whole weeks, so that each weekday counts alike. With two of them, a feed that brings news two or
three times a day leaves too few moments at any one hour, though more are kept.
"""
_DAY = 24 * 60
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MINUTE = timedelta(minutes=1)

Rhythm = tuple[int, ...]
"""Moments, the oldest first."""


def heard(rhythm: Sequence[int], moments: Iterable[datetime]) -> Rhythm:
    """Return the rhythm with more moments in it: the newest 60, each minute once."""
    minutes = ((moment - _EPOCH) // _MINUTE for moment in moments)
    return tuple(sorted({*rhythm, *minutes})[-MOST:])


def expected_gap(rhythm: Sequence[int], now: datetime) -> timedelta | None:
    """Return how far apart moments are at present; None: too few are known.

    It is the shorter one of two: the mean gap of late, and the mean gap at this hour of the day.
    "Of late" is all that is known, its newer half, its newest quarter or the last four, whichever
    is densest: a feed that wakes up is followed at once, one pinned entry of last year is nothing.
    Silence counts: the longer the last moment is ago, the longer the gap.
    """
    minute = (now - _EPOCH) // _MINUTE
    past = [moment for moment in rhythm if moment <= minute]
    if len(past) < FEWEST:
        return None
    spans = {FEWEST, *(max(FEWEST, len(past) // part) for part in (1, 2, 4))}
    of_late = min((minute - past[-count]) / count for count in spans)
    return max(_MINUTE, min(of_late, _gap_at_this_hour(past, minute)) * _MINUTE)


def _gap_at_this_hour(past: Sequence[int], minute: int) -> float:
    """Return the mean gap, in minutes, at this time of day; infinite where nothing ever appeared.

    The present day is half over at this hour: what lies ahead is what is asked for.
    """
    recent = [moment for moment in past if minute - moment <= DAYS * _DAY]
    if not recent:
        return float("inf")
    centre = minute + AROUND // 2
    near = sum((moment - centre + AROUND) % _DAY <= 2 * AROUND for moment in recent)
    days = max(1, -(-(minute - recent[0]) // _DAY))
    return 2 * AROUND * days / near if near else float("inf")
