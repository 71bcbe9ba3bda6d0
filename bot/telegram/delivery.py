"""Drains the outbox into Telegram: one message at a time, none lost, none sent twice.

A step takes the message that has been due longest, asks again whether it is still wanted,
composes it, commits `sending`, calls Telegram, and records what became of it. Killed anywhere, the
next start finds the row either untouched or in `sending`, which makes it uncertain
(see `bot.store.outbox`).
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

import structlog
from telegram import Message as Posted
from telegram.error import TelegramError
from telegram.ext import ExtBot

from bot.alerts import compose
from bot.alerts.compose import Message, Reader
from bot.model import FoundArticle
from bot.store import Store, Transaction, alerts, chats, outbox
from bot.store.chats import Chat
from bot.store.outbox import MOST_NAMED, Letter
from bot.telegram.lanes import FROM_OUTBOX, Lanes
from bot.telegram.messages import send, send_plain
from bot.telegram.outcome import Again, Gone, Moved, Outcome, Refused, Sent, Unsure, Wait, outcome

log = structlog.get_logger()

# What may not have arrived is named by the chat's next message, or after this by one of its own.
DOUBT_WAIT = timedelta(minutes=10)
IDLE = 0.25
CALL_WITHIN = 40.0
LONGEST_PAUSE = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Ready:
    """A message that is committed as `sending`."""

    letter: Letter
    message: Message


class Delivery:
    """The only one that changes the state of outbox rows."""

    def __init__(
        self,
        store: Store,
        bot: ExtBot[Any],
        lanes: Lanes,
        reader: Callable[[Chat], Reader],
        now: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._bot = bot
        self._lanes = lanes
        self._reader = reader
        self._now = now
        self._random = Random()
        self._calling = asyncio.Lock()
        self._ending = False

    async def recover(self) -> None:
        """Note that what was in flight when the last process, or a step, broke off is uncertain."""
        async with self._store.write() as tx:
            count = await outbox.recover(tx, self._now())
        if count:
            log.warning("delivery.uncertain", messages=count)

    async def run(self) -> None:
        """Deliver until `finish` is called."""
        recovered = False
        while not self._ending:
            busy = False
            try:
                async with self._calling:
                    if not recovered:
                        await self.recover()
                        recovered = True
                    busy = await self.step()
            except Exception:
                # Whatever it is, the next message must not wait for it for ever.
                log.exception("delivery.crashed")
                recovered = False
            if not busy:
                await asyncio.sleep(IDLE)

    async def finish(self, within: float) -> None:
        """Begin nothing more; wait at most `within` seconds for the call that is in flight."""
        self._ending = True
        try:
            async with asyncio.timeout(within), self._calling:
                pass
        except TimeoutError:
            log.warning("delivery.left_in_flight")

    async def step(self) -> bool:
        """Deliver at most one message; True where there was one to deal with."""
        letter = None if self._ending else await self._next()
        if letter is None:
            return False
        try:
            ready = await self._prepare(letter)
        except Exception:
            log.exception("delivery.cannot_prepare", letter=letter.id)
            await self._put_off(letter, LONGEST_PAUSE, "an error in Ausguck itself; see the log")
            return True
        if ready is not None:
            log.debug("delivery.begun", letter=letter.id)
            result = await self._call(ready)
            log.debug("delivery.answered", letter=letter.id, outcome=type(result).__name__)
            await self._record(ready.letter, result)
            log.debug("delivery.recorded", letter=letter.id)
        return True

    async def _next(self) -> Letter | None:
        """Return the message that has been due longest in a chat that is free."""
        now = self._now()
        async with self._store.read() as connection:
            if not await outbox.anything(connection, now, now - DOUBT_WAIT):
                return None
        async with self._store.write() as tx:
            await outbox.post_overdue_doubts(tx, DOUBT_WAIT, now)
            return await outbox.next_due(tx, now, self._lanes.busy())

    async def _put_off(self, letter: Letter, pause: timedelta, reason: str) -> None:
        now = self._now()
        async with self._store.write() as tx:
            await outbox.again(tx, letter.id, now + pause, reason, now)

    async def _prepare(self, letter: Letter) -> Ready | None:
        """Compose the message and commit to sending it; None where it is not wanted any more."""
        now = self._now()
        async with self._store.write() as tx:
            chat = await chats.get(tx, letter.chat_id)
            if chat is None or not chat.served:
                await outbox.dead(tx, letter.id, "the chat is not served at present", now)
                return None
            reader = self._reader(chat)
            message = await self._compose(tx, letter, reader)
            doubted, articles = await _doubted(tx, letter, now)
            if message is None or (letter.kind == "doubt" and not doubted):
                await outbox.dead(tx, letter.id, "no longer wanted", now)
                return None
            await outbox.carry(tx, letter.id, doubted)
            await outbox.begin(tx, letter, now)
            log.debug("delivery.beginning", letter=letter.id)
        return Ready(letter, compose.with_doubts(message, articles, reader))

    async def _compose(self, tx: Transaction, letter: Letter, reader: Reader) -> Message | None:
        if letter.kind == "notice" and letter.notice_id is not None:
            key, params = await outbox.notice(tx, letter.notice_id)
            return compose.notice(key, params, reader)
        if letter.kind == "doubt":
            return compose.doubt(reader)
        wanted = await chats.subscribed(tx, letter.chat_id)
        told = await alerts.carried(tx, letter.id)
        still = [
            (alert.found, [name for name in alert.watchlists if name in wanted]) for alert in told
        ]
        still = [(found, names) for found, names in still if names]
        if not still:
            return None
        if letter.kind == "catch_up":
            return compose.catch_up([found for found, _ in still], reader)
        [(found, names)] = still
        return compose.alert(found, names, reader)

    async def _call(self, ready: Ready) -> Outcome:
        result = await self._try(send, ready)
        if isinstance(result, Refused):
            log.warning("delivery.refused", letter=ready.letter.id, error=result.error)
            return await self._try(send_plain, ready)
        return result

    async def _try(self, way: Callable[..., Awaitable[Posted]], ready: Ready) -> Outcome:
        try:
            async with asyncio.timeout(CALL_WITHIN):
                posted = await way(self._bot, ready.letter.chat_id, ready.message, FROM_OUTBOX)
        except TelegramError as error:
            return outcome(error)
        except TimeoutError:
            # The library's time-outs are for each read: an answer that drips would have no end.
            return Unsure(f"no whole answer within {CALL_WITHIN} s")
        except Exception:
            # An answer came, but in a form that the library does not know.
            log.exception("delivery.answer_not_understood", letter=ready.letter.id)
            return Unsure("the answer could not be understood")
        return Sent(posted.message_id)

    async def _record(self, letter: Letter, result: Outcome) -> None:
        now = self._now()
        async with self._store.write() as tx:
            match result:
                case Sent(message_id):
                    await outbox.sent(tx, letter.id, message_id, now)
                case Wait(time):
                    await outbox.again(tx, letter.id, letter.due, f"told to wait {time}", now)
                    await chats.hold(tx, letter.chat_id, now + time)
                case Again(error):
                    # The chat waits, not the message alone: what comes after it stays after it.
                    await outbox.again(tx, letter.id, letter.due, error, now)
                    await chats.hold(tx, letter.chat_id, now + self._pause(letter.attempts))
                case Unsure(error):
                    await outbox.uncertain(tx, letter, error, now)
                case Moved(chat_id):
                    await outbox.again(tx, letter.id, letter.due, "the group moved", now)
                    await chats.move(tx, letter.chat_id, chat_id)
                case Gone(error):
                    await outbox.dead(tx, letter.id, error, now)
                    await chats.set_state(tx, letter.chat_id, "asleep")
                case Refused(error):
                    await outbox.dead(tx, letter.id, error, now)
        if not isinstance(result, Sent):
            log.warning(
                "delivery.not_sent", letter=letter.id, chat=letter.chat_id, outcome=str(result)
            )

    def _pause(self, attempts: int) -> timedelta:
        """Twice as long after every attempt, up to five minutes, never quite the same."""
        pause = min(timedelta(seconds=2 ** min(attempts, 10)), LONGEST_PAUSE)
        return pause * self._random.uniform(0.7, 1.3)


async def _doubted(
    tx: Transaction, letter: Letter, now: datetime
) -> tuple[list[Letter], list[FoundArticle]]:
    """Return as many of the chat's uncertain messages as this one can name, and their articles."""
    letters: list[Letter] = []
    articles: list[FoundArticle] = []
    for doubted in await outbox.doubts(tx, letter.chat_id):
        named = [alert.found for alert in await alerts.carried(tx, doubted.id)]
        if not named:
            await outbox.dead(tx, doubted.id, "its articles are gone", now)
            continue
        if letters and len(articles) + len(named) > MOST_NAMED:
            break
        letters.append(doubted)
        articles += named
    return letters, articles
