"""Drains the outbox into Telegram: a message a chat at a time, none lost, none sent twice.

Of every chat that is free, the message that has been due longest waits for its turn, is asked again
whether and when it is wanted, composed (`bot.telegram.post`), committed as `sending`, sent, and
recorded. Killed anywhere, the next start finds the row either untouched or in `sending`, which
makes it uncertain (see `bot.store.outbox`).
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import structlog
from telegram.error import TelegramError
from telegram.ext import ExtBot

from bot.alerts import compose
from bot.counts import Counts
from bot.store import DatabaseTrouble, Store, chats, outbox
from bot.store.outbox import Letter
from bot.telegram import doubts
from bot.telegram.books import LONGEST_PAUSE, Books
from bot.telegram.claiming import claimed, named
from bot.telegram.lanes import FROM_OUTBOX, GROUP_WINDOW, Lanes
from bot.telegram.messages import edit, send, send_file, send_plain
from bot.telegram.outcome import UNCHANGED, Outcome, Refused, Sent, Unsure, outcome
from bot.telegram.post import Post, Ready
from bot.telegram.printshop import Printshop

log = structlog.get_logger()

# What may not have arrived is named by the chat's next message, or after this by one of its own.
DOUBT_WAIT = timedelta(minutes=10)
IDLE = 0.25
CALL_WITHIN = 40.0
AT_ONCE = 30
"""Messages under way: as many as Telegram may take a second, so that a slow answer costs no pace.
Few of them are committed as `sending`: only those whose turn has come."""
OPEN = ("pending", "sending")
AT_LEAST = 5
"""So many places must be free before the outbox is asked again, which costs as much as a message;
until then, whoever has a place waits for the pace anyway."""


class Delivery:
    """The only one that changes the state of outbox rows."""

    def __init__(
        self, post: Post, store: Store, bot: ExtBot[Any], lanes: Lanes, counts: Counts
    ) -> None:
        self._post = post
        self._store = store
        self._bot = bot
        self._lanes = lanes
        self._now = post.now
        self._books = Books(store, post.line, post.now, counts)
        self._calls: dict[int, asyncio.Task[None]] = {}
        """What is under way, by its chat."""
        self._begun: set[int] = set()
        """The chats among them whose turn has come."""
        self._printshop = Printshop()
        self._ending = False
        self.looked: datetime | None = None
        """When the outbox was last looked at."""

    async def recover(self) -> None:
        """Note that what was in flight when the last process broke off is uncertain.

        What groups got from it in the last minute counts against their limit still.
        """
        now = self._now()
        async with self._store.write() as tx:
            count = await outbox.recover(tx, now)
            for chat_id, sent in await outbox.lately(tx, now - timedelta(seconds=GROUP_WINDOW)):
                self._lanes.remember(chat_id, now - sent)
        if count:
            log.warning("delivery.uncertain", messages=count)

    async def run(self) -> None:
        """Deliver until `finish` is called."""
        recovered = False
        while not self._ending:
            self.looked = self._now()
            started = False
            try:
                if await self._store.usable():
                    if not recovered:
                        await self.recover()
                        recovered = True
                    started = await self.start_due()
            except Exception as error:
                # Whatever it is, the next message must not wait for it for ever.
                if not self._is_known(error):
                    log.exception("delivery.crashed")
            if not started:
                await self._idle()

    async def finish(self, within: float) -> None:
        """Begin nothing more; wait at most `within` seconds for the calls that are in flight."""
        self._ending = True
        for chat_id in self._calls.keys() - self._begun:
            self._calls[chat_id].cancel()
        if calls := set(self._calls.values()):
            _, left = await asyncio.wait(calls, timeout=within)
            for call in left:
                call.cancel()
            if left:
                log.warning("delivery.left_in_flight", messages=len(left))
            await asyncio.gather(*left, return_exceptions=True)

    async def start_due(self) -> bool:
        """Start to deliver what is due in chats that are free; False where there is nothing."""
        free = AT_ONCE - len(self._calls)
        if self._ending or free < AT_LEAST or not self._post.line.is_open:
            return False
        letters = self._printshop.admitted(await self._due(free))
        for letter in letters:
            call = asyncio.create_task(self._deliver(letter))
            self._calls[letter.lane] = call
            call.add_done_callback(partial(self._ended, letter.lane))
        return bool(letters)

    def _ended(self, chat_id: int, call: "asyncio.Task[None]") -> None:
        del self._calls[chat_id]
        self._begun.discard(chat_id)
        self._printshop.ended(chat_id)
        error = None if call.cancelled() else call.exception()
        if error is not None and not self._is_known(error):
            log.error("delivery.crashed", chat=chat_id, exc_info=error)

    def _is_known(self, error: BaseException) -> bool:
        """Whether it is the database's trouble, of which the store has spoken already."""
        return isinstance(error, DatabaseTrouble) and self._store.trouble is not None

    async def _idle(self) -> None:
        """Wait until a chat is free again, but not for long: something new may be due."""
        if self._calls:
            await asyncio.wait(
                self._calls.values(), timeout=IDLE, return_when=asyncio.FIRST_COMPLETED
            )
        else:
            await asyncio.sleep(IDLE)

    async def _due(self, most: int) -> Sequence[Letter]:
        now = self._now()
        # Asked before the database: who is free by now has been recorded, and is seen below.
        busy, without = {*self._lanes.busy(), *self._calls}, self._printshop.without()
        async with self._store.read() as connection:
            if not busy and not await outbox.anything(connection, now, now - DOUBT_WAIT):
                return ()
            overdue = await outbox.overdue_doubts(connection, DOUBT_WAIT, now)
            letters = await outbox.all_due(connection, now, busy, most, without)
        if overdue:
            async with self._store.write() as tx:
                await outbox.post_overdue_doubts(tx, DOUBT_WAIT, now)
                letters = await outbox.all_due(tx, now, busy, most, without)
        return [each for each in letters if each.kind != "edit" or self._lanes.may_edit(each.lane)]

    async def _deliver(self, letter: Letter) -> None:
        """Deliver one message: its chat is nobody else's until it is known what became of it."""
        async with self._lanes.turn(letter.lane):
            async with self._printshop.turn(letter):
                ready = await self._ready(letter)
            if ready is None:
                return
            log.debug("delivery.begun", letter=letter.id)
            result = await self._call(ready)
            log.debug("delivery.answered", letter=letter.id, outcome=type(result).__name__)
            await self._record_surely(letter, result)
            log.debug("delivery.recorded", letter=letter.id)

    async def _ready(self, letter: Letter) -> Ready | None:
        """Prepare a message whose turn it is; None where it is not sent now."""
        if self._ending or not self._post.line.is_open:
            return None
        self._begun.add(letter.lane)
        try:
            return await self._prepare(letter)
        except Exception as error:
            pause, reason = timedelta(0), "the database could not be written"
            if not self._is_known(error):
                log.exception("delivery.cannot_prepare", letter=letter.id)
                pause, reason = LONGEST_PAUSE, "an error in Ausguck itself; see the log"
            await self._put_off(letter, pause, reason)
            return None

    async def _record_surely(self, letter: Letter, result: Outcome) -> None:
        """Record what became of a call, however long the database takes: nobody else knows it."""
        pause = 0.1
        while True:
            try:
                await self._books.record(letter, result)
            except DatabaseTrouble as error:
                if self._is_known(error):
                    await self._store.mended()
                    continue
                log.exception("delivery.not_recorded", letter=letter.id)
                await asyncio.sleep(pause)
                pause = min(2 * pause, LONGEST_PAUSE.total_seconds())
            except Exception:
                # Left as it is, nobody would hear of it before the next start.
                log.exception("delivery.not_understood", letter=letter.id)
                async with self._store.write() as tx:
                    reason = "an error in Ausguck itself; see the log"
                    await outbox.uncertain(tx, letter, reason, self._now())
                return
            else:
                return

    async def _put_off(self, letter: Letter, pause: timedelta, reason: str) -> None:
        """Let what was not sent be due later, however long the database takes.

        It may be `sending` already: its file is made after that is committed.
        """
        while True:
            await self._store.mended()
            now = self._now()
            try:
                async with self._store.write() as tx:
                    known = await outbox.message_of(tx, letter.id)
                    if known is not None and known[0] in OPEN:
                        due = max(letter.due, now + pause) if pause else letter.due
                        await outbox.again(tx, letter.id, due, reason, now)
            except DatabaseTrouble as error:
                if not self._is_known(error):
                    log.exception("delivery.not_put_off", letter=letter.id)
                await asyncio.sleep(IDLE)
            else:
                return

    async def _prepare(self, letter: Letter) -> Ready | None:
        """Compose the message and commit to sending it; None where it is not sent now."""
        now = self._now()
        async with self._store.write() as tx:
            chat = await chats.get(tx, letter.chat_id)
            if chat is None or not chat.served:
                await self._post.unserved(tx, letter, chat)
                return None
            message = await self._post.compose(tx, letter, chat)
            if message is None:
                return None
            reader = self._post.reader(chat)
            doubted, articles = await doubts.doubted(tx, letter, reader, now)
            if letter.kind == "doubt" and not doubted:
                await outbox.dead(tx, letter.id, "no longer wanted", now)
                return None
            await outbox.carry(tx, letter.id, doubted)
            await outbox.begin(tx, letter, now)
            log.debug("delivery.beginning", letter=letter.id)
        if message.paper is not None:
            message = replace(message, file=await message.paper.made(self._store))
        whole = compose.with_doubts(message.message, articles, reader)
        if message.claim is not None:
            name = await named(self._bot, letter.lane, message.claim.user_id)
            whole = claimed(whole, reader, name, message.claim.at)
        return replace(message, message=whole)

    async def _call(self, ready: Ready) -> Outcome:
        result = await self._try(self._send, ready)
        if not isinstance(result, Refused):
            return result
        if ready.edits is not None:
            return Sent(ready.edits) if UNCHANGED in result.error.lower() else result
        if ready.paper is not None:
            ready = replace(ready, message=ready.paper.refused())
        log.warning("delivery.refused", letter=ready.letter.id, error=result.error)
        plainly = await self._try(self._send_plain, ready)
        return replace(plainly, plain=True) if isinstance(plainly, Sent) else plainly

    async def _send(self, ready: Ready) -> int:
        if ready.edits is not None:
            await edit(self._bot, ready.letter.lane, ready.edits, ready.message)
            return ready.edits
        if ready.file is not None:
            sent = await send_file(self._bot, ready.to, ready.message, ready.file)
        else:
            sent = await send(self._bot, ready.to, ready.message, FROM_OUTBOX, ready.answers)
        return sent.message_id

    async def _send_plain(self, ready: Ready) -> int:
        return (await send_plain(self._bot, ready.to, ready.message, FROM_OUTBOX)).message_id

    async def _try(self, way: Callable[[Ready], Awaitable[int]], ready: Ready) -> Outcome:
        try:
            async with asyncio.timeout(CALL_WITHIN):
                return Sent(await way(ready))
        except TelegramError as error:
            return outcome(error)
        except TimeoutError:
            # The library's time-outs are for each read: an answer that drips would have no end.
            return Unsure(f"no whole answer within {CALL_WITHIN} s")
        except Exception:
            # An answer came, but in a form that the library does not know.
            log.exception("delivery.answer_not_understood", letter=ready.letter.id)
            return Unsure("the answer could not be understood")
