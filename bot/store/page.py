"""What the status page shows. Every question is bounded, and answered by an index."""

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, Select, and_, distinct, func, select, text
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

LOOKED_AT = 2_000
"""Alerts among which the latest events are looked for: one event may have gone to many chats."""
TIMED = 200
"""Latest alerts by which it is measured how soon they are told."""
OUTLETS = 500
"""Articles of all shown events whose outlets are named."""
WAITING = ("pending", "sending", "uncertain")
# Each day of each list is one place in the index, so that no hour need be counted by itself.
_BY_DAY = text("""
    SELECT lists.key AS list, days.key AS day, count(DISTINCT matches.entry_id) AS articles
    FROM json_each(:lists) AS lists CROSS JOIN json_each(:days) AS days CROSS JOIN matches
    WHERE matches.watchlist = lists.value
      AND matches.found >= json_extract(days.value, '$[0]')
      AND matches.found < json_extract(days.value, '$[1]')
    GROUP BY lists.key, days.key
""")
_LAST = text("""
    SELECT (SELECT max(found) FROM matches WHERE watchlist = lists.value)
    FROM json_each(:lists) AS lists ORDER BY lists.key
""")


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

    days: Sequence[int]
    """Articles on each day."""
    last: datetime | None


async def hits(
    tx: AsyncConnection, watchlists: Sequence[str], days: Sequence[datetime]
) -> Sequence[Hits]:
    """Return how many articles lists matched on each day, and when they last did at all.

    Args:
        tx: a connection.
        watchlists: their names.
        days: when each day begins, one after the other; the last is not over yet.
    """
    begins = [(day - EPOCH) // MICROSECOND for day in days]
    ends = [*begins[1:], 2**62]
    asked = {"lists": json.dumps(watchlists), "days": json.dumps([*zip(begins, ends, strict=True)])}
    counts = [[0] * len(days) for _ in watchlists]
    for row in await tx.execute(_BY_DAY, asked):
        counts[row.list][row.day] = row.articles
    lasts = (await tx.scalars(_LAST, {"lists": asked["lists"]})).all()
    return [
        Hits(each, None if last is None else EPOCH + last * MICROSECOND)
        for each, last in zip(counts, lasts, strict=True)
    ]


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
    return await _in_full(tx, some) if some else []


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


async def _in_full(tx: AsyncConnection, events: Sequence[Sequence[Row[Any]]]) -> Sequence[Told]:
    """Look up what is to be shown of events, of all at once."""
    heads = [rows[0] for rows in events]
    read = await _entries(tx, [row.entry_id for row in heads])
    outlets = await _outlets(tx, {row.story for row in heads} - {None})
    queries = await _queries(tx, [row.entry_id for row in heads])
    reasons = await _reasons(tx, heads)
    states = await _states(tx, [_latest_letters(rows) for rows in events])
    told = []
    for head, rows, state in zip(heads, events, states, strict=True):
        entry, known = read[head.entry_id], queries[head.entry_id]
        names = dict.fromkeys(name for row in rows for name in row.watchlists if not is_own(name))
        others = len(outlets[head.story] - {entry.outlet})
        article = (entry.title, entry.link, entry.outlet, others, head.created)
        lines = {name: known.get(name, "") for name in names}
        told.append(Told(*article, tuple(names), lines, reasons.get(head.id, ""), state))
    return told


async def _entries(tx: AsyncConnection, ids: Sequence[int]) -> Mapping[int, Row[Any]]:
    joined = entries.join(feeds, feeds.c.id == entries.c.feed_id)
    joined = joined.outerjoin(articles, articles.c.entry_id == entries.c.id)
    wanted: Select[Any] = select(
        entries.c.id,
        func.coalesce(articles.c.title, entries.c.title).label("title"),
        entries.c.link,
        feeds.c.name.label("outlet"),
    )
    rows = await tx.execute(wanted.select_from(joined).where(entries.c.id.in_(ids)))
    return {row.id: row for row in rows}


async def _queries(tx: AsyncConnection, ids: Sequence[int]) -> Mapping[int, Mapping[str, str]]:
    """Return the first line of each list that matched an entry."""
    which = select(matches.c.entry_id, matches.c.watchlist, matches.c.query)
    found: defaultdict[int, dict[str, str]] = defaultdict(dict)
    for row in await tx.execute(which.where(matches.c.entry_id.in_(ids)).order_by(matches.c.id)):
        found[row.entry_id].setdefault(row.watchlist, row.query)
    return found


async def _reasons(tx: AsyncConnection, heads: Sequence[Row[Any]]) -> Mapping[int, str]:
    """Return why alerts were told, by their ids."""
    same = and_(decisions.c.entry_id == alerts.c.entry_id, decisions.c.chat_id == alerts.c.chat_id)
    joined = select(alerts.c.id, decisions.c.reason).join(decisions, same)
    ids = [row.id for row in heads]
    rows = await tx.execute(joined.where(alerts.c.id.in_(ids)).order_by(decisions.c.decided))
    return {row.id: row.reason for row in rows}


def _latest_letters(rows: Sequence[Row[Any]]) -> Collection[int]:
    """Return of each chat the latest message about an event."""
    latest: dict[int, int] = {}
    for row in rows:
        latest.setdefault(row.chat_id, row.outbox_id)
    return latest.values()


async def _states(
    tx: AsyncConnection, letters: Sequence[Collection[int]]
) -> Sequence[Mapping[str, int]]:
    """Return how many of some messages are in which state."""
    ids = [letter for each in letters for letter in each]
    rows = await tx.execute(select(outbox.c.id, outbox.c.state).where(outbox.c.id.in_(ids)))
    states = {row.id: row.state for row in rows}
    return [Counter(states[letter] for letter in each if letter in states) for each in letters]


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
