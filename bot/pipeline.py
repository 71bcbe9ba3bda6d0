"""The order of things: poll -> entry -> article -> match -> alert -> outbox.

The only module that knows it. Every step ends in one transaction and can be done again: killed
anywhere, the work that was not committed is simply due still.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random

import structlog

from bot.alerts.decide import Case, decide, is_late
from bot.articles.read import read_page
from bot.config import Config
from bot.errors import Refused, SourceError, WorkerDied, WorkerError, WorkerFailed, WorkerTimeout
from bot.feeds.identity import body_digest, entry_digest
from bot.feeds.pacing import LONGEST, next_due
from bot.feeds.parse import parse_feed
from bot.feeds.urls import canonical
from bot.model import Article, Entry, Feed, Match, ParsedFeed, Validators
from bot.net import FEED, Fetcher
from bot.store import Store, Transaction, alerts, chats, entries, feeds, outbox
from bot.store.entries import Kept, NewEntry, Waiting
from bot.watch.matcher import Matcher
from bot.workers import Workers

log = structlog.get_logger()

PARSE_DEADLINE = timedelta(seconds=10)
# A page that fails for a passing reason is tried again after these, then its feed's text stands.
RETRIES = (timedelta(minutes=2), timedelta(minutes=10), timedelta(minutes=60))
# Late articles of one outage are collected for so long before their digest goes out.
COLLECT = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Tools:
    """What the pipeline works with."""

    store: Store
    fetcher: Fetcher
    workers: Workers
    matcher: Callable[[], Matcher]
    """The matcher in force: asked anew for every article."""
    now: Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Polled:
    """How the poll of one feed went; `entry_ids` are those to be read now."""

    url: str
    status: str
    """ok, unchanged (304 or the same body) or error."""
    entries: int = 0
    new: int = 0
    entry_ids: tuple[int, ...] = ()
    error: str | None = None


class Pipeline:
    """Polls feeds and reads entries, up to the outbox. Sends nothing."""

    def __init__(self, tools: Tools, config: Config) -> None:
        self._tools = tools
        self._config = config
        self._random = Random()

    async def poll(self, feed: Feed) -> Polled:
        """Poll one feed that was claimed; whatever happens to it is recorded with it."""
        try:
            return await self._poll(feed)
        except (SourceError, WorkerError) as error:
            return await self._poll_failed(feed, _in_words(error), self._retry_due(feed, error))
        except Exception:
            log.exception("poll.crashed", feed=feed.url)
            reason = "an error in Ausguck itself; see the log"
            return await self._poll_failed(feed, reason, self._next_due(feed, feed.errors + 1))

    async def _poll(self, feed: Feed) -> Polled:
        fetched = await self._tools.fetcher.get(feed.url, validators=feed.validators, limits=FEED)
        log.debug("poll.fetched", feed=feed.url, status=fetched.status)
        if fetched.status == 304:
            return await self._poll_unchanged(feed, feed.body_digest, fetched.validators)
        digest = body_digest(fetched.body)
        if digest == feed.body_digest:
            return await self._poll_unchanged(feed, digest, fetched.validators)
        parsed = await self._tools.workers.run(
            parse_feed, fetched.body, fetched.content_type, fetched.url, deadline=PARSE_DEADLINE
        )
        kept = await self._keep(feed, parsed, fetched.validators, digest)
        log.debug("poll.stored", feed=feed.url, new=len(kept.new), changed=len(kept.changed))
        return Polled(
            feed.url, "ok", len(parsed.entries), len(kept.new), (*kept.new, *kept.changed)
        )

    async def _keep(
        self, feed: Feed, parsed: ParsedFeed, validators: Validators, digest: str
    ) -> Kept:
        now = self._tools.now()
        late = is_late(feed.last_success, now, self._interval(feed.every))
        pages = Counter(canonical(entry.link) for entry in parsed.entries if entry.link)
        found = [
            replace(_new_entry(feed, entry, now), late=late, subject=_subject(feed, entry, pages))
            for entry in parsed.entries
        ]
        success = feeds.Success(validators, digest, self._next_due(feed, 0), parsed.title)
        async with self._tools.store.write() as tx:
            kept = await entries.keep(tx, feed.id, found, now)
            await feeds.succeeded(tx, feed, success, now)
            log.debug("poll.storing", feed=feed.url)
        return kept

    async def _poll_unchanged(
        self, feed: Feed, digest: str | None, validators: Validators
    ) -> Polled:
        success = feeds.Success(validators, digest, self._next_due(feed, 0))
        async with self._tools.store.write() as tx:
            await feeds.succeeded(tx, feed, success, self._tools.now())
        return Polled(feed.url, "unchanged")

    async def _poll_failed(self, feed: Feed, error: str, due: datetime) -> Polled:
        log.info("poll.failed", feed=feed.url, error=error)
        async with self._tools.store.write() as tx:
            await feeds.failed(tx, feed, error, due)
        return Polled(feed.url, "error", error=error)

    def _retry_due(self, feed: Feed, error: SourceError | WorkerError) -> datetime:
        """When to ask again; what passes by itself keeps nobody waiting longer than `poll.max`."""
        longest = self._config.poll.max if _passes(error) else LONGEST
        due = self._next_due(feed, feed.errors + 1, longest)
        told = error.retry_after if isinstance(error, Refused) else None
        return max(due, self._tools.now() + told) if told else due

    def _interval(self, every: timedelta | None) -> timedelta:
        return every or self._config.poll.every

    def _next_due(self, feed: Feed, errors: int, longest: timedelta = LONGEST) -> datetime:
        spread = self._random.uniform(-1, 1)
        return next_due(self._tools.now(), self._interval(feed.every), errors, spread, longest)

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
        article, again = await self._article(entry)
        log.debug("read.extracted", entry=entry.id, text_from=article.text_from)
        matches = self._tools.matcher().match(article, feed=entry.outlet, tags=entry.tags)
        now = self._tools.now()
        late = entry.late or is_late(entry.due, now, self._interval(entry.interval))
        reading = Reading(replace(entry, late=late), matches, now, self._config.alerts.catch_up)
        async with self._tools.store.write() as tx:
            if not await entries.was_read(tx, entry, again):
                return
            before = await entries.text_from(tx, entry.id)
            known = await alerts.matched_lists(tx, entry.id) if before else None
            found = {match.watchlist for match in matches}
            if before == "page" and again is not None and known is not None and found <= known:
                # The page was read and will be again: its teaser, without news, is no better.
                return
            await entries.keep_article(tx, entry.id, article, now)
            await alerts.keep_matches(tx, entry.id, matches, now)
            await tell(tx, reading, known)
            log.debug("read.storing", entry=entry.id)
        log.debug("read.stored", entry=entry.id, matches=len(matches))

    async def _article(self, entry: Waiting) -> tuple[Article, datetime | None]:
        """Return the article, and when to read its page again; None: this is final."""
        stand_in = Article(entry.title, entry.text, "feed" if entry.text else "title")
        if entry.link is None or self._config.articles.fetch == "never":
            return stand_in, None
        try:
            page = await read_page(
                self._tools.fetcher, self._tools.workers, entry.link, self._config.articles.deadline
            )
        except (SourceError, WorkerError) as error:
            again = self._retry_at(entry) if _passes(error) else None
            log.debug("read.failed", link=entry.link, error=_in_words(error), again=again)
            return stand_in, again
        if len(page.text) < len(entry.text):
            return replace(stand_in, language=page.language), None
        return Article(entry.title or page.title, page.text, "page", page.language), None

    def _retry_at(self, entry: Waiting) -> datetime | None:
        if entry.attempts >= len(RETRIES):
            return None
        return self._tools.now() + RETRIES[entry.attempts]


def _subject(feed: Feed, entry: Entry, pages: Mapping[str, int]) -> str:
    """What makes entries of several feeds the same article: their page.

    Where a feed lists several entries on one page, as tickers do, each is an article of its own.
    """
    page = canonical(entry.link) if entry.link else ""
    return page if pages.get(page) == 1 else f"{feed.id}:{entry.key}"


def _new_entry(feed: Feed, entry: Entry, now: datetime) -> NewEntry:
    dated = entry.published if entry.published and entry.published <= now else None
    first_poll = feed.first_success is None
    return NewEntry(
        key=entry.key,
        subject="",
        link=entry.link,
        title=entry.title,
        text=entry.text,
        digest=entry_digest(entry),
        published=dated or now,
        # Feeds are dated to the second.
        old=first_poll and not (dated and dated >= feed.added.replace(microsecond=0)),
        late=False,
    )


def _passes(error: SourceError | WorkerError) -> bool:
    return error.passing if isinstance(error, SourceError) else not isinstance(error, WorkerFailed)


def _in_words(error: SourceError | WorkerError) -> str:
    match error:
        case WorkerTimeout():
            return "reading it took too long"
        case WorkerDied():
            return "reading it broke off"
        case _:
            return str(error)


@dataclass(frozen=True, slots=True)
class Reading:
    """An entry that was read, with what was found in it."""

    entry: Waiting
    matches: Sequence[Match]
    now: datetime
    catch_up: timedelta


async def tell(tx: Transaction, reading: Reading, known: frozenset[str] | None) -> None:
    """Decide for every subscribed chat and write what follows from it.

    Args:
        tx: the transaction in which the matches were written.
        reading: the entry and its matches.
        known: the watchlists that had matched it when it was read before; None: it never was.
            Of an entry that was old already, only what a change brought into it is news.
    """
    entry = reading.entry
    lists = sorted({match.watchlist for match in reading.matches})
    fresh = frozenset(lists)
    if entry.old:
        fresh = fresh - known if known is not None and entry.changes else frozenset()
    for chat, wanted in await chats.subscribers(tx, lists):
        case = Case(
            served=chat.served,
            told_before=await alerts.knows(tx, chat.id, entry.subject),
            old=False,
            published=entry.published,
            late=entry.late,
        )
        news = tuple(name for name in wanted if name in fresh)
        no_news = tuple(name for name in wanted if name not in fresh)
        if news:
            await _act(tx, reading, news, chat.id, case)
        if no_news:
            await _act(tx, reading, no_news, chat.id, replace(case, old=True))


async def _act(
    tx: Transaction, reading: Reading, names: tuple[str, ...], chat_id: int, case: Case
) -> None:
    entry, now = reading.entry, reading.now
    decision = decide(case, now, reading.catch_up)
    told = alerts.Told(chat_id, names, decision.action, decision.reason)
    await alerts.keep_decision(tx, entry.id, told, now)
    match decision.action:
        case "now":
            letter = await outbox.post(tx, chat_id, "alert", now, now)
            await alerts.open_alert(tx, entry.id, told, letter, now)
        case "catch_up":
            letter = await outbox.open_catch_up(tx, chat_id, now + COLLECT, now)
            await alerts.open_alert(tx, entry.id, told, letter, now)
        case "silent" if case.told_before and not case.old:
            await alerts.widen(tx, chat_id, entry.subject, names)
