"""What the status page shows. Every question is bounded, and answered by an index."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Integer, Row, Select, and_, distinct, func, select, type_coerce
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.feeds.health import median
from bot.store.alerts import is_first
from bot.store.schema import (
    alerts,
    articles,
    chats,
    decisions,
    entries,
    feeds,
    matches,
    members,
    outbox,
    subscriptions,
)
from bot.store.types import EPOCH, MICROSECOND
from bot.watch.personal import is_own

HOUR = timedelta(hours=1)
LOOKED_AT = 2_000
"""Alerts among which the latest events are looked for: one event may have gone to many chats."""
TIMED = 200
"""Latest alerts by which it is measured how soon they are told."""
OUTLETS = 500
"""Articles of all shown events whose outlets are named."""
WAITING = ("pending", "sending", "uncertain")


@dataclass(frozen=True, slots=True)
class Told:
    """An event that chats were told of, or are to be, by the latest message about it."""

    title: str
    link: str | None
    outlet: str
    others: int
    """How many other outlets report it."""
    at: datetime
    watchlists: tuple[str, ...]
    queries: Mapping[str, str]
    """The first line of each list that matched."""
    reason: str
    """As it is stored; empty: not known any more."""
    states: Mapping[str, int]
    """In how many chats its message is in which state."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A message that is still to be sent, or that may not have arrived."""

    kind: str
    chat_type: str
    state: str
    due: datetime
    attempts: int
    error: str | None


@dataclass(frozen=True, slots=True)
class Hits:
    """How often a list matched."""

    hours: Mapping[datetime, int]
    """Articles in each hour in which there were any."""
    last: datetime | None


