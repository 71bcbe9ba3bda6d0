"""`/mute`: a chat, one of its lists, or an event is silent for a while."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.alerts import ending, spoken
from bot.alerts.compose import Button as Key
from bot.alerts.compose import Message
from bot.alerts.html import escape, shorten
from bot.store import Transaction, chats, digests, stories
from bot.store.chats import Chat
from bot.telegram import settings, views
from bot.telegram.desk import Desk
from bot.telegram.talk import Button, Command, Part, Press, Talk
from bot.wording import sentences

LABEL = 40
STORY = timedelta(days=7)
"""As long as a story may last."""


class Mutes(Part):
    """What was said tells what is meant: in answer to an alert its event, else a list, or all."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def commands(self) -> Sequence[Command]:
        """Return what can be typed."""
        return (Command(("mute", "stumm"), self.said, "settles"),)

    def buttons(self) -> Sequence[Button]:
        """Return what can be pressed."""
        return (Button("mute", self.pressed),)

    async def said(self, talk: Talk) -> Message:
        """Be silent for a while, or no more, or show what is silent."""
        chat, written = talk.chat, talk.written
        if (story := await self._story(talk)) is not None:
            return story
        until = self._read(chat, written)
        if until is not None:
            return await self._all(chat, until)
        if not written:
            return await self._shown(chat)
        if spoken.is_off(written):
            return await self._nothing(chat)
        return await self._list(chat, written)

    async def pressed(self, press: Press) -> None:
        """Be silent for as long as a button says, or no more."""
        if press.data not in settings.OFFERED["mute"]:
            await press.stale()
            return
        until = self._read(press.chat, press.data)
        said = await (self._nothing(press.chat) if until is None else self._all(press.chat, until))
        await press.answer()
        await press.replace(said)

    async def _all(self, chat: Chat, until: datetime) -> Message:
        async with self._desk.store.write() as tx:
            await _settle(tx, chat, until)
            await digests.end_mute(tx, chat.id, until)
        return settings.mute(sentences(chat.language), self._until(chat, until))

    async def _nothing(self, chat: Chat) -> Message:
        """Let all of it be heard again: the chat, its lists, and events."""
        now = self._desk.now()
        async with self._desk.store.write() as tx:
            await _settle(tx, chat, None)
            await digests.end_mute(tx, chat.id, now)
            for name in await chats.muted_lists(tx, chat.id, now):
                await chats.mute_list(tx, chat.id, name, None)
            await stories.unmute(tx, chat.id)
        return Message(sentences(chat.language).mute_off)

    async def _shown(self, chat: Chat) -> Message:
        """Show until when the chat is silent, and what else is."""
        words, now, reader = sentences(chat.language), self._desk.now(), self._desk.reader(chat)
        async with self._desk.store.read() as connection:
            manner = await chats.manner(connection, chat.id)
            lists = await chats.muted_lists(connection, chat.id, now)
            events = await stories.muted(connection, chat.id, now)
        holds = manner.muted_until if manner.muted_until and manner.muted_until > now else None
        silent = [
            words.subs_muted.format(
                label=escape(shorten(reader.label(name), LABEL)), time=self._until(chat, until)
            )
            for name, until in lists.items()
        ]
        silent += settings.events(words, [(t, self._until(chat, until)) for t, until in events])
        return settings.mute(words, self._until(chat, holds) if holds else "", silent)

    async def _story(self, talk: Talk) -> Message | None:
        """Hear no news of the event of an alert that this answers; None: it is not meant so."""
        if talk.replies_to is None:
            return None
        until = self._read(talk.home, talk.written) if talk.written else self._desk.now() + STORY
        if until is None and not spoken.is_off(talk.written):
            return None  # it may name a list
        async with self._desk.store.write() as tx:
            if not await stories.mute(tx, talk.home.id, talk.replies_to, until):
                return None
        if until is None:
            return Message(talk.words.mute_story_off)
        return Message(talk.words.mute_story.format(time=self._until(talk.home, until)))

    async def _list(self, chat: Chat, written: str) -> Message:
        """Read "Nordkorea 2h": the end of it is a time, what is before it names a list."""
        words, parts = sentences(chat.language), written.split()
        for cut in range(1, len(parts) + 1):
            name, rest = " ".join(parts[:cut]), " ".join(parts[cut:])
            until = self._read(chat, rest)
            async with self._desk.store.write() as tx:
                watchlist = await self._desk.subscribed(tx, chat, name)
                if watchlist is not None and (until is not None or spoken.is_off(rest)):
                    await chats.mute_list(tx, chat.id, watchlist, until)
                    await digests.end_list_mute(tx, chat.id, until or self._desk.now())
                    return self._list_shown(chat, watchlist, until)
            if watchlist is not None and not rest:
                return self._list_asked(chat, watchlist)
            if watchlist is None and until is not None:
                shown = escape(shorten(name, LABEL))
                return Message(words.mute_unknown_list.format(label=shown))
        return Message(words.mute_unread)

    def _list_shown(self, chat: Chat, name: str, until: datetime | None) -> Message:
        words, label = sentences(chat.language), escape(self._desk.reader(chat).label(name))
        if until is None:
            return Message(words.mute_list_off.format(label=label))
        text = words.mute_list.format(label=label, time=self._until(chat, until))
        return Message(text, ((Key(words.button_unmute, f"ml:{views.handle(name)}:0"),),))

    def _list_asked(self, chat: Chat, name: str) -> Message:
        words, label = sentences(chat.language), escape(self._desk.reader(chat).label(name))
        keys = (
            Key(words.own.button_mute_day, f"ml:{views.handle(name)}:1"),
            Key(words.own.button_mute_week, f"ml:{views.handle(name)}:7"),
        )
        return Message(words.mute_list_asked.format(label=label), (keys,))

    def _read(self, chat: Chat, written: str) -> datetime | None:
        return ending.until(written, self._desk.now(), self._desk.zone_of(chat))

    def _until(self, chat: Chat, instant: datetime) -> str:
        return escape(self._desk.reader(chat).until(instant))


async def _settle(tx: Transaction, chat: Chat, until: datetime | None) -> None:
    manner = await chats.manner(tx, chat.id)
    await chats.set_manner(tx, chat.id, replace(manner, muted_until=until))
