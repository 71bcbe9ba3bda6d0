"""Matches an article against all watchlists at once."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import NamedTuple

from bot.model import Article, Field, Match, Span
from bot.text.fold import fold
from bot.text.forms import is_form
from bot.text.tokens import Token, tokenise, words
from bot.watch.family import Families
from bot.watch.sequences import RULES, Sequences
from bot.watch.watchlist import Kind, Query, Watchlist

_Term = tuple[Kind, tuple[str, ...]]
"""What queries that look for the same have in common: kind and words."""


class _Place(NamedTuple):
    """Where a term stands."""

    span: Span
    token: Token


class _Owner(NamedTuple):
    """A line that wants to know of a term."""

    watchlist: int
    query: Query
    excludes: bool


class Matcher:
    """Watchlists, prepared. To change one, make a new matcher.

    It remembers words that it has seen: use one from one thread at a time.
    """

    def __init__(self, watchlists: Iterable[Watchlist]) -> None:
        self.watchlists = tuple(watchlists)
        self._owners: dict[_Term, list[_Owner]] = defaultdict(list)
        for number, each in enumerate(self.watchlists):
            for query in each.queries:
                self._owners[_term(query)].append(_Owner(number, query, excludes=False))
            for query in each.exclusions:
                self._owners[_term(query)].append(_Owner(number, query, excludes=True))
        self._families = Families(words[0] for kind, words in self._owners if kind == "word")
        self._sequences = Sequences(
            owners[0].query for term, owners in self._owners.items() if term[0] != "word"
        )

    def match(
        self, article: Article, *, feed: str = "", tags: frozenset[str] = frozenset()
    ) -> tuple[Match, ...]:
        """Return every query that holds, with every place of its words.

        Args:
            article: Its title and text are searched apart.
            feed: The name of the feed it came from, for `@feeds`.
            tags: The tags of that feed, for `@tags`.

        Returns:
            Matches in the order of the watchlists and their lines; spans sorted, title first.
            A watchlist that an exclusion line stops, or that is not for this feed, has none.
        """
        held: dict[int, list[Match]] = defaultdict(list)
        stopped: set[int] = set()
        for term, places in self._places(article).items():
            for owner in self._owners[term]:
                watchlist = self.watchlists[owner.watchlist]
                spans = self._counted(places, term, watchlist)
                if spans and owner.excludes:
                    stopped.add(owner.watchlist)
                elif spans:
                    match = Match(watchlist.name, owner.query.text, owner.query.line, spans)
                    held[owner.watchlist].append(match)
        return tuple(
            match
            for number in sorted(held.keys() - stopped)
            if _is_for(self.watchlists[number], feed, tags)
            for match in sorted(held[number], key=lambda match: match.line)
        )

    def _places(self, article: Article) -> dict[_Term, list[_Place]]:
        found: dict[_Term, list[_Place]] = defaultdict(list)
        title, text = self._search("title", article.title), self._search("text", article.text)
        for term, place in chain(title, text):
            found[term].append(place)
        return found

    def _search(self, field: Field, text: str) -> Iterator[tuple[_Term, _Place]]:
        tokens = tokenise(text)
        for token in tokens:
            for keyword, rule in self._families.of(token).items():
                yield ("word", (keyword,)), _place(field, token, rule)
        singles = words(tokens)
        for query, first, last in self._sequences.find(singles):
            start, end = singles[first].start, singles[last].end
            whole = Token(start, end, text[start:end])
            yield _term(query), _place(field, whole, RULES[query.kind])

    def _counted(self, places: list[_Place], term: _Term, watchlist: Watchlist) -> tuple[Span, ...]:
        ignored = tuple(map(fold, watchlist.settings.ignore))
        spans = {p.span for p in places if not (ignored and self._is_ignored(p, term, ignored))}
        return tuple(sorted(spans, key=lambda s: (s.field != "title", s.start, s.end)))

    def _is_ignored(self, place: _Place, term: _Term, ignored: tuple[str, ...]) -> bool:
        """A hyphenated word is ignored as a whole, or where all its parts that count are."""
        kind, (keyword, *_) = term
        if kind != "word":
            return False
        counting = [part for part in place.token.parts if keyword in self._families.of(part)]
        return _is_any(place.token, ignored) or (
            place.token.is_hyphenated
            and bool(counting)
            and all(_is_any(part, ignored) for part in counting)
        )


def _is_any(token: Token, ignored: tuple[str, ...]) -> bool:
    form = fold(token.text)
    return any(is_form(word, form) for word in ignored)


def _term(query: Query) -> _Term:
    return query.kind, query.words


def _place(field: Field, token: Token, rule: str) -> _Place:
    return _Place(Span(field, token.start, token.end, token.text, rule), token)


def _is_for(watchlist: Watchlist, feed: str, tags: frozenset[str]) -> bool:
    wanted = watchlist.settings
    if not wanted.feeds and not wanted.tags:
        return True
    if feed.casefold() in map(str.casefold, wanted.feeds):
        return True
    return not {tag.casefold() for tag in tags}.isdisjoint(map(str.casefold, wanted.tags))
