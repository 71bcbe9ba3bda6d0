"""Has the files of press reviews made one at a time, and leaves places to what cannot wait.

They come due together, such as at half past six, and each takes a second of work and much memory.
"""

import asyncio
from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import asynccontextmanager

from bot.store import reviews
from bot.store.outbox import Letter

PLACES = 3
"""So many of the messages under way may be such files: one is made while another is sent."""


class Printshop:
    """What the delivery asks about files before it begins with them."""

    def __init__(self) -> None:
        self._making = asyncio.Lock()
        self._under_way: set[int] = set()
        """The chats to which a file is under way."""

    def without(self) -> Collection[str]:
        """Return the kinds of messages that have no place now: they stay in the outbox."""
        return () if len(self._under_way) < PLACES else (reviews.FILE,)

    def admitted(self, letters: Sequence[Letter]) -> Sequence[Letter]:
        """Return all that has a place, which it takes until `ended`."""
        free = PLACES - len(self._under_way)
        files = [each for each in letters if each.kind == reviews.FILE]
        self._under_way |= {each.lane for each in files[:free]}
        late = {each.id for each in files[free:]}
        return [each for each in letters if each.id not in late]

    def ended(self, chat_id: int) -> None:
        """Free the place of a chat's file, if it has one."""
        self._under_way.discard(chat_id)

    @asynccontextmanager
    async def turn(self, letter: Letter) -> AsyncIterator[None]:
        """Wait until no other file is being made, where the message is one."""
        if letter.kind != reviews.FILE:
            yield
            return
        async with self._making:
            yield
