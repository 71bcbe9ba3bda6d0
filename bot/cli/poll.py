"""`ausguck poll`: the chain up to the outbox, once. Loads no Telegram, sends nothing."""

import asyncio
from argparse import Namespace
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot import clock
from bot.cli import DONE, NO, complain, json_line
from bot.cli.settings import configured, finish
from bot.config import Config
from bot.daemon.intake import Intake, intake, log_event, open_store
from bot.errors import Fault, UserError
from bot.model import Feed
from bot.pipeline import Polled
from bot.store import alerts, entries, feeds

LEASE = timedelta(minutes=30)
AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which feeds are polled."""

    everything: bool
    url: str | None


def poll(arguments: Namespace) -> int:
    """Poll what is due (or all, or one), read what is new, print a line a feed."""
    config = configured(arguments)
    wanted = Wanted(arguments.all or arguments.feed is not None, arguments.feed)
    rows = finish(_poll(config, wanted, clock.now))
    for row in rows:
        print(json_line(row) if arguments.json else _line(row))
    if not rows:
        complain("no feed is due" if not wanted.everything else "there is no feed; see config.toml")
    return NO if rows and all(row["status"] == "error" for row in rows) else DONE


async def _poll(
    config: Config, wanted: Wanted, now: Callable[[], datetime]
) -> list[dict[str, object]]:
    async with (
        open_store(config, now) as store,
        intake(config, store, log_event, now) as parts,
    ):
        async with store.write() as tx:
            if wanted.url is not None and await feeds.find(tx, wanted.url) is None:
                raise UserError(Fault("--feed", f"{wanted.url} is not known", "see feeds list"))
            claimed = (
                await feeds.claim_all(tx, now(), LEASE, wanted.url)
                if wanted.everything
                else await feeds.claim_due(tx, now(), LEASE, AT_ONCE)
            )
        places = asyncio.Semaphore(config.poll.concurrency)
        work = [_one(parts, feed, places, now) for feed in claimed]
        return list(await asyncio.gather(*work))


async def _one(
    parts: Intake, feed: Feed, places: asyncio.Semaphore, now: Callable[[], datetime]
) -> dict[str, object]:
    async with places:
        polled = await parts.pipeline.poll(feed)
    await _read(parts, polled.entry_ids, places, now)
    async with parts.store.read() as connection:
        matched = await alerts.matched_count(connection, polled.entry_ids)
    return _row(polled, matched)


async def _read(
    parts: Intake,
    entry_ids: Sequence[int],
    places: asyncio.Semaphore,
    now: Callable[[], datetime],
) -> None:
    if not entry_ids:
        return
    async with parts.store.write() as tx:
        await entries.claim(tx, entry_ids, now() + LEASE)

    async def read(entry_id: int) -> None:
        async with places:
            await parts.pipeline.read(entry_id)

    await asyncio.gather(*(read(entry_id) for entry_id in entry_ids))


def _row(polled: Polled, matched: int) -> dict[str, object]:
    return {
        "url": polled.url,
        "status": polled.status,
        "entries": polled.entries,
        "new": polled.new,
        "matched": matched,
        "error": polled.error,
    }


def _line(row: dict[str, object]) -> str:
    if row["error"]:
        return f"{row['url']}: {row['error']}"
    if row["status"] == "unchanged":
        return f"{row['url']}: unchanged"
    return f"{row['url']}: {row['entries']} entries, {row['new']} new, {row['matched']} matched"
