"""Keeps every message inside Telegram's limits: a lane for each chat and one pace for all.

Telegram says: about one message a second to a chat, 20 a minute to a group or channel, 30 a second
over all (Bots FAQ). Lanes stay a little below. Answers to buttons are not slowed, and edits have a
pace of their own, so that they never take more than a third of what a chat may get.
"""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import Any

from telegram.error import RetryAfter
from telegram.ext import BaseRateLimiter

SENDING = frozenset({"sendMessage", "sendDocument", "sendPhoto", "sendMediaGroup"})
PRIVATE_GAP = 1.05
GROUP_MESSAGES, GROUP_WINDOW = 19, 60.5
EDIT_GAP = 3 * PRIVATE_GAP
GROUP_EDIT_GAP = 3 * GROUP_WINDOW / GROUP_MESSAGES
"""Between two edits in a chat: every third message at most."""
# An answer to a person's command is tried again; an alert's retry is the outbox's business.
LONGEST_WAIT = timedelta(seconds=60)
FROM_OUTBOX = "outbox"
FEW_LANES = 100
"""Fewer than these are not worth tidying up."""


@dataclass(slots=True)
class Lane:
    """One chat's lane: one message at a time, in the order in which they came."""

    chat: int
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    sent: deque[float] = field(default_factory=lambda: deque(maxlen=GROUP_MESSAGES))
    """When the latest messages were answered, by the loop's clock."""
    edited: float = float("-inf")
    """When the latest edit was."""
    held_until: float = 0.0
    """Telegram asked for a pause."""
    has_slot: bool = False
    """Who has the turn has waited for the bot as a whole, and has not sent yet."""

    def free_at(self) -> float:
        """Return when the next message may be sent."""
        if self.chat > 0:
            free = self.sent[-1] + PRIVATE_GAP if self.sent else 0.0
        else:
            free = self.sent[0] + GROUP_WINDOW if len(self.sent) == GROUP_MESSAGES else 0.0
        return max(free, self.held_until)

    def edit_at(self) -> float:
        """Return when the next edit may be made, if there is no message to be sent."""
        gap = EDIT_GAP if self.chat > 0 else GROUP_EDIT_GAP
        return max(self.free_at(), self.edited + gap)

    def is_busy(self, now: float) -> bool:
        """Tell whether it must be left alone at this moment."""
        return self.turn.locked() or self.free_at() > now

    def matters(self, now: float) -> bool:
        """Tell whether what it remembers could still keep a message waiting."""
        counts = self.chat < 0 and bool(self.sent) and self.sent[-1] + GROUP_WINDOW > now
        return counts or self.is_busy(now) or self.edit_at() > now


class Lanes(BaseRateLimiter[str]):
    """The library's hook around every call, and the delivery's view of which chats are free."""

    def __init__(self, pace: float) -> None:
        self._gap = 1 / pace
        self._next = 0.0
        self._lanes: dict[int, Lane] = {}
        self._many = FEW_LANES
        """With more lanes than these, those that nobody uses are forgotten."""

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    def busy(self) -> list[int]:
        """Return the chats that must be left alone at this moment."""
        now = _time()
        return [lane.chat for lane in self._lanes.values() if lane.is_busy(now)]

    def remember(self, chat: int, ago: timedelta) -> None:
        """Count a message that an earlier process sent so long ago; the oldest comes first."""
        self._lane(chat).sent.append(_time() - ago.total_seconds())

    def may_edit(self, chat: int) -> bool:
        """Tell whether an edit in this chat is within its share at this moment."""
        lane = self._lanes.get(chat)
        return lane is None or lane.edit_at() <= _time()

    @asynccontextmanager
    async def turn(self, chat: int) -> AsyncIterator[None]:
        """Wait for the chat, then for the bot as a whole; calls within are made at once.

        Where several calls are made within, the later ones wait like any other.
        """
        lane = self._lane(chat)
        async with lane.turn:
            await self._wait(lane)
            lane.has_slot = True
            try:
                yield
            finally:
                lane.has_slot = False

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Any]],
        args: Any,  # noqa: ANN401 - the library's
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: str | None,
    ) -> Any:  # noqa: ANN401 - the library's
        """Make the call when it is its turn. With `FROM_OUTBOX` it is already: see `turn`."""
        call: Callable[[], Awaitable[Any]] = partial(callback, *args, **kwargs)
        if rate_limit_args == FROM_OUTBOX:
            return await self._at_once(self._lane(int(data["chat_id"])), endpoint, call)
        while True:
            try:
                if endpoint not in SENDING:
                    return await call()
                chat = int(data["chat_id"])
                async with self.turn(chat):
                    return await self._at_once(self._lane(chat), endpoint, call)
            except RetryAfter as error:
                pause = _pause(error)
                if pause > LONGEST_WAIT:
                    raise
                if endpoint in SENDING:
                    self._lane(int(data["chat_id"])).held_until = _time() + pause.total_seconds()
                await asyncio.sleep(pause.total_seconds())

    async def _at_once(self, lane: Lane, endpoint: str, call: Callable[[], Awaitable[Any]]) -> Any:  # noqa: ANN401 - the library's
        if not lane.has_slot:
            await self._wait(lane)
        lane.has_slot = False
        try:
            return await call()
        finally:
            # Telegram counts when it gets a message: at the latest now.
            if endpoint in SENDING:
                lane.sent.append(_time())
            else:
                lane.edited = _time()

    async def _wait(self, lane: Lane) -> None:
        await _until(lane.free_at())
        slot = max(self._next, _time())
        self._next = slot + self._gap
        await _until(slot)

    def _lane(self, chat: int) -> Lane:
        if len(self._lanes) > self._many:
            now = _time()
            self._lanes = {each.chat: each for each in self._lanes.values() if each.matters(now)}
            # Not again with the next message, where all of them are in use.
            self._many = max(FEW_LANES, 2 * len(self._lanes))
        return self._lanes.setdefault(chat, Lane(chat))


def _pause(error: RetryAfter) -> timedelta:
    pause = error.retry_after
    return pause if isinstance(pause, timedelta) else timedelta(seconds=pause)


def _time() -> float:
    return asyncio.get_running_loop().time()


async def _until(instant: float) -> None:
    await asyncio.sleep(max(0.0, instant - _time()))
