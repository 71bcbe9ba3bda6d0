"""Builds the way from feeds to the outbox, without Telegram: for the daemon and `ausguck poll`."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime

import structlog

from bot.config import Config
from bot.errors import Fault
from bot.library import Library
from bot.net import Fetcher
from bot.pipeline import Pipeline, Tools
from bot.store import DatabaseTrouble, Store, chats, feeds, memory, outbox
from bot.store.feeds import Source
from bot.watch.files import Broken, Event, FolderGone, Removed
from bot.workers import Workers

log = structlog.get_logger()

Tell = Callable[[Event], Awaitable[None]]

MOST_SHOWN = 20  # faults of one file in the log or a message: the wrong file has thousands


@dataclass(frozen=True, slots=True)
class Intake:
    """The parts between a feed and the outbox, open and ready."""

    store: Store
    library: Library
    pipeline: Pipeline


@asynccontextmanager
async def open_store(config: Config, now: Callable[[], datetime]) -> AsyncIterator[Store]:
    """Open the store with the configured feeds in it.

    Raises:
        StoreError: see `bot.store.Store.open`.
    """
    store = await Store.open(config.store.url, config.folder)
    try:
        written = [Source(feed.url, feed.name, feed.every, feed.tags) for feed in config.feeds]
        async with store.write() as tx:
            await feeds.configure(tx, written, now())
        yield store
    finally:
        await store.close()


def http_client(config: Config) -> Fetcher:
    """Return the HTTP client as it is configured; whoever asks for it closes it."""
    return Fetcher(
        allow=config.net.allow,
        user_agent=config.net.user_agent,
        contact=config.net.contact,
        per_host_gap=config.poll.per_host_gap,
        concurrency=config.poll.concurrency,
    )


@asynccontextmanager
async def intake(
    config: Config, store: Store, tell: Tell, now: Callable[[], datetime]
) -> AsyncIterator[Intake]:
    """Open the rest: watchlists read once, the HTTP client, the workers.

    Args:
        config: the configuration.
        store: the open store.
        tell: is awaited with every event of the watchlists.
        now: the clock.
    """

    async def remember(name: str, source: str | None) -> None:
        try:
            async with store.write() as tx:
                await memory.remember_watchlist(tx, name, source, now())
        except DatabaseTrouble:
            # The list is in force all the same; what is kept of it is of yesterday until a restart.
            log.exception("watchlist.not_remembered", watchlist=name)

    async with store.read() as connection:
        stored = await memory.stored_watchlists(connection)
    library = Library(config.path(config.watch.folder), remember, tell, now, stored)
    await library.start()
    fetcher = http_client(config)
    workers = Workers()
    tools = Tools(store, fetcher, workers, lambda: library.matcher, now)
    try:
        yield Intake(store, library, Pipeline(tools, config))
    finally:
        await workers.close()
        await fetcher.close()


async def log_event(event: Event) -> None:
    """Say in the log what happened to the watchlists."""
    match event:
        case Broken(name, faults):
            for fault in faults[:MOST_SHOWN]:
                log.warning("watchlist.broken", watchlist=name, fault=str(fault))
            if len(faults) > MOST_SHOWN:
                log.warning("watchlist.broken", watchlist=name, more=len(faults) - MOST_SHOWN)
        case FolderGone():
            log.warning("watchlist.folder_gone", remedy="put the folder back; all lists still hold")
        case _:
            log.info("watchlist.changed", watchlist=event.name, what=type(event).__name__.lower())


def _shown(faults: Sequence[Fault]) -> str:
    shown = faults[:MOST_SHOWN]
    lines = [line for fault in shown for line in (str(fault), fault.excerpt) if line]
    return "\n".join(lines + (["…"] if len(faults) > len(shown) else []))


def tell_admins(store: Store, now: Callable[[], datetime]) -> Tell:
    """Return a `tell` that writes to the log and posts what an admin must know."""

    async def tell(event: Event) -> None:
        await log_event(event)
        match event:
            case Broken(name, faults):
                key, params = "list_broken", {"name": name, "faults": _shown(faults)}
            case FolderGone():
                key, params = "folder_gone", {}
            case Removed(name):
                key, params = "list_removed", {"name": name}
            case _:
                return
        try:
            async with store.write() as tx:
                admins = [chat.id for chat in await chats.admins(tx)]
                await outbox.post_notice(tx, admins, key, params, now())
        except DatabaseTrouble:
            log.exception("watchlist.admins_not_told", notice=key)

    return tell
