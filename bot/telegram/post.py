"""Says what an outbox row has to tell at this moment, and whether it is told now at all.

Mute, stop, subscriptions and quiet hours are asked again here, right before the message is sent.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.alerts import collected, compose
from bot.alerts.compose import Controls, Message
from bot.alerts.telling import Reader, Telling
from bot.alerts.timing import Burst, Case, Manner, collected_until, is_quiet, timing
from bot.model import Address
from bot.store import (
    Transaction,
    alerts,
    chats,
    claims,
    digests,
    notices,
    outbox,
    pending,
    reviews,
    stories,
    subscriptions,
)
from bot.store.alerts import Alert
from bot.store.chats import Chat
from bot.store.claims import Claim
from bot.store.outbox import Letter
from bot.telegram import papers, views
from bot.telegram.line import Line
from bot.telegram.papers import Paper

MANY, DAY = 30, timedelta(days=1)
"""A list that brings more alerts than this in a day is better collected."""
Told = Sequence[Telling]
"""What is still wanted, each event once."""


@dataclass(frozen=True, slots=True)
class Ready:
    """A message that can be sent."""

    letter: Letter
    message: Message
    to: Address
    edits: int | None = None
    """The message that it changes; None: it is a new one."""
    answers: int | None = None
    """The message that it answers."""
    claim: Claim | None = None
    """Who said in it that they take care of it."""
    paper: Paper | None = None
    """What makes the file that it brings."""
    file: tuple[str, bytes] | None = None
    """The file, made: its name and its content."""


@dataclass(frozen=True, slots=True)
class _Recipient:
    """Who gets a message."""

    chat: Chat
    manner: Manner
    reader: Reader

    @property
    def can_settle(self) -> bool:
        """Those who read a channel have nothing to set there."""
        return self.chat.type != "channel"

    def controls(self, letter_id: int) -> Controls | None:
        """Return the buttons of an alert."""
        if not self.can_settle:
            return None
        return Controls(letter_id, can_be_claimed=self.chat.type != "private")


@dataclass(frozen=True, slots=True)
class Post:
    """What messages are made with."""

    reader: Callable[[Chat], Reader]
    burst: Burst
    line: Line
    now: Callable[[], datetime]

    async def compose(self, tx: Transaction, letter: Letter, chat: Chat) -> Ready | None:
        """Return the message; None where it is told later or never, which is written down."""
        to = _Recipient(chat, await chats.manner(tx, chat.id), self.reader(chat))
        match letter.kind:
            case "notice" if letter.notice_id is not None:
                key, params = await notices.get(tx, letter.notice_id)
                return self._ready(letter, compose.notice(key, params, to.reader), to)
            case "doubt":
                return self._ready(letter, compose.doubt(to.reader), to)
            case "alert":
                return await self._alert(tx, letter, to)
            case "edit":
                return await self._edit(tx, letter, to)
            case reviews.HEADING | reviews.FILE:
                return await self._review(tx, letter, to)
            case _:
                return await self._digest(tx, letter, to)

    async def _alert(self, tx: Transaction, letter: Letter, to: _Recipient) -> Ready | None:
        told = await self._wanted(tx, letter, letter.id, to.reader)
        if not told:
            return None
        [telling] = told
        manner, reader, names = to.manner, to.reader, telling.watchlists
        if until := await self._muted_until(tx, letter, manner, names):
            await digests.keep_for_return(tx, letter, until, self.now())
            return None
        muted = await chats.muted_lists(tx, letter.chat_id, self.now())
        names = [name for name in names if name not in muted]
        chosen = await subscriptions.modes(tx, letter.chat_id)
        modes = frozenset(chosen.get(name) or reader.modes.get(name, "now") for name in names)
        sent = await digests.latest_alerts(tx, letter.chat_id, self.burst.most)
        waits = await digests.folds_at(tx, letter.chat_id)
        case = replace(self._case(letter, reader), modes=modes, sent=sent, folds_at=waits)
        when = timing(manner, case, self.burst)
        if when.at is not None:
            await digests.collect(tx, letter, when.at, self.now(), burst=when.burst)
            return None
        await self._offer_digest(tx, to, names)
        telling = telling._replace(watchlists=names)
        message = compose.alert(telling, reader, to.controls(letter.id))
        answers = await outbox.message_of(tx, letter.answers) if letter.answers else None
        return Ready(
            letter,
            compose.silenced(message, when.silent),
            to.chat.address,
            answers=answers[1] if answers else None,
        )

    async def _offer_digest(self, tx: Transaction, to: _Recipient, names: Sequence[str]) -> None:
        """Offer, once, to collect what a list brings that brings very much."""
        now, chat_id = self.now(), to.chat.id
        if not to.can_settle:
            return
        latest = await digests.latest_alerts(tx, chat_id, MANY)
        if len(latest) < MANY or latest[-1] < now - DAY:
            return
        for name in names:
            count = await subscriptions.count_since(tx, chat_id, name, now - DAY)
            if count > MANY and await subscriptions.note_offered(tx, chat_id, name, now):
                params = {"list": to.reader.label(name), "handle": views.handle(name)}
                await notices.post(tx, [chat_id], "offer_digest", params, now)

    async def _muted_until(
        self, tx: Transaction, letter: Letter, manner: Manner, names: Sequence[str]
    ) -> datetime | None:
        """Return until when the chat, or every list that matched, is muted; None: it is not."""
        now = self.now()
        if manner.muted_until is not None and manner.muted_until > now:
            return manner.muted_until
        muted = await chats.muted_lists(tx, letter.chat_id, now)
        return min(map(muted.__getitem__, names)) if muted.keys() >= set(names) else None

    async def _digest(self, tx: Transaction, letter: Letter, to: _Recipient) -> Ready | None:
        reader = to.reader
        if await self._waits(tx, letter, to):
            return None
        told = await self._wanted(tx, letter, letter.id, reader)
        if not told:
            return None
        if letter.kind == "catch_up":
            message = collected.catch_up(told, reader)
        elif letter.kind == "return":
            message = collected.back(told, reader)
        elif letter.burst and len(told) == 1:
            # It had to wait, and nothing else did: there is no burst to speak of.
            message = compose.alert(told[0], reader, to.controls(letter.id))
        else:
            asks = letter.burst and to.can_settle
            message = collected.digest(told, reader, burst=asks)
        return self._ready(letter, message, to)

    async def _review(self, tx: Transaction, letter: Letter, to: _Recipient) -> Ready | None:
        said = (tx, letter, to.chat, to.reader, self.now())
        if await self._waits(tx, letter, to):
            return None
        if letter.kind == reviews.HEADING:
            message = await papers.heading(*said)
            return self._ready(letter, message, to) if message else None
        if (made := await papers.paper(*said)) is None:
            return None
        return replace(self._ready(letter, made[0], to), paper=made[1])

    async def unserved(self, tx: Transaction, letter: Letter, chat: Chat | None) -> None:
        """Write down what becomes of a letter to a chat that is not served."""
        now = self.now()
        if chat is None:
            return  # erased with its letters, or it has another id by now, and so have they
        if not await papers.put_off(tx, letter, self.reader(chat), now):
            await outbox.dead(tx, letter.id, "the chat is not served at present", now)

    async def _waits(self, tx: Transaction, letter: Letter, to: _Recipient) -> bool:
        """Put off what the chat collects at present."""
        later = collected_until(to.manner, self._case(letter, to.reader))
        if later is not None:
            await outbox.again(tx, letter.id, later, "the chat is muted or quiet", self.now())
        return later is not None

    async def _edit(self, tx: Transaction, letter: Letter, to: _Recipient) -> Ready | None:
        original = await outbox.message_of(tx, letter.edits) if letter.edits else None
        if original is None or original[0] != "sent" or original[1] is None:
            await outbox.dead(tx, letter.id, "there is no message to change", self.now())
            return None
        edited = letter.edits or 0
        if key_and_params := await notices.of_letter(tx, edited):
            message = compose.notice(*key_and_params, to.reader)
            return Ready(letter, message, to.chat.address, edits=original[1])
        told = await self._wanted(tx, letter, edited, to.reader)
        if not told:
            return None
        message = compose.alert(told[0], to.reader, to.controls(edited))
        claim = await claims.of(tx, edited)
        return Ready(letter, message, to.chat.address, edits=original[1], claim=claim)

    async def _wanted(self, tx: Transaction, letter: Letter, told_by: int, reader: Reader) -> Told:
        """Return what a letter tells and is still wanted; where nothing is, it is dead."""
        if told_by == letter.id:  # a change of what was sent takes nothing back
            await pending.withdraw(tx, told_by)
        wanted = await chats.subscribed(tx, letter.chat_id) - reader.hidden
        carried = [
            (alert, [name for name in alert.watchlists if name in wanted])
            for alert in await alerts.carried(tx, told_by)
        ]
        still = [(alert, names) for alert, names in carried if names]
        if not still:
            await outbox.dead(tx, letter.id, "no longer wanted", self.now())
        told = tellings(still, await stories.agencies(tx, [a.found.entry_id for a, _ in still]))
        related = await alerts.answered(tx, told_by)
        return [each if each.news else each._replace(related=related) for each in told]

    def _ready(self, letter: Letter, message: Message, to: _Recipient) -> Ready:
        quiet = is_quiet(to.manner, self._case(letter, to.reader))
        return Ready(letter, compose.silenced(message, quiet), to.chat.address)

    def _case(self, letter: Letter, reader: Reader) -> Case:
        return Case(self.now(), reader.zone, letter.due)


def tellings(
    carried: Sequence[tuple[Alert, Sequence[str]]], agencies: Mapping[int, str]
) -> Sequence[Telling]:
    """Join what a message carries to events: each is told by the article that was there first."""
    events: dict[tuple[str, int], list[tuple[Alert, Sequence[str]]]] = {}
    for alert, names in carried:
        event = ("alone", alert.id) if alert.story is None else ("story", alert.story)
        events.setdefault(event, []).append((alert, names))
    told = []
    for members in events.values():
        (first, _), *others = sorted(members, key=lambda member: member[0].id)
        names = sorted({name for _, each in members for name in each})
        also = [alert.found for alert, _ in others]
        agency = agencies.get(first.found.entry_id, "")
        told.append(Telling(first.found, names, also, agency, first.news))
    return told
