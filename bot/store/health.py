"""How feeds are doing: what their rows and entries say, and what an admin was told of it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, and_, case, delete, func, select, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.feeds.health import QUIET, Health, Known, health, latest, median, per_day
from bot.model import Feed
from bot.store.schema import entries, feeds, settings

WINDOW = timedelta(days=7)
"""Over which entries a day and the time to discovery are counted."""
MOMENTS = 200
"""Newest entries of a feed that its rhythm is read from."""
DELAYS = 25
"""Newest entries of a feed that its time to discovery is read from."""
LOOKED_UP = 20
"""Feeds whose rhythm is read for one glance at all."""
NETWORK = "network.down_since"
_GLANCED = (
    *("id", "url", "name", "state", "added", "last_success", "errors", "last_error", "next_due"),
    *("rhythm", "told"),
)


@dataclass(frozen=True, slots=True)
class Standing:
    """A feed, and what an admin was told of it."""

    id: int
    url: str
    name: str
    error: str | None
    known: Known
    told: str | None = None
    """ill or silent."""


@dataclass(frozen=True, slots=True)
class Doing:
    """What `ausguck feeds list` and `status` show of a feed beside its state."""

    health: Health
    errors: int
    last_new: datetime | None
    per_day: float
    discovery: timedelta | None
    """From publication to when it was first seen: the median of late; None: not known yet."""


@dataclass(frozen=True, slots=True)
class Glance:
    """A feed as far as its own row tells how it is: quick to tell of a thousand."""

    url: str
    name: str
    health: Health
    errors: int
    error: str | None
    last_success: datetime | None
    last_new: datetime | None
    """Of a feed that is silent, and else as its rhythm says; None: not known."""
    next_due: datetime


async def standing(tx: AsyncConnection, feed_id: int) -> Standing | None:
    """Return how a feed stands by its row alone: enough to tell whether it is ill."""
    row = (await tx.execute(select(feeds).where(feeds.c.id == feed_id))).one_or_none()
    if row is None:
        return None
    return _standing(row)


async def maybe_silent(tx: AsyncConnection, now: datetime) -> Sequence[Standing]:
    """Return, with their moments, the feeds that brought nothing for two days, or were told to."""
    answering = and_(feeds.c.state == "active", feeds.c.errors == 0)
    rows = (await tx.execute(select(feeds).where(answering))).all()
    wanted = (r for r in rows if r.told == "silent" or (r.told is None and _is_quiet(r, now)))
    return [await _with_moments(tx, _standing(row)) for row in wanted]


async def overview(tx: AsyncConnection, now: datetime) -> Mapping[str, Doing]:
    """Return how all feeds are doing: URL -> what is known."""
    counts = await _counts(tx, now - WINDOW)
    delays = await _delays(tx, now - WINDOW)
    doing = {}
    for row in (await tx.execute(select(feeds).where(feeds.c.state != "removed"))).all():
        count, oldest, newest = counts.get(row.id, (0, None, None))
        known = replace(_standing(row).known, last_new=newest)
        if _is_quiet(row, now):
            known = (await _with_moments(tx, _standing(row))).known
        doing[row.url] = Doing(
            health(known, now),
            row.errors,
            known.last_new,
            per_day(count, oldest, now, WINDOW),
            median(delays.get(row.id, ())),
        )
    return doing


async def glances(tx: AsyncConnection, now: datetime) -> Sequence[Glance]:
    """Return how all feeds are, in the order of their names.

    That a feed is silent is looked up for the first few that may be; of more it is as told.
    """
    there = select(*(feeds.c[name] for name in _GLANCED)).where(feeds.c.state != "removed")
    rows = (await tx.execute(there.order_by(feeds.c.name, feeds.c.url))).all()
    looked_up, found = 0, []
    for row in rows:
        each = _standing(row)
        known = replace(each.known, last_new=latest(row.rhythm))
        how = health(replace(known, last_new=now), now)
        if how == "well" and _is_quiet(row, now):
            looked_up += 1
            if looked_up <= LOOKED_UP:
                known = (await _with_moments(tx, each)).known
                how = health(known, now)
            elif each.told == "silent":
                how = "silent"
        said = (each.url, each.name, how, row.errors, each.error)
        found.append(Glance(*said, known.last_success, known.last_new, row.next_due))
    return found


async def newest_link(tx: AsyncConnection, feed_id: int) -> str | None:
    """Return the link of a feed's newest entry: it leads to the site that the feed is of."""
    linked = and_(entries.c.feed_id == feed_id, entries.c.link.is_not(None))
    link: str | None = await tx.scalar(
        select(entries.c.link).where(linked).order_by(entries.c.published.desc()).limit(1)
    )
    return link


async def tell(tx: AsyncConnection, feed_id: int, told: str | None) -> None:
    """Remember what an admin was told of a feed; None: that it is well."""
    await tx.execute(update(feeds).where(feeds.c.id == feed_id).values(told=told))


