"""`/search`: what was read of late and matches a query, event by event, in pages."""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.alerts.compose import Button as Key
from bot.alerts.compose import Message
from bot.alerts.html import escape, one_line, shorten
from bot.alerts.lines import items
from bot.alerts.telling import Telling
from bot.errors import WatchlistError
from bot.pipeline import archive
from bot.pipeline.archive import Event
from bot.store import drafts
from bot.store.chats import Chat
from bot.store.drafts import Draft
from bot.telegram import readings, views
from bot.telegram.desk import Desk
from bot.telegram.talk import Button, Command, Part, Press, Talk
from bot.telegram.within import asked
from bot.watch.language import parse_query
from bot.wording import Sentences, sentences

DAYS = 7
PAGE, MOST_PAGES = 8, 25
PATIENCE = 20.0
"""Seconds for one page."""
QUERY, LONGEST = 60, 500
NAME = "search"
"""Of the drafts that keep what was searched for, so that its pages can be turned."""


class Searching(Part):
    """One method for the command, one for its buttons."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def commands(self) -> Sequence[Command]:
        """Return what can be typed."""
        return (Command(("search", "suche"), self.search, quotes=True),)

    def buttons(self) -> Sequence[Button]:
        """Return what can be pressed."""
        return (Button("se", self.turn, "asks"),)

    async def search(self, talk: Talk) -> Message:
        """Show the latest events that match what was written: "Nordkorea & Weizen 30d"."""
        words, (query, days) = talk.words.own, asked(talk.written, DAYS)
        if not query or len(query) > LONGEST:
            return Message(words.how_to_search)
        try:
            parse_query(query)
        except WatchlistError as error:
            return Message(readings.faults(error.faults, talk.words))
        now = self._desk.now()
        since = now - timedelta(days=days)
        content = f"{since.isoformat()}\n{days}\n{query}".encode()
        async with self._desk.store.write() as tx:
            number = await drafts.put(tx, talk.home.id, Draft(NAME, content), now)
        return await self._page(talk.chat, number, content, 0)

    async def turn(self, press: Press) -> None:
        """Show another page: `NUMBER:PAGE`."""
        number, _, page = press.data.partition(":")
        draft = None
        if views.is_number(number) and views.is_number(page) and int(page) < MOST_PAGES:
            async with self._desk.store.read() as connection:
                draft = await drafts.get(connection, press.talk.home.id, int(number))
        if draft is None or draft.name != NAME:
            await press.stale()
            return
        await press.answer()
        await press.replace(await self._page(press.chat, int(number), draft.content, int(page)))

    async def _page(self, chat: Chat, number: int, content: bytes, page: int) -> Message:
        words = sentences(chat.language)
        since, days, query = content.decode().split("\n", 2)
        wanted, ends = parse_query(query), (page + 1) * PAGE
        try:
            async with asyncio.timeout(PATIENCE):
                found = await archive.latest(
                    self._desk.store, wanted, datetime.fromisoformat(since), ends + 1
                )
        except TimeoutError:
            return Message(words.own.search_slow)
        except archive.Damaged:
            return Message(words.own.search_damaged)
        shown = {"query": escape(shorten(one_line(query), QUERY))}
        if not found:
            return Message(words.own.search_nothing(int(days)).format(**shown))
        told = [_telling(each) for each in found[page * PAGE : ends]]
        lines = [words.own.search_title(int(days)).format(**shown), ""]
        lines += items(told, self._desk.reader(chat))
        return Message("\n".join(lines), _keys(words, number, page, more=len(found) > ends))


def _telling(event: Event) -> Telling:
    first, *others = reversed(event.articles)
    return Telling(first, (), others)


def _keys(words: Sentences, number: int, page: int, *, more: bool) -> tuple[tuple[Key, ...], ...]:
    keys = []
    if page:
        keys.append(Key(words.sources.button_earlier, f"se:{number}:{page - 1}"))
    if more and page + 1 < MOST_PAGES:
        keys.append(Key(words.sources.button_later, f"se:{number}:{page + 1}"))
    return (tuple(keys),) if keys else ()
