"""Until when something is to be, as people write it: `2h`, `14 Tage`, `bis Freitag`, `until 6 pm`.

German and English. What is not understood, or is over, is None: nothing is guessed at.
"""

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LONGEST = timedelta(days=366)
DAY = timedelta(days=1)
_UNITS = {
    **dict.fromkeys(("m", "min", "minute", "minuten", "minutes"), timedelta(minutes=1)),
    **dict.fromkeys(("h", "std", "stunde", "stunden", "hour", "hours"), timedelta(hours=1)),
    **dict.fromkeys(("d", "t", "tag", "tage", "tagen", "day", "days"), DAY),
    **dict.fromkeys(("w", "woche", "wochen", "week", "weeks"), timedelta(weeks=1)),
}
_COMING = {
    **dict.fromkeys(("heute", "today"), 0),
    **dict.fromkeys(("morgen", "tomorrow"), 1),
    "übermorgen": 2,
}
_WEEKDAYS = (
    ("montag", "monday"),
    ("dienstag", "tuesday"),
    ("mittwoch", "wednesday"),
    ("donnerstag", "thursday"),
    ("freitag", "friday"),
    ("samstag", "saturday", "sonnabend"),
    ("sonntag", "sunday"),
)
_MONTHS = (
    ("januar", "january", "jänner"),
    ("februar", "february", "feber"),
    ("märz", "march"),
    ("april",),
    ("mai", "may"),
    ("juni", "june"),
    ("juli", "july"),
    ("august",),
    ("september",),
    ("oktober", "october"),
    ("november",),
    ("dezember", "december"),
)
_LENGTH = re.compile(r"(?:für\s+|for\s+)?(\d{1,4})\s*([a-zäöü]{1,8})\.?")
_UNTIL = re.compile(r"(?:bis|until|till)\s+(?:zum\s+|zur\s+)?")
_CLOCK = re.compile(
    r"(?:^|\s)(?:um\s+|at\s+)?(\d{1,2})(?:(?::(\d{2}))?\s*(?P<unit>uhr|am|pm)|:(\d{2}))$"
)
_HOUR = re.compile(r"\s(?:um\s+|at\s+)?(\d{1,2})$")
"""A bare number is an hour only after a day: "morgen 8"."""
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_NUMBERS = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.?\s?(\d{4})?")
_NAMED = re.compile(r"(\d{1,2})\.?\s*([a-zä]{3,9})\s?(\d{4})?|([a-z]{3,9})\s(\d{1,2}),?\s?(\d{4})?")


def until(written: str, now: datetime, zone: ZoneInfo) -> datetime | None:
    """Read until when something is to be: a length, a time, or a day, of which the end is meant.

    Args:
        written: such as "2h", "14 Tage", "bis 3.8.", "bis 18 Uhr", "until tomorrow 8:30".
        now: the present instant.
        zone: of the person.

    Returns:
        An instant to come, at most a year off, in the zone of `now`; None if there is none.
    """
    said = " ".join(written.casefold().split())
    if (found := _LENGTH.fullmatch(said)) and (unit := _UNITS.get(found[2])):
        length = int(found[1]) * unit
        return now + length if timedelta(0) < length <= LONGEST else None
    here = now.astimezone(zone)
    ends = (end.astimezone(UTC) for end in _ends(_UNTIL.sub("", said, count=1), here))
    coming = next((end for end in ends if now < end <= now + LONGEST), None)
    return coming and coming.astimezone(now.tzinfo)


def _ends(said: str, here: datetime) -> list[datetime]:
    """Return the instants that may be meant, the nearest first."""
    if found := _CLOCK.search(said):
        clock = _clock(found)
    elif (found := _HOUR.search(said)) and _days(said[: found.start()], here.date()):
        clock = _time(int(found[1]), 0)
    else:
        return [_at(each + DAY, time(), here) for each in _days(said, here.date())]
    day = said[: found.start()].strip()
    days = _days(day, here.date()) if day else [here.date(), here.date() + DAY]
    return [_at(each, clock, here) for each in days] if clock is not None else []


def _at(day: date, clock: time, here: datetime) -> datetime:
    return datetime.combine(day, clock, here.tzinfo)


def _days(said: str, today: date) -> list[date]:
    """Return the days that may be meant; one without a year is of this year or of the next."""
    if said in _COMING:
        return [today + _COMING[said] * DAY]
    for number, names in enumerate(_WEEKDAYS):
        if said in names:
            return [today + ((number - today.weekday() - 1) % 7 + 1) * DAY]
    if found := _ISO.fullmatch(said):
        return _dates(found[3], int(found[2]), found[1], today)
    if found := _NUMBERS.fullmatch(said):
        return _dates(found[1], int(found[2]), found[3], today)
    if found := _NAMED.fullmatch(said):
        name = found[2] or found[4]
        month = next((n for n, names in enumerate(_MONTHS, 1) if name in names), 0)
        return _dates(found[1] or found[5], month, found[3] or found[6], today)
    return []


def _dates(day: str, month: int, year: str | None, today: date) -> list[date]:
    found = []
    for each in [int(year)] if year else [today.year, today.year + 1]:
        try:
            found.append(date(each, month, int(day)))
        except ValueError:  # there is no such day
            continue
    # In another zone the first and the last year may be none at all.
    return [each for each in found if date.min.year < each.year < date.max.year]


def _clock(found: re.Match[str]) -> time | None:
    hour, minute, unit = int(found[1]), int(found[2] or found[4] or 0), found["unit"]
    if unit in {"am", "pm"}:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if unit == "pm" else 0)
    return _time(hour, minute)


def _time(hour: int, minute: int) -> time | None:
    return time(hour, minute) if hour < 24 and minute < 60 else None
