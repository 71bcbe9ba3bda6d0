"""Handing settings on: what one chat has set is taken over by another, which keeps what it has."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import literal, null, select, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.alerts.timing import Manner
from bot.store import chats, own
from bot.store.memory import Code
from bot.store.schema import alerts, codes, entries, matches, subscriptions
from bot.store.types import Instant, Json
from bot.watch import personal

LOOK_BACK = timedelta(days=7)
"""What was found within that time before a list is taken over does not ring afterwards."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What was new to who took over."""

    lists: tuple[str, ...]
    queries: int
    left_out: int
    """Queries that there was no room for."""
    exclusions: int
    manner: Manner
    """Quiet hours and digest times."""


async def find(tx: AsyncConnection, digest: str, purpose: str, now: datetime) -> Code | None:
    """Return what a code is good for, without spending it; None: for nothing any more."""
    which = (codes.c.digest == digest) & (codes.c.purpose == purpose)
    good = select(codes.c.expires, codes.c.uses, codes.c.data).where(which)
    row = (await tx.execute(good.where(codes.c.uses > 0, codes.c.expires > now))).one_or_none()
    return None if row is None else Code(purpose, row.expires, row.uses, row.data)


async def has_something(tx: AsyncConnection, chat_id: int) -> bool:
    """Tell whether there is anything that somebody could take over."""
    manner = await chats.manner(tx, chat_id)
    if manner.quiet or manner.digests or await chats.subscribed(tx, chat_id):
        return True
    return bool(await own.lines(tx, chat_id) or await own.excluded(tx, chat_id))


@dataclass(frozen=True, slots=True)
class Handing:
    """Who hands what on to whom."""

    giver: int
    taker: int
    visible: Collection[str]
    """The watchlists that the taker may know of."""
    most_queries: int
    """So many a chat may have of its own."""
    now: datetime


async def take_over(tx: AsyncConnection, handing: Handing) -> Taken:
    """Copy lists, own queries, exclusions and times, and return what of it was new."""
    names = {name: name for name in sorted(handing.visible)}
    queries, left_out = await _take_queries(tx, handing, names)
    lists = await _take_lists(tx, handing, names)
    return Taken(
        tuple(name for name in lists if name in handing.visible),
        queries,
        left_out,
        await _take_exclusions(tx, handing, names),
        await _take_times(tx, handing),
    )


async def _take_queries(
    tx: AsyncConnection, handing: Handing, names: dict[str, str]
) -> tuple[int, int]:
    """Merge the giver's own queries into the taker's; notes in `names` what theirs is called."""
    theirs = await own.lines(tx, handing.giver)
    list_name = await own.list_name(tx, handing.giver)
    if not theirs or list_name is None:
        return 0, 0
    before = await own.lines(tx, handing.taker)
    fresh = [line for line in theirs if line not in before]
    fitting = fresh[: max(0, handing.most_queries - len(before))]
    if fitting:
        await own.set_lines(tx, handing.taker, [*before, *fitting])
    if (ours := await own.list_name(tx, handing.taker)) is not None:
        names[list_name] = ours
    return len(fitting), len(fresh) - len(fitting)


async def _take_lists(
    tx: AsyncConnection, handing: Handing, names: dict[str, str]
) -> Sequence[str]:
    """Switch on what is on with the giver, as it is told there; return what was new."""
    has = await chats.subscribed(tx, handing.taker)
    which = (subscriptions.c.chat_id == handing.giver) & subscriptions.c.watchlist.in_(names)
    rows = (await tx.execute(select(subscriptions).where(which))).all()
    fresh = [row for row in rows if names[row.watchlist] not in has]
    for row in fresh:
        name = names[row.watchlist]
        await chats.subscribe(tx, handing.taker, name, handing.now)
        mine = (subscriptions.c.chat_id == handing.taker) & (subscriptions.c.watchlist == name)
        set_ = update(subscriptions).where(mine)
        await tx.execute(set_.values(mode=row.mode, muted_until=row.muted_until))
    for row in rows:
        # Queries have joined others, perhaps: what they have found is no news either.
        if row in fresh or personal.is_own(row.watchlist):
            await _note_known(tx, handing, row.watchlist, names[row.watchlist])
    return [names[row.watchlist] for row in fresh]


async def _note_known(tx: AsyncConnection, handing: Handing, theirs: str, ours: str) -> None:
    """Have the taker know what the list has found so far: neither a copy nor a change rings."""
    found = (
        select(
            literal(handing.taker),
            entries.c.id,
            entries.c.subject,
            literal([ours], Json),
            literal(handing.now, Instant),
            null(),
        )
        .where(entries.c.id.in_(select(matches.c.entry_id).where(matches.c.watchlist == theirs)))
        .where(entries.c.published > handing.now - LOOK_BACK)
        .order_by(entries.c.published, entries.c.id)
    )
    columns = ["chat_id", "entry_id", "subject", "watchlists", "created", "outbox_id"]
    await tx.execute(insert(alerts).prefix_with("OR IGNORE").from_select(columns, found))


async def _take_exclusions(tx: AsyncConnection, handing: Handing, names: dict[str, str]) -> int:
    has = {(each.watchlist, each.line) for each in await own.excluded(tx, handing.taker)}
    taken = [
        (names[each.watchlist], each.line)
        for each in await own.excluded(tx, handing.giver)
        if each.watchlist in names and (names[each.watchlist], each.line) not in has
    ]
    for watchlist, line in taken:
        await own.exclude(tx, handing.taker, watchlist, line, handing.now)
    return len(taken)


async def _take_times(tx: AsyncConnection, handing: Handing) -> Manner:
    """Take over quiet hours and digest times where there are none yet; return those."""
    theirs = await chats.manner(tx, handing.giver)
    before = await chats.manner(tx, handing.taker)
    taken = Manner(
        quiet=None if before.quiet else theirs.quiet,
        digests=() if before.digests else theirs.digests,
    )
    wanted = replace(
        before, quiet=before.quiet or taken.quiet, digests=before.digests or taken.digests
    )
    await chats.set_manner(tx, handing.taker, wanted)
    return taken
