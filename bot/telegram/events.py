"""Stories in the chat: `/story` lists who reports it, `/split` says that it is another one."""

from collections.abc import Sequence

from bot.alerts.compose import Message
from bot.alerts.html import escape, link, one_line, shorten
from bot.feeds.urls import written_url
from bot.store import Transaction, changes, stories, traces
from bot.store.stories import Member
from bot.telegram.desk import Desk
from bot.telegram.talk import Command, Part, Talk

TITLE, OUTLET = 100, 30
MOST_SHOWN = 20


class Events(Part):
    """One method for each command; `/story` answers an alert or has a link, `/split` has one."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def commands(self) -> Sequence[Command]:
        """Return what can be typed."""
        return (
            Command(("story", "ereignis"), self.story, quotes=True),
            Command(("split", "trennen"), self.split, "settles", quotes=True),
        )

    async def story(self, talk: Talk) -> Message:
        """List who reports an event under which headline, and who was first."""
        words = talk.words.own
        async with self._desk.store.read() as connection:
            entry_id = await self._asked(talk)
            found = entry_id and await stories.story_of(connection, entry_id)
            if not found:
                return Message(words.unknown_article if talk.written else words.which_story)
            members = await stories.of_story(connection, found.story)
        time = self._desk.reader(talk.chat).time
        lines = [words.story_title(len({member.outlet for member in members}))]
        for number, member in enumerate(members[:MOST_SHOWN]):
            sign = "🥇" if number == 0 and len(members) > 1 else "•"
            when = escape(time(member.published))
            lines.append(f"{sign} {_title(member)}\n  <i>{_outlet(member)} · {when}</i>")
        if more := len(members) - MOST_SHOWN:
            lines += [words.story_more(more)] if more > 0 else []
        return Message("\n".join(lines))

    async def split(self, talk: Talk) -> Message:
        """Take the article of a link out of its story: it is another one, and stays so."""
        words = talk.words.own
        if not talk.written:
            return Message(words.which_split)
        async with self._desk.store.write() as tx:
            entry_id = await _entry_at(tx, talk.written)
            known = entry_id and await stories.story_of(tx, entry_id)
            if not entry_id or not known:
                return Message(words.unknown_article)
            if known.story == entry_id:
                alone = len(await stories.of_story(tx, entry_id)) == 1
                return Message(words.split_alone if alone else words.split_first)
            await stories.split(tx, entry_id, self._desk.now())
            await changes.split_off(tx, entry_id, self._desk.now())
        return Message(words.split)

    async def _asked(self, talk: Talk) -> int | None:
        async with self._desk.store.read() as connection:
            if talk.written:
                return await _entry_at(connection, talk.written)
            if talk.replies_to is None:
                return None
            url = await traces.link_of(connection, talk.home.id, talk.replies_to)
            return await traces.entry_of(connection, url) if url else None


async def _entry_at(tx: Transaction, written: str) -> int | None:
    url = written_url(written.split(maxsplit=1)[0])
    return await traces.entry_of(tx, url) if url else None


def _title(member: Member) -> str:
    return link(shorten(one_line(member.article.title) or "–", TITLE), member.link)


def _outlet(member: Member) -> str:
    return escape(shorten(one_line(member.outlet), OUTLET))
