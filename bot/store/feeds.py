"""Feeds: which there are, which are due, and how their polls went."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Row, Select, and_, or_, select, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model import Feed, Validators
from bot.store.schema import entries, feeds

REMOVED = "removed"
NEVER_POLLED = {
    "etag": None,
    "last_modified": None,
    "body_digest": None,
    "first_success": None,
    "last_success": None,
    "errors": 0,
    "last_error": None,
    "lease_until": None,
}


@dataclass(frozen=True, slots=True)
class Source:
    """A feed as a person asks for it."""

    url: str
    name: str = ""
    every: timedelta | None = None
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FeedState:
    """A feed as `ausguck feeds list` shows it."""

    url: str
    name: str
    origin: str
    state: str
    last_success: datetime | None
    error: str | None
    next_due: datetime
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Success:
    """What a poll that worked leaves behind."""

    validators: Validators
    body_digest: str | None
    next_due: datetime
    title: str = ""
    """The feed's own title, taken as its name where it has none."""


async def configure(tx: AsyncConnection, wanted: Iterable[Source], now: datetime) -> None:
    """Make the feeds of the configuration those that are written there now.

    A feed that was added by command and is also written there takes the written values; one that
    is written there no longer is removed.
    """
    urls = []
    for source in wanted:
        urls.append(source.url)
        await _put(tx, source, "config", now)
    await _remove(tx, and_(feeds.c.origin == "config", feeds.c.url.not_in(urls)))


async def add(tx: AsyncConnection, source: Source, now: datetime) -> bool:
    """Add a feed by command; False where its URL is known already, which is left as it is."""
    if await find(tx, source.url) is not None:
        return False
    await _put(tx, source, "store", now)
    return True


async def _put(tx: AsyncConnection, source: Source, origin: str, now: datetime) -> None:
    """Write a feed down. One that was removed begins anew: what it lists then is old."""
    new = {"added": now, "next_due": now, "state": "active", **NEVER_POLLED}
    written = {"origin": origin, "every": source.every, "tags": list(source.tags)}
    if origin == "config":
        written["state"] = "active"
    if source.name:
        written["name"] = source.name
    removed = feeds.c.state == REMOVED
    await tx.execute(update(feeds).where(feeds.c.url == source.url, removed).values(**new))
    statement = insert(feeds).values({"url": source.url, "name": "", **new, **written})
    await tx.execute(statement.on_conflict_do_update(index_elements=["url"], set_=written))


async def remove(tx: AsyncConnection, url: str) -> None:
    """Poll a feed no more. What it listed is remembered, so that nothing of it alerts again."""
    await _remove(tx, feeds.c.url == url)


async def _remove(tx: AsyncConnection, which: ColumnElement[bool]) -> None:
    gone = select(feeds.c.id).where(which)
    await tx.execute(update(entries).where(entries.c.feed_id.in_(gone)).values(read_due=None))
    await tx.execute(update(feeds).where(which).values(state=REMOVED))


async def set_state(tx: AsyncConnection, url: str, state: str) -> None:
    """Set a feed to `active` or `paused`."""
    await tx.execute(update(feeds).where(feeds.c.url == url).values(state=state))


async def find(tx: AsyncConnection, url: str) -> FeedState | None:
    """Return the feed with this URL, or None."""
    return next((feed for feed in await listed(tx) if feed.url == url), None)


async def listed(tx: AsyncConnection) -> Sequence[FeedState]:
    """Return all feeds in the order of their names."""
    there = select(feeds).where(feeds.c.state != REMOVED)
    rows = await tx.execute(there.order_by(feeds.c.name, feeds.c.url))
    return [
        FeedState(
            r.url,
            r.name,
            r.origin,
            r.state,
            r.last_success,
            r.last_error,
            r.next_due,
            tuple(r.tags),
        )
        for r in rows
    ]


async def claim_due(
    tx: AsyncConnection, now: datetime, lease: timedelta, limit: int
) -> Sequence[Feed]:
    """Take at most `limit` feeds that are due, for the time of `lease`; the longest due first."""
    due = select(feeds.c.id).where(feeds.c.next_due <= now).order_by(feeds.c.next_due).limit(limit)
    return await _claim(tx, due.where(_free(now)), now + lease)


async def claim_all(
    tx: AsyncConnection, now: datetime, lease: timedelta, url: str | None = None
) -> Sequence[Feed]:
    """Take every feed that nobody else holds, or the one with `url`, due or not."""
    wanted = select(feeds.c.id).where(_free(now))
    return await _claim(
        tx, wanted if url is None else wanted.where(feeds.c.url == url), now + lease
    )


def _free(now: datetime) -> ColumnElement[bool]:
    lease = feeds.c.lease_until
    return and_(feeds.c.state == "active", or_(lease.is_(None), lease <= now))


async def _claim(tx: AsyncConnection, ids: Select[tuple[int]], until: datetime) -> Sequence[Feed]:
    taken = update(feeds).where(feeds.c.id.in_(ids)).values(lease_until=until)
    return [_feed(row) for row in await tx.execute(taken.returning(feeds))]


def _feed(row: Row[tuple[object, ...]]) -> Feed:
    return Feed(
        id=row.id,
        url=row.url,
        name=row.name,
        every=row.every,
        tags=tuple(row.tags),
        added=row.added,
        validators=Validators(row.etag, row.last_modified),
        body_digest=row.body_digest,
        first_success=row.first_success,
        last_success=row.last_success,
        errors=row.errors,
    )


async def release_all(tx: AsyncConnection) -> None:
    """Give back what a process held that is gone."""
    await tx.execute(update(feeds).values(lease_until=None))


async def succeeded(tx: AsyncConnection, feed: Feed, success: Success, now: datetime) -> None:
    """Record a poll that worked and give the feed back."""
    values = {
        "etag": success.validators.etag,
        "last_modified": success.validators.last_modified,
        "body_digest": success.body_digest,
        "first_success": feed.first_success or now,
        "last_success": now,
        "next_due": success.next_due,
        "errors": 0,
        "last_error": None,
        "lease_until": None,
    }
    if not feed.name and success.title:
        values["name"] = success.title
    await tx.execute(update(feeds).where(feeds.c.id == feed.id).values(**values))


async def failed(tx: AsyncConnection, feed: Feed, error: str, next_due: datetime) -> None:
    """Record a poll that did not work and give the feed back."""
    values = {
        "errors": feed.errors + 1,
        "last_error": error,
        "next_due": next_due,
        "lease_until": None,
    }
    await tx.execute(update(feeds).where(feeds.c.id == feed.id).values(**values))


async def anything_due(tx: AsyncConnection, now: datetime) -> bool:
    """Whether any feed is due: a look that takes no write lock."""
    due = select(feeds.c.id).where(feeds.c.next_due <= now, _free(now)).limit(1)
    return await tx.scalar(due) is not None
