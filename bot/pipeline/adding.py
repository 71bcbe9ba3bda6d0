"""Takes feeds in: asks each one first, looks for those of a site, and says what became of them."""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from bot.errors import NoSuchHost, NotAllowed, SourceError, WorkerError
from bot.feeds.opml import OutlineFeed, write_opml
from bot.feeds.urls import canonical
from bot.net import Fetcher
from bot.pipeline.search import FoundFeed, Search, find_feeds, read_feed
from bot.pipeline.tools import passes
from bot.store import Store, feeds
from bot.store.feeds import FeedState, Source
from bot.workers import Workers

Verdict = Literal["added", "known", "several", "later", "no_host", "not_allowed", "none"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an address that somebody wants read."""

    verdict: Verdict
    """`several`: nothing is added, as somebody has to choose; `later`: added unread, as it does not
    answer at present; `no_host`: its name does not resolve; `none`: there is no feed."""
    search: Search
    """What was found and tried; empty where the address was known."""

    @property
    def found(self) -> FoundFeed | None:
        """The only feed that was found."""
        return self.search.feeds[0] if len(self.search.feeds) == 1 else None


@dataclass(frozen=True, slots=True)
class Doubt:
    """A feed of a file that did not answer as a feed does."""

    outline: OutlineFeed
    error: SourceError | WorkerError

    @property
    def added(self) -> bool:
        """Whether it is taken in all the same: what is wrong with it passes."""
        return passes(self.error)


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of the feeds of a file."""

    added: int
    known: int
    doubts: tuple[Doubt, ...] = ()
    """In the order of the file."""
    unasked: int = 0
    """So many could not be asked in time; they are taken in, and polled like any other."""


@dataclass(frozen=True, slots=True)
class Adder:
    """Takes feeds in that are asked first."""

    store: Store
    fetcher: Fetcher
    workers: Workers
    now: Callable[[], datetime]

    async def add(self, url: str) -> Outcome:
        """Take in a feed, or the only feed of a site; with several, none is taken."""
        if await is_known(self.store, url):
            return Outcome("known", Search())
        search = await find_feeds(self.fetcher, self.workers, url)
        match search.feeds:
            case [found]:
                return Outcome(await self.keep(Source(found.url, found.feed.title)), search)
            case [_, *_]:
                return Outcome("several", search)
        if isinstance(search.trouble, NoSuchHost):
            return Outcome("no_host", search)
        if search.trouble and passes(search.trouble):
            kept = await self.keep(Source(url))
            return Outcome("later" if kept == "added" else kept, search)
        is_forbidden = isinstance(search.trouble, NotAllowed)
        return Outcome("not_allowed" if is_forbidden else "none", search)

    async def keep(self, source: Source) -> Literal["added", "known"]:
        """Take in a feed as it is."""
        if await is_known(self.store, source.url):
            return "known"
        async with self.store.write() as tx:
            await feeds.add(tx, source, self.now())
        return "added"

    async def take(
        self, listed: Sequence[OutlineFeed], *, ask: bool = True, within: timedelta | None = None
    ) -> Imported:
        """Take in the feeds of a file; one that only does not answer at present is as good as any.

        Args:
            listed: the feeds; those that are known are left alone.
            ask: False: they are taken in unasked.
            within: for how long they are asked; None: until all have answered.
        """
        known = await _known(self.store)
        new = [each for each in listed if canonical(each.url) not in known]
        answers = await self._ask(new, within) if ask else {}
        doubts = [Doubt(each, error) for each in new if (error := answers.get(each.url))]
        refused = {doubt.outline.url for doubt in doubts if not doubt.added}
        good = [each for each in new if each.url not in refused]
        async with self.store.write() as tx:
            sources = [Source(each.url, each.title, None, each.tags) for each in good]
            added = sum([await feeds.add(tx, source, self.now()) for source in sources])
        unasked = len(new) - len(answers) if ask else 0
        return Imported(added, len(listed) - len(refused) - added, tuple(doubts), unasked)

    async def _ask(
        self, listed: Sequence[OutlineFeed], within: timedelta | None
    ) -> dict[str, SourceError | WorkerError | None]:
        """Return what is wrong with each that has answered in time; None: it is a feed."""
        answers: dict[str, SourceError | WorkerError | None] = {}

        async def ask(outline: OutlineFeed) -> None:
            try:
                await read_feed(self.fetcher, self.workers, outline.url)
            except (SourceError, WorkerError) as error:
                answers[outline.url] = error
            else:
                answers[outline.url] = None

        try:
            async with asyncio.timeout(within.total_seconds() if within else None):
                await asyncio.gather(*map(ask, listed))
        except TimeoutError:
            pass  # what has not answered is asked by its first poll
        return answers


async def is_known(store: Store, url: str) -> bool:
    """Tell whether a feed is polled already, be it under another spelling of its address."""
    async with store.read() as connection:
        found = await feeds.find(connection, url)
    return found is not None or canonical(url) in await _known(store)


async def _known(store: Store) -> set[str]:
    async with store.read() as connection:
        return {canonical(feed.url) for feed in await feeds.listed(connection)}


def as_opml(listed: Iterable[FeedState]) -> bytes:
    """Write feeds down as other readers, and `take`, read them."""
    return write_opml(OutlineFeed(feed.url, feed.name, feed.tags) for feed in listed)
