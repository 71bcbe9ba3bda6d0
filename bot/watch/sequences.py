"""Finds phrases and exact words: queries that are several words in a row, or one as it stands."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.text.fold import fold, plain
from bot.text.forms import is_adjective_form, is_form, stems
from bot.text.tokens import Token
from bot.watch.memory import Memory
from bot.watch.watchlist import Kind, Query

RULES: dict[Kind, str] = {
    "phrase": "these words, inflected or not",
    "quoted": "exactly these words",
    "exact": "exactly this form",
}


@dataclass(frozen=True, slots=True)
class _Sequence:
    """A query with its words prepared, found by the longest of them."""

    query: Query
    keys: tuple[str, ...]
    anchor: int

    def holds(self, words: Sequence[Token], at: int) -> bool:
        """Return whether the words from an index on are these."""
        here = words[at : at + len(self.keys)] if at >= 0 else ()
        return len(here) == len(self.keys) and all(map(self._is, self.keys, here))

    def _is(self, key: str, word: Token) -> bool:
        if self.query.kind == "exact":
            return plain(word.text) == key
        if self.query.kind == "quoted":
            return fold(word.text) == key
        forms = [fold(form.text) for form in (word, *word.parts)]
        return any(is_form(key, form) or is_adjective_form(key, form) for form in forms)


class Sequences:
    """All phrases, quoted and exact queries of the watchlists."""

    def __init__(self, queries: Iterable[Query]) -> None:
        self._by_stem: dict[str, list[_Sequence]] = defaultdict(list)
        self._by_key: dict[str, list[_Sequence]] = defaultdict(list)
        self._candidates = Memory(self._find_candidates)
        for query in queries:
            self._add(query)

    def find(self, words: Sequence[Token]) -> Iterator[tuple[Query, int, int]]:
        """Yield each place where a query holds: the query, its first and its last word's index.

        Args:
            words: The single words of a text in order, hyphenated ones taken apart.
        """
        for place, word in enumerate(words):
            for sequence in self._candidates(word):
                first = place - sequence.anchor
                if sequence.holds(words, first):
                    yield sequence.query, first, first + len(sequence.keys) - 1

    def _add(self, query: Query) -> None:
        key = plain if query.kind == "exact" else fold
        keys = tuple(map(key, query.words))
        anchor = max(range(len(keys)), key=lambda place: len(keys[place]))
        sequence = _Sequence(query, keys, anchor)
        if query.kind == "phrase":
            for stem in set(stems(keys[anchor])):
                self._by_stem[stem].append(sequence)
        else:
            self._by_key[fold(query.words[anchor])].append(sequence)

    def _find_candidates(self, word: Token) -> tuple[_Sequence, ...]:
        found = {id(each): each for each in self._by_key.get(fold(word.text), ())}
        for form in (word, *word.parts):
            for stem in stems(fold(form.text)):
                found |= {id(each): each for each in self._by_stem.get(stem, ())}
        return tuple(found.values())
