"""How a chat is told, as its people settle it: quiet hours, mute, digests, time zone, language.

Each command without a word shows what holds, with buttons for what most people want. A button says
what is to be, so that pressing it twice, or after a restart, does the same.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import datetime

from bot.alerts import spoken
from bot.alerts.compose import Message
from bot.alerts.html import escape
from bot.alerts.timing import Manner
from bot.store import chats, digests
from bot.store.chats import Chat
from bot.telegram import reviewing, settings
from bot.telegram.desk import Desk
from bot.telegram.talk import Button, Command, Part, Press, Talk
from bot.wording import LANGUAGES, sentences

GERMAN = {
    "ruhe": "quiet",
    "zeitzone": "timezone",
    "sprache": "lang",
}
"""Commands in German: what each of them means."""
LABEL = 40

Setting = Callable[[Chat, str], Awaitable[Message]]


class Manners(Part):
    """One method for each setting: what was written goes in, the answer comes out."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._settings: dict[str, Setting] = {
            "quiet": self.quiet,
            "digest": self.digest,
            "timezone": self.zone,
            "lang": self.language,
        }

    def commands(self) -> Sequence[Command]:
        """Return what can be typed."""
        return tuple(self._command(name, call) for name, call in self._settings.items())

    def buttons(self) -> Sequence[Button]:
        """Return what can be pressed."""
        return (
            *(Button(kind, self.pressed) for kind in self._settings if kind in settings.OFFERED),
            Button("fold", self.fold),
        )

    def _command(self, name: str, setting: Setting) -> Command:
        async def call(talk: Talk) -> Message:
            return await setting(talk.chat, talk.written)

        names = (name, *(word for word, meant in GERMAN.items() if meant == name))
        return Command(names, call, "settles")

    async def pressed(self, press: Press) -> None:
        """Settle what a button says."""
        if press.data not in settings.OFFERED[press.kind]:
            await press.stale()
            return
        said = await self._settings[press.kind](press.chat, press.data)
        await press.answer()
        await press.replace(said)

    async def quiet(self, chat: Chat, written: str) -> Message:
        """Settle quiet hours, or show them."""
        words = sentences(chat.language)
        wanted, how = spoken.quiet(written), spoken.quiet_how(written)
        async with self._desk.store.write() as tx:
            manner = await chats.manner(tx, chat.id)
            if how is not None and manner.quiet is not None:
                wanted = replace(manner.quiet, collect=how)
            if written and wanted is None and not spoken.is_off(written):
                return Message(words.quiet_unread)
            if written:
                before, manner = manner, replace(manner, quiet=wanted)
                await chats.set_manner(tx, chat.id, manner)
                if _collects(before) and not _collects(manner):
                    await digests.send_now(tx, chat.id, self._desk.now())
        return settings.quiet(words, manner.quiet)

    async def digest(self, chat: Chat, written: str) -> Message:
        """Settle digest times, or show them; "now" has what was collected sent at once."""
        words, now = sentences(chat.language), self._desk.now()
        if written.casefold() in {"now", "jetzt"}:
            async with self._desk.store.write() as tx:
                there_is = await digests.send_now(tx, chat.id, now)
            return Message(words.digest_sent_now if there_is else words.digest_empty)
        wanted = spoken.times(written)
        if written and wanted is None and not spoken.is_off(written):
            return Message(words.digest_unread)
        async with self._desk.store.write() as tx:
            manner = await chats.manner(tx, chat.id)
            if written:
                manner = replace(manner, digests=wanted or ())
                await chats.set_manner(tx, chat.id, manner)
        return settings.digest(words, manner.digests)

    async def zone(self, chat: Chat, written: str) -> Message:
        """Settle the chat's time zone, or show it."""
        words, how = sentences(chat.language), ""
        if written:
            found = spoken.zone(written)
            if found is None:
                return Message(words.zone_unread)
            async with self._desk.store.write() as tx:
                await chats.set_zone(tx, chat.id, found)
                chat = replace(chat, zone=found)
                await reviewing.moved(tx, self._desk, chat, self._desk.now())
        else:
            how = f"\n{words.zone_how}"
        zone, time = escape(str(self._desk.zone_of(chat))), self._time(chat, self._desk.now())
        return Message(words.zone_now.format(zone=zone, time=time) + how)

    async def language(self, chat: Chat, written: str) -> Message:
        """Settle the language, or show it."""
        words, wanted = sentences(chat.language), written.strip().casefold()[:2]
        if not written:
            async with self._desk.store.read() as connection:
                known = await chats.get(connection, chat.id)
            return settings.language(words, (known or chat).language)
        if wanted not in LANGUAGES:
            return settings.unknown_language(words)
        async with self._desk.store.write() as tx:
            await chats.set_spoken(tx, chat.id, wanted)
        return Message(sentences(wanted).language_now)

    async def fold(self, press: Press) -> None:
        """Settle how bursts are told from now on."""
        match press.data:
            case "at_once":
                wanted, said = Manner(folding="at_once"), press.words.folding_at_once
            case "hourly":
                wanted, said = Manner(folding="hourly"), press.words.folding_hourly
            case "leave":
                wanted, said = Manner(), press.words.folding_left
            case _:
                await press.stale()
                return
        async with self._desk.store.write() as tx:
            manner = await chats.manner(tx, press.chat.id)
            await chats.set_manner(tx, press.chat.id, replace(manner, folding=wanted.folding))
        await press.answer(said)

    def _time(self, chat: Chat, instant: datetime) -> str:
        return escape(self._desk.reader(chat).time(instant))


def _collects(manner: Manner) -> bool:
    """Tell whether anything is collected for set times, or for the end of the quiet hours."""
    return bool(manner.digests) or (manner.quiet is not None and manner.quiet.collect)
