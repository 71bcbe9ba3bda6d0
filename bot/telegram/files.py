"""Watchlists without access to the server: sent as a file, saved, undone, and sent back.

A file that was sent waits in the database until it is saved or discarded. What a list was is in
the database, too: a button carries the numbers of two versions, and works after a restart.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import structlog

from bot.alerts.compose import Button as Key
from bot.alerts.compose import Message
from bot.alerts.html import escape, one_line, shorten
from bot.errors import Fault
from bot.owner import us
from bot.store import drafts, feeds, versions
from bot.store.drafts import Draft
from bot.telegram import file_views, trials
from bot.telegram.desk import Desk
from bot.telegram.documents import answer_file
from bot.telegram.file_views import Reading
from bot.telegram.talk import Button, Part, Press, Talk, Upload
from bot.watch.among import Around
from bot.watch.files import ENDING, Content, wanted_name
from bot.watch.language import decode
from bot.wording import Sentences

log = structlog.get_logger()

KEPT = timedelta(days=7)
"""So long a file waits to be saved or discarded."""
NAME = 60
MOST_NAMED = 20


class Files(Part):
    """One method for each kind of file and each button."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def buttons(self) -> Sequence[Button]:
        """Return what can be pressed."""
        return (
            Button("save", self.save, "admin"),
            Button("discard", self.discard, "admin"),
            Button("undo", self.undo, "admin"),
        )

    def uploads(self) -> Sequence[Upload]:
        """Return what can be sent as a file."""
        return (Upload((ENDING,), self.receive),)

    async def receive(self, talk: Talk, file: str, content: bytes) -> None:
        """Answer how a list was read that was sent, and keep it until it is saved.

        Its name is the file's, or what was written with it.
        """
        # A list is everybody's, also where another chat is managed from this one.
        await talk.own.answer(await self._received(talk.own, file, content))

    async def _received(self, talk: Talk, file: str, content: bytes) -> Message:
        words, written = talk.words.files, talk.written.strip() or file
        name = wanted_name(written)
        if name is None:
            return Message(words.no_name.format(name=_shown(written)))
        name, now = self._known_as(name), self._desk.now()
        reading = await self._read(name, content, talk.words)
        if reading.watchlist is None:
            return Message(reading.html)
        tried = await trials.tried(self._desk, reading.watchlist)
        said = "\n".join(trials.said(tried, self._desk.reader(talk.chat)))
        reading = reading._replace(html=f"{reading.html}\n\n{said}")
        async with self._desk.store.write() as tx:
            await drafts.drop_before(tx, now - KEPT)
            number = await drafts.put(tx, talk.home.id, Draft(f"{name}{ENDING}", content), now)
        return file_views.offered(reading, name, talk.words, number)

    def _known_as(self, name: str) -> str:
        """Return how the list is called that somebody means, be it in other letters."""
        named = {each.name.casefold(): each.name for each in self._desk.library.watchlists}
        return named.get(name.casefold(), name)

    async def _read(self, name: str, content: bytes, words: Sentences) -> Reading:
        """Read a file, beside the loop."""
        async with self._desk.store.read() as connection:
            around = Around(self._desk.library.watchlists, await feeds.listed(connection))
        return await asyncio.to_thread(file_views.read, name, content, around, words)

    async def save(self, press: Press) -> None:
        """Save a file that was sent, unless its list was changed after it was shown."""
        found = await self._waiting(press)
        if found is None:
            await press.stale()
            return
        number, draft = found
        await press.answer()  # a large list takes longer than a button may spin
        name, words = draft.name.removesuffix(ENDING), press.words.files
        await self._desk.library.refresh()
        if await self._is_outdated(name, draft):
            await self._show_again(press, number, draft)
            return
        if refused := await self._write(press, name, draft.content):
            await press.talk.answer(refused)
            return
        async with self._desk.store.write() as tx:
            await drafts.drop(tx, press.talk.home.id, number)
        keys = ((Key(press.words.button_lists, "lists:"),),)
        await press.replace(Message(words.saved.format(name=_shown(name)), keys))

    async def _show_again(self, press: Press, number: int, draft: Draft) -> None:
        name, words = draft.name.removesuffix(ENDING), press.words
        async with self._desk.store.write() as tx:
            await drafts.shown_again(tx, number, self._desk.now())
        reading = await self._read(name, draft.content, words)
        shown = file_views.offered(reading, name, words, number)
        title = words.files.changed_meanwhile
        await press.replace(replace(shown, html=f"{title}\n\n{shown.html}"))

    async def discard(self, press: Press) -> None:
        """Forget a file that was sent."""
        found = await self._waiting(press)
        if found is None:
            await press.stale()
            return
        number, draft = found
        async with self._desk.store.write() as tx:
            await drafts.drop(tx, press.talk.home.id, number)
        await press.answer()
        name = draft.name.removesuffix(ENDING)
        await press.replace(Message(press.words.files.discarded.format(name=_shown(name))))

    async def undo(self, press: Press) -> None:
        """Put a version back in force: `undo:NOW:BEFORE`, if the list is as NOW says.

        NOW is 0 where it has no file any more, BEFORE where it had none.
        """
        words, numbers = press.words.files, _numbers(press.data)
        if numbers is None:
            await press.stale()
            return
        async with self._desk.store.read() as connection:
            now, before = [await versions.get(connection, number) for number in numbers]
        known = now or before
        if known is None or (now is None and numbers[0]) or (before is None and numbers[1]):
            await press.answer(words.answer_not_kept)
            return
        expected = now.source if now else None
        if _text(await self._desk.library.content(known.name)) != expected:
            await press.answer(words.answer_changed)
            return
        if before is None:
            await self._remove(press, known.name)
            return
        if refused := await self._write(press, before.name, before.source.encode()):
            await press.answer()
            await press.talk.answer(refused)
            return
        await press.answer(words.answer_undone)

    async def _remove(self, press: Press, name: str) -> None:
        """Delete a list that is new."""
        words = press.words.files
        try:
            await self._desk.library.remove(name)
        except FileNotFoundError:
            await press.answer(words.answer_not_removed)
            return
        except OSError as error:
            log.warning("watchlist.not_removed", watchlist=name, error=str(error))
            await press.answer()
            shown = {"name": _shown(name), "folder": escape(str(self._desk.library.folder))}
            await press.talk.answer(Message(words.not_writable.format(**shown, **_whose(error))))
            return
        await press.answer(words.answer_removed)

    async def export_list(self, talk: Talk, name: str) -> Message | None:
        """Send a list's file back byte for byte; None where that is done.

        Args:
            talk: what an admin has said.
            name: the list's name or its label.
        """
        words, library = talk.words.files, self._desk.library
        is_private, wanted = talk.home.type == "private", one_line(name).casefold()
        # In a group, what it may not know of is not shown to it.
        shown = library.watchlists if is_private else self._desk.lists(talk.home).values()
        lists = {each.name: each for each in shown}
        file = wanted_name(name) if is_private else None  # one that has never been in order
        for each in shown:
            if wanted in (each.name.casefold(), each.label.casefold()):
                file = each.name
        content = await library.content(file) if file else None
        if file in lists and not isinstance(content, bytes):
            content = lists[file].source.encode()  # its file is gone, and it is in force still
        if not isinstance(content, bytes):
            names = ", ".join(escape(shorten(each, NAME)) for each in list(lists)[:MOST_NAMED])
            return Message(words.unknown_list.format(name=_shown(name), names=names or "–"))
        if not content:
            return Message(words.export_empty.format(name=_shown(name)))
        await answer_file(talk, f"{file}{ENDING}", content)
        return None

    async def _waiting(self, press: Press) -> tuple[int, Draft] | None:
        """Return the list that a button means, if this chat has sent it."""
        numbers = _numbers(f"0:{press.data}")
        if numbers is None:
            return None
        async with self._desk.store.read() as connection:
            draft = await drafts.get(connection, press.talk.home.id, numbers[1])
        if draft is None or draft.shown is None or not draft.name.endswith(ENDING):
            return None
        is_fresh = draft.shown > self._desk.now() - KEPT
        return (numbers[1], draft) if is_fresh else None

    async def _is_outdated(self, name: str, draft: Draft) -> bool:
        """Tell whether a list was saved after it was shown what a draft would change in it."""
        async with self._desk.store.read() as connection:
            latest = await versions.latest(connection, name)
        is_later = bool(latest and draft.shown and latest.saved > draft.shown)
        return is_later and latest is not None and latest.source != decode(draft.content)

    async def _write(self, press: Press, name: str, content: bytes) -> Message | None:
        """Have a list say this from now on; return why that cannot be."""
        words, library = press.words.files, self._desk.library
        shown = {"name": _shown(name), "folder": escape(str(library.folder))}
        try:
            await library.save(name, content)
        except FileNotFoundError:
            return Message(words.folder_gone.format(**shown))
        except OSError as error:
            return Message(words.not_writable.format(**shown, **_whose(error)))
        return None


def _numbers(data: str) -> tuple[int, int] | None:
    first, _, second = data.partition(":")
    written = (first, second)
    if not all(each.isascii() and each.isdecimal() and len(each) < 16 for each in written):
        return None
    return int(first), int(second)


def _text(content: Content | None) -> str | Fault | None:
    return decode(content) if isinstance(content, bytes) else content


def _whose(error: OSError) -> dict[str, str]:
    return {"user": us(), "why": escape(error.strerror or str(error))}


def _shown(name: str) -> str:
    return escape(shorten(one_line(name), NAME))
