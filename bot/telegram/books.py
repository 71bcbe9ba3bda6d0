"""Writes down what became of a call to Telegram, with what follows from it for the chat."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from random import Random

import structlog

from bot.counts import Counts
from bot.store import Store, Transaction, alerts, chats, notices, outbox
from bot.store.outbox import Letter
from bot.telegram.line import Line
from bot.telegram.outcome import (
    Again,
    Barred,
    Gone,
    Moved,
    Outcome,
    Refused,
    Sent,
    Threadless,
    Unsure,
    Wait,
)

log = structlog.get_logger()

LONGEST_PAUSE = timedelta(minutes=5)
PARKED = timedelta(minutes=10)
"""An admin is told of a chat that Telegram wants left alone for longer."""


class Books:
    """Keeps the outbox's books."""

    def __init__(
        self, store: Store, line: Line, now: Callable[[], datetime], counts: Counts
    ) -> None:
        self._store = store
        self._line = line
        self._now = now
        self._counts = counts
        self._random = Random()

    async def record(self, letter: Letter, result: Outcome) -> None:
        """Record what became of a call; raises what the database raises."""
        now, delay = self._now(), None
        async with self._store.write() as tx:
            match result:
                case Sent(message_id, plain):
                    await outbox.sent(tx, letter.id, message_id, now, plain=plain)
                    if letter.kind == "alert":
                        delay = await alerts.delay(tx, letter.id)
                case Unsure(error):
                    await outbox.uncertain(tx, letter, error, now)
                case Refused(error):
                    await outbox.dead(tx, letter.id, error, now)
                case Wait() | Again() | Barred():
                    await self._record_untaken(tx, letter, result)
                case _:
                    await self._record_place(tx, letter, result)
        if delay is not None:
            self._counts.told.add(delay)
        if not isinstance(result, Sent):
            log.warning(
                "delivery.not_sent", letter=letter.id, chat=letter.chat_id, outcome=str(result)
            )

    async def _record_untaken(
        self, tx: Transaction, letter: Letter, result: Wait | Again | Barred
    ) -> None:
        """It is due still. Its chat waits, not the message alone: what is after it stays so."""
        now = self._now()
        match result:
            case Wait(time):
                await outbox.again(tx, letter.id, letter.due, f"told to wait {time}", now)
                await chats.hold(tx, letter.chat_id, now + time)
                if time > PARKED:
                    minutes = str(round(time / timedelta(minutes=1)))
                    params = {"chat": str(letter.lane), "minutes": minutes}
                    await self._notify(tx, "chat_parked", params)
            case Again(error):
                await outbox.again(tx, letter.id, letter.due, error, now)
                await chats.hold(tx, letter.chat_id, now + self._pause(letter.attempts))
            case Barred(error):
                self._line.was_barred(now)
                await outbox.again(tx, letter.id, letter.due, error, now)

    async def _record_place(
        self, tx: Transaction, letter: Letter, result: Gone | Moved | Threadless
    ) -> None:
        """Something is with the chat that it was for."""
        now = self._now()
        match result:
            case Moved(chat_id):
                await outbox.again(tx, letter.id, letter.due, "the group moved", now)
                await chats.move(tx, letter.lane, chat_id)
            case Gone(error):
                await outbox.dead(tx, letter.id, error, now)
                await chats.fall_asleep(tx, letter.lane, now)
            case Threadless(error):
                await self._leave_thread(tx, letter, error)

    async def _leave_thread(self, tx: Transaction, letter: Letter, error: str) -> None:
        """Fall back to the group's main thread; where it was there already, the chat is gone."""
        now = self._now()
        chat = await chats.get(tx, letter.chat_id)
        if chat is None or chat.thread is None:
            await outbox.dead(tx, letter.id, error, now)
            await chats.fall_asleep(tx, letter.lane, now)
            return
        await outbox.again(tx, letter.id, letter.due, error, now)
        await chats.close_topic(tx, chat)
        params = {"chat": str(letter.lane), "thread": str(chat.thread)}
        await self._notify(tx, "topic_gone", params)

    async def _notify(self, tx: Transaction, key: str, params: Mapping[str, str]) -> None:
        admins = [chat.id for chat in await chats.admins(tx)]
        await notices.post(tx, admins, key, params, self._now())

    def _pause(self, attempts: int) -> timedelta:
        """Twice as long after every attempt, up to five minutes, never quite the same."""
        pause = min(timedelta(seconds=2 ** min(attempts, 10)), LONGEST_PAUSE)
        return pause * self._random.uniform(0.7, 1.3)
