"""What the letters of a press review say: a heading with what came, then a file for each list.

The heading is always sent, also where nothing came: whoever waits for it sees that it ran.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.alerts.compose import Message
from bot.alerts.html import escape, one_line, shorten
from bot.alerts.telling import Reader
from bot.alerts.timing import next_of
from bot.pipeline.review import Frame, file_name, gathered, made, written
from bot.store import Store, Transaction, chats, outbox, reviews
from bot.store.chats import Chat
from bot.store.outbox import Letter
from bot.store.reviews import Counts, File, Form, Heading, Stretch

LABEL, MOST_LISTS = 60, 20
"""With so many lists, a heading that names ten doubts stays below Telegram's limit."""


@dataclass(frozen=True, slots=True)
class Paper:
    """The file that a letter brings: it is made after it is known that it goes out."""

    chat_id: int
    file: File
    reader: Reader

    async def made(self, store: Store) -> tuple[str, bytes]:
        """Return the file's name and its content."""
        file, reader = self.file, self.reader
        what = await gathered(store, self.chat_id, file.watchlist, file.stretch)
        label, ends = _label(file.watchlist, reader), file.stretch
        frame = Frame(label, reader.words, reader.zone, ends.since, ends.until)
        review = await asyncio.to_thread(made, what, frame)
        content = await written(review, file.form, reader.words)
        local = ends.until.astimezone(reader.zone)
        return file_name(label, local, file.form, reader.words), content

    def refused(self) -> Message:
        """Return what is said in the file's place where the chat takes none."""
        label = escape(_label(self.file.watchlist, self.reader))
        said = self.reader.words.reports.review_refused.format(label=label)
        return Message(said, silent=True)


async def heading(
    tx: Transaction, letter: Letter, chat: Chat, reader: Reader, now: datetime
) -> Message | None:
    """Return the message that begins a press review; None where there is none any more."""
    said = await reviews.heading(tx, letter)
    if said is None:
        await outbox.dead(tx, letter.id, "no longer wanted", now)
        return None
    names = await _lists(tx, chat, reader)
    if said.opened and said.until is not None:
        stretch = reviews.stretch_of(said, said.until)
    else:
        due = next_of((said.plan.minute,), now, reader.zone)
        stretch = await reviews.begin(tx, letter, said, due, now)
    counts = {name: await reviews.counts(tx, chat.id, name, stretch) for name in names}
    if not said.opened:
        await reviews.post_files(tx, letter, _files(said, counts, stretch), now)
    return _heading(counts, stretch, reader)


def _files(said: Heading, counts: dict[str, Counts], stretch: Stretch) -> Sequence[File]:
    forms: tuple[Form, ...] = ("html", "csv") if said.plan.csv else ("html",)
    return [
        File(name, form, stretch)
        for name, count in counts.items()
        if count.articles
        for form in forms
    ]


def _heading(counts: dict[str, Counts], stretch: Stretch, reader: Reader) -> Message:
    said = reader.words.reports
    ends = {"since": _time(stretch.since, reader), "until": _time(stretch.until, reader)}
    lines = [said.review_title.format(**ends), ""]
    if not counts:
        return Message("\n".join([*lines, said.review_no_lists]))
    if not any(count.articles for count in counts.values()):
        return Message("\n".join([*lines, said.review_nothing]))
    for name, count in counts.items():
        sentence = said.review_line if count.articles else said.review_line_nothing
        lines.append(_counted(sentence, name, count, reader))
    return Message("\n".join(lines))


async def paper(
    tx: Transaction, letter: Letter, chat: Chat, reader: Reader, now: datetime
) -> tuple[Message, Paper] | None:
    """Return the words beside a list's file, and what makes it; None where it is not wanted."""
    file = await reviews.file(tx, letter)
    if file is None or file.watchlist not in await _lists(tx, chat, reader):
        await outbox.dead(tx, letter.id, "no longer wanted", now)
        return None
    count = await reviews.counts(tx, chat.id, file.watchlist, file.stretch)
    said = _counted(reader.words.reports.review_file, file.watchlist, count, reader)
    # The heading has made its sound.
    return Message(said, silent=True), Paper(chat.id, file, reader)


async def put_off(tx: Transaction, letter: Letter, reader: Reader, now: datetime) -> bool:
    """Let a press review wait for its next time; False: it is none of every day."""
    said = await reviews.heading(tx, letter) if letter.kind == reviews.HEADING else None
    if said is None or said.opened or not said.daily:
        return False
    due = next_of((said.plan.minute,), now, reader.zone)
    await outbox.again(tx, letter.id, due, "the chat is not served at present", now)
    return True


async def named(tx: Transaction, letter: Letter, reader: Reader) -> str | None:
    """Return a press review that may not have arrived, as a doubt names it, in HTML."""
    words = reader.words.reports
    if letter.kind == reviews.HEADING and (said := await reviews.heading(tx, letter)):
        return words.review_doubted_whole.format(date=_time(said.until or letter.due, reader))
    if letter.kind == reviews.FILE and (file := await reviews.file(tx, letter)):
        label = escape(_label(file.watchlist, reader))
        return words.review_doubted.format(label=label, date=_time(file.stretch.until, reader))
    return None


async def _lists(tx: Transaction, chat: Chat, reader: Reader) -> Sequence[str]:
    """Return the lists that are on and may be shown, as they are ordered for people."""
    wanted = await chats.subscribed(tx, chat.id) - reader.hidden
    return sorted(wanted, key=lambda name: reader.label(name).casefold())[:MOST_LISTS]


def _counted(sentence: str, name: str, count: Counts, reader: Reader) -> str:
    said = reader.words.reports
    amounts = {"stories": said.stories(count.stories), "articles": said.articles(count.articles)}
    return sentence.format(label=escape(_label(name, reader)), **amounts)


def _label(name: str, reader: Reader) -> str:
    return shorten(one_line(reader.label(name)), LABEL)


def _time(instant: datetime, reader: Reader) -> str:
    return reader.words.reports.time(instant.astimezone(reader.zone))
