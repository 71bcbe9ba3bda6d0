"""What tells two events apart whose reports use the same words: years, dates, places, numbers.

Only what is written is known here: a conflict is reported where both articles say something, and
not the same.
"""

import re
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple, TypeVar

from bot.stories.places import places
from bot.stories.stopwords import EMPTY
from bot.text.fold import fold
from bot.text.stems import stem

LEAD = 300
"""Code points of a text in which it says what it is about."""

READ = 3_000
_TITLE_CASE = "en"

_MONTHS = {
    "januar": 1, "jaenner": 1, "january": 1, "februar": 2, "february": 2, "maerz": 3, "march": 3,
    "april": 4, "mai": 5, "may": 5, "juni": 6, "june": 6, "juli": 7, "july": 7, "august": 8,
    "september": 9, "oktober": 10, "october": 10, "november": 11, "dezember": 12, "december": 12,
}  # fmt: skip
_NAMES_OF_MONTHS = "|".join(["jänner", "märz", *_MONTHS])
_DATE = re.compile(
    rf"\b(\d{{1,2}})\. ?({_NAMES_OF_MONTHS}|\d{{1,2}}\.)(?: ?((?:19|20)\d\d))?\b"
    rf"|\b({_NAMES_OF_MONTHS}) (\d{{1,2}})(?:,? ((?:19|20)\d\d))?\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b([^\W\d_][\w-]{3,}) (?:im Jahr |in )?((?:19|20)\d\d)\b(?!-)")
_BACK = re.compile(
    r"^(?:heute )?vor (?:genau )?(?:ein\w*|zwei|drei|fünf|zehn|\d+) jahr(?:en)?\b|^rückblick\b"
    r"|\bjahrestag\b|^(?:\w+ )?years? ago\b|^(?:a|one) year ago\b|^on this day\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(?<![\w.,:])(\d{1,3}(?:[.,]\d{3})*|\d+)(?:[.,]\d+)? ([^\W\d_][\w-]{2,})")
_UNITS = frozenset(_MONTHS) | {"uhr", "prozent", "mai"}

Sortable = TypeVar("Sortable", str, tuple[str, int], tuple[int, int], tuple[str, str])


class Facts(NamedTuple):
    """What an article says, as far as it tells events apart; all but `back` sorted tuples."""

    years: tuple[tuple[str, int], ...] = ()
    """(Siegesparade, 2025): a year with the stem that it stands by, or with the day."""
    dates: tuple[tuple[int, int], ...] = ()
    """Months and days of the title."""
    towns: tuple[str, ...] = ()
    """Of title and lead."""
    all_towns: tuple[str, ...] = ()
    """Of the whole text."""
    countries: tuple[str, ...] = ()
    numbers: tuple[tuple[str, str], ...] = ()
    """(Länder, 19), of title and lead."""
    back: bool = False
    """It looks back on another year: "Vor einem Jahr: …"."""


NOTHING = Facts()


def facts(title: str, text: str, language: str, published: datetime) -> Facts:
    """Return what an article says.

    Args:
        title: as written.
        text: as written; may be empty.
        language: its code.
        published: when. A day without a year is in that year.
    """
    lead = f"{title}\n{text[:LEAD]}"
    # In an English title any word may have a capital.
    placed = text[:LEAD] if language == _TITLE_CASE else lead
    towns, countries = places(placed, language)
    found = Facts(
        _sorted(_years(lead, language, published)),
        _sorted(day for day, _ in _dates(title)),
        _sorted(towns),
        _sorted(places(text[LEAD:READ], language)[0] | towns) if towns else (),
        _sorted(countries),
        _sorted(numbers(lead, language)),
        bool(_BACK.search(title)),
    )
    return NOTHING if found == NOTHING else found


def conflicts(one: Facts, other: Facts) -> tuple[str, ...]:
    """Return why two articles are about different events, in words; empty: nothing says so.

    Year and date are; for place and number see `weak`.
    """
    found = [_year(one, other)]
    if one.dates and other.dates and not set(one.dates) & set(other.dates):
        found.append(f"date {_day(one.dates[0])} ≠ {_day(other.dates[0])}")
    return tuple(filter(None, found))


def weak(one: Facts, other: Facts) -> tuple[str, ...]:
    """Return differing places, and numbers; of these alone a later report may have others."""
    found = []
    if _apart(one.towns, other.all_towns) and _apart(other.towns, one.all_towns):
        found.append(f"place {one.towns[0]} ≠ {other.towns[0]}")
    elif _apart(one.countries, other.countries):
        found.append(f"place {one.countries[0]} ≠ {other.countries[0]}")
    mine, theirs = dict(one.numbers), dict(other.numbers)
    for head in sorted(mine.keys() & theirs.keys()):
        if mine[head] != theirs[head]:
            found.append(f"number {mine[head]} ≠ {theirs[head]} ({head})")
            break
    return tuple(found)


def _apart(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return bool(one and other) and not set(one) & set(other)


def _year(one: Facts, other: Facts) -> str:
    if one.back != other.back:
        return "year: one of them looks back"
    mine, theirs = _by_head(one.years), _by_head(other.years)
    for head in sorted(mine.keys() & theirs.keys()):
        if not mine[head] & theirs[head]:
            return f"year {min(mine[head])} ≠ {min(theirs[head])} ({head})"
    return ""


def _by_head(years: Iterable[tuple[str, int]]) -> dict[str, set[int]]:
    found: dict[str, set[int]] = {}
    for head, year in years:
        found.setdefault(head, set()).add(year)
    return found


def _years(lead: str, language: str, published: datetime) -> set[tuple[str, int]]:
    found = {(_day(day), year or published.year) for day, year in _dates(lead)}
    for word, year in _YEAR.findall(lead):
        folded = fold(word)
        if folded not in _MONTHS:
            found.add((stem(folded, language), int(year)))
    return found


def _dates(text: str) -> Iterable[tuple[tuple[int, int], int | None]]:
    for day, month, year, word, day_after, year_after in _DATE.findall(text):
        name = fold(month or word).rstrip(".")
        number = _MONTHS.get(name) or (int(name) if name.isdecimal() else 0)
        day_number = int(day or day_after)
        if 1 <= number <= 12 and 1 <= day_number <= 31:
            written = year or year_after
            yield (number, day_number), int(written) if written else None


def _day(day: tuple[int, int]) -> str:
    return f"{day[1]}.{day[0]}."


def numbers(text: str, language: str) -> set[tuple[str, str]]:
    """Return how many of what there are in a text: (Länder, 19), the words as stems."""
    found: dict[str, str] = {}
    for digits, word in _NUMBER.findall(text):
        folded = fold(word)
        if folded not in _UNITS and folded not in EMPTY:
            found.setdefault(stem(folded, language), digits)
    return set(found.items())


def _sorted(found: Iterable[Sortable]) -> tuple[Sortable, ...]:
    return tuple(sorted(found))
