"""What was read, searched with the live matcher as judge; taken in by `bot.pipeline.indexing`."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import exp, log

from bot.alerts.collected import by_event
from bot.model import FoundArticle
from bot.pipeline.candidates import Candidates
from bot.pipeline.indexing import Damaged, catch_up, is_being_filled, mended, sweep
from bot.pipeline.joining import Joining
from bot.store import Store, stories, upkeep
from bot.watch.watchlist import Watchlist

__all__ = [
    "Answer",
    "Damaged",
    "Event",
    "Wanted",
    "catch_up",
    "events",
    "grouped",
    "latest",
    "look",
    "search",
    "sweep",
]

AT_ONCE = 5_000
"""Articles whose stories are asked for at once."""
LATEST, RANKED, BEST = 2_000, 160, 60
"""To find the best, of so many candidates that came last so many, the newest, are read at most; so
many are the best."""
IN_TITLE, FRESH = 3.0, 2.0
"""What a word in the title counts, and that an article is new; a second word counts 0.4."""
HALF = timedelta(days=3)
"""After so long an article is half as new."""


@dataclass(frozen=True, slots=True)
class Event:
    """Articles that were found and are one story, the newest first."""

    articles: Sequence[FoundArticle]
    story: int | None = None
    """The entry that opened it; None: no list matched the newest article, so it is in none."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is searched for."""

    watchlist: Watchlist
    since: datetime
    """Of the articles' dates."""
    most: int | None = None
    """So many events, or a few more, are enough; None: all."""
    best_at: datetime | None = None
    """The present instant, where the best comes first; None: the newest does."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a search found."""

    events: Sequence[Event]
    more: bool
    """There may be more: not everything was read."""
    text_since: datetime | None
    """Since when texts are kept of what was read; None: there are none."""
    being_filled: bool
    """The index was damaged, and does not have everything yet."""


async def search(
    store: Store, watchlist: Watchlist, since: datetime, most: int | None = None
) -> list[FoundArticle]:
    """Return the articles since then that a watchlist matches, with the places, newest first.

    Args:
        store: the open store.
        watchlist: what is looked for.
        since: of the articles' dates.
        most: so many, the newest, are enough; None: all.

    Raises:
        Damaged: the index was.
    """
    found: list[FoundArticle] = []
    async with mended(store):
        candidates = Candidates(store, watchlist)
        await candidates.look_up(since)
        if most is None:
            await candidates.look_up_short()
        async with aclosing(candidates.matching()) as all_found:
            async for some in all_found:
                found += some
                if most is not None and len(found) >= most:
                    break
    return found[:most]


async def events(
    store: Store,
    watchlist: Watchlist,
    since: datetime,
    keep: Callable[[FoundArticle], FoundArticle] = lambda each: each,
) -> list[Event]:
    """Return all events since then that a watchlist matches, that with the newest article first.

    Args:
        store: the open store.
        watchlist: what is looked for.
        since: of the articles' dates.
        keep: given an article, what is kept of it: of very many, their texts are much.

    Raises:
        Damaged: the index was.
    """
    async with mended(store):
        candidates = Candidates(store, watchlist)
        await candidates.look_up(since)
        await candidates.look_up_short()
        found = [keep(each) async for some in candidates.matching() for each in some]
    return await grouped(store, found)


async def grouped(store: Store, found: Sequence[FoundArticle]) -> list[Event]:
    """Join articles, newest first, to stories; that with the newest article comes first."""
    known: dict[int, int] = {}
    async with store.read() as connection:
        for at in range(0, len(found), AT_ONCE):
            some = [each.entry_id for each in found[at : at + AT_ONCE]]
            known |= await stories.stories_of(connection, some)
    return await asyncio.to_thread(_joined, found, known)


async def latest(
    store: Store, watchlist: Watchlist, since: datetime, most: int | None = None
) -> list[Event]:
    """Return the events since then that a watchlist matches, that with the newest article first.

    Args:
        store: the open store.
        watchlist: what is looked for.
        since: of the articles' dates.
        most: so many events, or a few more, are enough; None: all.

    Raises:
        Damaged: the index was.
    """
    return list((await look(store, Wanted(watchlist, since, most))).events)


async def look(store: Store, wanted: Wanted) -> Answer:
    """Search what was read.

    Raises:
        Damaged: the index was.
    """
    async with mended(store):
        candidates = Candidates(store, wanted.watchlist)
        if wanted.best_at is None:
            await candidates.look_up(wanted.since)
            told = await _newest(store, candidates, wanted.most)
            more = not candidates.all_read
        else:
            await candidates.look_up(wanted.since, LATEST)
            told, left_out = await _best(store, candidates, wanted.best_at)
            more = left_out or not candidates.all_read
        async with store.read() as connection:
            since = await upkeep.has_text_since(connection)
        return Answer(told, more, since, await is_being_filled(store))


async def _newest(store: Store, candidates: Candidates, most: int | None) -> Sequence[Event]:
    """Join articles to events until there are enough."""
    articles: list[FoundArticle] = []
    known: dict[int, int] = {}
    joining = Joining()
    async with aclosing(candidates.matching()) as found:
        async for some in found:
            async with store.read() as connection:
                known |= (new := await stories.stories_of(connection, [e.entry_id for e in some]))
            await asyncio.to_thread(joining.take, some, new)
            articles += some
            if most is not None and len(told := _of_stories(articles, joining, known)) >= most:
                return told
    return _of_stories(articles, joining, known)


async def _best(
    store: Store, candidates: Candidates, now: datetime
) -> tuple[Sequence[Event], bool]:
    """Return the events of the best articles, the best first, and whether others were left out."""
    async with aclosing(candidates.matching(RANKED)) as some:
        found = [each async for part in some for each in part]
    told = await grouped(store, await asyncio.to_thread(_best_of, found, now))
    told.sort(key=lambda each: _worth(each.articles, now), reverse=True)
    return told, len(found) > BEST


def _best_of(found: Sequence[FoundArticle], now: datetime) -> Sequence[FoundArticle]:
    """Return the best articles, the newest first."""
    ranked = sorted(found, key=lambda each: _worth([each], now), reverse=True)
    return sorted(ranked[:BEST], key=lambda each: (each.published, each.entry_id), reverse=True)


def _joined(articles: Sequence[FoundArticle], known: Mapping[int, int]) -> list[Event]:
    joining = Joining()
    joining.take(articles, known)
    return _of_stories(articles, joining, known)


def _of_stories(
    articles: Sequence[FoundArticle], joining: Joining, known: Mapping[int, int]
) -> list[Event]:
    together = by_event(articles, joining.stories)
    return [Event(each, known.get(each[0].entry_id)) for each in together]


def _worth(event: Sequence[FoundArticle], now: datetime) -> float:
    """Say how good an event is: words in a title, how often they stand there, how new it is."""
    age = max(now - event[0].published, timedelta())
    return FRESH * exp(-log(2) * (age / HALF)) + log(len(event)) + max(map(_told, event))


def _told(found: FoundArticle) -> float:
    spans = {span for match in found.matches for span in match.spans}
    in_title = any(span.field == "title" for span in spans)
    return IN_TITLE * in_title + log(1 + len(spans))
