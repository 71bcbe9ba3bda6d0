"""`/add`: what a chat wants to look for is read, tried on the last days, and saved if wanted."""

import asyncio
import re
from collections.abc import Iterator, Sequence

from bot.alerts.compose import Button as Key
from bot.alerts.compose import Message
from bot.alerts.html import escape, shorten
from bot.errors import Fault, WatchlistError
from bot.store import chats, drafts, own
from bot.store.drafts import Draft
from bot.telegram import readings, trials, views
from bot.telegram.desk import Desk
from bot.telegram.queries import MOST_QUERIES, SHOWN, overview, remove_key, unreadable
from bot.telegram.talk import Button, Command, Part, Press, Talk
from bot.watch.implication import is_covered
from bot.watch.language import lines as as_lines
from bot.watch.language import parse
from bot.watch.narrower import Form, narrower
from bot.watch.watchlist import Query, Watchlist
from bot.wording import Sentences

LONGEST = 500
"""Code points of one query."""
MOST_KNOWN, MOST_TRIED = 3, 5
LINES, SURPRISES = 1_400, 700
"""Code points of each; together with what is around them below Telegram's 4,096."""
LARGEST = 1_000
"""Lines of a list that a query is compared with; with more it would take too long."""
NAME = "add"
"""Of the drafts that keep what is not saved yet."""


_BREAK = re.compile("[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")


