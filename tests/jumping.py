"""A loop in which nobody waits: where nothing is ready, the next appointment is now.

Minutes of waiting take milliseconds, and what waits reads the loop's clock like any other.
"""

import asyncio
import selectors
from collections.abc import Coroutine
from typing import Any

ITS_OWN = 1
"""The loop's own file, by which threads wake it; any other is a connection."""
ON_ITS_WAY = 0.0005
LONGEST_WORK = 1.0
"""Real seconds."""


class JumpingLoop(asyncio.SelectorEventLoop):
    """Its time is nobody's but its own, and begins at 0."""

    def __init__(self) -> None:
        self.present = 0.0
        self.working = 0
        """So many threads have work that it waits for: until they are done, it does not jump."""
        super().__init__(_Selector(self))

    def time(self) -> float:
        return self.present


class _Selector(selectors.SelectSelector):
    def __init__(self, loop: JumpingLoop) -> None:
        super().__init__()
        self._loop = loop

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        ready = super().select(0)
        if ready or timeout == 0:
            return ready
        if self._loop.working:
            return super().select(LONGEST_WORK)
        if len(self.get_map()) > ITS_OWN:
            # What one end of a connection wrote may still be on its way to the other.
            ready = super().select(ON_ITS_WAY)
        if not ready and timeout:
            self._loop.present += timeout
        return ready


def jump(work: Coroutine[Any, Any, None]) -> None:
    """Run the work on a loop that jumps."""
    with asyncio.Runner(loop_factory=JumpingLoop) as runner:
        runner.run(work)


def now() -> float:
    return asyncio.get_running_loop().time()


async def together(*calls: Coroutine[Any, Any, None]) -> None:
    """Begin all of them at once, in this order."""
    async with asyncio.TaskGroup() as group:
        for call in calls:
            group.create_task(call)
