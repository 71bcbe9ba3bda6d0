"""Builds the way from feeds to the outbox, without Telegram: for the daemon and `ausguck poll`."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from typing import TYPE_CHECKING

from bot.config import Config
from bot.counts import Counts
from bot.net import Fetcher
from bot.pipeline import Pipeline, Tools
from bot.store import Store, feeds
from bot.store.feeds import Source
from bot.workers import Workers

if TYPE_CHECKING:
    from bot.watch.matcher import Matcher  # with all that it loads; not every command needs it


@asynccontextmanager
async def open_store(config: Config, now: Callable[[], datetime]) -> AsyncIterator[Store]:
    """Open the store with the configured feeds in it.

    Raises:
        StoreError: see `bot.store.Store.open`.
    """
    store = await Store.open(config.store.url, config.folder, now)
    try:
        await configure_feeds(config, store, now())
        yield store
    finally:
        await store.close()


async def configure_feeds(config: Config, store: Store, now: datetime) -> None:
    """Make the feeds that the configuration writes down those of the store."""
    written = [Source(feed.url, feed.name, feed.every, feed.tags) for feed in config.feeds]
    async with store.write() as tx:
        await feeds.configure(tx, written, now)


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
async def open_tools(
    config: Config,
    store: Store,
    matcher: Callable[[], Awaitable["Matcher"]],
    now: Callable[[], datetime],
) -> AsyncIterator[Tools]:
    """Open what fetches and reads: the HTTP client and the workers, which start when needed.

    Args:
        config: the configuration.
        store: the open store.
        matcher: returns the matcher in force, when something is to be read.
        now: the clock.
    """
    counts = Counts()
    fetcher, workers = http_client(config), Workers(took=counts.worked)
    try:
        yield Tools(store, fetcher, workers, matcher, now, counts)
    finally:
        await workers.close()
        await fetcher.close()


@asynccontextmanager
async def open_pipeline(tools: Tools, config: Config) -> AsyncIterator[Pipeline]:
    """Open the way from feeds to the outbox."""
    pipeline = Pipeline(tools, config)
    try:
        yield pipeline
    finally:
        await pipeline.finish()
