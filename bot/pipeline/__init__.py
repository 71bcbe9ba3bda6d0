"""The order of things: poll -> entry -> article -> match -> alert -> outbox.

The only module that knows it. Every step ends in one transaction and can be done again: killed
anywhere, the work that was not committed is simply due still.
"""

from bot.config import Config
from bot.model import Feed
from bot.pipeline.health import Health
from bot.pipeline.poll import Polled, Poller
from bot.pipeline.read import Reader
from bot.pipeline.tools import Tools

__all__ = ["Pipeline", "Polled", "Tools"]


class Pipeline:
    """Polls feeds and reads entries, up to the outbox. Sends nothing."""

    def __init__(self, tools: Tools, config: Config) -> None:
        self._poller = Poller(tools, config)
        self._reader = Reader(tools, config)
        self.health = Health(tools)

    async def poll(self, feed: Feed) -> Polled:
        """Poll one feed that was claimed; whatever happens to it is recorded with it."""
        return await self._poller.poll(feed)

    async def read(self, entry_id: int) -> None:
        """Read one entry that was claimed: its article, matches, decisions, outbox rows."""
        await self._reader.read(entry_id)
