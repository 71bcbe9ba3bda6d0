"""Which articles of the archive may match, and the matcher that decides whether they do.

The index tells also which words can count in them, so that the matcher need not look at others.
"""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from bot.model import FoundArticle, Match
from bot.pipeline.beside import Helpers
from bot.pipeline.salvage import readable
from bot.store import Store, Transaction, alerts, archive
from bot.text.languages import code_of, rules_for
from bot.watch.matcher import Matcher
from bot.watch.needs import AnyOf, Need, Word, in_titles, need, words_of
from bot.watch.sifting import CanCount, Counting, among, one_of, sift, sifted
from bot.watch.watchlist import Query, Watchlist

FIRST, MOST = 20, 160
"""Articles that are read at once: few at first, so that a page is soon full, then half as many more
each time. How many are wanted does not count, so that the pages of a search fit together."""
MANY = 1_000
"""Where more are read it pays to look up short words as well."""
TITLES = 500
"""Titles that are looked at together, where a query wants something in them."""
TITLES_FOR_ONE = 10
"""So many titles are looked at for each article that is to be read, where not all are."""

Judge = Callable[[Sequence[int]], Awaitable[list[FoundArticle]]]
"""Reads the articles of entries, and returns those that match, with the places."""
MatchesOf = Callable[[Sequence[FoundArticle]], Awaitable[Mapping[int, tuple[Match, ...]]]]


@dataclass(frozen=True, slots=True)
class Sought:
    """What is looked for in articles in one language."""

    need: Need | None
    """What an article must have; None: nothing can be said."""
    words: frozenset[Word]
    """All words that may have to do with whether it matches."""

    @property
    def telling(self) -> frozenset[Word]:
        """Those that are looked up at once: of the short ones only what the index is asked for."""
        if self.need is None:
            return frozenset()
        short = filter(archive.is_short, self.words)
        return self.words.difference(short).union(archive.asked_for(self.need))


