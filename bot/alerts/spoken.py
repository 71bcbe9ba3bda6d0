"""Times of the day as people write them: `22-7`, `8:00 18:30`. In German and English.

All are read leniently and none is guessed at: what is not understood is None.
"""

import re
from collections.abc import Iterable
from zoneinfo import available_timezones

from bot.alerts.cities import CITIES
from bot.alerts.timing import Quiet

MOST_DIGESTS = 6
OFF = frozenset({"aus", "off", "nein", "no", "nie", "never", "0"})
COLLECT = frozenset({"sammeln", "gesammelt", "collect", "collected"})
SILENT = frozenset({"lautlos", "stumm", "still", "leise", "silent", "silently"})
_CLOCK = r"(\d{1,2})(?:[:.](\d{2}))?\s*(?:uhr|h)?"
_TIME = re.compile(_CLOCK)
_SPAN = re.compile(rf"(?:von\s+|from\s+)?{_CLOCK}\s*(?:-|–|bis|to|until)\s*{_CLOCK}")
_DAY = 24 * 60


def is_off(written: str) -> bool:
    """Tell whether somebody wants something no more."""
    return written.strip().casefold() in OFF


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


def quiet_how(written: str) -> bool | None:
    """Read how quiet hours are to be: True is collected, False without a sound; None: neither."""
    said = written.strip().casefold()
    return said in COLLECT if said in COLLECT | SILENT else None


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
