"""Finds what is looked for in the text as such, not in its words: patterns and CJK characters."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice, pairwise

import re2

from bot.text.aligned import folded, visible
from bot.watch.terms import has_cjk

MOST_PLACES = 1000
"""As many places of one pattern are found in a field; the first ones."""

_SET = 100  # patterns that are searched for at once
_MEMORY = 64 << 20  # bytes for the automaton of a set: what does not fit would not be found
_DASH = re.compile("[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]")

Found = tuple[int, int, int, str]
"""The number of a term, a place in the text as given (`end` exclusive), and why."""


class Patterns:
    """Regular expressions, searched for in time linear in the text."""

    def __init__(self, numbers: Mapping[str, int]) -> None:
        """Prepare patterns, each with its number. All must be ones that RE2 accepts."""
        options = re2.Options()
        options.case_sensitive = False
        options.log_errors = False
        self._all = [
            (number, re2.compile(_dashed(each), options)) for each, number in numbers.items()
        ]
        options.max_mem = _MEMORY
        written = [_dashed(each) for each in numbers]
        self._sets = [_set(written[n : n + _SET], options) for n in range(0, len(written), _SET)]

    def find(self, text: str) -> Iterator[Found]:
        """Yield the places of every pattern, for each in order."""
        if not self._all or not text:
            return
        aligned = visible(text)
        for block, searched in enumerate(self._sets):
            for at in searched.Match(aligned.text) or ():
                number, pattern = self._all[block * _SET + at]
                for found in islice(pattern.finditer(aligned.text), MOST_PLACES):
                    if found.end() > found.start():
                        yield number, *aligned.original(*found.span()), "matches the pattern"


class Characters:
    """Words of scripts without spaces, found anywhere in a text."""

    def __init__(self, numbers: Mapping[str, int]) -> None:
        """Prepare strings as written, each with its number."""
        self._by_start: dict[str, list[tuple[str, int, str]]] = defaultdict(list)
        for written, number in numbers.items():
            key = folded(written).text
            self._by_start[key[:2]].append((key, number, f"contains the characters {written}"))

    def find(self, text: str) -> Iterator[Found]:
        """Yield the places of every string, for each in order."""
        if not self._by_start or not has_cjk(text):
            return
        aligned = folded(text)
        here = aligned.text
        starts = {*here, *map("".join, pairwise(here))}
        for start in self._by_start.keys() & starts:
            for key, number, why in self._by_start[start]:
                for at in islice(_occurrences(key, here), MOST_PLACES):
                    yield number, *aligned.original(at, at + len(key)), why


def _occurrences(key: str, text: str) -> Iterator[int]:
    at = text.find(key)
    while at >= 0:
        yield at
        at = text.find(key, at + len(key))


def _dashed(pattern: str) -> str:
    return _DASH.sub(r"\\-", pattern)


def _set(patterns: Sequence[str], options: re2.Options) -> re2.Set:
    chosen = re2.Set.SearchSet(options)
    for each in patterns:
        chosen.Add(each)
    chosen.Compile()
    return chosen


def found_by_number(found: Iterable[Found]) -> dict[int, list[tuple[int, int, str]]]:
    """Return places by the number of their term."""
    by_number: dict[int, list[tuple[int, int, str]]] = defaultdict(list)
    for number, start, end, why in found:
        by_number[number].append((start, end, why))
    return by_number
