"""A loop that is in a hurry: its time runs faster than the wall clock's.

For what waits for the pace of a chat while everything around it, HTTP and disk, takes real time.
"""

import asyncio
import selectors
from datetime import UTC, datetime, timedelta

SPEED = 4
"""Timeouts within the loop come as much earlier: more, and a busy machine would run into them."""
START = datetime(2025, 5, 9, 8, tzinfo=UTC)


class HurriedLoop(asyncio.SelectorEventLoop):
    """A second of its time is a part of a real one."""

    def __init__(self) -> None:
        super().__init__(_Selector())

    def time(self) -> float:
        return super().time() * SPEED


class _Selector(selectors.DefaultSelector):
    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        return super().select(timeout and timeout / SPEED)


def flowing() -> datetime:
    """Return the time of the running loop, as a clock."""
    return START + timedelta(seconds=asyncio.get_running_loop().time())
