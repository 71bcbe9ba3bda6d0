"""The articles of the last days, in little memory, and which of them have a term.

A term's articles are all kept, so that their number is the term's frequency: the window alone
determines every weight, and a window that is built anew from the same articles decides the same.
"""

from array import array
from bisect import insort
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import chain

from bot.stories.facts import Facts
from bot.stories.gates import Kind
from bot.stories.identity import Keys
from bot.stories.terms import Terms
from bot.stories.wire import Sketch, indexed

SCALE = 20
"""Counts of terms are kept in so many steps, and as bytes."""

LATEST = 200
"""Of a term's articles only the latest are looked at for candidates."""


class Level(IntEnum):
    """How much of an article there is to compare."""

    HEADLINE = 0
    TEASER = 1
    TEXT = 2


@dataclass(slots=True)
class Row:
    """An article in the window."""

    number: int
    """In order of arrival."""
    id: str
    outlet: str
    language: str
    keys: Keys
    content: int
    """The digest of what it says."""
    time: float
    """Its date, in hours."""
    clock: float
    """When it arrived, in hours."""
    level: Level
    kind: Kind
    heading: int
    """The number of its title, folded, without the outlet and without times of day."""
    terms: Sequence[int]
    counts: bytes
    words: int
    """How many words its terms are of."""
    sketch: Sketch
    facts: Facts
    correction: bool = False
    story: str = ""

    def take(self, found: Terms) -> None:
        """Take the terms of what it says."""
        self.terms = array("I", found.numbers)
        self.counts = bytes(min(255, round(count * SCALE)) for count in found.counts)
        self.words = len({word for words in found.words.values() for word in words})


class Window:
    """Rows by number, in order of arrival, and by key; numbers of rows by term."""

    def __init__(self) -> None:
        self.rows: dict[int, Row] = {}
        self._by_key: dict[int, int] = {}
        self._having: dict[int, int | array[int]] = {}  # most terms are in one article only

    def __len__(self) -> int:
        return len(self.rows)

    def add(self, row: Row) -> None:
        """Take a row in; its number must be above all others."""
        self.rows[row.number] = row
        self._keep_keys(row)
        self._index(row)

    def replace(self, row: Row, new: Row) -> None:
        """Let a row say what a new one says; it keeps its number, id, story and times."""
        self._unindex(row)
        self._forget_keys(row)
        row.keys = new.keys._replace(id=row.keys.id)
        row.content, row.level, row.kind, row.heading = (
            new.content, new.level, new.kind, new.heading,
        )  # fmt: skip
        row.terms, row.counts, row.words = new.terms, new.counts, new.words
        row.sketch, row.facts, row.correction = new.sketch, new.facts, new.correction
        self._keep_keys(row)
        self._index(row)

    def oldest(self) -> Row | None:
        """Return the row that arrived first."""
        return next(iter(self.rows.values()), None)

    def drop(self, row: Row) -> None:
        """Forget a row."""
        del self.rows[row.number]
        self._forget_keys(row)
        self._unindex(row)

    def known(self, key: int) -> Row | None:
        """Return the row with a key."""
        number = self._by_key.get(key) if key else None
        return None if number is None else self.rows.get(number)

    def frequency(self, term: int) -> int:
        """Return how many rows have a term."""
        found = self._having.get(term)
        if found is None:
            return 0
        return len(found) if isinstance(found, array) else 1

    def having(self, term: int) -> Sequence[int]:
        """Return the numbers of the latest rows that have a term, in order of arrival."""
        found = self._having.get(term)
        if found is None:
            return ()
        return (found,) if isinstance(found, int) else found[-LATEST:]

    def _keep_keys(self, row: Row) -> None:
        for key in filter(None, row.keys):
            self._by_key[key] = row.number

    def _forget_keys(self, row: Row) -> None:
        for key in row.keys:
            if self._by_key.get(key) == row.number:
                del self._by_key[key]

    def _index(self, row: Row) -> None:
        for term in _indexed(row):
            found = self._having.get(term)
            if found is None:
                self._having[term] = row.number
            elif isinstance(found, int):
                self._having[term] = array("I", sorted((found, row.number)))
            elif row.number > found[-1]:
                found.append(row.number)
            else:
                insort(found, row.number)

    def _unindex(self, row: Row) -> None:
        for term in _indexed(row):
            found = self._having.get(term)
            if not isinstance(found, array):
                self._having.pop(term, None)
                continue
            found.remove(row.number)
            if len(found) == 1:
                self._having[term] = found[0]


def _indexed(row: Row) -> Iterator[int]:
    return chain(row.terms, indexed(row.sketch))
