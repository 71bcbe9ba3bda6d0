"""Decides what a chat that has one list on would have been told. Touches nothing, knows no clock.

The chat is told everything at once: it has no quiet hours, no digest and no pause of its own, and
has had the list on all the time. The rules are those of `bot.alerts.decide` and
`bot.alerts.growth`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from bot.alerts.decide import Case, Decision, Told, decide
from bot.alerts.growth import Pace, Said
from bot.alerts.ongoing import COLLECT, Thread, is_one, told_of
from bot.model import FoundArticle

TOLD = frozenset({"now", "catch_up", "answer"})
"""Actions that bring a message, or a place in one; an edit changes one without a sound."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What the configuration says of how is told."""

    catch_up: timedelta
    """Articles that are older are not told."""
    mode: str = "story"
    """Which articles are told as one: story, wire or off."""
    pace: Pace = field(default_factory=Pace)


@dataclass(frozen=True, slots=True)
class Place:
    """The story that an article belongs to."""

    story: int
    """The entry that opened it."""
    verdict: str
    """By which the article joined it."""
    said: Mapping[str, Any] = field(default_factory=dict)
    """What the article says that others may say otherwise: see `bot.alerts.growth.Said`."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """An article that the list matches, as it came."""

    found: FoundArticle
    subject: str
    """The same for the same article in every feed."""
    at: datetime
    """When it was read, or joined its story."""
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """What would have been done about an article."""

    found: FoundArticle
    at: datetime
    decision: Decision
    story: int | None

    @property
    def is_told(self) -> bool:
        """Whether the chat would have been sent something new."""
        return self.decision.action in TOLD


def rehearse(arrived: Iterable[Arrived], watchlist: str, terms: Terms) -> Sequence[Rehearsed]:
    """Return what a chat would have been told of each article, in order.

    Args:
        arrived: articles that the list matches, in the order in which they came.
        watchlist: the list's name.
        terms: what the configuration says; the list's own mode is to be in it.
    """
    chat = _Chat(watchlist, terms)
    return [chat.hear(each) for each in arrived]


class _Chat:
    """A chat that has one list on, and what it was told."""

    def __init__(self, watchlist: str, terms: Terms) -> None:
        self._watchlist, self._terms = watchlist, terms
        self._subjects: set[str] = set()
        self._threads: dict[int, Thread] = {}

    def hear(self, arrived: Arrived) -> Rehearsed:
        found, place = arrived.found, arrived.place
        case = Case(
            served=True,
            told_before=arrived.subject in self._subjects,
            old=found.old,
            published=found.published,
            late=found.late,
            story=None if found.old else self._of_story(arrived),
        )
        decision = decide(case, arrived.at, self._terms.catch_up)
        if decision.action != "silent":
            self._subjects.add(arrived.subject)
            self._note(arrived, "catch_up" if decision.action == "catch_up" else "alert")
        return Rehearsed(found, arrived.at, decision, place.story if place else None)

    def _of_story(self, arrived: Arrived) -> Told | None:
        place = arrived.place
        if place is None or not is_one(self._terms.mode, place.verdict):
            return None
        thread = self._threads.get(place.story)
        if thread is None:
            return None
        # What waits for its digest, or came in the same moment, is not sent yet.
        waits = COLLECT if thread.kind == "catch_up" else timedelta(0)
        state = "pending" if arrived.at <= thread.first + waits else "sent"
        said = self._said(arrived, place)
        return told_of(replace(thread, state=state), said, arrived.found.article, self._terms.pace)

    def _note(self, arrived: Arrived, kind: str) -> None:
        place = arrived.place
        if place is None:
            return
        said = self._said(arrived, place)
        thread = self._threads.get(place.story)
        self._threads[place.story] = (
            replace(thread, said=(*thread.said, said))
            if thread
            else Thread(kind=kind, state="sent", first=arrived.at, said=(said,))
        )

    def _said(self, arrived: Arrived, place: Place) -> Said:
        return Said(arrived.at, arrived.found.outlet, (self._watchlist,), **place.said)
