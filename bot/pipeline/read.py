"""Reads entries: their articles, matches, decisions and outbox rows in one transaction."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import structlog

from bot.alerts.compose import FULL_TEXT
from bot.alerts.decide import is_late
from bot.articles.extract import Extracted
from bot.articles.language import in_its_language
from bot.articles.read import ArticleReader
from bot.config import Config
from bot.errors import Held, SourceError, WorkerError
from bot.model import Article, Match, Rank
from bot.pipeline.again import RETRIES, TICKER, is_ticker, reread_at, retry_at, ticks
from bot.pipeline.growth import growth
from bot.pipeline.tell import Reading, tell
from bot.pipeline.tools import Tools, in_words, passes
from bot.store import Transaction, alerts, entries, outbox
from bot.store.entries import Before, Done, Waiting
from bot.watch.matcher import Matcher

log = structlog.get_logger()

TOGETHER = 100
"""Entries that are written in one transaction; matching so many takes some ten milliseconds."""
EARLY = timedelta(seconds=5)
"""So long an alert waits for the page whose teaser matches: the passage is worth it."""
LONG_TEXT = 200_000
"""A longer text is matched beside the event loop: it takes tens of milliseconds."""


@dataclass(frozen=True, slots=True)
class _Read:
    """An entry that was read, with what was found in it."""

    entry: Waiting
    article: Article
    matches: tuple[Match, ...]
    done: Done
    whole: tuple[Match, ...] = ()
    """Of a ticker that was read before, whose `matches` are of what is new: those of all of it."""
    grows: bool = False


class Reader:
    """Reads entries that were claimed."""

    def __init__(self, tools: Tools, config: Config, network_is_down: Callable[[], bool]) -> None:
        self._tools = tools
        self._config = config
        self._network_is_down = network_is_down
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
        except Exception:
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
        matcher = await self._tools.matcher()
        read = []
        for number, entry in enumerate(batch):
            read.append(await self._one(entry, matcher))
            if number % 10 == 0:
                await asyncio.sleep(0)  # others have a turn every few milliseconds
        now = self._tools.now()
        async with self._tools.store.write() as tx:
            held = await entries.were_read(tx, [each.done for each in read])
            await self._keep(tx, [each for each in read if each.entry.id in held], now)
            log.debug("read.storing", entries=len(held))
        for each in read:
            log.debug("read.stored", entry=each.entry.id, matches=len(each.matches))

    async def _one(self, entry: Waiting, matcher: Matcher) -> _Read:
        article, done = await self._article(entry, matcher)
        article = in_its_language(article, self._config.watch.language)
        log.debug("read.extracted", entry=entry.id, text_from=article.text_from)
        matches = await _match(matcher, article, entry)
        if article.text_from != "page" or not is_ticker(entry):
            return _Read(entry, article, matches, done)
        async with self._tools.store.read() as connection:
            before = (await entries.before(connection, [entry.id])).get(entry.id)
        if before is None or before.text_from != "page":
            return _Read(entry, article, matches, done)
        new = growth(before.text, article.text)
        found = await _match(matcher, replace(article, text=new.text), entry)
        # What the whole page excludes, or holds only where paragraphs are joined, is no match.
        lists = {match.watchlist for match in matches}
        held = [match for match in found if match.watchlist in lists]
        return _Read(entry, article, new.placed(held), done, whole=matches, grows=True)

    async def _keep(self, tx: Transaction, read: Sequence[_Read], now: datetime) -> None:
        before = await entries.before(tx, [each.entry.id for each in read])
        known = await alerts.matched_lists(tx, list(before)) if before else {}
        kept = [
            each
            for each in read
            if not _is_worse(each, before.get(each.entry.id), known.get(each.entry.id))
        ]
        await entries.keep_articles(tx, [(each.entry.id, each.article) for each in kept], now)
        found = {e.entry.id: _all_matches(e, known.get(e.entry.id, frozenset())) for e in kept}
        await alerts.keep_matches(tx, {i: m for i, m in found.items() if m or i in before}, now)
        for each in kept:
            if each.matches:
                # Of a ticker only what is new in it.
                await tell(tx, self._reading(each, now), known.get(each.entry.id))
                if _says_more(each, before.get(each.entry.id)):
                    await outbox.post_edits(tx, each.entry.id, now)

    def _reading(self, read: _Read, now: datetime) -> Reading:
        entry = read.entry
        gap = is_late(entry.due, now, entry.interval or self._config.poll.every)
        late = replace(entry, late=entry.late or gap)
        catch_up = self._config.alerts.catch_up
        return Reading(late, read.matches, now, catch_up, grows=read.grows)

    async def _article(self, entry: Waiting, matcher: Matcher) -> tuple[Article, Done]:
        """Return the article, and whether and when its page is to be read again."""
        stand_in = Article(entry.title, entry.text, "feed" if entry.text else "title")
        finished = Done(entry, None, entry.attempts + 1)
        if entry.link is None or not self._is_wanted(entry):
            return stand_in, finished
        teaser = in_its_language(stand_in, self._config.watch.language)
        found = () if entry.old else await _match(matcher, teaser, entry)
        rank = _rank(entry, bool(found))
        reading = self._articles.read(entry.link, entry.title, rank)
        try:
            page = await (self._soon(entry, teaser, found, reading) if found else reading)
        except (SourceError, WorkerError) as error:
            done = self._failed(entry, error)
            log.debug("read.failed", link=entry.link, error=in_words(error), again=done.again)
            return stand_in, done
        if page.paywalled:
            return replace(stand_in, language=page.language), finished
        done = replace(finished, again=reread_at(entry, page.text, self._tools.now()))
        return _longer(stand_in, page), done

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
        now = self._tools.now()
        done = Done(entry, None, entry.attempts)
        async with self._tools.store.write() as tx:
            still = [e for e in await entries.waiting(tx, [entry.id]) if e.digest == entry.digest]
            if still and not await entries.before(tx, [entry.id]):
                await self._keep(tx, [_Read(entry, teaser, found, done)], now)
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


def _longer(stand_in: Article, page: Extracted) -> Article:
    if len(page.text) < len(stand_in.text):
        return replace(stand_in, language=page.language)
    return Article(stand_in.title or page.title, page.text, "page", page.language)


def _says_more(read: _Read, before: Before | None) -> bool:
    """Tell whether the page was read now, and before only what the feed says of it."""
    return before is not None and before.text_from != "page" and read.article.text_from == "page"


async def _match(matcher: Matcher, article: Article, entry: Waiting) -> tuple[Match, ...]:
    match = partial(matcher.match, article, feed=entry.outlet, tags=entry.tags)
    if len(article.text) <= LONG_TEXT and matcher.is_ready(article.language):
        return match()
    return await asyncio.to_thread(match)


def _all_matches(read: _Read, known: frozenset[str]) -> tuple[Match, ...]:
    """Return the matches, with those of a ticker's earlier paragraphs that were found there."""
    lists = {match.watchlist for match in read.matches}
    earlier = (match for match in read.whole if match.watchlist in known - lists)
    return (*read.matches, *earlier)


def _is_worse(read: _Read, before: Before | None, known: frozenset[str] | None) -> bool:
    """Tell whether the page was read once, and is now only a teaser without news in it."""
    if before is None or before.text_from != "page" or read.article.text_from == "page":
        return False
    read_again = read.done.again is not None or read.entry.attempts > 0
    return read_again and {match.watchlist for match in read.matches} <= (known or frozenset())
