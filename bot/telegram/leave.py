"""Leaving, and what is kept: a pause, all of it as a file, all of it erased."""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta

import structlog
from telegram.error import TelegramError

from bot.alerts.compose import Button as Key
from bot.alerts.compose import Message
from bot.alerts.html import escape
from bot.store import DatabaseTrouble, people
from bot.store.chats import Chat
from bot.telegram.access import WayBack
from bot.telegram.desk import Desk
from bot.telegram.documents import answer_file
from bot.telegram.talk import Button, Command, Part, Press, Talk

log = structlog.get_logger()

FILE = "ausguck.json"
DAY = timedelta(days=1)
JUST_NOW = timedelta(seconds=10)
"""A chat that is known for less was made known by the press itself: that is taken back."""


class Leave(Part):
    """One method for each command and button."""

    def __init__(self, desk: Desk, contact: str, keep: timedelta) -> None:
        """Nothing is asked yet.

        Args:
            desk: the tools.
            contact: where the operator can be reached, as is said to publishers; may be empty.
            keep: for how long it is kept what was told, and why.
        """
        self._desk = desk
        self._contact = contact
        self._keep = keep

    def commands(self) -> Sequence[Command]:
        """Return what can be typed."""
        return (
            Command(("stop", "ende"), self.stop, "settles"),
            Command(("privacy", "datenschutz"), self.privacy),
        )

    def buttons(self) -> Sequence[Button]:
        """Return what can be pressed."""
        return (Button("stop", self.stopped), Button("mine", self.hand_out))

    async def stop(self, talk: Talk) -> Message:
        """Ask: pause, or erase. The button to erase is good for this stay of the chat alone."""
        words, chat = talk.words, talk.chat
        async with self._desk.store.read() as connection:
            since = await people.since(connection, chat.id)
            has_topics = bool(await people.topics(connection, chat.id))
        lines = [words.stop_asked]
        way_back = await self._way_back(talk)
        if way_back in words.people.before_erasing:
            lines.append(words.people.before_erasing[way_back])
        if chat.thread is not None:
            lines.append(words.people.stop_topic)
        elif has_topics:
            lines.append(words.people.stop_group)
        erase = f"stop:erase:{_stay(since or self._desk.now())}"
        keys = (
            (Key(words.button_pause, "stop:pause"), Key(words.button_erase, erase)),
            (Key(words.button_keep, "stop:keep"),),
        )
        return Message("\n\n".join(lines), keys)

    async def _way_back(self, talk: Talk) -> WayBack:
        way_back = await self._desk.access.way_back(talk.chat)
        # Where an admin of the bot writes, a chat is let in.
        return "start" if way_back == "admitted" and talk.is_admin else way_back

    async def stopped(self, press: Press) -> None:
        """Do what was chosen."""
        words = press.words
        match press.data.split(":"):
            case ["pause"]:
                async with self._desk.store.write() as tx:
                    await people.pause(tx, press.chat.id)
                await press.answer()
                await press.replace(Message(words.paused))
            case ["erase", stay]:
                await self._erase(press, stay)
            case ["keep"]:
                await press.answer()
                await press.replace(Message(words.kept))
            case _:
                await press.stale()

    async def _erase(self, press: Press, stay: str) -> None:
        """Hand out what is kept, and erase it; pressed twice, or in a later stay, do nothing."""
        chat, words = press.chat, press.words
        async with self._desk.store.read() as connection:
            since = await people.since(connection, chat.id)
            kept = await people.export(connection, chat.id)
        if since is None or _stay(since) != stay:
            is_new = since is not None and self._desk.now() - since < JUST_NOW
            if is_new and people.is_blank(kept):
                await self._forget(chat)
            await press.answer(words.people.answer_erased_before)
            return
        # Sending a file takes a while, and nobody should think that the button does nothing.
        await press.answer()
        way_back = words.people.way_back[await self._way_back(press.talk)]
        is_sent = await self._send(press.talk, kept, words.people.all_that_was_kept)
        try:
            await self._forget(chat)
        except (OSError, DatabaseTrouble):
            log.exception("people.not_erased", chat=chat.id)
            await press.talk.answer(Message(words.people.not_erased))
            return
        said = words.erased if is_sent else words.people.erased_unsent
        await press.replace(Message(said.format(way_back=way_back)))

    async def _forget(self, chat: Chat) -> None:
        async with self._desk.store.write() as tx:
            await people.erase(tx, chat.id, self._desk.now())
        await self._desk.take_in_own()

    async def _send(self, talk: Talk, kept: dict[str, object], caption: str) -> bool:
        content = json.dumps(kept, ensure_ascii=False, indent=2).encode()
        try:
            await answer_file(talk, FILE, content, caption)
        except TelegramError as error:
            log.warning("people.file_not_sent", chat=talk.chat.id, error=error.message)
            return False
        return True

    async def privacy(self, talk: Talk) -> Message:
        """Say what is kept, for how long, and who can have it."""
        said = talk.words.people
        contact = said.operator.format(contact=escape(self._contact))
        text = said.privacy.format(
            days=self._keep // DAY,
            asleep=people.ASLEEP // DAY,
            operator=contact if self._contact else said.operator_unknown,
        )
        return Message(text, ((Key(said.button_my_data, "mine"),),))

    async def hand_out(self, press: Press) -> None:
        """Send all that is kept of the chat, as a file."""
        async with self._desk.store.read() as connection:
            kept = await people.export(connection, press.chat.id)
        await press.answer()
        said = press.words.people
        if not await self._send(press.talk, kept, said.all_that_is_kept):
            await press.talk.answer(Message(said.not_sent))


def _stay(since: datetime) -> str:
    """Return a stay of a chat as a button says it: by its beginning."""
    return f"{round(since.timestamp() * 1_000_000):x}"
