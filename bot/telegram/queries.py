"""What a chat looks for itself: adding and removing queries of its own."""

import asyncio
from collections.abc import Sequence

from bot.alerts.compose import Button as Key
from bot.alerts.compose import Message
from bot.alerts.html import escape, one_line, shorten
from bot.errors import Fault, WatchlistError
from bot.store import chats, own
from bot.telegram import readings, views
from bot.telegram.desk import Desk
from bot.telegram.talk import Button, Command, Part, Press, Talk
from bot.watch.implication import is_covered
from bot.watch.language import parse
from bot.watch.watchlist import Watchlist

MOST_QUERIES = 50
LONGEST = 500
"""Code points of one query."""
SHOWN = 60
MOST_FAULTS = 5
LARGEST = 1_000
"""Lines of a list that a query is compared with; with more it would take too long."""


class Queries(Part):
    """One method for each command and button."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def commands(self) -> Sequence[Command]:
        """Return what can be typed."""
        return (
            Command(("add", "neu"), self.add, "settles"),
            Command(("remove", "weg"), self.remove, "settles"),
        )

    def buttons(self) -> Sequence[Button]:
        """Return what can be pressed."""
        return (Button("rm", self.removed),)

    async def add(self, talk: Talk) -> Message:
        """Look for what was written from now on: one query a line."""
        words = talk.words.own
        if not talk.written:
            return await self._overview(talk, words.how_to_add)
        try:
            wanted = _read(talk.written)
        except WatchlistError as error:
            several = len(talk.written.splitlines()) > 1
            found = readings.faults(error.faults[:MOST_FAULTS], talk.words, numbered=several)
            return Message(f"{found}\n{words.nothing_added}" if several else found)
        lines = [query.text for query in (*wanted.queries, *wanted.exclusions)]
        if not lines:
            return Message(words.how_to_add)
        if any(len(line) > LONGEST for line in lines):
            return Message(words.too_long.format(most=LONGEST))
        async with self._desk.store.write() as tx:
            there = await own.lines(tx, talk.chat.id)
            after = list(dict.fromkeys((*there, *lines)))
            if len(after) > MOST_QUERIES:
                return Message(words.too_many.format(most=MOST_QUERIES))
            name = await own.set_lines(tx, talk.chat.id, after)
            await chats.subscribe(tx, talk.chat.id, name, self._desk.now())
            on = await chats.subscribed(tx, talk.chat.id)
        await self._desk.take_in_own()
        lists = [each for name, each in self._desk.lists(talk.chat).items() if name in on]
        known = await asyncio.to_thread(_known, wanted, lists)
        return self._added(talk, wanted, known)

    def _added(self, talk: Talk, wanted: Watchlist, known: Sequence[str]) -> Message:
        """Say how each line was read, and what will surprise."""
        words = talk.words.own
        queries = (*wanted.queries, *wanted.exclusions)
        said = words.added if wanted.queries else words.added_exclusion
        lines = [said, *readings.read(wanted, talk.words)]
        lines += readings.surprises(wanted, talk.words)
        lines += [words.found_already.format(label=escape(shorten(each, SHOWN))) for each in known]
        keys = [_remove_key(query.text, words.button_undo) for query in queries[:1]]
        keys += [views.suggest_key(query.text, talk.words) for query in wanted.queries[:1]]
        return Message("\n".join(lines), (tuple(keys),) if len(queries) == 1 else ())

    async def remove(self, talk: Talk) -> Message:
        """Look for something no more; without a word, show what there is to choose from."""
        words = talk.words.own
        if not talk.written:
            return await self._overview(talk, words.which_to_remove)
        wanted = one_line(talk.written).casefold()
        async with self._desk.store.read() as connection:
            lines = await own.lines(connection, talk.chat.id)
        line = next((each for each in lines if one_line(each).casefold() == wanted), None)
        if line is None:
            return await self._overview(talk, words.unknown_query)
        return await self._drop(talk, line)

    async def removed(self, press: Press) -> None:
        """Remove the query of a button."""
        async with self._desk.store.read() as connection:
            lines = await own.lines(connection, press.chat.id)
        line = views.named(press.data, dict.fromkeys(lines, ""))
        if line is None:
            await press.stale()
            return
        said = await self._drop(press.talk, line)
        await press.answer()
        await press.replace(said)

    async def _drop(self, talk: Talk, line: str) -> Message:
        async with self._desk.store.write() as tx:
            left = [each for each in await own.lines(tx, talk.chat.id) if each != line]
            name = await own.set_lines(tx, talk.chat.id, left)
            if not left:
                await chats.unsubscribe(tx, talk.chat.id, name)
        await self._desk.take_in_own()
        return Message(talk.words.own.removed.format(query=escape(shorten(line, SHOWN))))

    async def _overview(self, talk: Talk, text: str) -> Message:
        """Show the chat's own queries, a button to remove each."""
        async with self._desk.store.read() as connection:
            lines = await own.lines(connection, talk.chat.id)
        if not lines:
            return Message(talk.words.own.how_to_add)
        keys = [(_remove_key(line, f"✖️ {shorten(one_line(line), views.LABEL)}"),) for line in lines]
        return Message(text, tuple(keys))


def _known(wanted: Watchlist, lists: Sequence[Watchlist]) -> Sequence[str]:
    """Return the labels of lists for all feeds that look for each of some queries already."""
    return [
        each.label
        for each in lists
        if len(each.queries) <= LARGEST
        and not (each.settings.feeds or each.settings.tags)
        and wanted.queries
        and all(is_covered(query, each.queries) for query in wanted.queries)
    ]


def _remove_key(line: str, text: str) -> Key:
    return Key(text, f"rm:{views.handle(line)}")


def _read(written: str) -> Watchlist:
    """Read queries and exclusions as lines of a watchlist, without settings.

    Raises:
        WatchlistError: a line cannot be read, or is a setting.
    """
    for number, line in enumerate(written.splitlines(), start=1):
        if line.lstrip().startswith("@"):
            what, remedy = "a setting cannot stand here", "write words to look for"
            raise WatchlistError(Fault("", what, remedy, number, 1, line.strip()))
    return parse(written, "", "")
