"""Reads entries: their articles, matches, decisions and outbox rows in one transaction."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

import structlog

from bot.alerts.compose import FULL_TEXT
from bot.alerts.decide import is_late
from bot.alerts.growth import Pace
from bot.articles.extract import Extracted
from bot.articles.language import in_its_language
from bot.articles.read import ArticleReader
from bot.config import Config
from bot.errors import Held, SourceError, WorkerError
from bot.model import Article, Match, Rank
from bot.pipeline.again import RETRIES, TICKER, is_ticker, reread_at, retry_at, ticks
from bot.pipeline.growth import growth
from bot.pipeline.outcome import (
    Read,
    all_matches,
    count,
    is_worse,
    lists_of,
    says_more,
    sees_less,
    set_apart,
)
from bot.pipeline.stories import Shelf, story_modes
from bot.pipeline.tell import Reading, tell
from bot.pipeline.tools import Tools, in_words, kind, passes
from bot.store import DatabaseTrouble, Transaction, alerts, changes, entries
from bot.store.entries import Done, Waiting
from bot.watch.matcher import Matcher

log = structlog.get_logger()

TOGETHER = 100
"""Entries that are written in one transaction; matching so many takes some ten milliseconds."""
EARLY = timedelta(seconds=5)
"""So long an alert waits for the page whose teaser matches: the passage is worth it."""
LONG_TEXT = 200_000
"""A longer text is matched beside the event loop: it takes tens of milliseconds."""


class Reader:
    """Reads entries that were claimed."""

    def __init__(self, tools: Tools, config: Config, network_is_down: Callable[[], bool]) -> None:
        self._tools = tools
        self._network_is_down = network_is_down
        self._stories = Shelf()
        self.reconfigure(config)

    def reconfigure(self, config: Config) -> None:
        """Read by another configuration from now on; what sites said of robots is asked anew."""
        self._config, tools = config, self._tools
        self._articles = ArticleReader(
            tools.fetcher, tools.workers, config.articles.deadline, config.net.user_agent, tools.now
        )

    async def batches(self, entry_ids: Sequence[int]) -> Sequence[Sequence[Waiting]]:
        """Return what is to be read together: entries without a page, and each other one alone."""
        async with self._tools.store.read() as connection:
            waiting = await entries.waiting(connection, entry_ids)
        alone = [[entry] for entry in waiting if self._is_wanted(entry)]
        others = [entry for entry in waiting if not self._is_wanted(entry)]
        return [*alone, *(others[n : n + TOGETHER] for n in range(0, len(others), TOGETHER))]

    async def read(self, batch: Sequence[Waiting]) -> None:
        """Read entries that were claimed: their articles, matches, decisions, outbox rows."""
        try:
            await self._read(batch)
        except Exception as error:
            if isinstance(error, DatabaseTrouble) and self._tools.store.trouble:
                raise  # none of them can be written
            if len(batch) > 1:
                for entry in batch:
                    await self.read([entry])
                return
            # Whatever it is may be mended: it is tried again for as long as that takes.
            [entry] = batch
            log.exception("read.crashed", entry=entry.id, link=entry.link)
            now = self._tools.now()
            again = retry_at(entry, now) or now + RETRIES[-1]
            async with self._tools.store.write() as tx:
                await entries.were_read(tx, [Done(entry, again, entry.attempts + 1)])

    async def _read(self, batch: Sequence[Waiting]) -> None:
        read = []
        for number, entry in enumerate(batch):
            read.append(await self._one(entry))
            if number % 10 == 0:
                await asyncio.sleep(0)  # others have a turn every few milliseconds
        async with self._stories.undone(), self._tools.store.write() as tx:
            # Within: what is written later is found later, so that no press review misses it.
            now = self._tools.now()
            held = await entries.were_read(tx, [each.done for each in read])
            kept = [each for each in read if each.entry.id in held]
            new = await self._keep(tx, kept, now)
            log.debug("read.storing", entries=len(held))
        count(self._tools.counts, kept, new)
        for each in read:
            log.debug("read.stored", entry=each.entry.id, matches=len(each.matches))

    async def _one(self, entry: Waiting) -> Read:
        matcher = await self._tools.matcher()
        said = Article(entry.title, entry.text, "feed" if entry.text else "title")
        teaser = in_its_language(said, self._config.watch.language)
        # Of what is old, nothing would be told in any case but what its page brings.
        counts = self._is_wanted(entry) and not entry.old
        teased = await _match(matcher, teaser, entry) if counts else ()
        article, done = await self._article(entry, teaser, teased)
        article = in_its_language(article, self._config.watch.language)
        log.debug("read.extracted", entry=entry.id, text_from=article.text_from)
        # The page took its time: a list may have been saved since, or have another name now.
        matcher = await self._tools.matcher()
        matches = await _match(matcher, article, entry)
        if article.text_from != "page":
            return Read(entry, article, matches, done)
        if entry.text and not lists_of(teased) <= lists_of(matches):
            article, matches = await _with_teaser(matcher, entry, article, matches)
        if not is_ticker(entry):
            return Read(entry, article, matches, done)
        async with self._tools.store.read() as connection:
            before = (await entries.before(connection, [entry.id])).get(entry.id)
        if before is None or before.text_from != "page":
            return Read(entry, article, matches, done)
        new = growth(before.text, article.text)
        found = await _match(matcher, replace(article, text=new.text), entry)
        # What the whole page excludes, or holds only where paragraphs are joined, is no match.
        lists = lists_of(matches)
        held = [match for match in found if match.watchlist in lists]
        return Read(entry, article, new.placed(held), done, whole=matches, grows=True)

    async def _keep(
        self, tx: Transaction, read: Sequence[Read], now: datetime
    ) -> Sequence[frozenset[str]]:
        """Write down what was read; return of each entry the lists that had not matched before."""
        read = [set_apart(each) for each in read]
        before = await entries.before(tx, [each.entry.id for each in read])
        known = await alerts.matched_lists(tx, list(before)) if before else {}
        kept = [
            each
            for each in read
            if not is_worse(each, before.get(each.entry.id), known.get(each.entry.id))
        ]
        await entries.keep_articles(tx, [(each.entry.id, each.article) for each in kept], now)
        found: dict[int, Sequence[Match]] = {}
        for each in kept:
            entry_id = each.entry.id
            less = sees_less(each, before.get(entry_id))
            earlier = await alerts.found_in(tx, entry_id) if less else ()
            found[entry_id] = all_matches(each, known.get(entry_id, frozenset()), earlier)
        await alerts.keep_matches(tx, {i: m for i, m in found.items() if m or i in before}, now)
        for each in kept:
            if each.matches:
                # Of a ticker only what is new in it.
                reading = await self._reading(tx, each, now)
                await tell(tx, reading, known.get(each.entry.id))
                if says_more(each, before.get(each.entry.id)):
                    await changes.post_edits(tx, each.entry.id, now)
        return [lists_of(each.matches) - known.get(each.entry.id, frozenset()) for each in kept]

    async def _reading(self, tx: Transaction, read: Read, now: datetime) -> Reading:
        entry = read.entry
        gap = is_late(entry.due, now, entry.interval or self._config.poll.every)
        late = replace(entry, late=entry.late or gap)
        catch_up = self._config.alerts.catch_up
        told = Reading(late, read.matches, now, catch_up, read.grows, read.exclusions)
        matcher, usual = await self._tools.matcher(), self._config.stories.mode
        modes = story_modes(matcher.watchlists, lists_of(read.matches), usual)
        if all(mode == "off" for mode in modes.values()):
            return told
        joined = await self._stories.join(tx, entry, read.article, now)
        pace = Pace(
            self._config.stories.lull,
            self._config.stories.steps,
            ZoneInfo(self._config.alerts.timezone),
        )
        return replace(told, joined=joined, modes=modes, pace=pace)

    async def _article(
        self, entry: Waiting, teaser: Article, teased: tuple[Match, ...]
    ) -> tuple[Article, Done]:
        """Return the article, and whether and when its page is to be read again.

        Args:
            entry: what is read.
            teaser: what its feed says of it: it stands in for a page that cannot be had.
            teased: what matches by that already.
        """
        finished, pages = Done(entry, None, entry.attempts + 1), self._tools.counts.pages
        if entry.link is None or not self._is_wanted(entry):
            return teaser, finished
        reading = self._articles.read(entry.link, entry.title, _rank(entry, bool(teased)))
        try:
            page = await (self._soon(entry, teaser, teased, reading) if teased else reading)
        except (SourceError, WorkerError) as error:
            done = self._failed(entry, error)
            log.debug("read.failed", link=entry.link, error=in_words(error), again=done.again)
            pages[kind(error)] += 1
            return teaser, done
        pages["walled" if page.paywalled else "article"] += 1
        if page.paywalled:
            return replace(teaser, language=page.language, walled=True), finished
        done = replace(finished, again=reread_at(entry, page.text, self._tools.now()))
        return _longer(teaser, page), done

    async def _soon(
        self,
        entry: Waiting,
        teaser: Article,
        found: tuple[Match, ...],
        reading: Coroutine[Any, Any, Extracted],
    ) -> Extracted:
        """Wait for a page; where that takes long, tell what its teaser says already."""
        page = asyncio.create_task(reading)
        try:
            await asyncio.wait({page}, timeout=EARLY.total_seconds())
            if not page.done():
                await self._tell_early(entry, teaser, found)
            return await page
        finally:
            page.cancel()

    async def _tell_early(self, entry: Waiting, teaser: Article, found: tuple[Match, ...]) -> None:
        """Alert by the teaser; when the page has been read, the alert is changed."""
        done = Done(entry, None, entry.attempts)
        new: Sequence[frozenset[str]] = ()
        async with self._stories.undone(), self._tools.store.write() as tx:
            now = self._tools.now()
            still = [e for e in await entries.waiting(tx, [entry.id]) if e.digest == entry.digest]
            if still and not await entries.before(tx, [entry.id]):
                new = await self._keep(tx, [Read(entry, teaser, found, done)], now)
        count(self._tools.counts, (), new)
        log.debug("read.told_early", entry=entry.id)

    def _failed(self, entry: Waiting, error: SourceError | WorkerError) -> Done:
        now = self._tools.now()
        if isinstance(error, Held):
            return Done(entry, now + error.left, entry.attempts)  # nothing was tried
        if self._network_is_down() and passes(error):
            return Done(entry, now + TICKER, entry.attempts)  # nor is that the page's doing
        if passes(error):
            return Done(entry, retry_at(entry, now), entry.attempts + 1)
        again = now + TICKER if ticks(entry, now) else None
        return Done(entry, again, entry.attempts + 1)

    def _is_wanted(self, entry: Waiting) -> bool:
        """Tell whether the configuration wants the entry's page, if it has one."""
        if entry.link is None:
            return False
        match self._config.articles.fetch:
            case "always":
                return True
            case "when-needed":
                return len(entry.text) < FULL_TEXT
            case "never":
                return False


