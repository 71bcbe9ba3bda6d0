"""Fetches feeds for commands that look at them and store nothing."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.config import Config
from bot.daemon.intake import http_client
from bot.net import Fetcher
from bot.pipeline.search import read_feed as fetch_feed
from bot.workers import Workers

__all__ = ["fetch_feed", "open_tools"]


@asynccontextmanager
async def open_tools(config: Config) -> AsyncIterator[tuple[Fetcher, Workers]]:
    """Open an HTTP client and workers, and close both in the end."""
    workers, fetcher = Workers(), http_client(config)
    try:
        yield fetcher, workers
    finally:
        await workers.close()
        await fetcher.close()
