"""How the service is doing, for whoever asks; an admin is told all of it."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from math import ceil

from bot.alerts.compose import Message
from bot.alerts.html import escape
from bot.store import state
from bot.store.chats import Chat
from bot.store.state import Pulse, State
from bot.telegram import feed_views
from bot.telegram.desk import Desk
from bot.telegram.feed_views import Shown
from bot.telegram.talk import Command, Part, Talk
from bot.wording import Sentences

MOST_NAMED = 8
"""Ill feeds, and silent ones, that are named; /feeds shows all of them."""


class Status(Part):
    """Says how it is going."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def commands(self) -> Sequence[Command]:
        """Return what can be typed."""
        return (Command(("status",), self.status),)

    async def status(self, talk: Talk) -> Message:
        """Say how the chat and the service are doing."""
        now = self._desk.now()
        async with self._desk.store.read() as connection:
            pulse = await state.pulse(connection, now)
            waiting, due = await state.waiting_for(connection, talk.chat.id)
            full = await state.of_service(connection, now) if talk.is_admin else None
        lines = [*_chat(talk.words, talk.chat), "", *_service(talk.words, pulse, now)]
        if (trouble := self._desk.store.trouble) is not None:
            said = talk.words.sources
            ago = said.ago(now - trouble.since)
            lines.append(said.database[trouble.kind].format(ago=ago))
        if waiting:
            lines.append(talk.words.sources.unsent(waiting).format(time=self._time(talk.chat, due)))
        if full is not None:
            lines += ["", *_in_full(talk.words, full, now)]
        return Message("\n".join(lines))

    def _time(self, chat: Chat, due: datetime | None) -> str:
        """Return when something comes, with its time zone."""
        reader = self._desk.reader(chat)
        said = reader.words.sources
        if due is None or due <= self._desk.now():
            return said.soon
        return said.zone.format(time=reader.time(due), zone=escape(str(reader.zone)))


def _chat(words: Sentences, chat: Chat) -> list[str]:
    said, address = words.sources, chat.address
    named = said.channel_id if chat.type == "channel" else said.chat_id
    lines = [said.status, named.format(id=address.chat_id)]
    if address.thread is not None:
        lines.append(said.topic.format(thread=address.thread))
    return [*lines, said.states[chat.state]] if chat.state in said.states else lines


def _service(words: Sentences, found: Pulse, now: datetime) -> list[str]:
    said = words.sources
    reading = said.reading(found.reading)
    read = found.last_read
    when = said.last_read.format(ago=said.ago(now - read)) if read else said.never_read
    told = said.told.format(length=said.length(found.told.half)) if found.told else said.not_told
    lines = [f"{reading} {when}", told]
    if found.waiting:
        lines.append(said.unread(found.waiting))
    if found.network_down_since:
        lines.append(said.network_down.format(ago=said.ago(now - found.network_down_since)))
    if found.canary:
        took = timedelta(seconds=ceil(found.canary.took.total_seconds()))
        ago = said.ago(now - found.canary.at)
        lines.append(said.canary.format(ago=ago, length=said.length(took)))
    return lines


def _in_full(words: Sentences, found: State, now: datetime) -> list[str]:
    said = words.sources
    counts = feed_views.summary(words, Counter(each.health for each in found.doing.values()))
    lines = [said.status_admin, *([counts] if counts else [])]
    for health in ("ill", "silent"):
        feeds = found.which(health)
        named = (Shown(feed, found.doing[feed.url]) for feed in feeds[:MOST_NAMED])
        lines += [f"• {feed_views.in_list(words, each, now)}" for each in named]
        if len(feeds) > MOST_NAMED:
            lines.append(said.more(len(feeds) - MOST_NAMED))
    lines.append(said.entries_a_day.format(count=round(found.per_day)))
    if found.discovery is not None:
        lines.append(said.discovery.format(length=said.length(found.discovery)))
    lines.append(said.chats.format(count=found.served, admins=len(found.admins)))
    if found.letters:
        labels = said.letter_states
        letters = [labels[name].format(count=n) for name, n in found.letters.items()]
        lines.append(said.letters.format(states=" · ".join(letters)))
    if told := found.pulse.told:
        lines.append(said.told_most.format(length=said.length(told.most)))
    if found.plain:
        lines.append(said.plain.format(count=found.plain))
    return lines