async def network_down_since(tx: AsyncConnection) -> datetime | None:
    """Return since when our own network fails; None: it does not."""
    written = await tx.scalar(select(settings.c.value).where(settings.c.name == NETWORK))
    return datetime.fromisoformat(written) if written else None


async def network_is_down(tx: AsyncConnection, since: datetime | None) -> None:
    """Remember that our own network fails, or, with None, that it works again."""
    await tx.execute(delete(settings).where(settings.c.name == NETWORK))
    if since:
        await tx.execute(insert(settings).values(name=NETWORK, value=since.isoformat()))


async def forgive(tx: AsyncConnection, failed: Sequence[Feed], due: datetime) -> None:
    """Undo what failed polls did to feeds: they are as they were when they were claimed."""
    for feed in failed:
        charged = feeds.c.errors > feed.errors
        values: dict[str, Any] = {"errors": feed.errors, "streak": feed.streak, "next_due": due}
        if not feed.errors:
            values["last_error"] = None
        await tx.execute(update(feeds).where(feeds.c.id == feed.id, charged).values(**values))


async def spread(
    tx: AsyncConnection, now: datetime, soon: timedelta, step: timedelta, longest: timedelta
) -> int:
    """Put the feeds that are due, or will be `soon`, apart.

    Args:
        tx: a transaction.
        now: from when on they are due.
        soon: what is due until then counts.
        step: between two, or less, so that
        longest: is the time within which all are due.

    Returns:
        How many there are.
    """
    due = select(feeds.c.id, feeds.c.next_due).where(feeds.c.state == "active")
    due = due.where(feeds.c.next_due <= now + soon).order_by(feeds.c.next_due, feeds.c.id)
    rows = (await tx.execute(due)).all()
    apart = min(step, longest / max(1, len(rows)))
    for n, row in enumerate(rows):
        # Not sooner than it is: a server may have asked to be left alone until then.
        when = max(row.next_due, now + n * apart)
        await tx.execute(update(feeds).where(feeds.c.id == row.id).values(next_due=when))
    return len(rows)


async def waiting_since(tx: AsyncConnection) -> tuple[datetime | None, datetime | None]:
    """Return when the feed was due that waits longest, and the last success of any feed."""
    active = feeds.c.state == "active"
    due = await tx.scalar(select(func.min(feeds.c.next_due)).where(active))
    return due, await tx.scalar(select(func.max(feeds.c.last_success)))


def _standing(row: Row[tuple[object, ...]]) -> Standing:
    known = Known(row.added, row.state, row.last_success, row.errors)
    return Standing(row.id, row.url, row.name, row.last_error, known, row.told)


def _is_quiet(row: Row[tuple[object, ...]], now: datetime) -> bool:
    """Whether it may be silent. Its rhythm tells at a glance that most feeds are not."""
    return row.last_success is not None and now - (latest(row.rhythm) or row.added) > QUIET


async def _with_moments(tx: AsyncConnection, standing: Standing) -> Standing:
    """Add when its entries were published, and when the last appeared that came after the first.

    Publishers date wrongly: what was first seen after the first poll was new then.
    """
    appeared = case((entries.c.old, entries.c.published), else_=entries.c.seen)
    rows = (
        await tx.execute(
            select(entries.c.published, appeared.label("appeared"))
            .where(entries.c.feed_id == standing.id)
            .order_by(entries.c.published.desc())
            .limit(MOMENTS)
        )
    ).all()
    newest = max((row.appeared for row in rows), default=None)
    moments = tuple(row.published for row in rows)
    return replace(standing, known=replace(standing.known, last_new=newest, moments=moments))


async def _counts(
    tx: AsyncConnection, since: datetime
) -> Mapping[int, tuple[int, datetime, datetime]]:
    """Return how many entries were published since, the oldest date and the newest, by feed."""
    dates = entries.c.published
    statement = select(
        entries.c.feed_id,
        func.count(case((dates >= since, 1))).label("recent"),
        func.min(dates).label("oldest"),
        func.max(dates).label("newest"),
    )
    rows = await tx.execute(statement.group_by(entries.c.feed_id))
    return {row.feed_id: (row.recent, row.oldest, row.newest) for row in rows}


async def _delays(tx: AsyncConnection, since: datetime) -> Mapping[int, Sequence[timedelta]]:
    """Return how long after their publication the newest entries were seen, by feed.

    Not of those that were there before, nor of those without a date, which count as published when
    they are seen.
    """
    place = func.row_number().over(
        partition_by=entries.c.feed_id, order_by=entries.c.published.desc()
    )
    recent = (
        select(entries.c.feed_id, entries.c.published, entries.c.seen, place.label("place"))
        .where(entries.c.published >= since, entries.c.published < entries.c.seen)
        .where(entries.c.old.is_(False))
        .subquery()
    )
    found: defaultdict[int, list[timedelta]] = defaultdict(list)
    for row in await tx.execute(select(recent).where(recent.c.place <= DELAYS)):
        found[row.feed_id].append(row.seen - row.published)
    return found
