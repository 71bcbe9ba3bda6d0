"""`ausguck poll`: the chain up to the outbox, once. Loads no Telegram, sends nothing."""

import asyncio
from argparse import Namespace
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from bot import clock
from bot.cli import DONE, NO, complain, json_line
from bot.cli.settings import configured, finish
from bot.config import Config
from bot.daemon.intake import open_pipeline, open_store, open_tools
from bot.errors import Fault, UserError
from bot.model import Feed
from bot.pipeline import Pipeline, Polled
from bot.store import Store, alerts, entries, feeds
from bot.store.entries import Waiting

if TYPE_CHECKING:
    from bot.watch.matcher import Matcher

LEASE = timedelta(minutes=30)
AT_ONCE = 400
"""Feeds that are claimed and polled together: enough to keep their hosts busy, and no more than
fits into a small memory."""
READ_AT_ONCE = 5_000
"""Entries that are claimed and read together."""
PLACES = 200
"""Of these, pages that are waited for, and batches that are written, at a time."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which feeds are polled."""

    everything: bool
    url: str | None


class Lists:
    """The watchlists, read when the first article is there to be matched."""

    def __init__(self, config: Config, store: Store) -> None:
        self._config = config
        self._store = store
        self._reading = asyncio.Lock()
        self._matcher: Matcher | None = None

    async def matcher(self) -> "Matcher":
        """Return the matcher of all good lists."""
        async with self._reading:
            if self._matcher is None:
                from bot.daemon.lists import log_event, open_library

                library = await open_library(self._config, self._store, log_event, clock.now)
                self._matcher = library.matcher
        return self._matcher


def poll(arguments: Namespace) -> int:
    """Poll what is due (or all, or one), read what is new, print a line a feed."""
    config = configured(arguments)
    wanted = Wanted(arguments.all or arguments.feed is not None, arguments.feed)
    polled, failed = finish(_poll(config, wanted, _printer(as_json=arguments.json)))
    if not polled:
        complain("no feed is due" if not wanted.everything else "there is no feed; see config.toml")
    return NO if polled and failed == polled else DONE


def _printer(*, as_json: bool) -> Callable[[Polled, int], None]:
    def show(polled: Polled, matched: int) -> None:
        print(json_line(_row(polled, matched)) if as_json else _line(polled, matched))

    return show


async def _poll(
    config: Config, wanted: Wanted, show: Callable[[Polled, int], None]
) -> tuple[int, int]:
    """Return how many feeds were polled, and how many of them failed."""
    now, count, failed = clock.now, 0, 0
    async with open_store(config, now) as store, _leases(store) as leases:
        lists = Lists(config, store)
        async with (
            open_tools(config, store, lists.matcher, now) as tools,
            open_pipeline(tools, config) as pipeline,
        ):
            async for claimed in _claimed(store, wanted, leases):
                done = await asyncio.gather(*map(pipeline.poll, claimed))
                new = [entry_id for polled in done for entry_id in polled.entry_ids]
                matched: set[int] = set()
                for start in range(0, len(new), READ_AT_ONCE):
                    part = new[start : start + READ_AT_ONCE]
                    matched |= await _read(store, pipeline, part, leases)
                for polled in done:
                    show(polled, len(matched.intersection(polled.entry_ids)))
                count += len(done)
                failed += sum(polled.status in {"error", "unsaved"} for polled in done)
    return count, failed


@asynccontextmanager
async def _leases(store: Store) -> AsyncIterator[set[datetime]]:
    """Give back in the end what was claimed until one of these times: a poll may be broken off."""
    leases: set[datetime] = set()
    try:
        yield leases
    finally:
        async with store.write() as tx:
            await feeds.release(tx, leases)
            await entries.release(tx, leases)


async def _claimed(
    store: Store, wanted: Wanted, leases: set[datetime]
) -> AsyncIterator[Sequence[Feed]]:
    """Claim the feeds that are wanted, piece by piece, each once."""
    if wanted.url is not None:
        async with store.read() as connection:
            if await feeds.find(connection, wanted.url) is None:
                raise UserError(Fault("--feed", f"{wanted.url} is not known", "see feeds list"))
    began, last = clock.now(), 0
    while True:
        now = clock.now()
        leases.add(now + LEASE)
        async with store.write() as tx:
            if wanted.url is not None:
                claimed = () if last else await feeds.claim_all(tx, now, LEASE, wanted.url)
            elif wanted.everything:
                claimed = await feeds.claim_next(tx, now, LEASE, AT_ONCE, last)
            else:
                # What becomes due meanwhile is left to the next round.
                claimed = await feeds.claim_due(tx, began, now - began + LEASE, AT_ONCE)
        if not claimed:
            return
        yield claimed
        last = max(feed.id for feed in claimed)


async def _read(
    store: Store, pipeline: Pipeline, entry_ids: Sequence[int], leases: set[datetime]
) -> frozenset[int]:
    """Read entries; return the ids of those that any watchlist matched."""
    now = clock.now()
    leases.add(now + LEASE)
    async with store.write() as tx:
        # A daemon beside us may have been faster.
        claimed = await entries.claim(tx, entry_ids, now, now + LEASE)
    places = asyncio.Semaphore(PLACES)

    async def read(batch: Sequence[Waiting]) -> None:
        async with places:
            await pipeline.read(batch)

    await asyncio.gather(*map(read, await pipeline.batches(claimed)))
    async with store.read() as connection:
        return await alerts.matched(connection, entry_ids)


def _row(polled: Polled, matched: int) -> dict[str, object]:
    return {
        "url": polled.url,
        "status": polled.status,
        "entries": polled.entries,
        "new": polled.new,
        "matched": matched,
        "error": polled.error,
    }


def _line(polled: Polled, matched: int) -> str:
    if polled.error:
        return f"{polled.url}: {polled.error}"
    if polled.status == "unchanged":
        return f"{polled.url}: unchanged"
    return f"{polled.url}: {polled.entries} entries, {polled.new} new, {matched} matched"
