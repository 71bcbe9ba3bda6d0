"""How a chat is told, as its people settle it: quiet hours, mute, digests, time zone, language.

Each command without a word shows what holds, with buttons for what most people want. A button says
what is to be, so that pressing it twice, or after a restart, does the same.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.alerts import spoken
from bot.alerts.compose import Message
from bot.alerts.html import escape, shorten
from bot.alerts.timing import Manner
from bot.store import chats, digests, stories
from bot.store.chats import Chat
from bot.telegram import settings
from bot.telegram.desk import Desk
from bot.telegram.talk import Button, Command, Part, Press, Talk
from bot.wording import LANGUAGES, sentences

GERMAN = {
    "ruhe": "quiet",
    "stumm": "mute",
    "zeitzone": "timezone",
    "sprache": "lang",
}
"""Commands in German: what each of them means."""
LABEL = 40
STORY_MUTE = timedelta(days=7)
"""As long as a story may last."""

Setting = Callable[[Chat, str], Awaitable[Message]]


class Manners(Part):
    """One method for each setting: what was written goes in, the answer comes out."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._settings: dict[str, Setting] = {
            "quiet": self.quiet,
            "mute": self.mute,
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
            *(Button(kind, self.pressed) for kind in settings.OFFERED),
            Button("fold", self.fold),
        )

    def _command(self, name: str, setting: Setting) -> Command:
        async def call(talk: Talk) -> Message:
            story = await self._mute_story(talk) if name == "mute" else None
            return story or await setting(talk.chat, talk.written)

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
        wanted = spoken.quiet(written)
        if written and wanted is None and not spoken.is_off(written):
            return Message(words.quiet_unread)
        async with self._desk.store.write() as tx:
            manner = await chats.manner(tx, chat.id)
            if written:
                manner = replace(manner, quiet=wanted)
                await chats.set_manner(tx, chat.id, manner)
        return settings.quiet(words, manner.quiet)

    async def mute(self, chat: Chat, written: str) -> Message:
        """Mute the chat, or one list of it, or show until when it is."""
        words, now, zone = sentences(chat.language), self._desk.now(), self._desk.zone_of(chat)
        until = spoken.until(written, now, zone)
        if written and until is None and not spoken.is_off(written):
            return await self._mute_list(chat, written)
        async with self._desk.store.write() as tx:
            manner = await chats.manner(tx, chat.id)
            if written:
                manner = replace(manner, muted_until=until)
                await chats.set_manner(tx, chat.id, manner)
                await digests.end_mute(tx, chat.id, until or now)
                for name in await chats.muted_lists(tx, chat.id, now) if until is None else ():
                    await chats.mute_list(tx, chat.id, name, None)
        holds = manner.muted_until if manner.muted_until and manner.muted_until > now else None
        return settings.mute(words, self._time(chat, holds) if holds else "")

    async def _mute_story(self, talk: Talk) -> Message | None:
        """Hear no news of the story of an alert that this answers; None: it is not meant so."""
        if talk.replies_to is None:
            return None
        now, zone = self._desk.now(), self._desk.zone_of(talk.home)
        until = spoken.until(talk.written, now, zone) if talk.written else now + STORY_MUTE
        if until is None and not spoken.is_off(talk.written):
            return None  # it may name a list
        async with self._desk.store.write() as tx:
            if not await stories.mute(tx, talk.home.id, talk.replies_to, until):
                return None
        if until is None:
            return Message(talk.words.mute_story_off)
        return Message(talk.words.mute_story.format(time=self._time(talk.home, until)))

    async def _mute_list(self, chat: Chat, written: str) -> Message:
        """Read "Nordkorea 2h": the end of it is a time, what is before it names a list."""
        words, now, zone = sentences(chat.language), self._desk.now(), self._desk.zone_of(chat)
        parts = written.split()
        for cut in range(1, len(parts)):
            name, rest = " ".join(parts[:cut]), " ".join(parts[cut:])
            until = spoken.until(rest, now, zone)
            if until is None and not spoken.is_off(rest):
                continue
            async with self._desk.store.write() as tx:
                watchlist = await self._desk.subscribed(tx, chat, name)
                if watchlist is None:
                    shown = escape(shorten(name, LABEL))
                    return Message(words.mute_unknown_list.format(label=shown))
                await chats.mute_list(tx, chat.id, watchlist, until)
                await digests.end_list_mute(tx, chat.id, until or now)
            label = escape(self._desk.reader(chat).label(watchlist))
            if until is None:
                return Message(words.mute_list_off.format(label=label))
            return Message(words.mute_list.format(label=label, time=self._time(chat, until)))
        return Message(words.mute_unread)

    async def digest(self, chat: Chat, written: str) -> Message:
        """Settle digest times, or show them; "now" has what was collected sent at once."""
        words, now = sentences(chat.language), self._desk.now()
        if written.casefold() in {"now", "jetzt"}:
            async with self._desk.store.write() as tx:
                await digests.send_now(tx, chat.id, now)
            return Message(words.digest_sent_now)
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
