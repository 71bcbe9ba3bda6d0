"""Looks for a site's feeds: asks the likely addresses, one after the other, and few of them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from bot.errors import NotAFeed, NotAllowed, SourceError, WorkerError
from bot.feeds.discover import Candidate, feed_links, home, well_known
from bot.feeds.parse import parse_feed
from bot.feeds.urls import canonical
from bot.model import ParsedFeed
from bot.net import FEED, Fetched, Fetcher
from bot.pipeline.tools import in_words, passes
from bot.workers import Workers

DEADLINE = timedelta(seconds=10)
MOST_ASKED = 12
"""Requests of one search, the page itself among them."""


@dataclass(frozen=True, slots=True)
class FoundFeed:
    """A feed of the site: fetched and read."""

    url: str
    feed: ParsedFeed


@dataclass(slots=True)
class Search:
    """What a search came to."""

    feeds: list[FoundFeed] = field(default_factory=list)
    tried: dict[str, str] = field(default_factory=dict)
    """Every address that was asked and is no feed, with the reason in words."""
    itself: bool = False
    """The address that was given is a feed; it is the only one of `feeds`."""
    cut: bool = False
    """More addresses than are asked looked like feeds."""
    trouble: SourceError | WorkerError | None = None
    """Why the address that was given could not be had."""


async def read_feed(fetcher: Fetcher, workers: Workers, url: str) -> ParsedFeed:
    """Fetch a feed and read it.

    Raises:
        SourceError: it cannot be had, or is no feed (`NotAFeed`).
        WorkerError: reading it took too long or crashed.
    """
    return await _parsed(workers, await fetcher.get(url, limits=FEED))


async def find_feeds(fetcher: Fetcher, workers: Workers, url: str) -> Search:
    """Look for the feeds of a site by the links of its page and where sites have them by custom.

    What the page links to and is a page itself is looked through as well: many papers link to a
    page that lists their feeds. The well-known addresses are left alone where the page declares
    feeds. An address that cannot be reached at all (`Search.trouble` passes) is asked only once.

    Args:
        fetcher: keeps the gap between the requests.
        workers: read what comes.
        url: a page of the site, or a feed.
    """
    hunt = _Hunt(fetcher, workers)
    search = hunt.search
    try:
        page = await fetcher.get(url, limits=FEED)
        search.feeds.append(FoundFeed(url, await _parsed(workers, page)))
        search.itself = True
        return search
    except NotAFeed as error:
        hunt.asked |= {canonical(url), canonical(page.url)}
        search.tried[url] = str(error)
        await hunt.follow(await hunt.links(page), deeper=True)
        where = page.url
    except (SourceError, WorkerError) as error:
        search.trouble, where = error, url
        hunt.asked.add(canonical(url))
        search.tried[url] = in_words(error)
        if passes(error) or isinstance(error, NotAllowed):
            return search
    if not hunt.declared:
        await hunt.follow(well_known(home(where)), deeper=False)
    return search


async def _parsed(workers: Workers, fetched: Fetched) -> ParsedFeed:
    return await workers.run(
        parse_feed, fetched.body, fetched.content_type, fetched.url, deadline=DEADLINE
    )


class _Hunt:
    """One search under way."""

    def __init__(self, fetcher: Fetcher, workers: Workers) -> None:
        self.search = Search()
        self.asked: set[str] = set()
        self.declared = False
        self._fetcher = fetcher
        self._workers = workers
        self._left = MOST_ASKED - 1
        self._contents: set[frozenset[str]] = set()

    async def follow(self, candidates: Sequence[Candidate], *, deeper: bool) -> None:
        """Ask the candidates; with `deeper` also what they link to where they are pages."""
        lists: list[Fetched] = []
        for candidate in candidates:
            if canonical(candidate.url) in self.asked:
                continue
            if self._left <= 0:
                self.search.cut = True
                return
            page = await self._ask(candidate)
            if page and deeper:
                lists.append(page)
        for page in lists:
            await self.follow(await self.links(page), deeper=False)

    async def links(self, page: Fetched) -> tuple[Candidate, ...]:
        """Return what a page links to."""
        try:
            return await self._workers.run(
                feed_links, page.body, page.content_type, page.url, deadline=DEADLINE
            )
        except WorkerError:
            return ()

    async def _ask(self, candidate: Candidate) -> Fetched | None:
        """Ask one address; returns what came where it is no feed."""
        self._left -= 1
        self.asked.add(canonical(candidate.url))
        page = None
        try:
            page = await self._fetcher.get(candidate.url, limits=FEED)
            parsed = await _parsed(self._workers, page)
        except (SourceError, WorkerError) as error:
            self.search.tried[candidate.url] = in_words(error)
            return page if isinstance(error, NotAFeed) else None
        self.declared = self.declared or candidate.declared
        self._keep(candidate.url, page.url, parsed)
        return None

    def _keep(self, url: str, final: str, parsed: ParsedFeed) -> None:
        """Keep a feed unless it is there already: under its other address, or as Atom and RSS."""
        content = frozenset(canonical(entry.link) for entry in parsed.entries if entry.link)
        known = canonical(final) in self.asked - {canonical(url)}
        self.asked.add(canonical(final))
        if not known and content not in self._contents:
            self.search.feeds.append(FoundFeed(url, parsed))
            if content:
                self._contents.add(content)
