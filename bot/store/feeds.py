"""Feeds: which there are and which are due. How their polls went: see `bot.store.polls`."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, case, or_, select, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model import Feed, Hints, Validators
from bot.store.schema import entries, feeds
from bot.store.types import MICROSECOND

REMOVED = "removed"
GONE = "gone"
NEVER_POLLED: dict[str, Any] = {
    "etag": None,
    "last_modified": None,
    "body_digest": None,
    "first_success": None,
    "last_success": None,
    "errors": 0,
    "last_error": None,
    "lease_until": None,
    "former_url": None,
    "due_reason": None,
    "interval": None,
    "last_full": None,
    "streak": 0.0,
    "rhythm": [],
    "hints": None,
    "moved_to": None,
    "moved_polls": 0,
    "told": None,
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


async def configure(tx: AsyncConnection, wanted: Iterable[Source], now: datetime) -> None:
    """Make the feeds of the configuration those that are written there now.

    A feed that was added by command and is also written there takes the written values; one that
    is written there no longer is removed. One that has moved is known by its former URL, too.
    """
    rows = (await tx.execute(select(feeds))).all()
    there = {row.url: row for row in rows}
    moved = {row.former_url: row.url for row in rows if row.former_url and row.state != REMOVED}
    urls = set()
    for source in wanted:
        url = moved.get(source.url, source.url)
        urls.add(url)
        # Nearly always all of them are as they were: nothing is written then.
        if not _is_configured(there.get(url), source):
            await _put(tx, replace(source, url=url), "config", now)
    for row in rows:
        if row.origin == "config" and row.state != REMOVED and row.url not in urls:
            await _remove(tx, feeds.c.id == row.id)


def _is_configured(row: Row[Any] | None, source: Source) -> bool:
    """Tell whether a feed's row says what the configuration says."""
    return (
        row is not None
        and row.origin == "config"
        and row.state in {"active", GONE}
        and (row.every, tuple(row.tags)) == (source.every, source.tags)
        and source.name in {"", row.name}
    )


async def add(tx: AsyncConnection, source: Source, now: datetime) -> bool:
    """Add a feed by command; False where its URL is known already, which is left as it is."""
    if await find(tx, source.url) is not None:
        return False
    await _put(tx, source, "store", now)
    return True


async def _put(tx: AsyncConnection, source: Source, origin: str, now: datetime) -> None:
    """Write a feed down. One that was removed begins anew: what it lists then is old."""
    new = {"added": now, "next_due": now, "state": "active", **NEVER_POLLED}
    written: dict[str, Any] = {"origin": origin, "every": source.every, "tags": list(source.tags)}
    if source.name:
        written["name"] = source.name
    removed = feeds.c.state == REMOVED
    await tx.execute(update(feeds).where(feeds.c.url == source.url, removed).values(**new))
    statement = insert(feeds).values({"url": source.url, "name": "", **new, **written})
    if origin == "config":
        # What the file says holds, but for a feed that its publisher has ended.
        written["state"] = case((feeds.c.state == GONE, GONE), else_="active")
    await tx.execute(statement.on_conflict_do_update(index_elements=["url"], set_=written))


async def remove(tx: AsyncConnection, url: str) -> None:
    """Poll a feed no more. What it listed is remembered, so that nothing of it alerts again."""
    await _remove(tx, _called(url))


async def _remove(tx: AsyncConnection, which: ColumnElement[bool]) -> None:
    gone = select(feeds.c.id).where(which)
    await tx.execute(update(entries).where(entries.c.feed_id.in_(gone)).values(read_due=None))
    await tx.execute(update(feeds).where(which).values(state=REMOVED))


async def set_state(tx: AsyncConnection, url: str, state: str) -> None:
    """Set a feed to `active`, `paused` or `gone`."""
    await tx.execute(update(feeds).where(_called(url)).values(state=state))


async def find(tx: AsyncConnection, url: str) -> FeedState | None:
    """Return the feed with this URL, or that had it before it moved, or None."""
    called = and_(_called(url), feeds.c.state != REMOVED)
    # The one that has the URL now goes before one that had it.
    rows = await tx.execute(select(feeds).where(called).order_by(feeds.c.url != url))
    row = rows.first()
    return None if row is None else _state(row)


def _called(url: str) -> ColumnElement[bool]:
    return or_(feeds.c.url == url, feeds.c.former_url == url)


async def listed(tx: AsyncConnection) -> Sequence[FeedState]:
    """Return all feeds in the order of their names."""
    there = select(feeds).where(feeds.c.state != REMOVED)
    rows = await tx.execute(there.order_by(feeds.c.name, feeds.c.url))
    return [_state(row) for row in rows]


def _state(row: Row[tuple[object, ...]]) -> FeedState:
    return FeedState(
        row.url,
        row.name,
        row.origin,
        row.state,
        row.last_success,
        row.last_error,
        row.next_due,
        tuple(row.tags),
    )


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
    return await _claim(tx, wanted if url is None else wanted.where(_called(url)), now + lease)


async def claim_next(
    tx: AsyncConnection, now: datetime, lease: timedelta, limit: int, after: int
) -> Sequence[Feed]:
    """Take the next `limit` feeds by their ids, of those that nobody else holds, due or not.

    Args:
        tx: a transaction.
        now: the present instant.
        lease: for how long they are taken.
        limit: how many at most.
        after: the id of the last one that was taken before; 0 to begin.
    """
    ids = select(feeds.c.id).where(feeds.c.id > after, _free(now)).order_by(feeds.c.id)
    return await _claim(tx, ids.limit(limit), now + lease)


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
        streak=row.streak,
        interval=row.interval,
        rhythm=tuple(row.rhythm),
        hints=_read_hints(row.hints),
        last_full=row.last_full,
        moved_to=row.moved_to,
        moved_polls=row.moved_polls,
    )


def _read_hints(kept: Mapping[str, Any] | None) -> Hints:
    if not kept:
        return Hints()
    ttl = kept["ttl"] and kept["ttl"] * MICROSECOND
    return Hints(ttl, tuple(kept["skip_hours"]), tuple(kept["skip_days"]))


async def release_all(tx: AsyncConnection) -> None:
    """Give back what a process held that is gone."""
    await tx.execute(update(feeds).values(lease_until=None))


async def renew(tx: AsyncConnection, ids: Collection[int], until: datetime) -> None:
    """Hold feeds for longer that are being polled still."""
    held = and_(feeds.c.id.in_(ids), feeds.c.lease_until.is_not(None))
    await tx.execute(update(feeds).where(held).values(lease_until=until))


async def release(tx: AsyncConnection, until: Collection[datetime]) -> None:
    """Give back what was taken until then, as far as it was not polled."""
    taken = update(feeds).where(feeds.c.lease_until.in_(until))
    await tx.execute(taken.values(lease_until=None))


async def let_go(tx: AsyncConnection, ids: Collection[int]) -> None:
    """Give feeds back whose polls came to nothing."""
    await tx.execute(update(feeds).where(feeds.c.id.in_(ids)).values(lease_until=None))


async def anything_due(tx: AsyncConnection, now: datetime) -> bool:
    """Whether any feed is due: a look that takes no write lock."""
    due = select(feeds.c.id).where(feeds.c.next_due <= now, _free(now)).limit(1)
    return await tx.scalar(due) is not None
