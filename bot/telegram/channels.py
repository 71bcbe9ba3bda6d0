"""Channels and groups that are settled from a private chat: in a channel nobody gives commands."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace

from bot.alerts.compose import Button as Key
from bot.alerts.compose import Message
from bot.alerts.html import bold, one_line, shorten
from bot.store import chats
from bot.store.chats import Chat
from bot.telegram import views
from bot.telegram.acting import LONGEST_TITLE, title_of
from bot.telegram.desk import Desk
from bot.telegram.rights import may_settle
from bot.telegram.talk import Button, Command, Part, Press, Talk
from bot.wording import Sentences

AT_ONCE = 10
"""So many chats Telegram is asked about side by side."""
MOST_SHOWN = 90
"""Telegram takes 100 buttons."""
OWN = "0"


class Channels(Part):
    """One method for each command and button."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def commands(self) -> Sequence[Command]:
        """Return what can be typed."""
        return (Command(("manage", "verwalten"), self.manage),)

    def buttons(self) -> Sequence[Button]:
        """Return what can be pressed."""
        return (Button("as", self.turn_to, "asks"),)

    async def manage(self, talk: Talk) -> Message | None:
        """Show the channels and groups that somebody may settle, to choose one."""
        words, own = talk.words.people, talk.own
        if talk.home.type != "private":
            return Message(words.manage_in_private)
        found = await self._manageable(own)
        keys = [
            (Key(views.marked(title, is_on=chat.id == talk.chat.id), f"as:{chat.id}"),)
            for chat, title in sorted(found, key=lambda each: each[1].casefold())[:MOST_SHOWN]
        ]
        if keys or talk.acts:
            mine = views.marked(words.button_own_chat, is_on=not talk.acts)
            keys.append((Key(mine, f"as:{OWN}"),))
        await own.answer(Message(words.manage if found else words.manage_none, tuple(keys)))
        return None

    async def turn_to(self, press: Press) -> None:
        """Let what is said in this chat be meant for another one, or for itself again."""
        own = press.talk.own
        if own.home.type != "private":
            await press.stale()
        elif press.data == OWN:
            await self._act_for(own.home, None)
            await press.answer()
            await replace(press, talk=own).replace(Message(press.words.people.manages_own))
        elif (talk := await self._turned(own, press.data)) is None:
            await press.answer(press.words.people.answer_not_yours)
        else:
            await self._act_for(own.home, talk.chat.id)
            await press.answer()
            keys = (
                (Key(press.words.button_lists, "lists"),),
                (Key(press.words.people.button_own_chat, f"as:{OWN}"),),
            )
            said = press.words.people.manages.format(title=bold(talk.title))
            await replace(press, talk=talk).replace(Message(said, keys))

    async def _act_for(self, home: Chat, other: int | None) -> None:
        async with self._desk.store.write() as tx:
            await chats.act_for(tx, home.id, other)

    async def _turned(self, own: Talk, data: str) -> Talk | None:
        """Return what is said as meant for another chat; None where that may not be."""
        if not data.removeprefix("-").isdecimal() or not data.isascii() or len(data) > 18:
            return None
        async with self._desk.store.read() as connection:
            chat = await chats.get(connection, int(data))
        if chat is None or not await self._may(own, chat):
            return None
        title = await title_of(own.bot, chat)
        return replace(own, chat=replace(chat, language=own.home.language), title=title)

    async def _may(self, own: Talk, chat: Chat) -> bool:
        if chat.type == "private" or chat.thread is not None:
            return False
        return own.is_admin or await may_settle(own.bot, chat, own.user_id)

    async def _manageable(self, own: Talk) -> list[tuple[Chat, str]]:
        """Return the chats that somebody may settle, each with what it is called."""
        async with self._desk.store.read() as connection:
            known = await chats.listed(connection)
        gate = asyncio.Semaphore(AT_ONCE)

        async def look(chat: Chat) -> tuple[Chat, str] | None:
            async with gate:
                if not await self._may(own, chat):
                    return None
                return chat, await title_of(own.bot, chat)

        found = await asyncio.gather(*map(look, known))
        return [each for each in found if each is not None]


def greeting(words: Sentences) -> Message:
    """Greet a group that the bot was added to."""
    return Message(words.people.welcome_group, ((Key(words.button_lists, "lists"),),))


def state(words: Sentences, chat_id: int, title: str, *, may_write: bool) -> Message:
    """Tell somebody how it stands with a channel of theirs."""
    shown = bold(shorten(one_line(title), LONGEST_TITLE) or str(chat_id))
    text = words.people.channel_ready if may_write else words.people.channel_mute
    keys = ((Key(words.people.button_manage, f"as:{chat_id}"),),)
    return Message(text.format(title=shown), keys)
