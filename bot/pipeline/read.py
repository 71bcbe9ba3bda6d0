"""Reads an entry: its article, matches, decisions and outbox rows in one transaction."""

import asyncio
import re
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

import structlog

from bot.alerts.compose import FULL_TEXT
from bot.alerts.decide import is_late
from bot.articles.extract import Extracted
from bot.articles.language import in_its_language
from bot.articles.read import ArticleReader
from bot.config import Config
from bot.errors import SourceError, WorkerError
from bot.model import Article, Match
from bot.pipeline.tell import Reading, tell
from bot.pipeline.tools import Tools, in_words, passes
from bot.store import alerts, entries
from bot.store.entries import Waiting

log = structlog.get_logger()

# A page that fails for a passing reason is tried again after these, then its feed's text stands.
RETRIES = (timedelta(minutes=2), timedelta(minutes=10), timedelta(minutes=60))
# A page that is short, or says that it is not finished, is read again so long after each reading:
# 10, 30 and 120 minutes after the first. Breaking news begins as two sentences.
REREADS = (timedelta(minutes=10), timedelta(minutes=20), timedelta(minutes=90))
# A live ticker is read again so often, for six hours after its entry was new or last changed.
TICKER = timedelta(minutes=15)
TICKER_READS = 24
_EDGE = 400
_UNFINISHED = re.compile(
    r"\bmehr\s+(?:dazu\s+)?in\s+kürze\b|\bin\s+kürze\s+(?:mehr|weitere)\b"
    r"|\bwird\s+(?:\w+\s+)?aktualisiert\b|\b(?:weitere|mehr)\s+(?:\w+\s+)?folg(?:t|en)\b"
    r"|\bmore\s+(?:to\s+follow|soon)\b|\bbreaking\s+news\s+story\b",
    re.IGNORECASE,
)
_TICKER = re.compile(
    r"\blive-?\s?(?:ticker|blog)|\bnews-?\s?(?:ticker|blog)|^\s*live\s*[:+]|[-/]ticker\b|/live[/-]",
    re.IGNORECASE,
)
# A text over so many characters is matched beside the event loop: it takes tens of milliseconds.
LONG_TEXT = 200_000


class Reader:
    """Reads entries that were claimed."""

    def __init__(self, tools: Tools, config: Config) -> None:
        self._tools = tools
        self._config = config
        self._articles = ArticleReader(
            tools.fetcher, tools.workers, config.articles.deadline, config.net.user_agent, tools.now
        )

    async def read(self, entry_id: int) -> None:
        """Read one entry that was claimed: its article, matches, decisions, outbox rows."""
        async with self._tools.store.read() as connection:
            entry = await entries.waiting(connection, entry_id)
        if entry is None:
            return
        try:
            await self._read(entry)
        except Exception:
            # Whatever it is may be mended: it is tried again for as long as that takes.
            log.exception("read.crashed", entry=entry.id, link=entry.link)
            again = self._retry_at(entry) or self._tools.now() + RETRIES[-1]
            async with self._tools.store.write() as tx:
                await entries.was_read(tx, entry, again)

    async def _read(self, entry: Waiting) -> None:
        read, again = await self._article(entry)
        article = in_its_language(read, self._config.watch.language)
        log.debug("read.extracted", entry=entry.id, text_from=article.text_from)
        matches = await self._match(article, entry)
        now = self._tools.now()
        late = entry.late or is_late(entry.due, now, entry.interval or self._config.poll.every)
        reading = Reading(replace(entry, late=late), matches, now, self._config.alerts.catch_up)
        async with self._tools.store.write() as tx:
            if not await entries.was_read(tx, entry, again):
                return
            before = await entries.text_from(tx, entry.id)
            known = await alerts.matched_lists(tx, entry.id) if before else None
            found = {match.watchlist for match in matches}
            read_again = again is not None or entry.attempts > 0
            stands_in = article.text_from != "page" and before == "page" and read_again
            if stands_in and known is not None and found <= known:
                return  # the page was read once: its teaser, without news, is no better
            await entries.keep_article(tx, entry.id, article, now)
            await alerts.keep_matches(tx, entry.id, matches, now)
            await tell(tx, reading, known)
            log.debug("read.storing", entry=entry.id)
        log.debug("read.stored", entry=entry.id, matches=len(matches))

    async def _match(self, article: Article, entry: Waiting) -> tuple[Match, ...]:
        matcher = self._tools.matcher()
        match = partial(matcher.match, article, feed=entry.outlet, tags=entry.tags)
        if len(article.text) <= LONG_TEXT and matcher.is_ready(article.language):
            return match()
        return await asyncio.to_thread(match)

    async def _article(self, entry: Waiting) -> tuple[Article, datetime | None]:
        """Return the article, and when to read its page again; None: this is final."""
        stand_in = Article(entry.title, entry.text, "feed" if entry.text else "title")
        if entry.link is None or not self._is_wanted(entry):
            return stand_in, None
        try:
            page = await self._articles.read(entry.link, entry.title)
        except (SourceError, WorkerError) as error:
            again = self._retry_at(entry) if passes(error) else None
            log.debug("read.failed", link=entry.link, error=in_words(error), again=again)
            return stand_in, again
        if page.paywalled:
            return replace(stand_in, language=page.language), None
        again = self._reread_at(entry, page)
        if len(page.text) < len(entry.text):
            return replace(stand_in, language=page.language), again
        return Article(entry.title or page.title, page.text, "page", page.language), again

    def _is_wanted(self, entry: Waiting) -> bool:
        """Tell whether the configuration wants the entry's page."""
        match self._config.articles.fetch:
            case "always":
                return True
            case "when-needed":
                return len(entry.text) < FULL_TEXT
            case "never":
                return False

    def _retry_at(self, entry: Waiting) -> datetime | None:
        if entry.attempts >= len(RETRIES):
            return self._tools.now() + TICKER if _ticks(entry) else None
        return self._tools.now() + RETRIES[entry.attempts]

    def _reread_at(self, entry: Waiting, page: Extracted) -> datetime | None:
        """Return when to read a page again that was read; None: it has said what it says."""
        if entry.old and not entry.changes:
            return None  # whatever comes, it would not be told
        if _ticks(entry):
            return self._tools.now() + TICKER
        edges = f"{page.text[:_EDGE]}\n{page.text[-_EDGE:]}"
        grows = max(len(page.text), len(entry.text)) < FULL_TEXT or _UNFINISHED.search(edges)
        if not grows or entry.attempts >= len(REREADS):
            return None
        return self._tools.now() + REREADS[entry.attempts]


def _ticks(entry: Waiting) -> bool:
    """Tell whether the entry is a live ticker that is still to be read again."""
    named = _TICKER.search(entry.title) or _TICKER.search(entry.link or "")
    return bool(named) and entry.attempts < TICKER_READS
