"""How a chat is told, as its people settle it: quiet hours, mute, digests, time zone, language.

Each command without a word shows what holds, with buttons for what most people want. A button says
what is to be, so that pressing it twice, or after a restart, does the same.
"""

from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import replace
from datetime import datetime
from typing import Any

from telegram import Update
from telegram.ext import CommandHandler

from bot.alerts import compose, spoken
from bot.alerts.compose import Message
from bot.alerts.html import escape, shorten
from bot.alerts.timing import Manner
from bot.store import Transaction, alerts, chats, digests
from bot.store.chats import Chat
from bot.telegram import settings
from bot.telegram.commands import App, Commands, Context
from bot.telegram.desk import Desk
from bot.telegram.messages import send
from bot.telegram.rights import may_settle
from bot.wording import LANGUAGES, sentences

SETTINGS = ("quiet", "mute", "digest", "fold")
"""The kinds of buttons that are settled here."""
GERMAN = {
    "ruhe": "quiet",
    "stumm": "mute",
    "zeitzone": "timezone",
    "sprache": "lang",
    "abos": "subs",
    "letzte": "last",
}
"""Commands in German: what each of them means."""
LABEL = 40
MOST_SHOWN = 10

Setting = Callable[[Chat, str], Awaitable[Message]]


class Manners:
    """One method for each setting: what was written goes in, the answer comes out."""

    def __init__(self, desk: Desk, commands: Commands) -> None:
        self._desk = desk
        self._commands = commands
        self._settings: dict[str, Setting] = {
            "quiet": self.quiet,
            "mute": self.mute,
            "digest": self.digest,
            "timezone": self.zone,
            "lang": self.language,
        }
        self._shown: dict[str, Setting] = {"subs": self.overview, "last": self.last}

    def register(self, app: App) -> None:
        """Hang the commands into the library."""
        for name, setting in {**self._settings, **self._shown}.items():
            names = [name, *(word for word, meant in GERMAN.items() if meant == name)]
            command = self._command(setting, settles=name in self._settings)
            app.add_handler(CommandHandler(names, command))

    def _command(
        self, setting: Setting, *, settles: bool
    ) -> Callable[[Update, Context], Coroutine[Any, Any, None]]:
        async def command(update: Update, context: Context) -> None:
            chat = await self._commands.enter(update, context)
            if chat is None:
                return
            user_id = update.effective_user.id if update.effective_user else None
            words = sentences(chat.language)
            if settles and not await may_settle(self._desk.store, context.bot, chat, user_id):
                await send(context.bot, chat.id, Message(words.only_administrators))
                return
            written = " ".join(context.args or ())
            # What names articles that were told before is an answer, and no news.
            answers = None if settles or update.message is None else update.message.message_id
            said = await setting(chat, written)
            await send(context.bot, chat.id, said, answers=answers)

        return command

    async def pressed(self, kind: str, data: str, chat: Chat) -> Message | None:
        """Settle what a button says; None where it is an old or a forged one."""
        if kind == "fold":
            return await self._fold(chat, data)
        if data not in settings.OFFERED.get(kind, ()):
            return None
        return await self._settings[kind](chat, data)

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
        holds = manner.muted_until if manner.muted_until and manner.muted_until > now else None
        return settings.mute(words, self._time(chat, holds) if holds else "")

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
                watchlist = await self._subscribed(tx, chat, name)
                if watchlist is None:
                    shown = escape(shorten(name, LABEL))
                    return Message(words.mute_unknown_list.format(label=shown))
                await chats.mute_list(tx, chat.id, watchlist, until)
                if until is None:
                    return settings.mute(words, "")
            label = escape(self._desk.labels()[watchlist])
            return Message(words.mute_list.format(label=label, time=self._time(chat, until)))
        return Message(words.mute_unread)

    async def _subscribed(self, tx: Transaction, chat: Chat, written: str) -> str | None:
        """Find a list that is on by its name or its label."""
        wanted = written.casefold()
        on = await chats.subscribed(tx, chat.id)
        labels = self._desk.labels()
        named = (name for name in sorted(on) if name in labels)
        return next((n for n in named if wanted in (n.casefold(), labels[n].casefold())), None)

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
        words = sentences(chat.language)
        if written:
            found = spoken.zone(written)
            if found is None:
                return Message(words.zone_unread)
            async with self._desk.store.write() as tx:
                await chats.set_zone(tx, chat.id, found)
            chat = replace(chat, zone=found)
        shown = escape(str(self._desk.zone_of(chat)))
        return Message(words.zone_now.format(zone=shown, time=self._time(chat, self._desk.now())))

    async def language(self, chat: Chat, written: str) -> Message:
        """Settle the language; without a word it is the other one."""
        wanted = written.strip().casefold()[:2]
        if wanted not in LANGUAGES:
            wanted = next(code for code in LANGUAGES if code != chat.language)
        async with self._desk.store.write() as tx:
            await chats.set_spoken(tx, chat.id, wanted)
        return Message(sentences(wanted).language_now)

    async def _fold(self, chat: Chat, data: str) -> Message | None:
        """Settle how bursts are told from now on."""
        words = sentences(chat.language)
        match data:
            case "at_once":
                wanted, said = Manner(folding="at_once"), words.folding_at_once
            case "hourly":
                wanted, said = Manner(folding="hourly"), words.folding_hourly
            case "leave":
                wanted, said = Manner(), words.folding_left
            case _:
                return None
        async with self._desk.store.write() as tx:
            manner = await chats.manner(tx, chat.id)
            await chats.set_manner(tx, chat.id, replace(manner, folding=wanted.folding))
        return Message(said)

    async def last(self, chat: Chat, written: str) -> Message:
        """Show the latest alerts: as many as are asked for, at most ten."""
        asked = int(written) if written.isascii() and written.isdecimal() else MOST_SHOWN
        async with self._desk.store.read() as connection:
            found = await alerts.latest(connection, chat.id, max(1, min(asked, MOST_SHOWN)))
        return compose.last(found, self._desk.reader(chat))

    async def overview(self, chat: Chat, _written: str) -> Message:
        """Show what is on and how it is set."""
        words, labels, now = sentences(chat.language), self._desk.labels(), self._desk.now()
        async with self._desk.store.read() as connection:
            on = await chats.subscribed(connection, chat.id)
            muted = await chats.muted_lists(connection, chat.id, now)
            manner = await chats.manner(connection, chat.id)
        shown = []
        for name in sorted(on & labels.keys(), key=lambda name: labels[name].casefold()):
            label = escape(labels[name])
            if name in muted:
                label = words.subs_muted.format(label=label, time=self._time(chat, muted[name]))
            shown.append(label)
        is_muted = manner.muted_until is not None and manner.muted_until > now
        until = self._time(chat, manner.muted_until) if is_muted and manner.muted_until else ""
        rows = [
            settings.quiet(words, manner.quiet).html,
            settings.mute(words, until).html if until else "",
            settings.digest(words, manner.digests).html if manner.digests else "",
            (await self.zone(chat, "")).html,
        ]
        return settings.subscriptions(words, shown, [row for row in rows if row])

    def _time(self, chat: Chat, instant: datetime) -> str:
        return escape(self._desk.reader(chat).time(instant))
