"""Dates as German and other European publishers write them, which feedparser reads wrong.

feedparser takes `12:00 MESZ` and `12:00 CEST` for 12:00 UTC, two hours late, and does not know
`Mi, 07 Mai 2025` at all.
"""

import re
from datetime import UTC, datetime, timedelta, timezone
from time import struct_time

ZONES = {
    "": 0, "z": 0, "gmt": 0, "ut": 0, "utc": 0, "wet": 0,
    "cet": 1, "mez": 1, "met": 1, "bst": 1, "west": 1,
    "cest": 2, "mesz": 2, "mest": 2, "eet": 2,
    "eest": 3, "msk": 3,
}  # fmt: skip
"""Hours east of Greenwich."""
MONTHS = {
    "jan": 1, "jän": 1, "feb": 2, "mar": 3, "mär": 3, "mae": 3, "mrz": 3, "apr": 4,
    "may": 5, "mai": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "oct": 10, "okt": 10,
    "nov": 11, "dec": 12, "dez": 12,
}  # fmt: skip
YEARS = range(1990, 2100)
DAY, SECOND = timedelta(days=1), timedelta(seconds=1)

_NUMBERS = ("day", "hour", "minute", "second")
_TIME = r"(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:\.\d{1,9})?)?"
_ZONE = r"(?:\s*Uhr)?\s*(?P<zone>[A-Za-z]{0,4}|[+-]\d\d:?\d\d)"
_MIDNIGHT = re.compile(
    # Not that of a zone: +00:00.
    r"(?<![\d:+-])00:00(?::00(?:\.0+)?)?(?:\s*Uhr)?\s*(?:[A-Za-z]{1,4}|[+-]\d\d:?\d\d)?\s*\Z"
)
_HAS_TIME = re.compile(r"\d[Tt:]\d")
_MAIL = re.compile(
    r"(?:[^\W\d_]{2,10}\.?,?\s*)?(?P<day>\d{1,2})\.?[ -](?P<name>[^\W\d_]{3,9})\.?[ -]"
    rf"(?P<year>\d{{4}}),?\s+{_TIME}{_ZONE}"
)
_NUMERIC = re.compile(
    r"(?:[^\W\d_]{2,10}\.?,?\s*)?(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})"
    rf",?\s+(?:um\s+)?{_TIME}{_ZONE}"
)
_ISO = re.compile(rf"(?P<year>\d{{4}})-(?P<month>\d\d)-(?P<day>\d\d)(?:T|t|\s+){_TIME}{_ZONE}")


def read_date(written: str) -> datetime | None:
    """Read a date with a time; without a zone it is UTC.

    Returns:
        Aware, in UTC; None if it is written in another way, or is no date between 1990 and 2099.
    """
    written = written.strip()
    forms = (form.fullmatch(written) for form in (_MAIL, _ISO, _NUMERIC))
    found = next(filter(None, forms), None)
    if not found:
        return None
    parts = found.groupdict()
    month = int(parts["month"]) if "month" in parts else MONTHS.get(parts["name"][:3].lower())
    offset = _offset(parts["zone"].lower())
    if month is None or offset is None:
        return None
    day, hour, minute, second = (int(parts[name] or 0) for name in _NUMBERS)
    try:
        zone = timezone(offset)
        local = datetime(int(parts["year"]), month, day, hour, minute, second, tzinfo=zone)
        return sane(local.astimezone(UTC))
    except (ValueError, OverflowError):  # the 31st of February, 25:00, the year 0
        return None


def is_day(written: str) -> bool:
    """Tell whether a date names a day only: without a time, or with 00:00 as its time."""
    return not _HAS_TIME.search(written) or bool(_MIDNIGHT.search(written))


def published_at(written: datetime | None, seen: datetime, *, whole_day: bool) -> datetime:
    """Return when an entry was published, as well as can be told.

    Args:
        written: the publisher's date, if there is one.
        seen: when the entry was first seen: holds where the date is missing or in the future.
        whole_day: the date is a day, and the end of it is meant unless that is to come.
    """
    if written is None or written > seen:
        return seen
    return min(written + DAY - SECOND, seen) if whole_day else written


def from_parsed(parsed: struct_time | None) -> datetime | None:
    """Turn what feedparser read, a time in UTC, into a date; None if it is absurd."""
    try:
        return sane(datetime(*parsed[:6], tzinfo=UTC)) if parsed else None
    except (TypeError, ValueError):
        return None


def sane(date: datetime) -> datetime | None:
    """Return the date unless no article can have it."""
    return date if date.year in YEARS else None


def _offset(zone: str) -> timedelta | None:
    if zone[:1] in ("+", "-"):
        digits = zone[1:].replace(":", "")
        east = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
        east = -east if zone[0] == "-" else east
        return east if abs(east) < timedelta(hours=24) else None
    return timedelta(hours=ZONES[zone]) if zone in ZONES else None
