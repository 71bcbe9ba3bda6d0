"""When a feed is asked again."""

from datetime import datetime, timedelta

JITTER = 0.1
"""Share of the interval by which polls are spread, so that feeds do not march in step."""
LONGEST = timedelta(hours=24)
_DOUBLINGS = 16


def next_due(
    now: datetime, interval: timedelta, errors: int, spread: float, longest: timedelta = LONGEST
) -> datetime:
    """Return when to poll next.

    Args:
        now: when the last poll ended.
        interval: between polls while all is well.
        errors: failed polls in a row; each doubles the wait, up to `longest`.
        spread: a random number from -1 to 1.
        longest: 24 hours, less where the error is of a kind that passes.
    """
    wait = interval * (1 << min(errors, _DOUBLINGS))
    wait = min(wait, max(longest, interval))
    return now + wait * (1 + JITTER * spread)
