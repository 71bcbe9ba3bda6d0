"""An article as the matcher sees it: which terms are in it, and where."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import accumulate, chain, compress, count
from operator import attrgetter

from bot.model import Field, Span
from bot.text.tokens import tokenise, words
from bot.watch.chunk import ONE_WORD, Chunk, Found, Place, Single
from bot.watch.rows import Row

MOST_SPANS = 1000
"""As many places of a term, and of a query, are told for a field; the first ones."""

FIELDS: tuple[Field, Field] = ("title", "text")

_new = tuple.__new__
_TERMS, _WORDS = attrgetter("terms"), attrgetter("words")
_OTHER_WHITE = "\n\r\t\v\f"


class FieldReading:
    """One field of an article. For one thread."""

    def __init__(self, name: Field, text: str, chunks: Mapping[str, Chunk]) -> None:
        """Read a text.

        Args:
            name: Which field it is.
            text: Its text.
            chunks: What stands between two spaces, by its text.
        """
        self.name = name
        self.text = text
        # Texts are cut at single spaces first: what lies between two is mostly known already, with
        # its punctuation, and the offsets follow from the lengths. No token has white space in it.
        for white in _OTHER_WHITE:
            text = text.replace(white, " ")
        self._texts = text.split(" ")
        self._chunks: list[Chunk] = list(map(chunks.__getitem__, self._texts))
        # Of each chunk how long those before it are together, without the spaces.
        self._before = list(accumulate(map(len, self._texts), initial=0))
        # Few chunks have any terms, so those are picked out first.
        self._telling = list(compress(count(), map(_TERMS, self._chunks)))
        self.present: dict[int, list[Span]] = defaultdict(list)
        """The terms that are there, each with its places if it was found in single words."""
        present, read, before = self.present, self._chunks, self._before
        for number in self._telling:
            at = before[number] + number
            for term, start, end, _, _, rule, stands in read[number][0]:
                # As Span(...) would, without the call of a function in Python.
                present[term].append(_new(Span, (name, at + start, at + end, stands, rule)))
        self._elsewhere: dict[int, list[tuple[int, int, str]]] = {}
        self._rows: dict[int, tuple[Row, list[int]]] = {}
        self._spans: dict[int, tuple[Span, ...]] = {}
        self._places: dict[int, Sequence[Place]] = {}
        self._words_of: dict[int, tuple[list[int], list[int]]] = {}

    def add(self, found: Mapping[int, list[tuple[int, int, str]]]) -> None:
        """Take in the places of terms that were found in the text as such."""
        for term, places in found.items():
            self._elsewhere[term] = places
            self.present[term] = []

    def add_rows(self) -> None:
        """Find words in a row."""
        # In most articles no word begins a row, and nearly all chunks are words nobody looks for.
        telling = (chunk for chunk in self._chunks if chunk is not ONE_WORD)
        if not any(word[3] for _, words in telling for word in words):
            return
        single = self._words
        found: dict[int, tuple[Row, list[int]]] = {}
        for number in [at for at, word in enumerate(single[:-1]) if word[3]]:
            elements = single[number + 1].elements
            for seconds in single[number].follows:
                for element in elements:
                    for row in seconds.get(element, ()):
                        found.setdefault(row.number, (row, []))[1].append(number - row.at)
        for row, all_starts in found.values():
            starts = all_starts
            if len(row.elements) > 2:
                starts = [start for start in all_starts if self._is_row(row, start)]
            if starts:
                self._rows[row.number] = row, starts
                self.present[row.number] = []

    def spans(self, term: int) -> tuple[Span, ...]:
        """Return the first 1,000 places of a term that is there: in order, each once, as shown."""
        known = self._spans.get(term)
        if known is None:
            known = self._spans[term] = self._make_spans(term)
        return known

    def span(self, place: Place) -> Span:
        """Return a place as it is shown."""
        start, end, _, _, rule = place
        return _new(Span, (self.name, start, end, self.text[start:end], rule))

    def places(self, term: int) -> Sequence[Place]:
        """Return the places of a term in order, with the numbers of their words."""
        known = self._places.get(term)
        if known is None:
            row = self._rows.get(term)
            found = self._places_of_row(*row) if row else self._find_places(term)
            known = self._places[term] = list(found)
        return known

    def _make_spans(self, term: int) -> tuple[Span, ...]:
        if term in self._elsewhere or term in self._rows:
            # Two places of a pattern may be one in the text as it was written.
            return tuple(dict.fromkeys(map(self.span, self.places(term)[:MOST_SPANS])))
        return tuple(self.present[term][:MOST_SPANS])

    @cached_property
    def _offsets(self) -> list[int]:
        """Where each chunk begins."""
        return [end + spaces for spaces, end in enumerate(self._before)]

    @cached_property
    def _found(self) -> Mapping[int, Sequence[tuple[int, Found]]]:
        """What was found of each term in single words, each with the number of its chunk."""
        found: dict[int, list[tuple[int, Found]]] = {}
        for number in self._telling:
            for each in self._chunks[number].terms:
                found.setdefault(each.term, []).append((number, each))
        return found

    @cached_property
    def _word_numbers(self) -> list[int]:
        """The number of the first word of each chunk."""
        return list(accumulate(map(len, map(_WORDS, self._chunks)), initial=0))

    @cached_property
    def _words(self) -> list[Single]:
        """All words, in order."""
        return list(chain.from_iterable(map(_WORDS, self._chunks)))

    @cached_property
    def _begins(self) -> list[int]:
        """Where the chunk of each word begins."""
        of_chunks = zip(self._offsets, self._chunks, strict=False)
        return [at for at, (_, words) in of_chunks for _ in words]

    def _find_places(self, term: int) -> Iterator[Place]:
        if term in self._elsewhere:
            for start, end, rule in self._elsewhere[term]:
                first = self._word_at(start, after=True)
                yield Place(start, end, first, max(first, self._word_at(end, after=False)), rule)
            return
        for number, (_, start, end, first, last, rule, _) in self._found.get(term, ()):
            at, word = self._before[number] + number, self._word_numbers[number]
            yield Place(at + start, at + end, word + first, word + last, rule)

    def _places_of_row(self, row: Row, starts: Sequence[int]) -> list[Place]:
        single, more = self._words, len(row.elements) - 1
        begins = self._begins
        return [
            Place(
                begins[first] + single[first][0],
                begins[first + more] + single[first + more][1],
                first,
                first + more,
                row.rule,
            )
            for first in starts
        ]

    def _is_row(self, row: Row, start: int) -> bool:
        found = self._words[start : start + len(row.elements)] if start >= 0 else ()
        return len(found) == len(row.elements) and all(
            element in word.elements for element, word in zip(row.elements, found, strict=True)
        )

    def _word_at(self, offset: int, *, after: bool) -> int:
        """Return the number of the first word that ends after an offset, or starts last before."""
        here = (
            bisect_right(self._offsets, offset) - 1
            if after
            else bisect_left(self._offsets, offset) - 1
        )
        here = min(max(here, 0), len(self._texts) - 1)
        if here not in self._words_of:
            single = words(tokenise(self._texts[here]))
            self._words_of[here] = [w.start for w in single], [w.end for w in single]
        starts, ends = self._words_of[here]
        within = offset - self._offsets[here]
        base = self._word_numbers[here]
        return base + (bisect_right(ends, within) if after else bisect_left(starts, within) - 1)


class Scope:
    """Where a query is evaluated: in a whole article, or in one field of it. For one thread."""

    def __init__(self, *fields: FieldReading) -> None:
        self.fields = fields
        self.present: set[int] = set(chain.from_iterable(field.present for field in fields))
        self._only: dict[Field, Scope] = {}

    def spans(self, term: int) -> tuple[Span, ...]:
        """Return the places of one term, as `FieldReading.spans` does for each field."""
        found: tuple[Span, ...] = ()
        for field in self.fields:
            if term in field.present:
                found += field.spans(term)
        return found

    def only(self, name: Field) -> "Scope":
        """Return the part of this that is in one field."""
        known = self._only.get(name)
        if known is None:
            fields = (field for field in self.fields if field.name == name)
            known = self._only[name] = Scope(*fields)
        return known
