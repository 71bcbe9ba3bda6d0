"""Lets nothing that people write or press be lost while the database cannot be written."""

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


def steady(store: Store, handler: Handler) -> Handler:
    """Return the handler as one that begins anew when the database is well again.

    What it wrote until then was undone with its transaction; what it answered, it answers again.
    """

    @wraps(handler)
    async def handled(update: Update, context: Context) -> None:
        while True:
            try:
                await handler(update, context)
            except DatabaseTrouble:
                if store.trouble is None:
                    raise
                log.info("telegram.update_waits", update=update.update_id)
                await store.mended()
            else:
                return

    return handled
