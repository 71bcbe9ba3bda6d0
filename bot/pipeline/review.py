"""A press review: what came of a list, gathered from what was found, and made into a file."""

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.alerts.html import one_line, shorten
from bot.alerts.snippet import passages
from bot.model import FoundArticle
from bot.pages import review as pages
from bot.pages.values import Part
from bot.pipeline import archive
from bot.pipeline.archive import Event
from bot.pipeline.joining import LEAD
from bot.store import Store, alerts, reviews, stories
from bot.store.reviews import Form, Stretch
from bot.watch.watchlist import Watchlist
from bot.wording import Sentences, language_of

MOST_STORIES, MOST_SOURCES = 400, 2_000
"""So much of a list is in one file; nobody reads more, and it opens at once."""
TITLE, OUTLET, NAME = 300, 60, 50
LOADED, ASKED = 25, 100
"""Articles that are loaded at once, each of them up to 200,000 characters, and asked about."""


@dataclass(frozen=True, slots=True)
class Frame:
    """For whom a press review is made, and of what."""

    label: str
    words: Sentences
    zone: ZoneInfo
    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Gathered:
    """What is in a press review."""

    events: Sequence[Event]
    """Of their articles' texts, the beginnings."""
    passages: Mapping[int, Sequence[Part]]
    """What matched in an article, by its entry."""
    agencies: Mapping[int, str]
    """Whose text the first article of an event is, by its entry."""


class _Cuttings:
    """Keeps of an article what is shown and compared: the texts of a month's are too much."""

    def __init__(self) -> None:
        self.passages: dict[int, Sequence[Part]] = {}

    def keep(self, found: FoundArticle) -> FoundArticle:
        """Take an article's passage, and return it with the beginning of its text alone."""
        pieces = passages(found.article, found.matches)
        self.passages[found.entry_id] = [Part(piece.text, piece.bold) for piece in pieces]
        lead = replace(found.article, text=found.article.text[:LEAD])
        return replace(found, article=lead, matches=())

    def keep_all(self, found: Sequence[FoundArticle]) -> list[FoundArticle]:
        """Do so with many, which takes half a millisecond each: beside the event loop."""
        return [self.keep(each) for each in found]


async def gathered(store: Store, chat_id: int, watchlist: str, stretch: Stretch) -> Gathered:
    """Return what came of a list for a chat."""
    async with store.read() as connection:
        came = await reviews.came(connection, chat_id, watchlist, stretch)
    cuttings, found = _Cuttings(), list[FoundArticle]()
    for at in range(0, len(came), LOADED):
        matches = dict(came[at : at + LOADED])
        async with store.read() as connection:
            some = await alerts.found_by(connection, list(matches))
        some = [replace(each, matches=tuple(matches[each.entry_id])) for each in some]
        found += await asyncio.to_thread(cuttings.keep_all, some)
    events = await archive.grouped(store, found)
    return Gathered(events, cuttings.passages, await _agencies(store, events))


async def searched(store: Store, watchlist: Watchlist, since: datetime) -> Gathered:
    """Return what a watchlist matches since then, whether anybody was told of it.

    Raises:
        Damaged: the index was; see `bot.pipeline.archive`.
    """
    cuttings = _Cuttings()
    events = await archive.events(store, watchlist, since, cuttings.keep)
    return Gathered(events, cuttings.passages, await _agencies(store, events))


async def _agencies(store: Store, events: Sequence[Event]) -> Mapping[int, str]:
    ids = [event.articles[-1].entry_id for event in events]
    found: dict[int, str] = {}
    async with store.read() as connection:
        for at in range(0, len(ids), ASKED):
            found |= await stories.agencies(connection, ids[at : at + ASKED])
    return found


def made(what: Gathered, frame: Frame) -> pages.Review:
    """Put a press review together: the events that most outlets report come first."""
    ordered = sorted(what.events, key=_weight, reverse=True)
    shown = list(_as_many_as_fit(ordered))
    put = [_story(event, what, frame.zone) for event in shown]
    ends = (frame.since.astimezone(frame.zone), frame.until.astimezone(frame.zone))
    return pages.Review(frame.label, *ends, put, len(ordered) - len(shown))


def _story(event: Event, what: Gathered, zone: ZoneInfo) -> pages.Story:
    first, *others = event.articles[::-1]
    sources = [
        _source(first, zone, what.passages.get(first.entry_id, ())),
        *(_source(each, zone) for each in others),
    ]
    return pages.Story(sources, what.agencies.get(first.entry_id, ""))


def _weight(event: Event) -> tuple[int, int, datetime]:
    outlets = {each.outlet for each in event.articles}
    return len(outlets), len(event.articles), event.articles[0].published


def _as_many_as_fit(events: Sequence[Event]) -> Iterator[Event]:
    room = MOST_SOURCES
    for event in events[:MOST_STORIES]:
        if room <= 0:
            return
        yield event
        room -= len(event.articles)


def _source(found: FoundArticle, zone: ZoneInfo, passage: Sequence[Part] = ()) -> pages.Source:
    return pages.Source(
        shorten(one_line(found.outlet), OUTLET),
        shorten(one_line(found.article.title) or found.link or "–", TITLE),
        found.link,
        found.published.astimezone(zone),
        passage,
    )


async def written(review: pages.Review, form: Form, words: Sentences) -> bytes:
    """Return a press review as a file's content, made beside the event loop."""
    if form == "csv":
        return await asyncio.to_thread(pages.table, review, words.reports)
    said = (review, words.reports, language_of(words))
    return (await asyncio.to_thread(pages.page, *said)).encode()


def file_name(label: str, until: datetime, form: Form, words: Sentences) -> str:
    """Return what the file is called, of letters that every system takes.

    A list's own name may be as long as a file's: cut, with all else it is no longer in any script.
    """
    named = words.reports.review_name.format(label=label[:NAME], date=f"{until:%Y-%m-%d}")
    kept = "".join(char if char.isalnum() else "-" for char in named)
    return f"{'-'.join(part for part in kept.split('-') if part)}.{form}"
