"""What all parts of the HTTP front share: the world, the press, faults, the clock, a bell."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from bot.sandbox.clock import Clock
from bot.sandbox.faults import Faults
from bot.sandbox.recorded import Press
from bot.sandbox.world import World

_T = TypeVar("_T")


class Bell:
    """Wakes everybody who waits for a change; at closing time, for good."""

    def __init__(self) -> None:
        self._rung = asyncio.Event()
        self._closing = asyncio.Event()

    def ring(self) -> None:
        """Lets all who wait look again."""
        self._rung.set()
        self._rung = asyncio.Event()

    def close(self) -> None:
        """Sends all who wait home."""
        self._closing.set()
        self.ring()

    async def closing(self, seconds: float | None = None) -> bool:
        """Waits for closing time, at most `seconds`; returns whether it has come."""
        try:
            async with asyncio.timeout(seconds):
                return await self._closing.wait()
        except TimeoutError:
            return False

    async def until(self, check: Callable[[], _T], seconds: float) -> _T:
        """Waits until `check` is true, at most `seconds` of real time; returns its last answer."""
        try:
            async with asyncio.timeout(seconds):
                while not (answer := check()) and not self._closing.is_set():
                    await self._rung.wait()
                return answer
        except TimeoutError:
            return check()


@dataclass(frozen=True, slots=True)
class Context:
    """The parts that are behind the HTTP front."""

    world: World
    press: Press
    faults: Faults
    clock: Clock
    bell: Bell

    def reset(self) -> None:
        """Makes everything as new."""
        self.faults.clear()
        self.clock.reset()
        self.press.reset()
        self.world.reset()