def _rank(entry: Waiting, found: bool) -> Rank:  # noqa: FBT001 - what was found is what is asked
    """Say who goes first at a host: what would not be told in any case lets the others go."""
    if entry.old and not entry.changes and not is_ticker(entry):
        return Rank.OLD
    return Rank.NEWS if found else Rank.PAGE


def _longer(teaser: Article, page: Extracted) -> Article:
    if len(page.text) < len(teaser.text):
        return replace(teaser, language=page.language)
    return Article(teaser.title or page.title, page.text, "page", page.language)


async def _with_teaser(
    matcher: Matcher, entry: Waiting, article: Article, matches: tuple[Match, ...]
) -> tuple[Article, tuple[Match, ...]]:
    """Return a page's article with its teaser before it, if more lists match then; else as it is.

    Not every page has what its publisher's teaser says. What a list excludes counts in both.
    """
    whole = replace(article, text=f"{entry.text}\n{article.text}")
    found = await _match(matcher, whole, entry)
    return (whole, found) if lists_of(found) > lists_of(matches) else (article, matches)


async def _match(matcher: Matcher, article: Article, entry: Waiting) -> tuple[Match, ...]:
    match = partial(matcher.match, article, feed=entry.outlet, tags=entry.tags)
    if len(article.text) <= LONG_TEXT and matcher.is_ready(article.language):
        return match()
    return await asyncio.to_thread(match)