async def hits(
    tx: AsyncConnection, watchlists: Collection[str], since: datetime
) -> Mapping[str, Hits]:
    """Return how many articles lists matched since then, and when they last did at all."""
    hour = (type_coerce(matches.c.found, Integer) // (HOUR // MICROSECOND)).label("hour")
    counted = select(matches.c.watchlist, hour, func.count(distinct(matches.c.entry_id)).label("n"))
    which = and_(matches.c.watchlist.in_(watchlists), matches.c.found >= since)
    by_list: defaultdict[str, dict[datetime, int]] = defaultdict(dict)
    for row in await tx.execute(counted.where(which).group_by(matches.c.watchlist, hour)):
        by_list[row.watchlist][EPOCH + row.hour * HOUR] = row.n
    found = {}
    for name in watchlists:
        last = select(func.max(matches.c.found)).where(matches.c.watchlist == name)
        found[name] = Hits(by_list[name], await tx.scalar(last))
    return found


async def subscribers(tx: AsyncConnection) -> Mapping[str, int]:
    """Return in how many chats that are served each list is on."""
    on = select(subscriptions.c.watchlist, func.count().label("chats"))
    served = on.join(chats, chats.c.id == subscriptions.c.chat_id).where(chats.c.state == "active")
    rows = await tx.execute(served.group_by(subscriptions.c.watchlist))
    return {row.watchlist: row.chats for row in rows}


async def read_since(tx: AsyncConnection, since: datetime) -> int:
    """Return how many articles were read since then."""
    count = select(func.count()).select_from(articles).where(articles.c.read > since)
    return int(await tx.scalar(count) or 0)


async def told_within(tx: AsyncConnection) -> timedelta | None:
    """Return how long after publication the latest alerts arrived; the median, None of none."""
    newest = select(alerts.c.id).where(alerts.c.outbox_id.is_not(None), is_first())
    newest = newest.order_by(alerts.c.id.desc()).limit(TIMED)
    rows = await tx.execute(
        select(entries.c.published, outbox.c.changed)
        .select_from(alerts)
        .join(entries, entries.c.id == alerts.c.entry_id)
        .join(outbox, outbox.c.id == alerts.c.outbox_id)
        .where(alerts.c.id.in_(newest), outbox.c.kind == "alert", outbox.c.state == "sent")
        .where(entries.c.late.is_(False))
    )
    return median([row.changed - row.published for row in rows])


async def told(tx: AsyncConnection, most: int) -> Sequence[Told]:
    """Return the latest events that chats were told of, those of their own lists excepted."""
    rows = (await tx.execute(_latest())).all()
    events: dict[str, list[Row[Any]]] = {}
    for row in rows:
        if not all(map(is_own, row.watchlists)):
            event = f"story {row.story}" if row.story is not None else row.subject
            events.setdefault(event, []).append(row)
    some = list(events.values())[:most]
    others = await _outlets(tx, [each[0].story for each in some if each[0].story is not None])
    return [await _told(tx, each, others.get(each[0].story, set())) for each in some]


def _latest() -> Select[Any]:
    told = select(
        alerts.c.id,
        alerts.c.chat_id,
        alerts.c.entry_id,
        alerts.c.story,
        alerts.c.subject,
        alerts.c.watchlists,
        alerts.c.created,
        alerts.c.outbox_id,
    )
    of_messages = told.where(alerts.c.outbox_id.is_not(None), is_first())
    return of_messages.order_by(alerts.c.id.desc()).limit(LOOKED_AT)


async def _outlets(tx: AsyncConnection, stories: Collection[int]) -> Mapping[int, set[str]]:
    named = (
        select(members.c.story, feeds.c.name)
        .join(entries, entries.c.id == members.c.entry_id)
        .join(feeds, feeds.c.id == entries.c.feed_id)
        .where(members.c.story.in_(stories))
        .limit(OUTLETS)
    )
    found: defaultdict[int, set[str]] = defaultdict(set)
    for row in await tx.execute(named):
        found[row.story].add(row.name)
    return found


async def _told(tx: AsyncConnection, rows: Sequence[Row[Any]], outlets: set[str]) -> Told:
    first = rows[0]
    read = select(
        func.coalesce(articles.c.title, entries.c.title).label("title"),
        entries.c.link,
        feeds.c.name.label("outlet"),
    )
    joined = entries.join(feeds, feeds.c.id == entries.c.feed_id)
    joined = joined.outerjoin(articles, articles.c.entry_id == entries.c.id)
    of_entry = read.select_from(joined).where(entries.c.id == first.entry_id)
    entry = (await tx.execute(of_entry)).one()
    public = dict.fromkeys(name for row in rows for name in row.watchlists if not is_own(name))
    return Told(
        entry.title,
        entry.link,
        entry.outlet,
        len(outlets - {entry.outlet}),
        first.created,
        tuple(public),
        await _queries(tx, first.entry_id, public),
        await _reason(tx, first.entry_id, first.chat_id),
        await _states(tx, rows),
    )


async def _queries(tx: AsyncConnection, entry_id: int, names: Iterable[str]) -> Mapping[str, str]:
    which = select(matches.c.watchlist, matches.c.query).where(matches.c.entry_id == entry_id)
    rows = (await tx.execute(which.order_by(matches.c.id.desc()))).all()
    first = {row.watchlist: row.query for row in rows}
    return {name: first.get(name, "") for name in names}


async def _reason(tx: AsyncConnection, entry_id: int, chat_id: int) -> str:
    of_chat = and_(decisions.c.entry_id == entry_id, decisions.c.chat_id == chat_id)
    newest = select(decisions.c.reason).where(of_chat).order_by(decisions.c.decided.desc())
    return await tx.scalar(newest.limit(1)) or ""


async def _states(tx: AsyncConnection, rows: Sequence[Row[Any]]) -> Mapping[str, int]:
    """Return in how many chats the latest message of an event is in which state."""
    latest: dict[int, int] = {}
    for row in rows:
        latest.setdefault(row.chat_id, row.outbox_id)
    ids = list(latest.values())[:LOOKED_AT]
    states = select(outbox.c.state).where(outbox.c.id.in_(ids))
    return Counter((await tx.scalars(states)).all())


async def waiting(tx: AsyncConnection, most: int) -> Sequence[Waiting]:
    """Return messages that wait, or may not have arrived, those that are due first."""
    rows = await tx.execute(
        select(outbox, chats.c.type)
        .join(chats, chats.c.id == outbox.c.chat_id)
        .where(outbox.c.state.in_(WAITING))
        .order_by(outbox.c.due, outbox.c.id)
        .limit(most)
    )
    return [
        Waiting(row.kind, row.type, row.state, row.due, row.attempts, row.error) for row in rows
    ]


async def waiting_counts(tx: AsyncConnection) -> Mapping[str, int]:
    """Return how many messages wait in each of the states in which one does."""
    counted = select(outbox.c.state, func.count().label("n")).where(outbox.c.state.in_(WAITING))
    return {row.state: row.n for row in await tx.execute(counted.group_by(outbox.c.state))}


async def alerts_since(tx: AsyncConnection, since: datetime) -> int:
    """Return how many events were told since then, each once for all chats."""
    newest = _latest().subquery()
    event = func.coalesce(newest.c.story, newest.c.subject)
    which = select(func.count(distinct(event))).where(newest.c.created > since)
    return int(await tx.scalar(which) or 0)
