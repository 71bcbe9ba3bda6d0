"""Keeps every message inside Telegram's limits: a lane for each chat and one pace for all.

Telegram says: about one message a second to a chat, 20 a minute to a group or channel, 30 a second
over all (Bots FAQ). Lanes stay a little below. Edits and answers to buttons are not slowed.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import Any

from telegram.error import RetryAfter
from telegram.ext import BaseRateLimiter

SENDING = frozenset({"sendMessage", "sendDocument", "sendPhoto", "sendMediaGroup"})
PRIVATE_GAP = 1.05
GROUP_MESSAGES, GROUP_WINDOW = 19, 60.5
# An answer to a person's command is tried again; an alert's retry is the outbox's business.
LONGEST_WAIT = timedelta(seconds=60)
FROM_OUTBOX = "outbox"
MOST_LANES = 2_000


@dataclass(slots=True)
class Lane:
    """One chat's lane: one message at a time, in the order in which they came."""

    chat: int
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    sent: deque[float] = field(default_factory=lambda: deque(maxlen=GROUP_MESSAGES))
    """When the latest messages were answered, by the loop's clock."""
    held_until: float = 0.0
    """Telegram asked for a pause."""

    def free_at(self) -> float:
        """Return when the next message may be sent."""
        if self.chat > 0:
            free = self.sent[-1] + PRIVATE_GAP if self.sent else 0.0
        else:
            free = self.sent[0] + GROUP_WINDOW if len(self.sent) == GROUP_MESSAGES else 0.0
        return max(free, self.held_until)


class Lanes(BaseRateLimiter[str]):
    """The library's hook around every call, and the delivery's view of which chats are free."""

    def __init__(self, pace: float) -> None:
        self._gap = 1 / pace
        self._next = 0.0
        self._lanes: dict[int, Lane] = {}

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    def busy(self) -> list[int]:
        """Return the chats that must be left alone at this moment."""
        now = _time()
        return [
            lane.chat for lane in self._lanes.values() if lane.turn.locked() or lane.free_at() > now
        ]

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Any]],
        args: Any,  # noqa: ANN401 - the library's
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: str | None,
    ) -> Any:  # noqa: ANN401 - the library's
        """Make the call when it is its turn."""
        call: Callable[[], Awaitable[Any]] = partial(callback, *args, **kwargs)
        if endpoint in SENDING:
            call = partial(self._in_turn, self._lane(int(data["chat_id"])), call)
        while True:
            try:
                return await call()
            except RetryAfter as error:
                pause = _pause(error)
                if rate_limit_args == FROM_OUTBOX or pause > LONGEST_WAIT:
                    raise
                if endpoint in SENDING:
                    self._lane(int(data["chat_id"])).held_until = _time() + pause.total_seconds()
                await asyncio.sleep(pause.total_seconds())

    async def _in_turn(self, lane: Lane, call: Callable[[], Awaitable[Any]]) -> Any:  # noqa: ANN401 - the library's
        """Wait for the chat, then for the bot as a whole: a chat that waits delays no other."""
        async with lane.turn:
            await _until(lane.free_at())
            slot = max(self._next, _time())
            self._next = slot + self._gap
            await _until(slot)
            try:
                return await call()
            finally:
                # Telegram counts when it gets a message: at the latest now.
                lane.sent.append(_time())

    def _lane(self, chat: int) -> Lane:
        if len(self._lanes) > MOST_LANES:
            busy = set(self.busy())
            self._lanes = {
                lane.chat: lane
                for lane in self._lanes.values()
                if lane.chat in busy or (lane.sent and lane.sent[-1] > _time() - GROUP_WINDOW)
            }
        return self._lanes.setdefault(chat, Lane(chat))


def _pause(error: RetryAfter) -> timedelta:
    pause = error.retry_after
    return pause if isinstance(pause, timedelta) else timedelta(seconds=pause)


def _time() -> float:
    return asyncio.get_running_loop().time()


async def _until(instant: float) -> None:
    await asyncio.sleep(max(0.0, instant - _time()))
