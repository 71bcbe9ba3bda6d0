"""Calls an address every five minutes, but only while all is well.

Whoever is called there notices when the calls cease: that the machine is gone, or that /healthz has
a fault. The address is a secret: who knows it could go on calling.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from urllib.parse import urlsplit

import structlog

from bot.config import Config
from bot.errors import SourceError, TooBig
from bot.log import hide
from bot.net import Fetcher
from bot.net.answers import Limits

log = structlog.get_logger()

FIRST, EVERY = timedelta(minutes=1), timedelta(minutes=5)
Faults = Callable[[], Awaitable[Sequence[str]]]
LIMITS = Limits(64_000, timedelta(seconds=10))
EVERYWHERE = ("0.0.0.0/0", "::/0")
"""The operator says where; a watch on the same network is as good as any."""


@asynccontextmanager
async def open_heartbeat(config: Config, faults: Faults) -> AsyncIterator["Heartbeat"]:
    """Open what calls the configured address while there are no faults."""
    heartbeat = Heartbeat(config.web.heartbeat_url, faults, config.net.user_agent)
    try:
        yield heartbeat
    finally:
        await heartbeat.close()


class Heartbeat:
    """Calls the address. It can be changed while this runs."""

    def __init__(self, url: str | None, faults: Faults, user_agent: str) -> None:
        """Call nobody yet.

        Args:
            url: the address; None: nobody is to be called.
            faults: tells what is wrong with the daemon.
            user_agent: how the bot introduces itself.
        """
        self._url: str | None = None
        self._fails = False
        self.change(url)
        self._faults = faults
        self._fetcher = Fetcher(
            allow=EVERYWHERE, user_agent=user_agent, per_host_gap=timedelta(0), concurrency=1
        )

    async def close(self) -> None:
        """Close the connection."""
        await self._fetcher.close()

    def change(self, url: str | None) -> None:
        """Call another address from now on, or nobody."""
        if url != self._url:
            self._url, self._fails = url, False
        if url is not None:
            hide(url)

    async def run(self) -> None:
        """Call until cancelled."""
        await asyncio.sleep(FIRST.total_seconds())
        while True:
            try:
                await self.beat()
            except Exception:
                log.exception("heartbeat.crashed")
            await asyncio.sleep(EVERY.total_seconds())

    async def beat(self) -> bool:
        """Call once if all is well; returns whether somebody was called, and answered."""
        url = self._url
        if url is None or await self._faults():
            return False
        try:
            await self._fetcher.get(url, limits=LIMITS)
        except TooBig:
            pass  # it answered, and at length
        except SourceError as error:
            if not self._fails:
                log.warning("heartbeat.failed", host=urlsplit(url).hostname, error=str(error))
            self._fails = True
            return False
        if self._fails:
            log.info("heartbeat.works_again", host=urlsplit(url).hostname)
        self._fails = False
        return True
