"""Points at places in a watchlist's text: makes faults that show what is wrong where."""

from typing import NamedTuple

from bot.errors import Fault

_BEFORE = 60
_AFTER = 40


class Spot(NamedTuple):
    """Something wrong at a place in a line; `at` counts code points from 0."""

    at: int
    what: str
    remedy: str


def fault(where: str, line: int, text: str, spot: Spot) -> Fault:
    """Return a fault that shows its line with a ^ below the place.

    Args:
        where: The file's name.
        line: The line's number from 1.
        text: The whole line, of which a long one is shown only around the place.
        spot: What is wrong in it.
    """
    return Fault(where, spot.what, spot.remedy, line, spot.at + 1, _excerpt(text, spot.at))


def _excerpt(text: str, at: int) -> str:
    start = max(0, at - _BEFORE)
    shown = text[start : at + _AFTER]
    # A tab stays one, so that the mark stands below its place however wide a tab is shown.
    padding = "".join("\t" if char == "\t" else " " for char in text[start:at])
    return f"{shown}\n{padding}^"
