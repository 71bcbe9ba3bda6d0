"""Matches an article against all watchlists at once."""

from collections.abc import Callable, Iterable, Iterator
from threading import Lock
from typing import NamedTuple

from bot.model import Article, Field, Match
from bot.watch.chunk import Chunk, chunk
from bot.watch.evaluate import Evaluation, spans
from bot.watch.index import CHUNKS, Hits, Memory
from bot.watch.patterns import found_by_number
from bot.watch.reading import FieldReading, Scope
from bot.watch.roll import Roll
from bot.watch.segment import RulesFor, Segment
from bot.watch.state import State, changed, prepared
from bot.watch.watchlist import Settings, Watchlist

_Held = int | tuple[Evaluation, tuple[int, ...]]
"""A query that is one term, or how to evaluate a query and its terms."""

UNKNOWN = "de"
"""The language of an article that does not say."""


_new = tuple.__new__

Among = Callable[[str], Callable[[str], bool]]
"""For a language, whether a word in it need be looked at: see `bot.watch.chunk.chunk`."""


def _every_word(_: str) -> Callable[[str], bool]:
    return lambda _: True


class _Told(NamedTuple):
    """What a match says of its line."""

    order: int
    """In which place among all lines."""
    key: int
    """Which watchlist it belongs to."""
    watchlist: str
    query: str
    line: int


class Matcher:
    """Watchlists, prepared. Match from several threads at once if you like."""

    def __init__(
        self, watchlists: Iterable[Watchlist], rules: RulesFor, among: Among = _every_word
    ) -> None:
        """Prepare watchlists for articles in German.

        Another language takes its time when its first article comes, unless `prepare` is called.

        Args:
            watchlists: In the order in which their matches are told.
            rules: Returns the rules of a language by its code.
            among: Where it is known already which words can count, others need no look.
        """
        self._rules, self._among = rules, among
        self._begin(prepared(tuple(watchlists), rules), (UNKNOWN,))

    def _begin(self, state: State, languages: Iterable[str]) -> None:
        self._state = state
        self.watchlists = tuple(roll.watchlist for roll in state.rolls)
        self._by_key = {roll.key: (at, roll) for at, roll in enumerate(state.rolls)}
        self._told: dict[int, _Told] = {}
        settings = [(roll.key, roll.watchlist.settings) for roll in state.rolls]
        self._choosy = [(key, each) for key, each in settings if each.feeds or each.tags]
        self._lock = Lock()
        self._chunks: dict[str, Memory[Chunk]] = {}
        for language in languages:
            self.prepare(language)

    def prepare(self, language: str) -> None:
        """Make ready for articles in a language: takes as long as preparing the watchlists."""
        self._chunks_in(language)

    def is_ready(self, language: str | None) -> bool:
        """Return whether articles in a language are matched without preparing anything first."""
        return (language or UNKNOWN) in self._chunks

    def updated(self, watchlists: Iterable[Watchlist]) -> "Matcher":
        """Return a matcher for these watchlists; this one stays as it is.

        Lists are known by their names and lines by their text: what is unchanged is not prepared
        again, and words that were looked up stay known. That takes time in proportion to what
        changed, or in all where a tenth of the lines has changed since all were prepared.
        """
        other = object.__new__(Matcher)
        other._rules, other._among = self._rules, self._among
        with self._lock:
            languages = tuple(self._chunks)
        other._begin(changed(self._state, tuple(watchlists), self._rules), languages)
        return other

    def match(
        self, article: Article, *, feed: str = "", tags: frozenset[str] = frozenset()
    ) -> tuple[Match, ...]:
        """Return every query that holds, with the places of its words.

        Args:
            article: Its title and text are searched apart.
            feed: The name of the feed it came from, for `@feeds`.
            tags: The tags of that feed, for `@tags`.

        Returns:
            Matches in the order of the watchlists and their lines; spans sorted, title first, the
            first 1,000 of each field. A watchlist that an exclusion line stops, or that is not for
            this feed, has none.
        """
        scope, gone = self.read(article), self._state.gone
        closed = {key for key, each in self._choosy if not _is_for(each, feed, tags)}
        held: dict[int, _Held] = {}
        for segment in self._state.segments:
            here = dict(_lines(segment, scope, gone))
            closed.update(self._line(slot).key for slot in here.keys() & segment.excluding)
            held.update(here)
        found: dict[int, Match] = {}
        known = self._told
        for slot, what in held.items():
            order, key, watchlist, query, line = known.get(slot) or self._line(slot)
            if key not in closed:
                places = scope.spans(what) if isinstance(what, int) else spans(*what, scope)
                # As Match(...) would, without the call of a function in Python.
                found[order] = _new(Match, (watchlist, query, line, places))
        return tuple([found[order] for order in sorted(found)])

    def terms_of_first_line(self) -> tuple[int, ...]:
        """Return the terms of the first line of the first list, for what `read` returns."""
        return self._state.segments[0].terms(0)

    def read(self, article: Article) -> Scope:
        """Return an article with the places of everything that is looked for in it."""
        chunks = self._chunks_in(article.language or UNKNOWN)
        texts: tuple[tuple[Field, str], ...] = (("title", article.title), ("text", article.text))
        fields = [FieldReading(name, text, chunks) for name, text in texts if text]
        has_rows = any(segment.has_rows for segment in self._state.segments)
        for field in fields:
            if has_rows:
                field.add_rows()
            for segment in self._state.segments:
                field.add(found_by_number(segment.patterns.find(field.text)))
                field.add(found_by_number(segment.characters.find(field.text)))
        return Scope(*fields)

    def _line(self, slot: int) -> _Told:
        """Return what a match says of the line in a slot; remembers it."""
        segment = next(each for each in self._state.segments if slot < each.next.slot)
        at, roll = self._by_key[segment.owners[slot - segment.first]]
        told = self._told[slot] = _told(at, roll, slot)
        return told

    def _chunks_in(self, language: str) -> Memory[Chunk]:
        known = self._chunks.get(language)
        if known is None:
            # The lock is held while the segments prepare themselves: once is enough.
            with self._lock:
                known = self._chunks.get(language)
                if known is None:
                    known = self._chunks[language] = self._memory(language)
        return known

    def _memory(self, language: str) -> Memory[Chunk]:
        segments = self._state.segments
        find = _find_in([segment.hits(language) for segment in segments])
        elements = any(segment.has_elements for segment in segments)
        among = self._among(language)
        return Memory(lambda text: chunk(text, find, elements=elements, among=among), CHUNKS)


