"""Joins articles that match to stories, and remembers which over a restart."""

from collections.abc import AsyncIterator, Collection, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol

import structlog

from bot.alerts.ongoing import AGAIN
from bot.feeds.urls import same_article
from bot.model import Article
from bot.store import Transaction, stories
from bot.store.entries import Waiting
from bot.store.stories import Place
from bot.stories.engine import Stories
from bot.stories.reading import Reading
from bot.stories.said import Said, said
from bot.stories.values import Document
from bot.watch.watchlist import Watchlist

log = structlog.get_logger()

REMEMBERED = timedelta(days=14)
"""Twice as long as a story may last: see `bot.stories.tuning`."""


@dataclass(frozen=True, slots=True)
class Joined:
    """What story an article belongs to."""

    story: int
    """The entry that opened it."""
    verdict: str
    article: Article
    said: Mapping[str, Any] = field(default_factory=dict)
    """What it says that others may say otherwise: see `bot.alerts.growth.Said`."""
    related: int | None = None
    """Another story that has to do with it, or that it takes up again; None: none."""


class Shelf:
    """The stories of late. What other processes join is taken in before the next one."""

    def __init__(self) -> None:
        self._stories: Stories | None = None
        self._latest = 0

    @asynccontextmanager
    async def undone(self) -> AsyncIterator[None]:
        """Surround a transaction: where it is undone, begin anew with what is written down."""
        try:
            yield
        except BaseException:
            self._stories, self._latest = None, 0
            raise

    async def join(
        self, tx: Transaction, entry: Waiting, article: Article, now: datetime
    ) -> Joined:
        """Put an article into a story; one that is in a story already stays there."""
        engine = await self._caught_up(tx, now)
        decision = engine.add(document(entry.id, entry, article, now))
        log.debug("story.decided", entry=entry.id, **_shown(asdict(decision)))
        says = as_stored(said(article.title, article.text, entry.published, article.language))
        number = await stories.keep(tx, entry.id, {**asdict(decision), "said": says}, now)
        self._latest = max(self._latest, number)
        # Of one that is known, what was decided when it joined.
        place = await stories.story_of(tx, entry.id)
        place = place or Place(int(decision.story), decision.verdict, decision.with_)
        related = None
        if place.verdict == "related" and place.with_.isdecimal():
            other = await stories.story_of(tx, int(place.with_))
            related = other.story if other else None
        return Joined(place.story, place.verdict, article, says, related)

    async def _caught_up(self, tx: Transaction, now: datetime) -> Stories:
        if self._stories is None:
            self._stories, self._latest = Stories(), 0
        # Another task that is cancelled meanwhile may put that away.
        engine = self._stories
        latest = await stories.latest(tx)
        if latest != self._latest:
            for member in await stories.joined_after(tx, self._latest, now - REMEMBERED):
                if member.verdict in AGAIN:
                    continue
                told = document(member.entry_id, member, member.article, member.joined)
                recall(engine, told, member.story)
            self._latest = latest
        return engine


class Source(Protocol):
    """Where an article comes from."""

    @property
    def outlet(self) -> str:
        """Whose feed it is."""

    @property
    def link(self) -> str | None:
        """Where its page is."""

    @property
    def published(self) -> datetime:
        """The publisher's date, else when it was first seen."""


def document(entry_id: int, source: Source, article: Article, seen: datetime) -> Document:
    """Return an article as the engine of stories reads it."""
    return Document(
        id=str(entry_id),
        title=article.title,
        text=article.text,
        published=source.published,
        seen=seen,
        outlet=source.outlet,
        url=source.link or "",
        page=same_article(source.link) if source.link else "",
        language=article.language,
    )


def recall(engine: Stories, told: Document | Reading, story: int) -> None:
    """Have an engine know of an article, and of the story that it is in."""
    engine.remember(told, str(story))
    if told.id == str(story):
        # Somebody may have said that it is another story than it was.
        engine.split(told.id)


def as_stored(says: Said) -> Mapping[str, Any]:
    """Return what an article says that others may say otherwise, so that it can be stored."""
    return {**says._asdict(), "words": sorted(says.words)}


def story_modes(
    watchlists: Iterable[Watchlist], names: Collection[str], usual: str
) -> Mapping[str, str]:
    """Return which stories some lists want to be told as one: name -> story, wire or off."""
    wanted = (each for each in watchlists if each.name in names)
    return {each.name: each.settings.stories or usual for each in wanted}


def _shown(decision: Mapping[str, Any]) -> Mapping[str, Any]:
    return {name: value for name, value in decision.items() if value and name != "id"}
