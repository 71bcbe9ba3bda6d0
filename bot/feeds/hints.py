"""What a feed says about when to come back: `ttl`, `sy:updatePeriod`, `skipHours`, `skipDays`.

Read from the bytes: feedparser keeps one of several hours. They are hints (see `bot.feeds.pacing`).
"""

import re
from datetime import datetime, timedelta

from bot.model import Hints

HEAD = 32_768
"""Bytes in which a channel's own elements are looked for, before its first entry."""
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
PERIODS = {
    b"hourly": timedelta(hours=1),
    b"daily": timedelta(days=1),
    b"weekly": timedelta(weeks=1),
    b"monthly": timedelta(days=30),
    b"yearly": timedelta(days=365),
}
_ENTRY = re.compile(rb"<(?:\w{1,20}:)?(?:item|entry)[\s>]", re.IGNORECASE)
_FLAGS = re.IGNORECASE
_TTL = re.compile(rb"<ttl>\s{0,20}(\d{1,6})\s{0,20}</ttl>", _FLAGS)
_PERIOD = re.compile(rb"<sy:updatePeriod>\s{0,20}([a-z]{1,10})\s{0,20}<", _FLAGS)
_FREQUENCY = re.compile(rb"<sy:updateFrequency>\s{0,20}(\d{1,6})\s{0,20}<", _FLAGS)
_HOUR = re.compile(rb"<hour>\s{0,20}(\d{1,2})\s{0,20}</hour>", _FLAGS)
_DAY = re.compile(rb"<day>\s{0,20}([a-z]{6,9})\s{0,20}</day>", _FLAGS)


def read_hints(body: bytes) -> Hints:
    """Read the hints of an RSS feed in any encoding that agrees with ASCII.

    `ttl` is in minutes; without one it is the period divided by the frequency. Hours are in UTC,
    24 is midnight. What makes no sense is left out; nothing is raised.
    """
    entry = _ENTRY.search(body, 0, HEAD)
    head = body[: entry.start() if entry else HEAD]
    hours = {int(found) % 24 for found in _HOUR.findall(head) if int(found) <= 24}
    names = (found.lower().decode() for found in _DAY.findall(head))
    days = {DAYS.index(name) for name in names if name in DAYS}
    return Hints(_ttl(head), tuple(sorted(hours)), tuple(sorted(days)))


def skips(hints: Hints, now: datetime) -> bool:
    """Tell whether the feed says that nothing appears at this time."""
    return now.hour in hints.skip_hours or now.weekday() in hints.skip_days


def _ttl(head: bytes) -> timedelta | None:
    written = _TTL.search(head)
    if written and int(written[1]):
        return timedelta(minutes=int(written[1]))
    period = _PERIOD.search(head)
    length = PERIODS.get(period[1].lower()) if period else None
    frequency = _FREQUENCY.search(head)
    return length / max(1, int(frequency[1]) if frequency else 1) if length else None