def _find_in(memories: list[Memory[Hits]]) -> Callable[[str], Hits]:
    """Return what asks all segments about a word."""
    if len(memories) == 1:
        return memories[0].__getitem__

    def find(word: str) -> Hits:
        hits = [memory[word] for memory in memories]
        return Hits(
            {number: why for each in hits for number, why in each.terms.items()},
            {number: why for each in hits for number, why in each.words.items()},
            tuple(element for each in hits for element in each.elements),
            tuple(seconds for each in hits for seconds in each.follows),
        )

    return find


def _told(at: int, roll: Roll, slot: int) -> _Told:
    line, watchlist = roll.line(slot), roll.watchlist
    queries = watchlist.queries
    query = queries[line] if line < len(queries) else watchlist.exclusions[line - len(queries)]
    return _Told((at << 32) + line, roll.key, watchlist.name, query.text, query.line)


def _lines(segment: Segment, scope: Scope, gone: frozenset[int]) -> Iterator[tuple[int, _Held]]:
    """Yield the lines of a segment that hold."""
    present = scope.present
    for term in segment.singles.keys() & present:
        for slot in segment.singles[term]:
            if slot not in gone:
                yield slot, term
    candidates = segment.candidates.of(present)
    for slot in candidates - gone if gone else candidates:
        prepared = segment.prepared[slot - segment.first]
        if prepared is not None and prepared[0].holds(prepared[1], scope):
            yield slot, prepared


def _is_for(wanted: Settings, feed: str, tags: frozenset[str]) -> bool:
    if feed.casefold() in map(str.casefold, wanted.feeds):
        return True
    return not {tag.casefold() for tag in tags}.isdisjoint(map(str.casefold, wanted.tags))
