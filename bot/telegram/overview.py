"""What a chat has: the lists that are on and how they are set, and the latest alerts."""

from collections.abc import Sequence
from datetime import datetime

from bot.alerts import collected
from bot.alerts.compose import Message
from bot.alerts.html import bold, escape, one_line, shorten
from bot.alerts.timing import Manner
from bot.store import alerts, chats, own, reviews, stories, subscriptions
from bot.store.chats import Chat
from bot.telegram import reviewing, settings
from bot.telegram.desk import Desk
from bot.telegram.talk import Command, Part, Talk
from bot.watch.personal import is_own
from bot.wording import Sentences, sentences

LABEL = 40
MOST_SHOWN, MOST_QUERIES = 10, 30


class Overview(Part):
    """One method for each command."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def commands(self) -> Sequence[Command]:
        """Return what can be typed."""
        return (
            Command(("subs", "abos"), self.overview, quotes=True),
            Command(("last", "letzte"), self.last, quotes=True),
        )

    async def last(self, talk: Talk) -> Message:
        """Show the latest alerts: as many as are asked for, at most ten; or those of one list."""
        chat, written = talk.chat, talk.written
        if written and not (written.isascii() and written.isdecimal()):
            return await self._last_of_list(chat, written)
        asked = int(written) if written else MOST_SHOWN
        async with self._desk.store.read() as connection:
            found = await alerts.latest(connection, chat.id, max(1, min(asked, MOST_SHOWN)))
        return collected.last(found, self._desk.reader(chat))

    async def _last_of_list(self, chat: Chat, written: str) -> Message:
        reader, shown = self._desk.reader(chat), shorten(written, LABEL)
        async with self._desk.store.read() as connection:
            name = await self._desk.subscribed(connection, chat, written)
            if name is None:
                return Message(reader.words.mute_unknown_list.format(label=escape(shown)))
            found = await alerts.latest(connection, chat.id, MOST_SHOWN, of=name)
        said = collected.last(found, reader)
        title = bold(shorten(one_line(reader.label(name)), LABEL))
        return Message(f"{title}\n{said.html}", silent=True)

    async def overview(self, talk: Talk) -> Message:
        """Show what is on and how it is set."""
        chat, words, now = talk.chat, sentences(talk.chat.language), self._desk.now()
        async with self._desk.store.read() as connection:
            on = await chats.subscribed(connection, chat.id)
            muted = await chats.muted_lists(connection, chat.id, now)
            manner = await chats.manner(connection, chat.id)
            modes = await subscriptions.modes(connection, chat.id)
            queries = await own.lines(connection, chat.id)
            excluded = await own.excluded(connection, chat.id)
            events = await stories.muted(connection, chat.id, now)
            review = await reviews.plan(connection, chat.id)
        labels, shown = self._desk.labels(chat), []
        for name in sorted(on & labels.keys(), key=lambda name: labels[name].casefold()):
            mode = f" – {words.own.modes[modes[name]]}" if name in modes else ""
            shown.append(self._marked(chat, f"{escape(labels[name])}{mode}", muted.get(name)))
        if queries:
            mine = next((until for name, until in muted.items() if is_own(name)), None)
            shown.append(self._marked(chat, _queries(words, queries), mine))
        rows = [*self._gone(chat, on), *self._rows(chat, manner)]
        if review is not None:
            rows.append(reviewing.row(words, review))
        rows += settings.events(words, [(name, self._until(chat, at)) for name, at in events])
        title = words.subs_title if chat.type == "private" else words.subs_title_here
        said = settings.subscriptions(words, title, shown, rows)
        left_out = [
            (each.id, self._desk.reader(chat).label(each.watchlist), each.line) for each in excluded
        ]
        return settings.with_exclusions(said, words, left_out)

    def _marked(self, chat: Chat, label: str, muted_until: datetime | None) -> str:
        """Return a list as it is shown, with the end of its mute."""
        if muted_until is None:
            return label
        said = sentences(chat.language).subs_muted
        return said.format(label=label, time=self._until(chat, muted_until))

    def _gone(self, chat: Chat, on: frozenset[str]) -> list[str]:
        """Return the lists that are on and whose file is missing."""
        words, known = sentences(chat.language), self._desk.labels(chat).keys()
        gone = sorted(name for name in on - known - self._desk.reader(chat).hidden)
        return [
            words.subs_gone.format(name=escape(shorten(name, LABEL)))
            for name in gone
            if not is_own(name)
        ]

    def _rows(self, chat: Chat, manner: Manner) -> list[str]:
        """Return how the chat as a whole is told."""
        words, now = sentences(chat.language), self._desk.now()
        rows = [words.subs_paused] if chat.state == "paused" else []
        rows.append(settings.quiet(words, manner.quiet).html)
        if manner.muted_until is not None and manner.muted_until > now:
            rows.append(settings.mute(words, self._until(chat, manner.muted_until)).html)
        if manner.digests:
            rows.append(settings.digest(words, manner.digests).html)
        zone = escape(str(self._desk.zone_of(chat)))
        return [*rows, words.zone_now.format(zone=zone, time=self._time(chat, now))]

    def _time(self, chat: Chat, instant: datetime) -> str:
        return escape(self._desk.reader(chat).time(instant))

    def _until(self, chat: Chat, instant: datetime) -> str:
        return escape(self._desk.reader(chat).until(instant))


def _queries(words: Sentences, queries: Sequence[str]) -> str:
    some = ", ".join(map(_code, queries[:MOST_QUERIES]))
    more = f" +{len(queries) - MOST_QUERIES}" if len(queries) > MOST_QUERIES else ""
    return f"{words.own.label}: {some}{more}"


def _code(query: str) -> str:
    return f"<code>{escape(shorten(one_line(query), LABEL))}</code>"
