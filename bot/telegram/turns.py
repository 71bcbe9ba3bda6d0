"""Handles the updates of one chat in their order, and those of different chats side by side.

A reply may have to wait for its chat's lane; nobody else is to wait for it.
"""

import asyncio
from collections.abc import Awaitable, Coroutine
from typing import Any

import structlog
from telegram import Update
from telegram.ext import BaseUpdateProcessor

log = structlog.get_logger()

# Over all chats; and for one, so that nobody fills the house alone.
MOST, MOST_OF_ONE = 1000, 20


class Turns(BaseUpdateProcessor):
    """The library's hook around the handling of every update."""

    def __init__(self) -> None:
        super().__init__(max_concurrent_updates=MOST)
        self._turns: dict[int, asyncio.Lock] = {}
        self._waiting: dict[int, int] = {}

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Handle an update when it is its chat's turn; what is far too much is dropped."""
        chat = _chat(update)
        waiting = self._waiting.get(chat, 0)
        self._waiting[chat] = waiting + 1
        try:
            if waiting >= MOST_OF_ONE:
                log.warning("telegram.too_many_updates", chat=chat)
                return
            async with self._turns.setdefault(chat, asyncio.Lock()):
                await coroutine
        finally:
            if isinstance(coroutine, Coroutine):
                coroutine.close()  # one that was never begun would complain of it
            self._waiting[chat] -= 1
            if not self._waiting[chat]:
                del self._waiting[chat]
                self._turns.pop(chat, None)


def _chat(update: object) -> int:
    chat = update.effective_chat if isinstance(update, Update) else None
    return chat.id if chat else 0
