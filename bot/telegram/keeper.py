"""Keeps an eye on the line to Telegram: says what is wrong, and finds out when it is mended.

A token that is refused while the bot runs may be so for a moment, for Telegram has its troubles, or
for good: then its file gets another one, sooner or later.
"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import structlog

from bot.errors import UserError
from bot.telegram.line import Line

log = structlog.get_logger()

LOOK, READ_EACH = timedelta(seconds=1), 10
"""How often the line is looked at; and at which of these times the token is read again."""
SAY = timedelta(seconds=60)
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=1), timedelta(seconds=60)
"""Between two tries of a token that is refused."""


class Keeper:
    """Watches over one token."""

    def __init__(
        self,
        line: Line,
        written: Callable[[], str],
        try_token: Callable[[], Awaitable[bool]],
        asked: asyncio.Event,
    ) -> None:
        """Look at nothing yet.

        Args:
            line: what is known of it.
            written: reads the token where it is written; raises UserError.
            try_token: asks Telegram whether it takes the token now.
            asked: set when somebody wants the token to be read again at once.
        """
        self._line = line
        self._written = written
        self._try_token = try_token
        self._asked = asked
        self._pause = FIRST_PAUSE
        self._said = ""

    async def run(self, token: str) -> str:
        """Return another token as soon as there is one in place of this."""
        looks = 0
        while True:
            barred = self._line.barred_since is not None
            written = await self._read() if barred or looks % READ_EACH == 0 else None
            if written not in (None, token):
                log.info("telegram.token_changed")
                return str(written)
            looks = 0 if await self._waited(barred=barred) else looks + 1

    async def _waited(self, *, barred: bool) -> bool:
        """Wait a while, where the token is refused after trying it; whether it is to be read."""
        if not barred:
            self._pause = FIRST_PAUSE
            return await self._wait(LOOK)
        if await self._try_token():
            self._line.was_accepted()
            log.info("telegram.token_accepted")
            return False
        self._pause = min(2 * self._pause, LONGEST_PAUSE)
        return await self._wait(self._pause / 2)

    async def _read(self) -> str | None:
        try:
            return await asyncio.to_thread(self._written)
        except UserError as error:
            # A file that is just being written, or a mistake: the old token is tried on.
            if str(error) != self._said:
                log.warning("telegram.token_unreadable", error=str(error))
            self._said = str(error)
            return None

    async def _wait(self, length: timedelta) -> bool:
        try:
            async with asyncio.timeout(length.total_seconds()):
                await self._asked.wait()
        except TimeoutError:
            return False
        self._asked.clear()
        return True


async def say_trouble(line: Line, now: Callable[[], datetime]) -> None:
    """Log once a minute what is wrong, until cancelled."""
    while True:
        if trouble := line.trouble(now()):
            log.warning("telegram.trouble", trouble=trouble)
        await asyncio.sleep(SAY.total_seconds())
