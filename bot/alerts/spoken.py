"""Times as people write them: `2h`, `14d`, `bis 3.8.`, `22-7`, `8:00 18:30`. In German and English.

All are read leniently and none is guessed at: what is not understood is None.
"""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

from bot.alerts.cities import CITIES
from bot.alerts.timing import Quiet

LONGEST = timedelta(days=366)
MOST_DIGESTS = 6
OFF = frozenset({"aus", "off", "nein", "no", "nie", "never", "0"})
COLLECT = frozenset({"sammeln", "gesammelt", "collect", "collected"})
SILENT = frozenset({"lautlos", "stumm", "still", "leise", "silent", "silently"})
_UNITS = {
    **dict.fromkeys(("m", "min", "minute", "minuten", "minutes"), timedelta(minutes=1)),
    **dict.fromkeys(("h", "std", "stunde", "stunden", "hour", "hours"), timedelta(hours=1)),
    **dict.fromkeys(("d", "t", "tag", "tage", "tagen", "day", "days"), timedelta(days=1)),
    **dict.fromkeys(("w", "woche", "wochen", "week", "weeks"), timedelta(weeks=1)),
}
_LENGTH = re.compile(r"(\d{1,4})\s*([a-zäöü]{1,8})\.?")
_CLOCK = r"(\d{1,2})(?:[:.](\d{2}))?\s*(?:uhr|h)?"
_TIME = re.compile(_CLOCK)
_SPAN = re.compile(rf"(?:von\s+|from\s+)?{_CLOCK}\s*(?:-|–|bis|to|until)\s*{_CLOCK}")
_DATE = re.compile(
    r"(?:bis|until|till)?\s*(?:zum\s+)?(?:(\d{4})-(\d{1,2})-(\d{1,2})"
    r"|(\d{1,2})\.\s?(\d{1,2})\.?\s?(\d{4})?)"
)
_DAY = 24 * 60


def is_off(written: str) -> bool:
    """Tell whether somebody wants something no more."""
    return written.strip().casefold() in OFF


def until(written: str, now: datetime, zone: ZoneInfo) -> datetime | None:
    """Read until when something is to be: a length of time, or a day, of which the end is meant.

    Args:
        written: such as "2h", "14 Tage", "bis 3.8.", "2026-08-03".
        now: the present instant.
        zone: of the person.

    Returns:
        An instant to come, at most a year off, in the zone of `now`; None if there is none.
    """
    said = written.strip().casefold()
    if found := _LENGTH.fullmatch(said):
        unit = _UNITS.get(found[2])
        length = int(found[1]) * unit if unit else timedelta(0)
        return now + length if timedelta(0) < length <= LONGEST else None
    if found := _DATE.fullmatch(said):
        return _end_of_day(found, now, zone)
    return None


def _end_of_day(found: re.Match[str], now: datetime, zone: ZoneInfo) -> datetime | None:
    here = now.astimezone(zone)
    day, month = int(found[3] or found[4]), int(found[2] or found[5])
    year = found[1] or found[6]
    for candidate in [int(year)] if year else [here.year, here.year + 1]:
        try:
            end = datetime(candidate, month, day, tzinfo=zone) + timedelta(days=1)
        except ValueError:  # there is no such day
            continue
        if now < end <= now + LONGEST:
            return end.astimezone(now.tzinfo)
    return None


def quiet(written: str) -> Quiet | None:
    """Read quiet hours: "22-7", "22:30 bis 6 Uhr sammeln"; without a word they are silent ones."""
    said = written.strip().casefold()
    words = [word for word in said.split() if word in COLLECT | SILENT]
    span = " ".join(word for word in said.split() if word not in COLLECT | SILENT)
    found = _SPAN.fullmatch(span)
    if not found or len(words) > 1:
        return None
    begins, ends = _minute(found[1], found[2]), _minute(found[3], found[4])
    if begins is None or ends is None or begins == ends:
        return None
    return Quiet(begins, ends, collect=bool(words) and words[0] in COLLECT)


def times(written: str) -> tuple[int, ...] | None:
    """Read times of the day, as minutes in order: "8 18:30", "8:00, 18 Uhr und 20"."""
    parts = re.split(r"[,;\s]+(?:und|and|uhr)?[,;\s]*|\s+", written.strip().casefold())
    found = [_TIME.fullmatch(part) for part in parts if part and part not in {"und", "and", "uhr"}]
    minutes = [_minute(each[1], each[2]) if each else None for each in found]
    if not minutes or None in minutes:
        return None
    wanted = tuple(sorted({minute for minute in minutes if minute is not None}))
    return wanted if len(wanted) <= MOST_DIGESTS else None


def _minute(hour: str, minute: str | None) -> int | None:
    at = int(hour) * 60 + int(minute or 0)
    if int(minute or 0) > 59 or at > _DAY:
        return None
    return at % _DAY


def clock(minute: int) -> str:
    """Return a minute of the day as people write it."""
    return f"{minute // 60}:{minute % 60:02}"


def zone(written: str, known: Iterable[str] | None = None) -> str | None:
    """Find a time zone by its name or by its city: "Europe/Vienna", "vienna", "Wien".

    Args:
        written: as somebody wrote it.
        known: the names there are; the system's where None is given.
    """
    said = " ".join(written.casefold().split())
    wanted = CITIES.get(said, said).casefold().replace(" ", "_")
    names = sorted(available_timezones() if known is None else known)
    exact = [name for name in names if name.casefold() == wanted]
    cities = [name for name in names if name.casefold().rpartition("/")[2] == wanted]
    return next(iter([*exact, *cities]), None) if wanted else None
