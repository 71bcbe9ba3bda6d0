"""The order of things: poll -> entry -> article -> match -> alert -> outbox.

The only module that knows it. Every step ends in one transaction and can be done again: killed
anywhere, the work that was not committed is simply due still.
"""

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from bot.config import Config
from bot.model import Feed
from bot.pipeline.health import Health
from bot.pipeline.poll import Polled, Poller
from bot.pipeline.tools import Tools
from bot.store.entries import Waiting

if TYPE_CHECKING:
    from bot.pipeline.read import Reader

__all__ = ["Pipeline", "Polled", "Tools"]


class Pipeline:
    """Polls feeds and reads entries, up to the outbox. Sends nothing."""

    def __init__(self, tools: Tools, config: Config) -> None:
        self._tools = tools
        self._config = config
        self._poller = Poller(tools, config)
        self.health = Health(tools)

    async def poll(self, feed: Feed) -> Polled:
        """Poll one feed that was claimed; whatever happens to it is recorded with it.

        Polls that are under way at the same time are recorded together, so start many.
        """
        polled = await self._poller.poll(feed)
        self._tools.counts.polls[polled.status] += 1
        return polled

    def reconfigure(self, config: Config) -> None:
        """Go by another configuration from now on; what is under way ends by either."""
        self._config = config
        self._poller.reconfigure(config)
        if "_reader" in vars(self):  # it was loaded
            self._reader.reconfigure(config)

    async def batches(self, entry_ids: Sequence[int]) -> Sequence[Sequence[Waiting]]:
        """Return entries that were claimed as they are to be read: one or many together."""
        return await self._reader.batches(entry_ids)

    async def read(self, batch: Sequence[Waiting]) -> None:
        """Read a batch: articles, matches, decisions, outbox rows."""
        await self._reader.read(batch)

    async def finish(self) -> None:
        """Wait until what is being recorded is."""
        await self._poller.recorder.finish()

    @cached_property
    def _reader(self) -> "Reader":
        # With its libraries it is loaded when there is something to read.
        from bot.pipeline.read import Reader

        return Reader(self._tools, self._config, lambda: self.health.network_is_down)
