"""Finds the few queries that can hold on an article, by terms that they cannot do without."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from bot.watch.terms import Shape

_MOST_PAIRS = 8
_LONG = 8  # letters: beyond them, length says little about how rare a word is


class Line(NamedTuple):
    """A line of a watchlist, prepared."""

    slot: int
    shape: Shape
    terms: tuple[int, ...]


Key = tuple[int, ...]
"""One or two terms that must be in the article."""


class Candidates:
    """Lines by pairs of terms, one of which must be there for the line to hold.

    Two terms of a query are seldom in the same article by chance: nearly all lines that are left
    hold, and how many others there are hardly matters.
    """

    def __init__(self, lines: Iterable[Line], letters: Mapping[int, int]) -> None:
        """Prepare lines.

        Args:
            lines: All of them.
            letters: How long each term is. Long words are rare.
        """
        self.always: list[int] = []
        """Lines that may hold without any term."""
        self._pairs: dict[int, dict[int, int | list[int]]] = defaultdict(dict)
        lines = list(lines)
        uses = Counter(term for line in lines for term in line.terms)
        weights = {n: (min(letters.get(n, 0), _LONG), -used) for n, used in uses.items()}
        for line in lines:
            keys = _required(line.shape, line.terms, weights)
            if keys is None:
                self.always.append(line.slot)
            for key in dict.fromkeys(keys or ()):
                self._add(key, line.slot, uses)

    def of(self, present: set[int]) -> set[int]:
        """Return the lines that can hold where these terms are present."""
        found: set[int] = set(self.always)
        for anchor in self._pairs.keys() & present:
            seconds = self._pairs[anchor]
            if not present.isdisjoint(seconds):
                for second in seconds.keys() & present:
                    slots = seconds[second]
                    if isinstance(slots, int):
                        found.add(slots)
                    else:
                        found.update(slots)
        return found

    def _add(self, key: Key, slot: int, uses: Mapping[int, int]) -> None:
        # The anchor is the term of fewer lines: its list stays short.
        anchor, second = min(key, key=uses.__getitem__), max(key, key=uses.__getitem__)
        if anchor == second and len(key) > 1:
            anchor, second = key
        slots = self._pairs[anchor].setdefault(second, slot)
        if isinstance(slots, list):
            slots.append(slot)
        elif slots != slot:
            self._pairs[anchor][second] = [slots, slot]


Weights = Mapping[int, tuple[int, int]]


def _required(shape: Shape, terms: Sequence[int], weights: Weights) -> list[Key] | None:
    """Return keys one of which is present whenever the query holds; None: it needs nothing."""
    found: list[Key] | None = None
    match shape:
        case ("t", at):
            found = [(terms[at],)]
        case ("|", parts):
            every = [_required(part, terms, weights) for part in parts]
            if None not in every:
                found = [key for keys in every for key in keys or ()]
        case ("&", parts):
            every = [_required(part, terms, weights) for part in parts]
            found = _of_all([keys for keys in every if keys is not None], weights)
        case ("near", _, left, right):
            found = _required(("&", (left, right)), terms, weights)
        case ("least" | "only", _, part):
            found = _required(part, terms, weights)
    return found


def _of_all(every: Sequence[list[Key]], weights: Weights) -> list[Key] | None:
    """Return the pairs of the two best parts: those with the fewest keys, of the rarest words."""
    if not every:
        return None
    ranked = sorted(every, key=lambda keys: (len(keys), *_commonness(keys, weights)))
    best = ranked[0]
    for other in ranked[1:]:
        if all(len(key) > 1 for key in best) or len(best) * len(other) > _MOST_PAIRS:
            break
        best = [_best(tuple(dict.fromkeys((*a, *b))), weights) for a in best for b in other]
    return best


def _best(key: Key, weights: Weights) -> Key:
    if len(key) <= 2:
        return key
    return tuple(sorted(key, key=weights.__getitem__, reverse=True)[:2])


def _commonness(keys: list[Key], weights: Weights) -> tuple[int, int]:
    length, uses = min((weights[n] for key in keys for n in key), default=(0, 0))
    return -length, -uses