class Candidates:
    """The articles that may match a watchlist."""

    def __init__(self, store: Store, watchlist: Watchlist) -> None:
        self._store = store
        self._watchlist = watchlist
        self._sought: Mapping[str, Sought] = {}
        self._fitting: dict[str, dict[Word, Mapping[str, int]]] = {}
        self._are_cut = False
        self._by_title = _by_title(watchlist)
        self._whatever_title: frozenset[int] = frozenset()
        self.ids: Sequence[int] = ()
        """Their entries, newest first, once they are looked up; they are read in this order."""
        self.all_read = True
        """Whether all of them were read that might match, or none of them was yet."""

    async def look_up(self, since: datetime, most: int | None = None) -> None:
        """Ask the index for those that are dated since then.

        Args:
            since: of their dates.
            most: so many that came last are enough; None: all.
        """
        async with self._store.read() as connection:
            codes = await archive.languages(connection)
            self._sought = await asyncio.to_thread(_sought, self._watchlist, codes)
            self.ids = await self._find(connection, self._sought, since, most)
            others = _whatever_title(self._watchlist)
            if self._by_title is not None and others.queries:
                sought = await asyncio.to_thread(_sought, others, codes)
                found = await self._find(connection, sought, since, most)
                self._whatever_title = frozenset(found)
        self._are_cut = len(self.ids) == most

    async def _find(
        self, tx: Transaction, sought: Mapping[str, Sought], since: datetime, most: int | None
    ) -> Sequence[int]:
        for code, each in sought.items():
            known = self._fitting.setdefault(code, {})
            known |= await _fitting(tx, code, each.telling - known.keys())
        needs = {code: each.need for code, each in sought.items()}
        return await archive.find(tx, needs, self._fitting, since, most)

    async def look_up_short(self) -> None:
        """Look up short words, too: it takes tenths of a second, and pays where all are read."""
        if len(self.ids) <= MANY:
            return
        async with self._store.read() as connection:
            for code, each in self._sought.items():
                rest = each.words - self._fitting[code].keys()
                if each.need is not None:
                    self._fitting[code] |= await _fitting(connection, code, rest)

    async def matching(self, most: int | None = None) -> AsyncGenerator[Sequence[FoundArticle]]:
        """Yield those that the matcher of alerts says match, some at a time, newest first.

        Args:
            most: so many candidates, the newest, are read; None: all.
        """
        judge = await self.judge()
        async for some in self.worth_reading(most):
            if matched := await judge(some):
                yield matched

    async def judge(self, helpers: Helpers | None = None) -> Judge:
        """Return the judge, which is the matcher of alerts.

        Args:
            helpers: who matches; None: a thread.
        """
        if helpers is None:
            matcher = await asyncio.to_thread(self._matcher, self._watchlist)
            return partial(self._judged, lambda some: asyncio.to_thread(sifted, matcher, some))
        watchlist, counting = self._watchlist, self._counting()
        return partial(self._judged, lambda some: helpers.run(sift, watchlist, counting, some))

    async def _judged(self, matches_of: MatchesOf, some: Sequence[int]) -> list[FoundArticle]:
        loaded = await readable(self._store, alerts.found_by, some)
        found = await matches_of(loaded)
        return [replace(e, matches=found[e.entry_id]) for e in loaded if e.entry_id in found]

    async def worth_reading(self, most: int | None = None) -> AsyncGenerator[Sequence[int]]:
        """Yield entries, some at a time; those whose title cannot do are left out.

        Args:
            most: so many are enough; None: all.
        """
        by_title = self._by_title
        titles = await asyncio.to_thread(self._matcher, by_title) if by_title else None
        at, size, left = 0, FIRST, len(self.ids) if most is None else most
        last = len(self.ids) if most is None else min(len(self.ids), most * TITLES_FOR_ONE)
        waiting: list[int] = []
        while left and (at < last or waiting):
            size = min(size, left)
            while at < last and len(waiting) < size:
                many = size if titles is None else TITLES
                some, at = self.ids[at : at + many], at + many
                waiting += some if titles is None else await self._titled(titles, some)
            some, waiting = waiting[:size], waiting[size:]
            left, size = left - len(some), min(MOST, size + size // 2)
            self.all_read = at >= len(self.ids) and not waiting and not self._are_cut
            yield some

    async def _titled(self, titles: Matcher, some: Sequence[int]) -> Sequence[int]:
        """Leave out those whose title cannot do, if it is by their titles that they are found."""
        asked = [each for each in some if each not in self._whatever_title]
        async with self._store.read() as connection:
            known = await archive.titles(connection, asked)
        found = await asyncio.to_thread(
            lambda: {n for n, each in known.items() if titles.match(each)}
        )
        return [each for each in some if each in found or each in self._whatever_title]

    def _matcher(self, watchlist: Watchlist) -> Matcher:
        can_count = {
            code: _can_count(each.words, self._fitting[code])
            for code, each in self._sought.items()
            if each.need is not None
        }
        return Matcher([watchlist], rules_for, among(can_count))

    def _counting(self) -> Counting:
        return tuple(
            (code, "\n".join(sorted(_known(self._fitting[code]))))
            for code, each in self._sought.items()
            if each.need is not None and each.words <= self._fitting[code].keys()
        )


def _sought(watchlist: Watchlist, codes: Sequence[str]) -> Mapping[str, Sought]:
    return {code: _in(watchlist, code) for code in codes}


def _in(watchlist: Watchlist, code: str) -> Sought:
    settings, rules = watchlist.settings, rules_for(code)
    if settings.lang and code_of(settings.lang) != code:
        # Its words go by other rules than those that the index was made with.
        return Sought(None, frozenset())
    found = [need(query.node, settings, rules) for query in watchlist.queries]
    known = tuple(each for each in found if each is not None)
    if len(known) < len(found):
        return Sought(None, frozenset())
    lines = (*watchlist.queries, *watchlist.exclusions)
    words = (word for line in lines for word in words_of(line.node, settings, rules))
    return Sought(AnyOf(known), frozenset(words))


async def _fitting(
    connection: Transaction, code: str, words: frozenset[Word]
) -> dict[Word, Mapping[str, int]]:
    return {word: await archive.fitting(connection, code, word) for word in words}


def _known(fitting: Mapping[Word, Mapping[str, int]]) -> frozenset[str]:
    return frozenset(word for each in fitting.values() for word in each)


def _can_count(words: frozenset[Word], fitting: Mapping[Word, Mapping[str, int]]) -> CanCount:
    """Return what tells whether a word of an article can have to do with whether it matches."""
    is_known = one_of(_known(fitting))
    short = [word for word in words if word not in fitting]
    if not short:
        return is_known
    return lambda word: is_known(word) or any(each.fits(word) for each in short)


def _by_title(watchlist: Watchlist) -> Watchlist | None:
    """Return what titles must match for those lines to hold that say so; None: there are none."""
    found = [(query, in_titles(query.node)) for query in watchlist.queries]
    known = tuple(Query(query.text, query.line, node) for query, node in found if node is not None)
    if not known:
        return None
    settings = replace(watchlist.settings, feeds=(), tags=())
    return replace(watchlist, queries=known, exclusions=(), settings=settings)


def _whatever_title(watchlist: Watchlist) -> Watchlist:
    """Return the lines that say nothing of titles."""
    others = tuple(each for each in watchlist.queries if in_titles(each.node) is None)
    return replace(watchlist, queries=others)
