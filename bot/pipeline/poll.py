"""Polls a feed: entries, validators and the next due time in one transaction."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random

import structlog

from bot.alerts.decide import is_late
from bot.config import Config
from bot.errors import Refused, SourceError, WorkerError
from bot.feeds.identity import body_digest, entry_digest
from bot.feeds.pacing import LONGEST, next_due
from bot.feeds.parse import parse_feed
from bot.feeds.urls import canonical
from bot.model import Entry, Feed, ParsedFeed, Validators
from bot.net import FEED
from bot.pipeline.tools import Tools, in_words, passes
from bot.store import entries, feeds
from bot.store.entries import Kept, NewEntry

log = structlog.get_logger()

PARSE_DEADLINE = timedelta(seconds=10)


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


class Poller:
    """Polls feeds that were claimed."""

    def __init__(self, tools: Tools, config: Config) -> None:
        self._tools = tools
        self._config = config
        self._random = Random()

    async def poll(self, feed: Feed) -> Polled:
        """Poll one feed that was claimed; whatever happens to it is recorded with it."""
        try:
            return await self._poll(feed)
        except (SourceError, WorkerError) as error:
            return await self._poll_failed(feed, in_words(error), self._retry_due(feed, error))
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
        longest = self._config.poll.max if passes(error) else LONGEST
        due = self._next_due(feed, feed.errors + 1, longest)
        told = error.retry_after if isinstance(error, Refused) else None
        return max(due, self._tools.now() + told) if told else due

    def _interval(self, every: timedelta | None) -> timedelta:
        return every or self._config.poll.every

    def _next_due(self, feed: Feed, errors: int, longest: timedelta = LONGEST) -> datetime:
        spread = self._random.uniform(-1, 1)
        return next_due(self._tools.now(), self._interval(feed.every), errors, spread, longest)


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
