"""How a chat is told, as its people settle it: quiet hours, mute, digests, time zone, language.

Each command without a word shows what holds, with buttons for what most people want. A button says
what is to be, so that pressing it twice, or after a restart, does the same.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import datetime

from bot.alerts import collected, spoken
from bot.alerts.compose import Message
from bot.alerts.html import escape, one_line, shorten
from bot.alerts.timing import Manner
from bot.store import alerts, chats, digests, own, stories, subscriptions
from bot.store.chats import Chat
from bot.telegram import settings
from bot.telegram.desk import Desk
from bot.telegram.talk import Button, Command, Part, Press, Right, Talk
from bot.watch.personal import is_own
from bot.wording import LANGUAGES, sentences

GERMAN = {
    "ruhe": "quiet",
    "zeitzone": "timezone",
    "sprache": "lang",
    "abos": "subs",
    "letzte": "last",
}
"""Commands in German: what each of them means."""
LABEL = 40
MOST_SHOWN, MOST_QUERIES = 10, 30

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
        return (
            *(self._command(name, call, "settles") for name, call in self._settings.items()),
            self._command("subs", self.overview, "asks"),
            self._command("last", self.last, "asks"),
        )

    def buttons(self) -> Sequence[Button]:
        """Return what can be pressed."""
        return (
            *(Button(kind, self.pressed) for kind in self._settings if kind in settings.OFFERED),
            Button("fold", self.fold),
        )

    def _command(self, name: str, setting: Setting, right: Right) -> Command:
        async def call(talk: Talk) -> Message:
            return await setting(talk.chat, talk.written)

        names = (name, *(word for word, meant in GERMAN.items() if meant == name))
        return Command(names, call, right, quotes=right == "asks")

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

    async def last(self, chat: Chat, written: str) -> Message:
        """Show the latest alerts: as many as are asked for, at most ten."""
        asked = int(written) if written.isascii() and written.isdecimal() else MOST_SHOWN
        async with self._desk.store.read() as connection:
            found = await alerts.latest(connection, chat.id, max(1, min(asked, MOST_SHOWN)))
        return collected.last(found, self._desk.reader(chat))

    async def overview(self, chat: Chat, _written: str) -> Message:
        """Show what is on and how it is set."""
        words, labels, now = sentences(chat.language), self._desk.labels(chat), self._desk.now()
        async with self._desk.store.read() as connection:
            on = await chats.subscribed(connection, chat.id)
            muted = await chats.muted_lists(connection, chat.id, now)
            manner = await chats.manner(connection, chat.id)
            modes = await subscriptions.modes(connection, chat.id)
            queries = await own.lines(connection, chat.id)
            excluded = await own.excluded(connection, chat.id)
            quiet_events = await stories.muted(connection, chat.id, now)
        shown = []
        for name in sorted(on & labels.keys(), key=lambda name: labels[name].casefold()):
            label = escape(labels[name])
            if name in modes:
                label += f" – {words.own.modes[modes[name]]}"
            if name in muted:
                label = words.subs_muted.format(label=label, time=self._until(chat, muted[name]))
            shown.append(label)
        hidden = self._desk.reader(chat).hidden
        gone = [each for each in sorted(on - labels.keys() - hidden) if not is_own(each)]
        if queries:
            some = ", ".join(map(_code, queries[:MOST_QUERIES]))
            more = f" +{len(queries) - MOST_QUERIES}" if len(queries) > MOST_QUERIES else ""
            label = f"{words.own.label}: {some}{more}"
            mine = next((name for name in muted if is_own(name)), None)
            if mine is not None:
                label = words.subs_muted.format(label=label, time=self._until(chat, muted[mine]))
            shown.append(label)
        is_muted = manner.muted_until is not None and manner.muted_until > now
        until = self._until(chat, manner.muted_until) if is_muted and manner.muted_until else ""
        rows = [
            words.subs_paused if chat.state == "paused" else "",
            *(words.subs_gone.format(name=escape(shorten(each, LABEL))) for each in gone),
            settings.quiet(words, manner.quiet).html,
            settings.mute(words, until).html if until else "",
            *settings.events(words, [(t, self._until(chat, at)) for t, at in quiet_events]),
            settings.digest(words, manner.digests).html if manner.digests else "",
            (await self.zone(chat, "")).html,
        ]
        left_out = [
            (each.id, self._desk.reader(chat).label(each.watchlist), each.line) for each in excluded
        ]
        said = settings.subscriptions(words, shown, [row for row in rows if row])
        return settings.with_exclusions(said, words, left_out)

    def _time(self, chat: Chat, instant: datetime) -> str:
        return escape(self._desk.reader(chat).time(instant))

    def _until(self, chat: Chat, instant: datetime) -> str:
        return escape(self._desk.reader(chat).until(instant))


def _collects(manner: Manner) -> bool:
    """Tell whether anything is collected for set times, or for the end of the quiet hours."""
    return bool(manner.digests) or (manner.quiet is not None and manner.quiet.collect)


def _code(query: str) -> str:
    return f"<code>{escape(shorten(one_line(query), LABEL))}</code>"
