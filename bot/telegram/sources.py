"""Feeds that are added in the chat, one or many, and what there is as a file."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from itertools import starmap
from urllib.parse import urlsplit

from bot.alerts.compose import Message
from bot.alerts.html import escape, shorten
from bot.errors import Fault, UserError
from bot.feeds.opml import read_opml
from bot.feeds.urls import written_url
from bot.pipeline.adding import Adder, Outcome, as_opml, is_known
from bot.pipeline.search import Search
from bot.pipeline.tools import in_words
from bot.store import drafts, feeds, people
from bot.store.drafts import Draft
from bot.store.feeds import Source
from bot.telegram import feed_views
from bot.telegram.desk import Desk
from bot.telegram.documents import answer_file
from bot.telegram.talk import Button, Command, Part, Press, Talk, Upload
from bot.wording import Sentences

PATIENCE = timedelta(minutes=1)
"""So long sites are asked for somebody who waits for the answer."""
MOST_IMPORTED = 1_000
FOUND = "feeds that were found"
"""What a draft is called that holds them."""
SHOWN = 60

ExportList = Callable[[Talk, str], Awaitable[Message | None]]
"""Sends a watchlist by its name as a file."""


class Sources(Part):
    """One method for each command, button and file."""

    def __init__(self, desk: Desk, export_list: ExportList) -> None:
        self._desk = desk
        self._export_list = export_list
        tools = desk.tools
        self._adder = Adder(tools.store, tools.fetcher, tools.workers, tools.now)

    def commands(self) -> Sequence[Command]:
        """Return what can be typed."""
        return (
            Command(("addfeed", "quelle"), _for_all(self.add), "admin"),
            Command(("import", "importieren"), _for_all(self.how_to_import), "admin"),
            Command(("export", "exportieren"), _for_all(self.export)),
        )

    def buttons(self) -> Sequence[Button]:
        """Return what can be pressed."""
        return (Button("found", self.choose, "admin"),)

    def uploads(self) -> Sequence[Upload]:
        """Return what can be sent as a file."""
        return (Upload((".opml", ".xml"), self.receive),)

    async def add(self, talk: Talk) -> Message:
        """Add a feed, or the feed of a site; where it has several, ask which."""
        said = talk.words.sources
        if not talk.written:
            return Message(said.how_to_add)
        url = written_url(talk.written)
        if url is None:
            return Message(said.no_address.format(written=escape(shorten(talk.written, SHOWN))))
        host = shorten(urlsplit(url).hostname or url, SHOWN)
        await talk.answer(Message(said.looking.format(host=escape(host))))
        try:
            async with asyncio.timeout(PATIENCE.total_seconds()):
                outcome = await self._adder.add(url)
        except TimeoutError:
            return Message(said.too_slow.format(host=escape(host)))
        if outcome.verdict == "several":
            return await self._ask_which(talk, outcome.search)
        return _said(talk.words, url, host, outcome)

    async def _ask_which(self, talk: Talk, search: Search) -> Message:
        found = [[each.url, each.feed.title] for each in search.feeds]
        draft = Draft(FOUND, json.dumps(found).encode())
        async with self._desk.store.write() as tx:
            number = await drafts.put(tx, talk.home.id, draft, self._desk.now())
        return feed_views.several(talk.words, search, await self._choice(talk.words, found, number))

    async def _choice(
        self, words: Sentences, found: Sequence[Sequence[str]], draft: int
    ) -> feed_views.Rows:
        taken = [n for n, (url, _) in enumerate(found) if await is_known(self._desk.store, url)]
        return feed_views.choice(words, list(starmap(feed_views.found_name, found)), taken, draft)

    async def choose(self, press: Press) -> None:
        """Add one of the feeds that were found."""
        written, _, place = press.data.partition(":")
        found = await self._found(press, written)
        if not (feed_views.is_number(place) and int(place) < len(found)):
            await press.stale()
            return
        said = press.words.sources
        url, title = found[int(place)]
        is_new = await self._adder.keep(Source(url, title)) == "added"
        name = feed_views.found_name(url, title)
        await press.answer(said.answer_added.format(name=name) if is_new else said.answer_known)
        await press.redraw(Message("", await self._choice(press.words, found, int(written))))

    async def _found(self, press: Press, written: str) -> list[list[str]]:
        """Return the addresses and titles of the feeds in a draft; of none where there is none."""
        if not feed_views.is_number(written):
            return []
        async with self._desk.store.read() as connection:
            draft = await drafts.get(connection, press.talk.home.id, int(written))
        if draft is None or draft.name != FOUND:
            return []
        found: list[list[str]] = json.loads(draft.content)
        return found

    async def how_to_import(self, talk: Talk) -> Message:
        """Say how feeds are brought along."""
        return Message(talk.words.sources.how_to_import)

    async def receive(self, talk: Talk, name: str, content: bytes) -> None:
        """Take in the feeds of an OPML file, each of which is asked first."""
        await talk.own.answer(await self._taken(talk.own, name, content))

    async def _taken(self, talk: Talk, name: str, content: bytes) -> Message:
        said = talk.words.sources
        try:
            # A large one takes a second, in which everybody else is answered.
            outlines = await asyncio.to_thread(read_opml, content, name)
        except UserError as error:
            return _unreadable(talk.words, error.faults[0])
        count = len(outlines.feeds)
        if count > MOST_IMPORTED:
            return Message(said.too_many.format(count=count, most=MOST_IMPORTED))
        await talk.answer(Message(said.asking(count)))
        done = await self._adder.take(outlines.feeds, within=PATIENCE)
        return feed_views.imported(talk.words, outlines, done)

    async def export(self, talk: Talk) -> Message | None:
        """Send the feeds, or a list, to an admin; to anybody else what is kept of them."""
        said = talk.words.sources
        if not talk.is_admin:
            asks_own = not talk.written
            return await self._export_own(talk) if asks_own else Message(said.exports_admins)
        if talk.written:
            return await self._export_list(talk, talk.written)
        async with self._desk.store.read() as connection:
            listed = await feeds.listed(connection)
        if not listed:
            return Message(f"{said.none}\n{said.exports_lists}")
        caption = f"{said.exported} {said.exports_lists}"
        await answer_file(talk, "ausguck.opml", as_opml(listed), caption)
        return None

    async def _export_own(self, talk: Talk) -> Message | None:
        if talk.home.type != "private":
            return Message(talk.words.sources.only_private)
        async with self._desk.store.read() as connection:
            kept = await people.export(connection, talk.home.id)
        content = json.dumps(kept, ensure_ascii=False, indent=2).encode()
        await answer_file(talk, "ausguck.json", content, talk.words.sources.exported_own)
        return None


def _for_all(
    command: Callable[[Talk], Awaitable[Message | None]],
) -> Callable[[Talk], Awaitable[None]]:
    """Feeds are everybody's, also where another chat is managed from this one."""

    async def called(talk: Talk) -> None:
        if (said := await command(talk.own)) is not None:
            await talk.own.answer(said)

    return called


def _said(words: Sentences, url: str, host: str, outcome: Outcome) -> Message:
    """Say what came of an address."""
    said, trouble = words.sources, outcome.search.trouble
    reason = in_words(trouble) if trouble else ""
    match outcome.verdict:
        case "added" if outcome.found:
            return feed_views.added(words, outcome.found)
        case "later":
            return feed_views.unread(words, url, reason)
        case "no_host":
            return Message(said.no_host.format(error=feed_views.error(words, reason)))
        case "not_allowed":
            return Message(said.not_allowed.format(error=feed_views.error(words, reason)))
        case "none":
            return feed_views.nothing(words, host, outcome.search)
        case _:
            return Message(said.known)


def _unreadable(words: Sentences, fault: Fault) -> Message:
    said, reason = words.sources, feed_views.error(words, fault.what)
    if fault.line:
        return Message(said.unreadable_line.format(error=reason, line=fault.line))
    return Message(said.unreadable.format(error=reason))
