"""`/suggest`: which forms, names and words go with a query, each to be added with a tap."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta

from bot.alerts.compose import Button as Key
from bot.alerts.compose import Message
from bot.alerts.html import escape, one_line, shorten
from bot.errors import WatchlistError
from bot.pipeline import archive
from bot.pipeline.suggest import Suggestions, suggest
from bot.store import chats, drafts, own
from bot.store.drafts import Draft
from bot.telegram import readings, views
from bot.telegram.desk import Desk
from bot.telegram.queries import MOST_QUERIES, unreadable
from bot.telegram.talk import Button, Command, Part, Press, Talk
from bot.telegram.within import asked
from bot.watch.language import parse_query
from bot.wording import Sentences

DAYS = 30
PATIENCE = 30.0
"""Seconds for one answer."""
QUERY, LONGEST, FORM, MOST_FORMS = 60, 500, 40, 12
KEYS_IN_ROW = 2
NAME = "suggest"
"""Of the drafts that keep what was suggested, a line each."""


class Suggesting(Part):
    """One method for the command, one for each kind of button."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        # One at a time: each takes a processor for seconds.
        self._turn = asyncio.Lock()

    def commands(self) -> Sequence[Command]:
        """Return what can be typed."""
        return (Command(("suggest", "vorschlag"), self.suggest, quotes=True),)

    def buttons(self) -> Sequence[Button]:
        """Return what can be pressed."""
        return (Button("sg", self.suggest_for, "asks"), Button("sa", self.add))

    async def suggest(self, talk: Talk) -> Message:
        """Show what goes with what was written: "Nordkorea 30d"."""
        words, (query, days) = talk.words, asked(talk.written, DAYS)
        if not query or len(query) > LONGEST:
            return Message(words.doctor.how_to_suggest)
        try:
            parse_query(query)
        except WatchlistError as error:
            return Message(readings.faults(error.faults, words))
        return await self._suggested(talk, query, days)

    async def suggest_for(self, press: Press) -> None:
        """Show what goes with a query of the chat's own: the button has its handle."""
        async with self._desk.store.read() as connection:
            lines = await own.lines(connection, press.chat.id)
        line = views.named(press.data, dict.fromkeys(lines, ""))
        if line is None or line.startswith("-"):
            await press.stale()
            return
        await press.answer()
        await press.reply(await self._suggested(press.talk, line, DAYS))

    async def _suggested(self, talk: Talk, query: str, days: int) -> Message:
        words, since = talk.words, self._desk.now() - timedelta(days=days)
        try:
            async with asyncio.timeout(PATIENCE), self._turn:
                found = await suggest(self._desk.store, parse_query(query), since)
        except TimeoutError:
            return Message(words.doctor.slow)
        except archive.Damaged:
            return Message(words.own.search_damaged)
        title = words.doctor.suggest_title if found.events else words.doctor.suggest_nothing
        shown = {"query": escape(shorten(one_line(query), QUERY))}
        text = title(days).format(**shown)
        if not found.events:
            return Message(text)
        lines = [each.line for each in found.found]
        text = "\n".join([text, *_said(found, words)])
        if not lines:
            return Message(text)
        content, now = "\n".join(lines).encode(), self._desk.now()
        async with self._desk.store.write() as tx:
            number = await drafts.put(tx, talk.home.id, Draft(NAME, content), now)
            mine = await own.lines(tx, talk.chat.id)
        return Message(text, _keys(number, lines, mine))

    async def add(self, press: Press) -> None:
        """Look for what was suggested from now on: `NUMBER:PLACE`."""
        words, lines = press.words.doctor, await self._waiting(press)
        number, _, place = press.data.partition(":")
        if not views.is_number(place) or int(place) >= len(lines):
            await press.stale()
            return
        if broken := await unreadable(self._desk, press.talk):
            await press.answer()
            await press.reply(broken)
            return
        line, chat = lines[int(place)], press.chat
        async with self._desk.store.write() as tx:
            there = await own.lines(tx, chat.id)
            after = list(dict.fromkeys((*there, line)))
            if fits := len(after) <= MOST_QUERIES:
                name = await own.set_lines(tx, chat.id, after)
                await chats.subscribe(tx, chat.id, name, self._desk.now())
        await press.answer(words.answer_added if fits else words.answer_too_many)
        if fits:
            await self._desk.take_in_own()
            await press.redraw(Message("", _keys(int(number), lines, after)))

    async def _waiting(self, press: Press) -> Sequence[str]:
        """Return the lines that were suggested with a button; none: they are not known."""
        number, _, _ = press.data.partition(":")
        if not views.is_number(number):
            return ()
        async with self._desk.store.read() as connection:
            draft = await drafts.get(connection, press.talk.home.id, int(number))
        return draft.content.decode().split("\n") if draft and draft.name == NAME else ()


def _said(found: Suggestions, words: Sentences) -> Sequence[str]:
    said = words.doctor
    lines = [said.found.format(events=found.events, articles=found.articles)]
    if found.cut:
        lines.append(said.found_cut)
    forms = [f"{_cut(form.text)} {form.events}" for form in found.forms[:MOST_FORMS]]
    lines += ["", said.forms.format(forms=" · ".join(forms)), ""]
    if not found.found:
        return [*lines, said.no_suggestion]
    lines.append(said.beside)
    for each in found.found:
        shown = {"line": _cut(each.line), "elsewhere": said.elsewhere(each.more)}
        lines.append(said.suggestion.format(events=each.events, **shown))
    return [*lines, "", said.tap_to_add]


def _keys(number: int, lines: Sequence[str], mine: Sequence[str]) -> tuple[tuple[Key, ...], ...]:
    """A button for each line; what is looked for already is marked."""
    keys = [
        Key(
            f"{'✅' if line in mine else '➕'} {shorten(one_line(line), FORM)}", f"sa:{number}:{at}"
        )
        for at, line in enumerate(lines)
    ]
    return tuple(tuple(keys[at : at + KEYS_IN_ROW]) for at in range(0, len(keys), KEYS_IN_ROW))


def _cut(text: str) -> str:
    return escape(shorten(one_line(text), FORM))