class Adding(Part):
    """One method for the command, one for each of its buttons."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def commands(self) -> Sequence[Command]:
        """Return what can be typed."""
        return (Command(("add", "neu"), self.add, "settles"),)

    def buttons(self) -> Sequence[Button]:
        """Return what can be pressed."""
        return (
            Button("ads", self.save),
            Button("adn", self.narrow),
            Button("adx", self.discard),
        )

    async def add(self, talk: Talk) -> Message:
        """Show how what was written is read, one query a line, and what it would have told."""
        words = talk.words.own
        if not talk.written:
            return await overview(self._desk, talk, words.how_to_add)
        try:
            wanted = _read(talk.written)
        except WatchlistError as error:
            several = len(as_lines(talk.written)) > 1
            found = readings.faults(error.faults, talk.words, numbered=several)
            return Message(f"{found}\n{words.nothing_added}" if several else found)
        lines = _lines(wanted)
        if not lines:
            return Message(words.how_to_add)
        if any(len(line) > LONGEST for line in lines):
            return Message(words.too_long.format(most=LONGEST))
        async with self._desk.store.read() as connection:
            there = await own.lines(connection, talk.chat.id)
        if len({*there, *lines}) > MOST_QUERIES:
            return Message(words.too_many.format(most=MOST_QUERIES))
        return await self._asked(talk, wanted, there)

    async def _asked(self, talk: Talk, wanted: Watchlist, there: Sequence[str]) -> Message:
        """Ask whether this is to be saved, with all that is known about it."""
        if broken := await unreadable(self._desk, talk):
            return broken
        words = talk.words
        said = [*_reading(wanted, words), *_surprises(wanted, words)]
        said += [
            words.own.found_already.format(label=escape(shorten(each, SHOWN)))
            for each in (await self._looking(talk, wanted))[:MOST_KNOWN]
        ]
        tried, forms = await self._tried(talk, wanted, there)
        content = "\n".join(_lines(wanted)).encode()
        async with self._desk.store.write() as tx:
            number = await drafts.put(tx, talk.home.id, Draft(NAME, content), self._desk.now())
        keys = [(Key(words.trials.button_save, f"ads:{number}"),)]
        for form in forms:
            data = f"adn:{number}:{views.handle(form.text)}"
            keys.append((Key(words.trials.forms[form.kind], data),))
        keys.append((Key(words.trials.button_discard, f"adx:{number}"),))
        parts = ["\n".join(part) for part in (said, tried, [words.trials.asks]) if part]
        return Message("\n\n".join(parts), tuple(keys))

    async def _tried(
        self, talk: Talk, wanted: Watchlist, there: Sequence[str]
    ) -> tuple[Sequence[str], Sequence[Form]]:
        """Return what is said of what it would have done, and narrower forms that are offered."""
        reader = self._desk.reader(talk.chat)
        mine = parse("\n".join(there), "", "")
        if not wanted.queries:
            found = await trials.tried(self._desk, mine)
            lines = [each.text.removeprefix("-") for each in wanted.exclusions[:MOST_TRIED]]
            return await trials.without(found, lines, talk.words), ()
        # What the chat excludes already, it excludes from this, too.
        lines = [*_lines(wanted), *(each.text for each in mine.exclusions)]
        found = await trials.tried(self._desk, parse("\n".join(lines), "", ""))
        forms = narrower(wanted.queries[0]) if len(_lines(wanted)) == 1 else ()
        offered = await trials.narrowed(found, forms, talk.words)
        gap = [""] if offered else []
        return [*trials.said(found, reader), *gap, *offered.values()], list(offered)

    async def _looking(self, talk: Talk, wanted: Watchlist) -> Sequence[str]:
        """Return the labels of the lists that are on and look for this already."""
        async with self._desk.store.read() as connection:
            on = await chats.subscribed(connection, talk.chat.id)
        lists = [each for name, each in self._desk.lists(talk.chat).items() if name in on]
        return await asyncio.to_thread(_known, wanted, lists)

    async def save(self, press: Press) -> None:
        """Look for what was shown from now on."""
        found = await self._waiting(press, press.data)
        if found is None:
            await press.stale()
            return
        if broken := await unreadable(self._desk, press.talk):
            await press.answer()
            await press.reply(broken)
            return
        words, chat = press.words.own, press.chat
        wanted = _read(found)
        async with self._desk.store.write() as tx:
            there = await own.lines(tx, chat.id)
            after = list(dict.fromkeys((*there, *_lines(wanted))))
            if len(after) <= MOST_QUERIES:
                name = await own.set_lines(tx, chat.id, after)
                await chats.subscribe(tx, chat.id, name, self._desk.now())
                await drafts.drop(tx, press.talk.home.id, int(press.data))
        await press.answer()
        if len(after) > MOST_QUERIES:
            await press.replace(Message(words.too_many.format(most=MOST_QUERIES)))
            return
        await self._desk.take_in_own()
        said = words.added if wanted.queries else words.added_exclusion
        lines = _lines(wanted)
        keys = [remove_key(line, words.button_undo) for line in lines[:1]]
        keys += [views.suggest_key(query.text, press.words) for query in wanted.queries[:1]]
        text = "\n".join([said, *_reading(wanted, press.words)])
        await press.replace(Message(text, (tuple(keys),) if len(lines) == 1 else ()))

    async def narrow(self, press: Press) -> None:
        """Show a narrower form in place of what was shown: `NUMBER:HANDLE`."""
        number, _, handle = press.data.partition(":")
        found = await self._waiting(press, number)
        wanted = _read(found) if found is not None else None
        forms = narrower(wanted.queries[0]) if wanted and wanted.queries else ()
        form = views.named(handle, {form.text: "" for form in forms})
        if form is None:
            await press.stale()
            return
        await press.answer()
        async with self._desk.store.write() as tx:
            there = await own.lines(tx, press.chat.id)
            await drafts.drop(tx, press.talk.home.id, int(number))
        await press.replace(await self._asked(press.talk, _read(form), there))

    async def discard(self, press: Press) -> None:
        """Forget what was shown."""
        if await self._waiting(press, press.data) is None:
            await press.stale()
            return
        async with self._desk.store.write() as tx:
            await drafts.drop(tx, press.talk.home.id, int(press.data))
        await press.answer()
        await press.replace(Message(press.words.trials.discarded))

    async def _waiting(self, press: Press, number: str) -> str | None:
        """Return the lines that wait to be saved, if this chat has written them."""
        if not views.is_number(number):
            return None
        async with self._desk.store.read() as connection:
            draft = await drafts.get(connection, press.talk.home.id, int(number))
        return draft.content.decode() if draft and draft.name == NAME else None


def _known(wanted: Watchlist, lists: Sequence[Watchlist]) -> Sequence[str]:
    """Return the labels of lists for all feeds that look for each of some queries already."""
    return [
        each.label
        for each in lists
        if len(each.queries) <= LARGEST
        and not (each.settings.feeds or each.settings.tags)
        and wanted.queries
        and all(_is_looked_for(query, each) for query in wanted.queries)
    ]


def _is_looked_for(query: Query, watchlist: Watchlist) -> bool:
    return is_covered(query, watchlist.queries, strictly=bool(watchlist.settings.ignore))


def _reading(wanted: Watchlist, words: Sentences) -> Iterator[str]:
    """Yield how as many lines as have room were read."""
    said, count = readings.read(wanted, words), len(_lines(wanted))
    return readings.some(said, LINES, count, words.files.more_lines)


def _surprises(wanted: Watchlist, words: Sentences) -> Iterator[str]:
    said = list(readings.surprises(wanted, words))
    return readings.some(said, SURPRISES, len(said), words.files.more_surprises)


def _lines(wanted: Watchlist) -> list[str]:
    return [query.text for query in (*wanted.queries, *wanted.exclusions)]


def _read(written: str) -> Watchlist:
    """Read queries and exclusions as lines of a watchlist, without settings.

    What other programs take for the end of a line is a blank.

    Raises:
        WatchlistError: a line cannot be read, or is a setting.
    """
    written = _BREAK.sub(" ", written)
    for number, line in enumerate(as_lines(written), start=1):
        if line.lstrip().startswith("@"):
            what, remedy = "a setting cannot stand here", "write words to look for"
            raise WatchlistError(Fault("", what, remedy, number, 1, line.strip()))
    return parse(written, "", "")
