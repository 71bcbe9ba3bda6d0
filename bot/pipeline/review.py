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
from bot.store import Store, alerts, reviews, stories
from bot.store.reviews import Form, Stretch
from bot.watch.watchlist import Watchlist
from bot.wording import Sentences, language_of

MOST_STORIES, MOST_SOURCES = 400, 2_000
"""So much of a list is in one file; nobody reads more, and it opens at once."""
TITLE, OUTLET, NAME = 300, 60, 50
LOADED = 100
"""Articles that are loaded at once."""


@dataclass(frozen=True, slots=True)
class Frame:
    """For whom a press review is made, and of what."""

    label: str
    words: Sentences
    zone: ZoneInfo
    since: datetime
    until: datetime


async def gathered(
    store: Store, chat_id: int, watchlist: str, stretch: Stretch
) -> tuple[Sequence[Event], Mapping[int, str]]:
    """Return the events of a list that came for a chat, and whose text entries are."""
    async with store.read() as connection:
        came = await reviews.came(connection, chat_id, watchlist, stretch)
    found: list[FoundArticle] = []
    for at in range(0, len(came), LOADED):
        matches = dict(came[at : at + LOADED])
        async with store.read() as connection:
            some = await alerts.found_by(connection, list(matches))
        found += [replace(each, matches=tuple(matches[each.entry_id])) for each in some]
    events = await archive.grouped(store, found)
    return events, await _agencies(store, events)


async def searched(
    store: Store, watchlist: Watchlist, since: datetime
) -> tuple[Sequence[Event], Mapping[int, str]]:
    """Return the events since then that a watchlist matches, whether anybody was told of them.

    Raises:
        Damaged: the index was; see `bot.pipeline.archive`.
    """
    events = await archive.events(store, watchlist, since)
    return events, await _agencies(store, events)


async def _agencies(store: Store, events: Sequence[Event]) -> Mapping[int, str]:
    ids = [event.articles[-1].entry_id for event in events]
    found: dict[int, str] = {}
    async with store.read() as connection:
        for at in range(0, len(ids), LOADED):
            found |= await stories.agencies(connection, ids[at : at + LOADED])
    return found


def made(events: Sequence[Event], agencies: Mapping[int, str], frame: Frame) -> pages.Review:
    """Put a press review together: the events that most outlets report come first."""
    ordered = sorted(events, key=_weight, reverse=True)
    shown = list(_as_many_as_fit(ordered))
    put = [
        pages.Story(
            [
                _source(each, frame.zone, quotes=not at)
                for at, each in enumerate(event.articles[::-1])
            ],
            agencies.get(event.articles[-1].entry_id, ""),
        )
        for event in shown
    ]
    ends = (frame.since.astimezone(frame.zone), frame.until.astimezone(frame.zone))
    return pages.Review(frame.label, *ends, put, len(ordered) - len(shown))


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


def _source(found: FoundArticle, zone: ZoneInfo, *, quotes: bool) -> pages.Source:
    article = found.article
    passage = passages(article, found.matches) if quotes else ()
    return pages.Source(
        shorten(one_line(found.outlet), OUTLET),
        shorten(one_line(article.title) or found.link or "–", TITLE),
        found.link,
        found.published.astimezone(zone),
        [Part(piece.text, piece.bold) for piece in passage],
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
