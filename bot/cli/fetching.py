"""Fetches feeds for commands that look at them and store nothing."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

from bot.config import Config
from bot.daemon.intake import http_client
from bot.feeds.parse import parse_feed
from bot.model import ParsedFeed
from bot.net import FEED, Fetcher
from bot.workers import Workers

PARSE_DEADLINE = timedelta(seconds=10)


@asynccontextmanager
async def open_tools(config: Config) -> AsyncIterator[tuple[Fetcher, Workers]]:
    """Open an HTTP client and workers, and close both in the end."""
    workers, fetcher = Workers(), http_client(config)
    try:
        yield fetcher, workers
    finally:
        await workers.close()
        await fetcher.close()


async def fetch_feed(fetcher: Fetcher, workers: Workers, url: str) -> ParsedFeed:
    """Fetch a feed and read it.

    Raises:
        SourceError: it cannot be had, or is no feed (`NotAFeed`).
        WorkerError: reading it took too long or crashed.
    """
    fetched = await fetcher.get(url, limits=FEED)
    return await workers.run(
        parse_feed, fetched.body, fetched.content_type, fetched.url, deadline=PARSE_DEADLINE
    )
