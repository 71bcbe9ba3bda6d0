"""Joins articles that match to stories, and remembers which over a restart."""

from collections.abc import AsyncIterator, Collection, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Any

import structlog

from bot.feeds.urls import same_article
from bot.model import Article
from bot.store import Transaction, stories
from bot.store.entries import Waiting
from bot.store.stories import AGAIN, Member, Place
from bot.stories.engine import Stories
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
        document = Document(
            id=str(entry.id),
            title=article.title,
            text=article.text,
            published=entry.published,
            seen=now,
            outlet=entry.outlet,
            url=entry.link or "",
            page=same_article(entry.link) if entry.link else "",
            language=article.language,
        )
        decision = engine.add(document)
        log.debug("story.decided", entry=entry.id, **_shown(asdict(decision)))
        says = _plain(said(article.title, article.text, entry.published, article.language))
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
                engine.remember(_document(member), str(member.story))
                if member.story == member.entry_id:
                    # Somebody may have said that it is another story than it was.
                    engine.split(str(member.entry_id))
            self._latest = latest
        return engine


def _plain(says: Said) -> Mapping[str, Any]:
    return {**says._asdict(), "words": sorted(says.words)}


def story_modes(
    watchlists: Iterable[Watchlist], names: Collection[str], usual: str
) -> Mapping[str, str]:
    """Return which stories some lists want to be told as one: name -> story, wire or off."""
    wanted = (each for each in watchlists if each.name in names)
    return {each.name: each.settings.stories or usual for each in wanted}


def _document(member: Member) -> Document:
    return Document(
        id=str(member.entry_id),
        title=member.article.title,
        text=member.article.text,
        published=member.published,
        seen=member.joined,
        outlet=member.outlet,
        url=member.link or "",
        page=same_article(member.link) if member.link else "",
        language=member.article.language,
    )


def _shown(decision: Mapping[str, Any]) -> Mapping[str, Any]:
    return {name: value for name, value in decision.items() if value and name != "id"}
