"""Says what an outbox row has to tell at this moment, and whether it is told now at all.

Mute, stop, subscriptions and quiet hours are asked again here, right before the message is sent.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.alerts import compose
from bot.alerts.compose import Message, Reader
from bot.alerts.timing import Burst, Case, Manner, collected_until, is_quiet, timing
from bot.model import FoundArticle
from bot.store import Transaction, alerts, chats, digests, outbox
from bot.store.chats import Chat
from bot.store.outbox import Letter
from bot.telegram.line import Line

Told = list[tuple[FoundArticle, list[str]]]
"""Articles, each with the lists that are still wanted."""


@dataclass(frozen=True, slots=True)
class Ready:
    """A message that can be sent."""

    letter: Letter
    message: Message
    thread: int | None = None
    edits: int | None = None
    """The message that it changes; None: it is a new one."""


@dataclass(frozen=True, slots=True)
class Post:
    """What messages are made with."""

    reader: Callable[[Chat], Reader]
    burst: Burst
    line: Line
    now: Callable[[], datetime]

    async def compose(self, tx: Transaction, letter: Letter, chat: Chat) -> Ready | None:
        """Return the message; None where it is told later or never, which is written down."""
        reader, manner = self.reader(chat), await chats.manner(tx, chat.id)
        match letter.kind:
            case "notice" if letter.notice_id is not None:
                key, params = await outbox.notice(tx, letter.notice_id)
                return self._ready(letter, compose.notice(key, params, reader), manner, reader)
            case "doubt":
                return self._ready(letter, compose.doubt(reader), manner, reader)
            case "alert":
                return await self._alert(tx, letter, manner, reader)
            case "edit":
                return await self._edit(tx, letter, reader)
            case _:
                return await self._digest(tx, letter, manner, reader)

    async def _alert(
        self, tx: Transaction, letter: Letter, manner: Manner, reader: Reader
    ) -> Ready | None:
        told = await self._wanted(tx, letter, letter.id)
        if not told:
            return None
        [(found, names)] = told
        if until := await self._muted_until(tx, letter, manner, names):
            await digests.keep_for_return(tx, letter, until, self.now())
            return None
        muted = await chats.muted_lists(tx, letter.chat_id, self.now())
        names = [name for name in names if name not in muted]
        modes = frozenset(reader.modes.get(name, "now") for name in names)
        sent = await digests.latest_alerts(tx, letter.chat_id, self.burst.most)
        waits = await digests.folds_at(tx, letter.chat_id)
        case = replace(self._case(letter, reader), modes=modes, sent=sent, folds_at=waits)
        when = timing(manner, case, self.burst)
        if when.at is not None:
            await digests.collect(tx, letter, when.at, self.now(), burst=when.burst)
            return None
        message = compose.alert(found, names, reader)
        return Ready(letter, compose.silenced(message, when.silent), manner.thread)

    async def _muted_until(
        self, tx: Transaction, letter: Letter, manner: Manner, names: Sequence[str]
    ) -> datetime | None:
        """Return until when the chat, or every list that matched, is muted; None: it is not."""
        now = self.now()
        if manner.muted_until is not None and manner.muted_until > now:
            return manner.muted_until
        muted = await chats.muted_lists(tx, letter.chat_id, now)
        return min(map(muted.__getitem__, names)) if muted.keys() >= set(names) else None

    async def _digest(
        self, tx: Transaction, letter: Letter, manner: Manner, reader: Reader
    ) -> Ready | None:
        later = collected_until(manner, self._case(letter, reader))
        if later is not None:
            await outbox.again(tx, letter.id, later, "the chat is muted or quiet", self.now())
            return None
        told = await self._wanted(tx, letter, letter.id)
        if not told:
            return None
        found = [found for found, _ in told]
        if letter.kind == "catch_up":
            message = compose.catch_up(found, reader)
        elif letter.kind == "return":
            message = compose.back(found, reader)
        elif letter.burst and len(told) == 1:
            # It had to wait, and nothing else did: there is no burst to speak of.
            message = compose.alert(*told[0], reader)
        else:
            message = compose.digest(found, reader, burst=letter.burst)
        return self._ready(letter, message, manner, reader)

    async def _edit(self, tx: Transaction, letter: Letter, reader: Reader) -> Ready | None:
        original = await outbox.message_of(tx, letter.edits) if letter.edits else None
        if original is None or original[0] != "sent" or original[1] is None:
            await outbox.dead(tx, letter.id, "there is no message to change", self.now())
            return None
        told = await self._wanted(tx, letter, letter.edits or 0)
        if not told:
            return None
        [(found, names)] = told
        return Ready(letter, compose.alert(found, names, reader), edits=original[1])

    async def _wanted(self, tx: Transaction, letter: Letter, told_by: int) -> Told:
        """Return what a letter tells and is still wanted; where nothing is, it is dead."""
        wanted = await chats.subscribed(tx, letter.chat_id)
        told = [
            (alert.found, [name for name in alert.watchlists if name in wanted])
            for alert in await alerts.carried(tx, told_by)
        ]
        still = [(found, names) for found, names in told if names]
        if not still:
            await outbox.dead(tx, letter.id, "no longer wanted", self.now())
        return still

    def _ready(self, letter: Letter, message: Message, manner: Manner, reader: Reader) -> Ready:
        quiet = is_quiet(manner, self._case(letter, reader))
        return Ready(letter, compose.silenced(message, quiet), manner.thread)

    def _case(self, letter: Letter, reader: Reader) -> Case:
        return Case(self.now(), reader.zone, letter.due)
