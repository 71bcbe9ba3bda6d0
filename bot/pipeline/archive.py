"""What was read: taken into the index by and by, and searched with the live matcher as judge."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime

import structlog

from bot.alerts.collected import by_event
from bot.model import FoundArticle
from bot.store import DatabaseTrouble, Store, alerts, archive, stories
from bot.store.archive import Indexed, Unread
from bot.text.languages import code_of, rules_for
from bot.watch.matcher import Matcher
from bot.watch.needs import AnyOf, Need, entry, need, vocabulary
from bot.watch.watchlist import Watchlist

log = structlog.get_logger()

BATCH = 20
"""Articles in one transaction: it is over in some hundredths of a second."""
LOOKED_FOR = 5_000
"""Articles that are to be taken in are looked for so many at a time: that reads the whole list."""
JUDGED = 20
"""Articles that are loaded and matched at once."""


class Damaged(Exception):
    """The index could not be read. It is empty now, and filled again by `catch_up`."""


@dataclass(frozen=True, slots=True)
class Event:
    """Articles that were found and are one story, the newest first."""

    articles: Sequence[FoundArticle]
    story: int | None = None
    """The entry that opened it; None: the article is in none."""


async def catch_up(store: Store) -> int:
    """Bring the index up to date with what was read and what is gone; return how much it was."""
    while True:
        try:
            async with _mended(store):
                return await _catch_up(store)
        except Damaged:
            continue


async def _catch_up(store: Store) -> int:
    done = 0
    while True:
        async with store.read() as connection:
            gone = await archive.gone(connection, LOOKED_FOR)
            missing = await archive.missing(connection, LOOKED_FOR)
        if not gone and not missing:
            return done
        for some in _batches(gone):
            async with store.write() as tx:
                await archive.take_out(tx, some)
        for some in _batches(missing):
            async with store.read() as connection:
                unread = await archive.unread(connection, some)
            await _take_in(store, unread)
        done += len(gone) + len(missing)


def _batches(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    return (ids[at : at + BATCH] for at in range(0, len(ids), BATCH))


@asynccontextmanager
async def _mended(store: Store) -> AsyncIterator[None]:
    """Empty the index where what is done within finds that it is damaged.

    Raises:
        Damaged: it was.
    """
    try:
        yield
    except DatabaseTrouble as error:
        if not archive.is_damage(error):
            raise
        log.warning("archive.damaged", error=str(error), remedy="the index is made anew")
        async with store.write() as tx:
            await archive.reset(tx)
        raise Damaged from error


async def _take_in(store: Store, unread: Sequence[Unread]) -> None:
    by_language: defaultdict[str, list[Indexed]] = defaultdict(list)
    for each in await asyncio.to_thread(_read, unread):
        by_language[each.language].append(each)
    for language, indexed in by_language.items():
        wanted = {word for each in indexed for word in each.words}
        async with store.read() as connection:
            known = await archive.known(connection, language, wanted)
        new = await asyncio.to_thread(_entries, language, wanted - known.keys())
        async with store.write() as tx:
            await archive.add_words(tx, language, new)
            numbers = {**known, **await archive.known(tx, language, new.keys())}
            await archive.put(tx, indexed, numbers)


def _read(unread: Sequence[Unread]) -> list[Indexed]:
    return [
        Indexed(each.entry_id, each.read, code_of(each.article.language), vocabulary(each.article))
        for each in unread
    ]


def _entries(language: str, new: set[str]) -> Mapping[str, str]:
    rules = rules_for(language)
    return {word: entry(word, rules) for word in sorted(new)}


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
    async with _mended(store), aclosing(_found(store, watchlist, since)) as all_found:
        async for some in all_found:
            found += some
            if most is not None and len(found) >= most:
                break
    return found[:most]


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
    found: list[FoundArticle] = []
    events: list[Event] = []
    async with _mended(store), aclosing(_found(store, watchlist, since)) as all_found:
        async for some in all_found:
            found += some
            events = await grouped(store, found)
            if most is not None and len(events) >= most:
                break
    return events


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
    async with _mended(store):
        found = [keep(each) async for some in _found(store, watchlist, since) for each in some]
    return await grouped(store, found)


async def _found(
    store: Store, watchlist: Watchlist, since: datetime
) -> AsyncGenerator[Sequence[FoundArticle]]:
    """Yield what matches, some at a time.

    The index names those that may; the matcher of alerts decides.
    """
    async with store.read() as connection:
        codes = await archive.languages(connection)
        needs = await asyncio.to_thread(_needs, watchlist, codes)
        ids = await archive.find(connection, needs, since)
    judge = await asyncio.to_thread(_judge, watchlist)
    for at in range(0, len(ids), JUDGED):
        async with store.read() as connection:
            some = await alerts.found_by(connection, ids[at : at + JUDGED])
        if matched := await asyncio.to_thread(judge, some):
            yield matched


def _needs(watchlist: Watchlist, codes: Sequence[str]) -> Mapping[str, Need | None]:
    return {code: _need(watchlist, code) for code in codes}


def _need(watchlist: Watchlist, code: str) -> Need | None:
    """Return what an article must have for one of the lines to hold."""
    settings, rules = watchlist.settings, rules_for(code)
    if settings.lang and code_of(settings.lang) != code:
        return None  # its words go by other rules than those that the index was made with
    found = [need(query.node, settings, rules) for query in watchlist.queries]
    known = tuple(each for each in found if each is not None)
    return AnyOf(known) if len(known) == len(found) else None


def _judge(watchlist: Watchlist) -> Callable[[Sequence[FoundArticle]], list[FoundArticle]]:
    matcher = Matcher([watchlist], rules_for)

    def judged(some: Sequence[FoundArticle]) -> list[FoundArticle]:
        matched = [(each, matcher.match(each.article, feed=each.outlet)) for each in some]
        return [replace(each, matches=matches) for each, matches in matched if matches]

    return judged


async def grouped(store: Store, found: Sequence[FoundArticle]) -> list[Event]:
    """Join articles, newest first, to stories; that with the newest article comes first."""
    known: dict[int, int] = {}
    async with store.read() as connection:
        for at in range(0, len(found), LOOKED_FOR):
            some = [each.entry_id for each in found[at : at + LOOKED_FOR]]
            known |= await stories.stories_of(connection, some)
    return [Event(each, known.get(each[0].entry_id)) for each in by_event(found, known)]
