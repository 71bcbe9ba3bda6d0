"""How the service is doing as a whole: what `ausguck status`, /status and the Monday line say."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.feeds.health import median
from bot.store import alerts, canary, chats, entries, feeds, health, outbox
from bot.store.canary import Arrival
from bot.store.feeds import FeedState
from bot.store.health import Doing
from bot.store.schema import alerts as alerts_table
from bot.store.schema import outbox as letters

LATELY = timedelta(days=7)
"""Over which alerts, and how late they were, are counted."""


@dataclass(frozen=True, slots=True)
class Told:
    """How long after publication alerts were confirmed by Telegram."""

    half: timedelta
    """Within it half of them were."""
    most: timedelta
    """Within it 95 % of them were."""


@dataclass(frozen=True, slots=True)
class Pulse:
    """What everybody may know, and costs little to find out."""

    reading: int
    """Feeds that are read at present."""
    last_read: datetime | None
    """When a feed was last read."""
    waiting: int
    """Entries that are due to be read."""
    network_down_since: datetime | None
    told: Told | None
    """None: there was no alert of late."""
    canary: Arrival | None = None
    """When the canary last arrived; None: it did not yet."""


@dataclass(frozen=True, slots=True)
class State:
    """How the service is doing, in full."""

    pulse: Pulse
    feeds: Sequence[FeedState]
    doing: Mapping[str, Doing]
    """How each feed is, by its URL."""
    served: int
    """Chats that get alerts, topics included."""
    admins: frozenset[int]
    """Those of them that are an admin's."""
    letters: Mapping[str, int]
    """How many messages are in each state of the outbox."""
    plain: int
    """How many of them Telegram took in plain words only."""

    @property
    def health(self) -> Counter[str]:
        """How many feeds are how."""
        return Counter(each.health for each in self.doing.values())

    @property
    def per_day(self) -> float:
        """How many entries all feeds bring a day."""
        return sum(each.per_day for each in self.doing.values())

    @property
    def discovery(self) -> timedelta | None:
        """From publication to when an entry is first seen: the median of the feeds."""
        known = [each.discovery for each in self.doing.values()]
        return median([delay for delay in known if delay is not None])

    def which(self, health: str) -> Sequence[FeedState]:
        """Return the feeds that are so, by their names."""
        return [feed for feed in self.feeds if self.doing[feed.url].health == health]


async def pulse(tx: AsyncConnection, now: datetime) -> Pulse:
    """Return what everybody may know."""
    listed = await feeds.listed(tx)
    return Pulse(
        reading=sum(feed.state == "active" for feed in listed),
        last_read=max((feed.last_success for feed in listed if feed.last_success), default=None),
        waiting=await entries.unread(tx, now),
        network_down_since=await health.network_down_since(tx),
        told=_told(sorted(await alerts.delays(tx, now - LATELY))),
        canary=await canary.latest(tx),
    )


async def of_service(tx: AsyncConnection, now: datetime) -> State:
    """Return how the service is doing, in full."""
    known = await chats.listed(tx)
    served = [chat for chat in known if chat.served]
    return State(
        pulse=await pulse(tx, now),
        feeds=await feeds.listed(tx),
        doing=await health.overview(tx, now),
        served=len(served),
        # Who makes a pause is an admin all the same.
        admins=frozenset(chat.id for chat in known if chat.admin),
        letters=await outbox.counts(tx),
        plain=await outbox.sent_plainly(tx),
    )


def _told(ordered: Sequence[timedelta]) -> Told | None:
    if not ordered:
        return None
    half, most = (ordered[ceil(share * len(ordered)) - 1] for share in (0.5, 0.95))
    return Told(half, most)


async def waiting_for(tx: AsyncConnection, chat_id: int) -> tuple[int, datetime | None]:
    """Return how many messages wait to be sent to a chat, and when the next one is due."""
    waits = (letters.c.chat_id == chat_id) & letters.c.state.in_(["pending", "sending"])
    new = letters.c.kind != "edit"
    wanted = select(func.count().label("letters"), func.min(letters.c.due).label("due"))
    row = (await tx.execute(wanted.where(waits, new))).one()
    return row.letters, row.due


async def alerts_since(tx: AsyncConnection, since: datetime) -> tuple[int, int]:
    """Return how many alerts were sent since then, and how many more may not have arrived.

    An article that came to a story is none of its own; each event in a digest is. One that may not
    have arrived is named in a later message, and counts all the same.
    """
    joined = select(letters.c.state, letters.c.carried_by, func.count().label("alerts"))
    joined = joined.join(alerts_table, alerts_table.c.outbox_id == letters.c.id)
    sent = letters.c.state.in_(["sent", "uncertain"])
    recent = joined.where(sent, letters.c.changed > since, alerts.is_first())
    rows = (await tx.execute(recent.group_by(letters.c.state, letters.c.carried_by))).all()
    doubted = [row.state == "uncertain" or row.carried_by is not None for row in rows]
    uncertain = sum(row.alerts for row, each in zip(rows, doubted, strict=True) if each)
    return sum(row.alerts for row in rows) - uncertain, uncertain
