"""`/search`: what was read of late and matches a query, event by event, in pages."""

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.alerts.compose import Button as Key
from bot.alerts.compose import Message
from bot.alerts.finds import finds
from bot.alerts.html import escape, one_line, shorten
from bot.alerts.telling import Reader, Telling
from bot.errors import WatchlistError
from bot.pipeline import archive
from bot.pipeline.archive import Answer, Event, Wanted
from bot.store import drafts
from bot.store.chats import Chat
from bot.store.drafts import Draft
from bot.telegram import readings, views
from bot.telegram.desk import Desk
from bot.telegram.talk import Button, Command, Part, Press, Talk
from bot.telegram.within import asked as within
from bot.watch.language import parse_query
from bot.wording import Sentences, sentences

DAYS = 7
PAGE, MOST_PAGES = 8, 25
PATIENCE = 20.0
"""Seconds for one page."""
QUERY, LONGEST = 60, 500
NAME = "search"
"""Of the drafts that keep what was searched for, so that its pages can be turned."""
_BEST = re.compile(r"\s+(?:das\s+)?best[es]?(?:\s+(?:zuerst|first))?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody searches for."""

    query: str
    days: int
    since: datetime
    best: bool
    """The best comes first, and not the newest."""

    def written(self) -> bytes:
        """Return it as a draft keeps it."""
        order = " best" if self.best else ""
        return f"{self.since.isoformat()}\n{self.days}{order}\n{self.query}".encode()

    @classmethod
    def read(cls, content: bytes) -> "Asked":
        """Return what a draft keeps."""
        since, said, query = content.decode().split("\n", 2)
        days, _, order = said.partition(" ")
        return cls(query, int(days), datetime.fromisoformat(since), bool(order))


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
        asked, now = _asked(talk.written, self._desk.now()), self._desk.now()
        if not asked.query or len(asked.query) > LONGEST:
            return Message(talk.words.own.how_to_search)
        try:
            parse_query(asked.query)
        except WatchlistError as error:
            return Message(readings.faults(error.faults, talk.words))
        async with self._desk.store.write() as tx:
            draft = Draft(NAME, asked.written())
            number = await drafts.put(tx, talk.home.id, draft, now)
        return await self._page(talk.chat, number, asked, 0)

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
        asked = Asked.read(draft.content)
        await press.replace(await self._page(press.chat, int(number), asked, int(page)))

    async def _page(self, chat: Chat, number: int, asked: Asked, page: int) -> Message:
        words, now, ends = sentences(chat.language), self._desk.now(), (page + 1) * PAGE
        wanted = Wanted(
            parse_query(asked.query), asked.since, ends + 1, now if asked.best else None
        )
        try:
            async with asyncio.timeout(PATIENCE):
                answer = await archive.look(self._desk.store, wanted)
        except TimeoutError:
            return Message(words.own.search_slow)
        except archive.Damaged:
            return Message(words.own.search_damaged)
        if answer.text_since is None:
            return Message(words.own.search_empty)
        reader, found = self._desk.reader(chat), answer.events
        told = [_telling(each) for each in found[page * PAGE : ends]]
        is_last = len(found) <= ends or page + 1 == MOST_PAGES
        lines = [_title(words, asked, found), *_blank(finds(told, reader))]
        answer = replace(answer, more=is_last and (answer.more or len(found) > ends))
        lines += _blank(_remarks(words, asked, answer, reader))
        return Message("\n".join(lines), _keys(words, number, page, more=not is_last))


def _asked(written: str, now: datetime) -> Asked:
    """Return what is searched for, how many days back, and whether the best comes first."""
    query, days, best = written.strip(), DAYS, False
    for _ in range(2):  # in either order
        if not best and (found := _BEST.search(query)):
            query, best = query[: found.start()], True
        query, days = within(query, days)
    return Asked(query, days, now - timedelta(days=days), best)


def _title(words: Sentences, asked: Asked, found: Sequence[Event]) -> str:
    said = words.own.search_best if asked.best else words.own.search_title
    said = said if found else words.own.search_nothing
    return said(asked.days).format(query=escape(shorten(one_line(asked.query), QUERY)))


def _remarks(words: Sentences, asked: Asked, answer: Answer, reader: Reader) -> list[str]:
    """Say what a page does not show: more, what is kept no more, what is not there yet."""
    lines = []
    if answer.more:
        lines.append(words.own.search_ranked if asked.best else words.own.search_many)
    if answer.text_since is not None and asked.since < answer.text_since:
        lines.append(words.own.search_since.format(time=escape(reader.time(answer.text_since))))
    if answer.being_filled:
        lines.append(words.own.search_being_filled)
    return lines


def _blank(lines: list[str]) -> list[str]:
    """Put an empty line before these, if there are any."""
    return ["", *lines] if lines else []


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
