"""`/why`: as an answer to an alert, or with the link of one that did not come."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.alerts.compose import Message
from bot.alerts.html import capital, escape, shorten
from bot.alerts.joining import Joining
from bot.alerts.steps import Step
from bot.alerts.why import Chat as Known
from bot.alerts.why import Listed, Time, chain
from bot.feeds.urls import written_url
from bot.store import traces
from bot.store.chats import Chat
from bot.store.joining import joining as joining_of
from bot.telegram.desk import Desk
from bot.telegram.misses import misses
from bot.telegram.talk import Command, Part, Talk
from bot.watch.personal import is_own
from bot.wording import Sentences, sentences

LONGEST = 200
MOST_FEEDS = 10


class Why(Part):
    """Walks the chain from the feed to the chat."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def commands(self) -> Sequence[Command]:
        """Return what can be typed."""
        return (Command(("why", "warum"), self.why, quotes=True),)

    async def why(self, talk: Talk) -> Message:
        """Answer why an article was told here, or was not."""
        url = await self._asked(talk)
        if url is None:
            words = talk.words
            return Message(words.why_unread if talk.written else words.why_asked)
        return await self._chain(talk.chat, url)

    async def _asked(self, talk: Talk) -> str | None:
        if talk.written:
            return written_url(talk.written.split()[0])
        if talk.replies_to is None:
            return None
        async with self._desk.store.read() as connection:
            return await traces.link_of(connection, talk.home.id, talk.replies_to)

    async def _chain(self, chat: Chat, url: str) -> Message:
        words, article = sentences(chat.language), None
        async with self._desk.store.read() as connection:
            seen = await traces.seen(connection, url)
            if not seen:
                sources = await traces.sources(connection, url)
                steps: Sequence[Step] = traces.unknown(sources[:MOST_FEEDS], self._time(chat))
            else:
                ids = [each.entry_id for each in seen]
                known = await traces.chat(connection, ids, chat.id)
                joining = await joining_of(connection, ids)
                article = traces.text_of(seen)
                steps = self._steps(chat, traces.listed(seen), known, joining)
        lines = [f"{_mark(step)} {capital(sentence(words, step))}" for step in steps]
        if steps[-1].key == "no_match" and article is not None:
            lines += await misses(self._desk, chat, article, words)
        return Message("\n".join(lines))

    def _steps(
        self, chat: Chat, listed: Sequence[Listed], known: Known, joining: Joining | None
    ) -> Sequence[Step]:
        """Walk the chain with the lists that the chat may know of, by their labels."""
        labels = dict(self._desk.labels(chat))
        own = {name: self._desk.reader(chat).label(name) for name in known.on if is_own(name)}
        shown = {**labels, **own}
        named = [
            replace(each, lists={shown[name]: q for name, q in each.lists.items() if name in shown})
            for each in listed
        ]
        on = [shown[name] for name in known.on if name in shown]
        return chain(named, replace(known, on=on), self._time(chat), joining)

    def _time(self, chat: Chat) -> Time:
        return self._desk.reader(chat).time


def _mark(step: Step) -> str:
    if step.aside:
        return "▫️"
    return "✖️" if step.broken else "✔️"


def sentence(words: Sentences, step: Step) -> str:
    """Return a step in words, as HTML."""
    params: Mapping[str, str] = step.params
    if step.key == "not_told":
        params = {"reason": words.why_reason(params["reason"])}
    if step.key == "story_against":
        params = {"vetoes": "; ".join(map(words.against, params["vetoes"].split("; ")))}
    shown = {name: escape(shorten(value, LONGEST)) for name, value in params.items()}
    return words.why[step.key].format(**shown)
