"""Letting people in: admins are asked about whoever writes, and hand out invitations."""

from collections.abc import Sequence

import structlog
from telegram.error import TelegramError

from bot.alerts.compose import Message
from bot.alerts.html import escape
from bot.store import chats
from bot.store.memory import Code
from bot.telegram import views
from bot.telegram.access import INVITATION_LIFE, INVITE, make_link
from bot.telegram.desk import Desk
from bot.telegram.messages import send
from bot.telegram.talk import Button, Command, Part, Press, Talk
from bot.wording import sentences

log = structlog.get_logger()

MOST_INVITED = 1000


class Admission(Part):
    """One method for each command and button."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def commands(self) -> Sequence[Command]:
        """Return what can be typed."""
        return (Command(("invite", "einladen"), self.invite, "admin"),)

    def buttons(self) -> Sequence[Button]:
        """Return what can be pressed."""
        return (Button("in", self.let_in, "admin"), Button("out", self.refuse, "admin"))

    async def invite(self, talk: Talk) -> Message:
        """Make a link that lets so many people in."""
        asked = talk.written.strip() or "1"
        if not (asked.isascii() and asked.isdecimal() and 1 <= int(asked[:6]) <= MOST_INVITED):
            return Message(talk.words.people.invite_unread.format(most=MOST_INVITED))
        now, uses = self._desk.now(), int(asked)
        code = Code(INVITE, now + INVITATION_LIFE, uses)
        async with self._desk.store.write() as tx:
            link = await make_link(tx, talk.bot.username, code)
        until = escape(self._desk.reader(talk.chat).time(code.expires))
        return Message(f"{talk.words.people.invited(uses).format(until=until)}\n{link}")

    async def let_in(self, press: Press) -> None:
        """Let somebody in who asked, and greet them."""
        newcomer = None
        if _is_id(press.data):
            newcomer = await self._desk.access.admit(int(press.data))
        if newcomer is None:
            await press.stale()
            return
        await press.answer()
        if newcomer.state != "asked":
            # Let in by another admin, or come by an invitation: they were greeted then.
            await press.replace(_settled(press, press.words.people.already_in))
            return
        await press.replace(_settled(press, press.words.let_in))
        greeting = views.lists(
            sentences(newcomer.language).welcome, self._desk.labels(newcomer), frozenset()
        )
        try:
            await send(press.talk.bot, newcomer.id, greeting)
        except TelegramError as error:
            log.info("access.greeting_failed", chat=newcomer.id, error=error.message)

    async def refuse(self, press: Press) -> None:
        """Leave somebody out who asked; whoever has come in meanwhile is in."""
        if not _is_id(press.data):
            await press.stale()
            return
        async with self._desk.store.read() as connection:
            asking = await chats.get(connection, int(press.data))
        is_in = asking is not None and asking.state != "asked"
        await press.answer()
        said = press.words.people.already_in if is_in else press.words.refused
        await press.replace(_settled(press, said))


def _settled(press: Press, said: str) -> Message:
    return Message(said.format(id=escape(press.data)))


def _is_id(data: str) -> bool:
    return data.removeprefix("-").isdecimal() and data.isascii() and len(data) < 19
