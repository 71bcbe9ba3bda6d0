"""What a chat looks for itself: shown, and removed."""

from collections.abc import Sequence

from bot.alerts.compose import Button as Key
from bot.alerts.compose import Message
from bot.alerts.html import escape, one_line, shorten
from bot.errors import WatchlistError
from bot.store import chats, own
from bot.telegram import readings, views
from bot.telegram.desk import Desk
from bot.telegram.talk import Button, Command, Part, Press, Talk
from bot.watch.language import parse

MOST_QUERIES = 50
SHOWN = 60


class Queries(Part):
    """One method for the command, one for its button."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def commands(self) -> Sequence[Command]:
        """Return what can be typed."""
        return (Command(("remove", "weg"), self.remove, "settles"),)

    def buttons(self) -> Sequence[Button]:
        """Return what can be pressed."""
        return (Button("rm", self.removed),)

    async def remove(self, talk: Talk) -> Message:
        """Look for something no more; without a word, show what there is to choose from."""
        words = talk.words.own
        if not talk.written:
            return await overview(self._desk, talk, words.which_to_remove)
        wanted = one_line(talk.written).casefold()
        async with self._desk.store.read() as connection:
            lines = await own.lines(connection, talk.chat.id)
        line = next((each for each in lines if one_line(each).casefold() == wanted), None)
        if line is None:
            return await overview(self._desk, talk, words.unknown_query)
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


async def overview(desk: Desk, talk: Talk, text: str) -> Message:
    """Show the chat's own queries, a button to remove each; where there are none, how to add."""
    async with desk.store.read() as connection:
        lines = await own.lines(connection, talk.chat.id)
    if not lines:
        return Message(talk.words.own.how_to_add)
    keys = [(remove_key(line, f"✖️ {shorten(one_line(line), views.LABEL)}"),) for line in lines]
    return Message(text, tuple(keys))


async def unreadable(desk: Desk, talk: Talk) -> Message | None:
    """Say that the chat's own queries cannot be read, with a button to remove each; None: they can.

    They could be read when they were written, but the language may have changed since.
    """
    async with desk.store.read() as connection:
        there = await own.lines(connection, talk.chat.id)
    try:
        parse("\n".join(there), "", "")
    except WatchlistError as error:
        found = readings.faults(error.faults, talk.words, numbered=True)
        return await overview(desk, talk, f"{talk.words.own.unreadable}\n{found}")
    return None


def remove_key(line: str, text: str) -> Key:
    """Return the button that removes a query."""
    return Key(text, f"rm:{views.handle(line)}")
