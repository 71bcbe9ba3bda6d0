"""`/doctor`: what a list brought in, what could be better in it, and each change with a tap."""

import asyncio
import contextlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import timedelta
from typing import NamedTuple

import structlog

from bot.alerts.compose import Message
from bot.alerts.html import escape, one_line, shorten
from bot.errors import WatchlistError
from bot.pipeline import archive
from bot.pipeline.doctor import examine
from bot.store import drafts, own
from bot.store.drafts import Draft
from bot.telegram import doctor_views, views
from bot.telegram.desk import Desk
from bot.telegram.doctor_views import LABEL, LINE
from bot.telegram.queries import MOST_QUERIES, unreadable
from bot.telegram.talk import Button, Command, Part, Press, Talk
from bot.telegram.within import asked
from bot.watch.diagnosis import superfluous
from bot.watch.edits import Add, Edit, Ignore, Replace, applied, shown
from bot.watch.language import decode, lines, parse, rewritten
from bot.watch.personal import is_own
from bot.watch.watchlist import Watchlist

log = structlog.get_logger()

DAYS = 30
PATIENCE = 45.0
"""Seconds for one answer."""
LARGEST = 2_000
"""Lines of a list: with more it would take longer."""
NAME = "doctor"
"""Of the drafts that keep which changes were proposed."""
_KINDS = {"add": Add, "replace": Replace, "ignore": Ignore}


class Proposed(NamedTuple):
    """Changes that were proposed for a list."""

    watchlist: str
    edits: Sequence[Edit]


