"""Words in a row: phrases, and several words that are quoted or exact."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple


class Row(NamedTuple):
    """Words in a row that are looked for: a term of two words or more."""

    number: int
    """The number of the term."""
    elements: tuple[int, ...]
    """The numbers of its words."""
    at: int
    """It is found by the neighbours at this place among them: its longest, thus rarest, two."""
    rule: str
    """Why it counts."""


Seconds = Mapping[int, Sequence[Row]]
"""The rows that are found by a word and its next one, by the next one."""

Followers = Mapping[int, Seconds]
"""Rows by the first, then the second of the neighbours that they are found by."""

_MOST_MERGED = 10_000  # what is merged takes its memory again


def row(number: int, elements: tuple[int, ...], words: Sequence[str], rule: str) -> Row:
    """Return a row.

    Args:
        number: The number of the term.
        elements: The numbers of its words, two or more.
        words: The words.
        rule: Why it counts.
    """
    lengths = [len(a) + len(b) for a, b in pairwise(words)]
    return Row(number, elements, lengths.index(max(lengths)), rule)


def followers(rows: Iterable[Row]) -> Followers:
    """Return rows by the neighbours that they are found by."""
    found: dict[int, dict[int, list[Row]]] = defaultdict(dict)
    for each in rows:
        first, second = each.elements[each.at : each.at + 2]
        found[first].setdefault(second, []).append(each)
    return dict(found)


def merged(every: Sequence[Seconds]) -> tuple[Seconds, ...]:
    """Return the same rows by the next word, as one if they are not too many.

    A word may stand for many: "der" for itself, "die", "den" and others. One look-up does for all.
    """
    if len(every) < 2 or sum(map(len, every)) > _MOST_MERGED:
        return tuple(every)
    found: dict[int, list[Row]] = defaultdict(list)
    for each in every:
        for second, rows in each.items():
            found[second] += rows
    return (dict(found),)
