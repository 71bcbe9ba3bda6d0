"""Says in the log what a round of polls came to: one line, and none where nothing happened.

Feeds have their own rhythms, so that what is polled within a few seconds is a round.
"""

import asyncio
from datetime import timedelta

import structlog

from bot.pipeline.poll import Polled

log = structlog.get_logger()

ROUND = timedelta(seconds=10)
MOST_NAMED = 3
"""Feeds whose errors are told; `ausguck status` shows all."""


class Rounds:
    """Gathers what polls came to."""

    def __init__(self) -> None:
        self._polled: list[Polled] = []
        self._timer: asyncio.TimerHandle | None = None

    def add(self, polled: Polled) -> None:
        """Add a poll; the first one begins a round."""
        self._polled.append(polled)
        if self._timer is None:
            loop = asyncio.get_running_loop()
            self._timer = loop.call_later(ROUND.total_seconds(), self.end)

    def end(self) -> None:
        """End the round, and say what it came to."""
        if self._timer is not None:
            self._timer.cancel()
        polled, self._polled, self._timer = self._polled, [], None
        new = sum(each.new for each in polled)
        failed = {each.url: each.error for each in polled if each.status == "error"}
        if new or failed:
            errors = dict(list(failed.items())[:MOST_NAMED])
            more = {"errors": errors} if errors else {}
            log.info("poll.round", polls=len(polled), new=new, failed=len(failed), **more)
