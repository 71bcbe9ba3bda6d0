"""A loop that is in a hurry: its time runs faster than the wall clock's.

For what waits for the pace of a chat while everything around it, HTTP and disk, takes real time.
"""

import asyncio
import selectors
from datetime import datetime, timedelta

from bot.sandbox.clock import system_now

SPEED = 4
"""Timeouts within the loop come as much earlier: more, and a busy machine would run into them."""


class HurriedLoop(asyncio.SelectorEventLoop):
    """A second of its time is a part of a real one."""

    def __init__(self) -> None:
        super().__init__(_Selector())
        self._began, self._offset = system_now(), self.time()

    def time(self) -> float:
        return super().time() * SPEED

    def now(self) -> datetime:
        """Return its time as a clock shows it."""
        return self._began + timedelta(seconds=self.time() - self._offset)


class _Selector(selectors.DefaultSelector):
    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        return super().select(timeout and timeout / SPEED)


def flowing() -> datetime:
    """Return the time of the running loop, as a clock."""
    loop = asyncio.get_running_loop()
    return loop.now() if isinstance(loop, HurriedLoop) else system_now()
