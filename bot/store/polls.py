"""How the polls of feeds went, and what follows from it for the feed and its host."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import and_, bindparam, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.feeds.urls import PORTS
from bot.model import Feed, Hints, Validators
from bot.store.feeds import GONE
from bot.store.schema import feeds
from bot.store.types import MICROSECOND

_OF_FEED = update(feeds).where(feeds.c.id == bindparam("feed"))
Host = tuple[str, int | None]
"""Name in lower case, and port: two servers on one machine are two."""


@dataclass(frozen=True, slots=True)
class Success:
    """What a poll that worked leaves behind."""

    validators: Validators
    body_digest: str | None
    next_due: datetime
    title: str = ""
    """The feed's own title, taken as its name where it has none."""
    interval: timedelta | None = None
    due_reason: str | None = None
    """Why `next_due` is as it is, in words."""
    full: bool = False
    """Whether the body came, not "not modified"."""
    whole: bool = True
    """Whether it came to its end: what half a first poll did not list is no news either."""
    rhythm: tuple[int, ...] | None = None
    hints: Hints | None = None
    """These two: None leaves them as they are."""
    moved_to: str | None = None
    """Where the answer was permanently redirected to."""


@dataclass(frozen=True, slots=True)
class Failure:
    """What a poll that did not work leaves behind."""

    error: str
    next_due: datetime
    weight: float = 1.0
    """What it adds to the streak."""
    due_reason: str | None = None


async def succeeded(tx: AsyncConnection, feed: Feed, success: Success, now: datetime) -> None:
    """Record a poll that worked and give the feed back."""
    values = _worked(feed, success, now)
    if not feed.name and success.title:
        values["name"] = success.title
    if success.rhythm is not None and success.rhythm != feed.rhythm:
        values["rhythm"] = list(success.rhythm)
    if success.hints is not None and success.hints != feed.hints:
        values["hints"] = _kept_hints(success.hints)
    await tx.execute(_OF_FEED, {"feed": feed.id, **values})


async def unchanged(tx: AsyncConnection, found: Iterable[tuple[Feed, Success, datetime]]) -> None:
    """Record polls that worked and brought nothing new, and give their feeds back."""
    rows = [{"feed": feed.id, **_worked(feed, success, now)} for feed, success, now in found]
    if rows:
        await tx.execute(_OF_FEED, rows)


def _worked(feed: Feed, success: Success, now: datetime) -> dict[str, Any]:
    # A feed that breaks off every time is believed the second time.
    is_first = success.whole or feed.last_success is not None
    return {
        "etag": success.validators.etag,
        "last_modified": success.validators.last_modified,
        "body_digest": success.body_digest,
        "first_success": feed.first_success or (now if is_first else None),
        "last_success": now,
        "last_full": now if success.full else feed.last_full,
        "next_due": success.next_due,
        "due_reason": success.due_reason,
        "interval": success.interval,
        "errors": 0,
        "streak": 0.0,
        "last_error": None,
        "lease_until": None,
        "moved_to": success.moved_to,
        "moved_polls": moved_polls(feed, success.moved_to),
    }


def moved_polls(feed: Feed, target: str | None) -> int:
    """Return how many polls in a row were redirected to the same target, the present one too."""
    if target is None:
        return 0
    return feed.moved_polls + 1 if target == feed.moved_to else 1


async def failed(tx: AsyncConnection, feed: Feed, failure: Failure) -> None:
    """Record a poll that did not work and give the feed back."""
    values = {
        "errors": feed.errors + 1,
        "streak": feed.streak + failure.weight,
        "last_error": failure.error,
        "next_due": failure.next_due,
        "due_reason": failure.due_reason,
        "lease_until": None,
    }
    await tx.execute(update(feeds).where(feeds.c.id == feed.id).values(**values))


async def postponed(tx: AsyncConnection, feed: Feed, next_due: datetime, due_reason: str) -> None:
    """Give a feed back that was not asked at all, because its host is to be left alone."""
    values = {"next_due": next_due, "due_reason": due_reason, "lease_until": None}
    await tx.execute(update(feeds).where(feeds.c.id == feed.id).values(**values))


async def hold_host(tx: AsyncConnection, host: Host, until: datetime, due_reason: str) -> None:
    """Let no feed of a host be due before `until`."""
    near = and_(feeds.c.next_due < until, func.instr(func.lower(feeds.c.url), host[0]) > 0)
    rows = await tx.execute(select(feeds.c.id, feeds.c.url).where(near))
    ids = [row.id for row in rows if _host(row.url) == host]
    held = update(feeds).where(feeds.c.id.in_(ids))
    await tx.execute(held.values(next_due=until, due_reason=due_reason))


async def end(tx: AsyncConnection, feed: Feed, error: str) -> bool:
    """Poll a feed no more that its publisher has ended; False where that is known."""
    active = and_(feeds.c.id == feed.id, feeds.c.state == "active")
    ended = await tx.execute(update(feeds).where(active).values(state=GONE, last_error=error))
    return bool(ended.rowcount)


async def move(tx: AsyncConnection, feed: Feed, url: str) -> bool:
    """Give a feed a new URL and keep its history; False where a feed with that URL is known."""
    taken = or_(feeds.c.url == url, feeds.c.former_url == url)
    if await tx.scalar(select(feeds.c.id).where(taken, feeds.c.id != feed.id)):
        return False
    values = {"url": url, "moved_to": None, "moved_polls": 0}
    former = func.coalesce(feeds.c.former_url, feeds.c.url)
    moving = update(feeds).where(feeds.c.id == feed.id)
    await tx.execute(moving.values(former_url=former, **values))
    return True


def _host(url: str) -> Host | None:
    try:
        parts = urlsplit(url)
        return (parts.hostname or "").lower(), parts.port or PORTS.get(parts.scheme)
    except ValueError:
        return None


def _kept_hints(hints: Hints) -> dict[str, Any] | None:
    if hints == Hints():
        return None
    days = {"skip_hours": hints.skip_hours, "skip_days": hints.skip_days}
    return {"ttl": hints.ttl and hints.ttl // MICROSECOND, **days}
