"""Lets nothing that people write or press be lost while the database cannot be written.

What waits for the database is not confirmed to Telegram: whoever ends the process meanwhile has it
delivered anew at the next start.
"""

import asyncio
from collections.abc import Callable, Coroutine
from functools import wraps
from typing import Any

import structlog
from telegram import Update
from telegram.ext import CallbackContext, ExtBot

from bot.store import DatabaseTrouble, Store

log = structlog.get_logger()

Context = CallbackContext[ExtBot[Any], Any, Any, Any]
Handler = Callable[[Update, Context], Coroutine[Any, Any, None]]

BEGIN_WITHIN, LOOK = 0.2, 1.0
"""Seconds within which a handler has noted that its update waits; and between two looks, which
Telegram then answers at once."""


class Waiting:
    """The updates that wait for the database."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._numbers: set[int] = set()

    @property
    def first(self) -> int | None:
        """The number of the one that came first; None where none waits."""
        return min(self._numbers, default=None)

    def steady(self, handler: Handler) -> Handler:
        """Return the handler as one that begins anew when the database is well again.

        What it wrote until then was undone with its transaction; what it answered, it answers
        again.
        """

        @wraps(handler)
        async def handled(update: Update, context: Context) -> None:
            if self.store.trouble is not None:
                self._numbers.add(update.update_id)
            try:
                while not await self._is_done(handler, update, context):
                    self._numbers.add(update.update_id)
                    log.info("telegram.update_waits", update=update.update_id)
                    await self.store.mended()
            finally:
                self._numbers.discard(update.update_id)

        return handled

    async def _is_done(self, handler: Handler, update: Update, context: Context) -> bool:
        try:
            await handler(update, context)
        except DatabaseTrouble:
            if self.store.trouble is None:
                raise
            return False
        return True


class SteadyBot(ExtBot[Any]):
    """Asks for updates from the first one on that waits, and confirms those before it."""

    def __init__(self, waiting: Waiting, **settings: Any) -> None:  # noqa: ANN401 - the library's
        super().__init__(**settings)
        self._waits = waiting

    async def get_updates(
        self,
        offset: int | None = None,
        *given: Any,  # noqa: ANN401
        **more: Any,  # noqa: ANN401
    ) -> tuple[Update, ...]:
        """Return what is new from `offset` on; all else is as the library has it."""
        if self._waits.store.trouble is not None:
            await asyncio.sleep(BEGIN_WITHIN)
        first = self._waits.first
        if first is None or offset is None or first >= offset:
            return await super().get_updates(offset, *given, **more)
        known = await super().get_updates(first, *given, **more)
        new = tuple(update for update in known if update.update_id >= offset)
        if not new:
            await asyncio.sleep(LOOK)
        return new