class Doctoring(Part):
    """One method for the command, one for each kind of button."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        # One at a time: each takes a processor for seconds.
        self._turn = asyncio.Lock()

    def commands(self) -> Sequence[Command]:
        """Return what can be typed."""
        return (Command(("doctor", "pruefen"), self.examine, quotes=True),)

    def buttons(self) -> Sequence[Button]:
        """Return what can be pressed."""
        return (Button("dn", self.chosen, "asks"), Button("dr", self.apply))

    async def examine(self, talk: Talk) -> Message:
        """Examine the list that was named, or the chat's own: "Nordkorea 30d"."""
        (name, days), lists = asked(talk.written, DAYS), await self._lists(talk)
        wanted = one_line(name).casefold()
        is_own_wanted = wanted in ("", talk.words.own.label.casefold())
        if is_own_wanted and (broken := await unreadable(self._desk, talk)):
            return broken
        if name:
            for each in lists.values():
                if wanted in (each.name.casefold(), self._label(talk, each.name).casefold()):
                    return await self._examined(talk, each, days)
            return Message(self._unknown(talk, name))
        if not lists:
            return Message(talk.words.doctor.how_to_doctor)
        if len(lists) == 1:
            [only] = lists.values()
            return await self._examined(talk, only, days)
        labels = {each: self._label(talk, each) for each in list(lists)[: views.MOST_LISTS]}
        return doctor_views.choice(labels, talk.words.doctor.which_list, views.handle)

    def _unknown(self, talk: Talk, name: str) -> str:
        known = {
            written.casefold()
            for each in self._desk.lists(talk.chat).values()
            for written in (each.name, each.label)
        }
        if one_line(name).casefold() in known:  # and it is nothing to whoever asks
            return talk.words.only_administrators
        return talk.words.doctor.unknown_list.format(name=escape(shorten(one_line(name), LABEL)))

    async def chosen(self, press: Press) -> None:
        """Examine the list of a button."""
        lists = await self._lists(press.talk)
        name = views.named(press.data, dict.fromkeys(lists, ""))
        if name is None:
            await press.stale()
            return
        await press.answer()
        await press.reply(await self._examined(press.talk, lists[name], DAYS))

    async def _lists(self, talk: Talk) -> Mapping[str, Watchlist]:
        """Return the lists that may be examined: the chat's own, for an admin those in files."""
        async with self._desk.store.read() as connection:
            there = await own.lines(connection, talk.chat.id)
            name = await own.list_name(connection, talk.chat.id)
        lists: dict[str, Watchlist] = {}
        if name is not None and there:
            # One that cannot be read is no reason to examine no other: `examine` tells of it.
            with contextlib.suppress(WatchlistError):
                lists[name] = parse("\n".join(there), "", name)
        return {**lists, **(self._desk.lists(talk.chat) if talk.is_admin else {})}

    def _label(self, talk: Talk, name: str) -> str:
        return talk.words.own.label if is_own(name) else self._desk.reader(talk.chat).label(name)

    async def _examined(self, talk: Talk, watchlist: Watchlist, days: int) -> Message:
        words, now = talk.words, self._desk.now()
        if len(watchlist.queries) > LARGEST:
            return Message(words.doctor.too_large.format(most=LARGEST))
        try:
            async with asyncio.timeout(PATIENCE), self._turn:
                found = await examine(self._desk.store, watchlist, now - timedelta(days=days))
        except TimeoutError:
            return Message(words.doctor.slow)
        except archive.Damaged:
            return Message(words.own.search_damaged)
        label = self._label(talk, watchlist.name)
        text, changes = doctor_views.report(found, label, days, words)
        edits = [each.remedy.edit for each in found.tried[:changes]]
        if not edits:
            return Message(text)
        content = _written(Proposed(watchlist.name, edits))
        async with self._desk.store.write() as tx:
            number = await drafts.put(tx, talk.home.id, Draft(NAME, content), now)
        return Message(text, doctor_views.keys(number, len(edits), words.doctor))

    async def apply(self, press: Press) -> None:
        """Make a change that was proposed: `NUMBER:PLACE`."""
        number, _, place = press.data.partition(":")
        proposed = await self._proposed(press, number)
        if proposed is None or not views.is_number(place) or int(place) >= len(proposed.edits):
            await press.stale()
            return
        edit, name = proposed.edits[int(place)], proposed.watchlist
        if name not in await self._lists(press.talk):
            await press.stale()
            return
        try:
            refused = await (self._to_own if is_own(name) else self._to_file)(press, name, edit)
        except OSError as error:
            log.warning("watchlist.not_written", watchlist=name, error=str(error))
            await press.answer()
            await press.talk.answer(self._said(press, name, press.words.doctor.not_written))
            return
        await press.answer(refused)
        if refused:
            return
        is_gone = isinstance(edit, Replace) and not edit.new
        said = press.words.doctor.deleted if is_gone else press.words.doctor.applied
        await press.talk.answer(self._said(press, name, said, shown(edit)))

    def _said(self, press: Press, name: str, said: str, line: str = "") -> Message:
        label = escape(shorten(one_line(self._label(press.talk, name)), LABEL))
        return Message(said.format(label=label, line=escape(shorten(one_line(line), LINE))))

    async def _to_own(self, press: Press, name: str, edit: Edit) -> str:
        """Change the chat's own queries; return why that cannot be."""
        async with self._desk.store.write() as tx:
            there = await own.lines(tx, press.chat.id)
            source = _changed("\n".join(there), edit, name)
            if source is None:
                return press.words.doctor.answer_changed
            made = [line for line in lines(source) if line]
            if len(made) > MOST_QUERIES:
                return press.words.doctor.answer_too_many
            await own.set_lines(tx, press.chat.id, made)
        await self._desk.take_in_own()
        return ""

    async def _to_file(self, press: Press, name: str, edit: Edit) -> str:
        """Change a list's file; return why that cannot be."""
        content = await self._desk.library.content(name)
        source = _changed(decode(content), edit, name) if isinstance(content, bytes) else None
        if source is None or not isinstance(content, bytes):
            return press.words.doctor.answer_changed
        await self._desk.library.save(name, rewritten(content, source))
        return ""

    async def _proposed(self, press: Press, number: str) -> Proposed | None:
        if not views.is_number(number):
            return None
        async with self._desk.store.read() as connection:
            draft = await drafts.get(connection, press.talk.home.id, int(number))
        return _read(draft.content) if draft is not None and draft.name == NAME else None


def _changed(source: str, edit: Edit, name: str) -> str | None:
    """Return a list's text after a change; None: it is made, or is not about this text any more."""
    made = applied(source, edit)
    try:
        before = parse(source, "", name)
        if made is None or _is_made(before, edit) or not parse(made, "", name).queries:
            return None
        # A line goes because it has no effect. It has one since those that found the same are gone.
        if isinstance(edit, Replace) and not edit.new and not superfluous(before, edit.number):
            return None
    except WatchlistError:
        return None
    return made


def _is_made(watchlist: Watchlist, edit: Edit) -> bool:
    match edit:
        case Add(line):
            return line in {each.text for each in watchlist.exclusions}
        case Ignore(form):
            return form in watchlist.settings.ignore
    return False


def _written(proposed: Proposed) -> bytes:
    kinds = {made: kind for kind, made in _KINDS.items()}
    edits = [{"kind": kinds[type(edit)], **asdict(edit)} for edit in proposed.edits]
    return json.dumps({"watchlist": proposed.watchlist, "edits": edits}).encode()


def _read(content: bytes) -> Proposed:
    kept = json.loads(content)
    return Proposed(kept["watchlist"], [_KINDS[each.pop("kind")](**each) for each in kept["edits"]])
