"""Live pages, columns and titles that come again: a story of their own for every day.

They have the words of many events, so nothing else may join them, nor they anything else.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from bot.stories.reading import day
from bot.stories.window import Level, Row
from bot.stories.wire import overlap

_DAYS = 3
"""A title that an outlet has on so many days is a column's."""

_OTHER_TEXT = 0.2
"""Of two texts that share less than this of the shorter one, neither is a version of the other."""


class Series(NamedTuple):
    """What an article is an instalment of."""

    what: str
    """In words: "a live page"."""
    earlier: Row | None
    """Another one of the same day."""


def of_series(
    row: Row, candidates: Sequence[Row], is_alike: Callable[[Row], bool]
) -> Series | None:
    """Return what series an article belongs to, or None if it is an article like any other.

    Args:
        row: the new article.
        candidates: those that share most with it.
        is_alike: whether one of them may be of the same event.
    """
    same = list(_with_heading(row, candidates))
    today = next((each for each in same if day(each.time) == day(row.time)), None)
    if row.kind == "live":
        return Series("a live page", today or next(filter(is_alike, _live(row, candidates)), None))
    if row.kind == "column":
        return Series("a recurring column", today)
    if today is None and _recurs(row, same):
        return Series("a title that this outlet repeats", None)
    return None


def _with_heading(row: Row, candidates: Iterable[Row]) -> Iterator[Row]:
    return (each for each in candidates if (each.heading, each.outlet) == (row.heading, row.outlet))


def _live(row: Row, candidates: Iterable[Row]) -> Iterator[Row]:
    """Yield the outlet's other live pages of about the same time: titles change by the hour."""
    for each in candidates:
        if (each.kind, each.outlet) == (row.kind, row.outlet) and abs(row.time - each.time) <= 24:
            yield each


def _recurs(row: Row, same: list[Row]) -> bool:
    """Whether the same outlet has the same title on several days, or over another text."""
    if not row.outlet:
        return False
    days = {day(each.time) for each in same} | {day(row.time)}
    return len(days) >= _DAYS or any(
        min(row.level, each.level) == Level.TEXT
        and overlap(row.sketch, each.sketch).share < _OTHER_TEXT
        for each in same
    )
