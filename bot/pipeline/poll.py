"""Polls a feed: entries, validators and the next due time in one transaction."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random

import structlog

from bot.alerts.decide import is_late
from bot.config import Config
from bot.errors import Held, Refused, SourceError, Unreachable, WorkerError
from bot.feeds.dates import published_at
from bot.feeds.identity import body_digest, entry_digest
from bot.feeds.pacing import Known, Pace, Plan, plan, weight
from bot.feeds.parse import parse_feed
from bot.feeds.rhythm import Rhythm, heard
from bot.feeds.urls import canonical
from bot.model import Entry, Feed, ParsedFeed, Validators
from bot.net import FEED, Fetched, Overrun
from bot.pipeline.again import is_ticker
from bot.pipeline.recorder import Recorder
from bot.pipeline.tools import Tools, in_words
from bot.store import DatabaseTrouble, Transaction, chats, listing, notices, polls
from bot.store.listing import Kept, Listing, NewEntry
from bot.store.polls import Failure, Success

log = structlog.get_logger()

PARSE_DEADLINE = timedelta(seconds=10)
# Servers there are that say "not modified" for ever (NetNewsWire asks anew after as long).
TRUST = timedelta(days=8)
# A redirect is permanent when it says so so often in a row.
MOVED_AFTER = 3
HELD = "its host asked to be left alone until then"


@dataclass(frozen=True, slots=True)
class Polled:
    """How the poll of one feed went; `entry_ids` are those to be read now."""

    url: str
    status: str
    """ok, unchanged (304 or the same body), held (its host wants to be left alone), error, or
    unsaved (the database cannot be written: it is due still)."""
    entries: int = 0
    new: int = 0
    entry_ids: tuple[int, ...] = ()
    error: str | None = None
    reached: bool = True
    """Its host answered, be it with an error."""


class Poller:
    """Polls feeds that were claimed."""

    def __init__(self, tools: Tools, config: Config) -> None:
        self._tools = tools
        self.reconfigure(config)
        self._random = Random()
        self.recorder = Recorder(tools.store)

    def reconfigure(self, config: Config) -> None:
        """Plan by another configuration from now on."""
        self._pace = Pace(config.poll.every, config.poll.min, config.poll.max)

    async def poll(self, feed: Feed) -> Polled:
        """Poll one feed that was claimed; whatever happens to it is recorded with it."""
        with self.recorder.under_way():
            try:
                return await self._recorded(feed)
            except DatabaseTrouble:
                if (trouble := self._tools.store.trouble) is None:
                    raise
                # No fault of the feed: it is as if it had not been asked.
                return Polled(feed.url, "unsaved", error=f"the database: {trouble.remedy}")

    async def _recorded(self, feed: Feed) -> Polled:
        try:
            return await self._poll(feed)
        except Held as error:
            return await self._poll_held(feed, error)
        except (SourceError, WorkerError) as error:
            return await self._poll_failed(feed, error, in_words(error))
        except Exception as error:
            if isinstance(error, DatabaseTrouble) and self._tools.store.trouble:
                raise
            log.exception("poll.crashed", feed=feed.url)
            words = "an error in Ausguck itself; see the log"
            return await self._poll_failed(feed, error, words)

    async def _poll(self, feed: Feed) -> Polled:
        asked = _conditions(feed, self._tools.now())
        fetched = await self._tools.fetcher.get(feed.url, validators=asked, limits=FEED)
        log.debug("poll.fetched", feed=feed.url, status=fetched.status)
        digest = body_digest(fetched.body) if fetched.status == 200 else feed.body_digest
        if digest == feed.body_digest:
            return await self._poll_unchanged(feed, digest, fetched)
        parsed = await self._tools.workers.run(
            parse_feed, fetched.body, fetched.content_type, fetched.url, deadline=PARSE_DEADLINE
        )
        kept = await self._keep(feed, parsed, fetched, digest)
        log.debug("poll.stored", feed=feed.url, new=len(kept.new), changed=len(kept.changed))
        return Polled(
            feed.url, "ok", len(parsed.entries), len(kept.new), (*kept.new, *kept.changed)
        )

    async def _keep(
        self, feed: Feed, parsed: ParsedFeed, fetched: Fetched, digest: str | None
    ) -> Kept:
        if parsed.left_out:
            log.info("poll.cut", feed=feed.url, left_out=parsed.left_out)
        now = self._tools.now()
        found = self._listing(feed, parsed, now)

        async def write(tx: Transaction) -> Kept:
            kept = await listing.keep(tx, feed.id, found, now)
            rhythm = _rhythm(feed, parsed, now) if kept.new else feed.rhythm
            known = replace(feed, rhythm=rhythm, hints=parsed.hints)
            success = replace(
                self._success(known, fetched, digest, now),
                # Half a feed is asked for again in full.
                validators=fetched.validators if parsed.complete else Validators(),
                title=parsed.title,
                whole=parsed.complete,
                rhythm=rhythm,
                hints=parsed.hints,
            )
            await _succeeded(tx, feed, success, now)
            log.debug("poll.storing", feed=feed.url)
            return kept

        return await self.recorder.record(write)

    def _listing(self, feed: Feed, parsed: ParsedFeed, now: datetime) -> Listing:
        late = is_late(feed.last_success, now, feed.every or feed.interval or self._pace.usual)
        pages = Counter(canonical(entry.link) for entry in parsed.entries if entry.link)
        found = [_new_entry(feed, entry, pages, now, late=late) for entry in parsed.entries]
        return Listing(tuple(found), complete=parsed.complete)

    async def _poll_unchanged(self, feed: Feed, digest: str | None, fetched: Fetched) -> Polled:
        now = self._tools.now()
        success = self._success(feed, fetched, digest, now)
        if success.moved_to is None:
            await self.recorder.unchanged(feed, success, now)
        else:
            await self.recorder.record(lambda tx: _succeeded(tx, feed, success, now))
        return Polled(feed.url, "unchanged")

    def _success(self, feed: Feed, fetched: Fetched, digest: str | None, now: datetime) -> Success:
        planned = self._plan(
            Known(feed.every, feed.rhythm, feed.hints, fresh_for=fetched.fresh_for), now
        )
        return Success(
            fetched.validators,
            digest,
            planned.due,
            interval=planned.interval,
            due_reason=planned.reason,
            full=fetched.status == 200,
            moved_to=fetched.moved_to,
        )

    async def _poll_held(self, feed: Feed, error: Held) -> Polled:
        until = self._tools.now() + error.left
        await self.recorder.record(lambda tx: polls.postponed(tx, feed, until, HELD))
        return Polled(feed.url, "held", error=str(error))

    async def _poll_failed(self, feed: Feed, error: Exception, words: str) -> Polled:
        log.debug("poll.failed", feed=feed.url, error=words)
        now, heavier = self._tools.now(), weight(error)
        known = Known(
            feed.every,
            feed.rhythm,
            feed.hints,
            streak=feed.streak + heavier,
            retry_after=error.retry_after if isinstance(error, Refused) else None,
        )
        planned = self._plan(known, now)
        failure = Failure(words, planned.due, heavier, planned.reason)

        async def write(tx: Transaction) -> None:
            await polls.failed(tx, feed, failure)
            if isinstance(error, Overrun):
                await polls.hold_host(tx, error.host, now + error.hold, HELD)
            if isinstance(error, Refused) and error.status == 410:
                await _end(tx, feed, words, now)

        await self.recorder.record(write)
        is_reached = not isinstance(error, Unreachable)
        return Polled(feed.url, "error", error=words, reached=is_reached)

    def _plan(self, known: Known, now: datetime) -> Plan:
        return plan(known, self._pace, now, self._random.uniform(-1, 1))


def _conditions(feed: Feed, now: datetime) -> Validators:
    """Return what to ask "changed since?" with: nothing once the last whole body is too old."""
    trusted = feed.last_full is not None and now - feed.last_full < TRUST
    return feed.validators if trusted else Validators()


def _rhythm(feed: Feed, parsed: ParsedFeed, now: datetime) -> Rhythm:
    """Return the rhythm with the news of this poll in it.

    Of a first poll the publisher's dates are all there is; later it counts when something is found,
    for some publish hours after the date, and some date everything anew.
    """
    if feed.first_success is not None:
        return heard(feed.rhythm, [now])
    dates = (entry.published for entry in parsed.entries if not entry.whole_day)
    return heard((), (date for date in dates if date and date <= now))


async def _succeeded(tx: Transaction, feed: Feed, success: Success, now: datetime) -> None:
    await polls.succeeded(tx, feed, success, now)
    target = success.moved_to
    if target is None or polls.moved_polls(feed, target) < MOVED_AFTER:
        return
    if await polls.move(tx, feed, target):
        log.info("poll.moved", feed=feed.url, to=target)


async def _end(tx: Transaction, feed: Feed, words: str, now: datetime) -> None:
    """Poll a feed no more whose publisher says that it is gone for good, and tell the admins."""
    if await polls.end(tx, feed, words):
        log.warning("poll.gone", feed=feed.url)
        admins = [chat.id for chat in await chats.admins(tx)]
        params = {"name": feed.name or feed.url, "url": feed.url}
        await notices.post(tx, admins, "feed_gone", params, now)


def _new_entry(
    feed: Feed, entry: Entry, pages: Mapping[str, int], now: datetime, *, late: bool
) -> NewEntry:
    published = published_at(entry.published, now, whole_day=entry.whole_day)
    first_poll = feed.first_success is None
    # A date that is missing, to come, or a day that is not over, says nothing of before or after.
    dated = published == entry.published or published < now
    digest = entry_digest(entry)
    page = canonical(entry.link) if entry.link else ""
    return NewEntry(
        key=entry.key,
        # What makes entries of several feeds the same article is their page. Where a feed lists
        # several entries on one page, as tickers do, each is an article of its own, unless the page
        # was known as one before: `listing.keep` looks.
        subject=page if pages.get(page) == 1 else f"{feed.id}:{digest}",
        link=entry.link,
        title=entry.title,
        text=entry.text,
        digest=digest,
        published=published,
        dated=entry.published is not None,
        # Feeds are dated to the second.
        old=first_poll and not (dated and published >= feed.added.replace(microsecond=0)),
        late=late,
        grows=is_ticker(entry),
    )
