"""Handing settings on by links that are good once: `/share` copies them, `/handover` moves them."""

from collections.abc import Sequence
from datetime import timedelta

import structlog
from telegram.error import TelegramError

from bot.alerts.compose import Message
from bot.alerts.html import escape, one_line, shorten
from bot.alerts.spoken import clock
from bot.alerts.telling import Reader
from bot.store import chats, memory, people, sharing
from bot.store.chats import Chat
from bot.store.memory import Code
from bot.store.sharing import Handing, Taken
from bot.telegram.access import digest, make_link
from bot.telegram.desk import Desk
from bot.telegram.messages import send
from bot.telegram.queries import MOST_QUERIES
from bot.telegram.talk import Command, Part, Talk
from bot.wording import sentences

log = structlog.get_logger()

SHARE, HANDOVER = "share", "handover"
LIFE = timedelta(days=7)
LABEL = 60
MOST_SHOWN = 20


class Sharing(Part):
    """One method for each command, and one for whoever comes by a link."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def commands(self) -> Sequence[Command]:
        """Return what can be typed."""
        return (
            Command(("share", "teilen"), self.share, "settles"),
            Command(("handover", "uebergabe"), self.hand_over, "settles"),
        )

    async def share(self, talk: Talk) -> Message:
        """Make a link by which somebody takes over what is set here."""
        return await self._link(talk, SHARE, talk.words.people.share)

    async def hand_over(self, talk: Talk) -> Message:
        """Make a link by which somebody takes over a person's settings, and gets their alerts."""
        if talk.chat.type != "private":
            return Message(talk.words.people.handover_in_private)
        return await self._link(talk, HANDOVER, talk.words.people.handover)

    async def _link(self, talk: Talk, purpose: str, said: str) -> Message:
        code = Code(purpose, self._desk.now() + LIFE, data={"chat": talk.chat.id})
        async with self._desk.store.write() as tx:
            if not await sharing.has_something(tx, talk.chat.id):
                return Message(talk.words.people.nothing_to_share)
            link = await make_link(tx, talk.bot.username, code)
        until = escape(self._desk.reader(talk.chat).time(code.expires))
        return Message(f"{said.format(until=until)}\n{link}")

    async def accept(self, talk: Talk) -> Message | None:
        """Do what the link is good for that somebody came by; None: it is no link of this kind."""
        purpose, _, secret = talk.written.partition("_")
        if purpose not in {SHARE, HANDOVER} or talk.home.type != "private":
            return None
        said, now = talk.words.people, self._desk.now()
        async with self._desk.store.write() as tx:
            code = await sharing.find(tx, digest(secret), purpose, now)
            giver = await chats.get(tx, code.data["chat"]) if code else None
            if giver is None:
                return Message(said.dead_link)
            if giver.id == talk.home.id:
                return Message(said.own_link)
            await memory.use_code(tx, digest(secret), purpose, now)
            visible = self._desk.labels(talk.home).keys()
            handing = Handing(giver.id, talk.home.id, visible, MOST_QUERIES, now)
            taken = await sharing.take_over(tx, handing)
            if purpose == HANDOVER:
                await people.pause(tx, giver.id)
        await self._desk.take_in_own()
        if purpose == HANDOVER:
            await self._tell(talk, giver)
        nothing = said.handed_nothing if purpose == HANDOVER else said.taken_nothing
        return shown(taken, self._desk.reader(talk.home), nothing)

    async def _tell(self, talk: Talk, giver: Chat) -> None:
        """Tell who handed over that it is done: a chat in a pause gets nothing by the outbox."""
        said = sentences(giver.language).people.handed_over
        try:
            await send(talk.bot, giver.address, Message(said))
        except TelegramError as error:
            log.info("sharing.giver_not_told", chat=giver.id, error=error.message)


def shown(taken: Taken, reader: Reader, nothing: str) -> Message:
    """Show what somebody has taken over; `nothing` says that it is nothing."""
    said = reader.words.people
    labels = [shorten(one_line(reader.label(name)), LABEL) for name in taken.lists]
    lines = [f"✅ {escape(label)}" for label in sorted(labels, key=str.casefold)[:MOST_SHOWN]]
    if more := len(labels) - len(lines):
        lines.append(said.taken_more(more))
    if taken.queries:
        lines.append(said.taken_queries(taken.queries))
    if taken.exclusions:
        lines.append(said.taken_exclusions(taken.exclusions))
    if quiet := taken.manner.quiet:
        hours = f"{clock(quiet.begins)}–{clock(quiet.ends)}"
        lines.append(said.taken_quiet.format(hours=hours))
    if taken.manner.digests:
        times = " · ".join(map(clock, taken.manner.digests))
        lines.append(said.taken_digests.format(times=times))
    lines = [said.taken, *lines] if lines else [nothing]
    if taken.left_out:
        lines.append(said.left_out(taken.left_out))
    return Message("\n".join(lines))
