"""Decides how a chat that was told of a story learns that it goes on. Touches nothing, no clock.

The rules, in order; the first that holds decides:

1. the new article says that it corrects an earlier one                   answer
2. it counts the same thing otherwise, or names another town or day       answer
3. its title has a name that nothing told before has                      answer
4. a watchlist matched that had matched nothing of the story              answer
5. it is the first for `Pace.lull`, or the first of the morning         answer
6. with it the story has come to one of `Pace.steps` of outlets         answer
7. otherwise                                                              edit

An edit changes the alert in place, without a sound. An answer is a message of its own that replies
to the alert. An article that is told already, unchanged, is no case for this.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

How = Literal["edit", "answer"]
Change = Literal["correction", "number", "place", "day", "name", "list", "lull", "morning", "step"]

_SHORTEST_NIGHT = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Said:
    """An article of a story as told to one chat: `bot.stories.said.said` reads it out of a text."""

    at: datetime
    outlet: str
    lists: Collection[str] = ()
    """The chat's watchlists that it matched."""
    correction: bool = False
    names: Collection[str] = ()
    """Names in its title."""
    words: Collection[str] = ()
    """All that may be a name in title and text."""
    numbers: Mapping[str, str] = field(default_factory=dict)
    """How many of what: {"land": "19"}."""
    places: Collection[str] = ()
    """Towns that title and lead put the event into."""
    days: Collection[str] = ()
    """Days in its title: "9.5."."""


@dataclass(frozen=True, slots=True)
class Pace:
    """When a story that goes on is told again although it says nothing new."""

    lull: timedelta = timedelta(hours=6)
    steps: Collection[int] = (5, 20)
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("Europe/Berlin"))
    morning: time = time(6)
    """When the night ends, in local time."""


@dataclass(frozen=True, slots=True)
class Growth:
    """What is done, and why."""

    how: How
    change: Change | None = None
    """What calls for an answer; None: nothing does."""
    value: str = ""
    """What is new: the number and what it counts, the name, the list, how many outlets."""


def growth(told: Sequence[Said], new: Said, manner: Pace | None = None) -> Growth:
    """Return how a chat learns of a new article, or a new version of one, of a story.

    Args:
        told: what the chat was told of the story so far, at least one article, in order.
        new: the article.
        manner: how the chat wants it.
    """
    for change, value in _changes(told, new, manner or Pace()):
        return Growth("answer", change, value)
    return Growth("edit")


def _changes(told: Sequence[Said], new: Said, manner: Pace) -> Iterator[tuple[Change, str]]:
    if new.correction:
        yield "correction", ""
    yield from _facts(told, new)
    words = {word for each in told for word in (*each.words, *each.names)}
    for name in new.names:
        if name not in words:
            yield "name", name
    lists = {name for each in told for name in each.lists}
    for name in new.lists:
        if name not in lists:
            yield "list", name
    yield from _pauses(max(each.at for each in told), new.at, manner)
    before = {each.outlet for each in told}
    outlets = len(before | {new.outlet})
    if outlets > len(before) and outlets in manner.steps:
        yield "step", str(outlets)


def _facts(told: Sequence[Said], new: Said) -> Iterator[tuple[Change, str]]:
    """Yield what is counted, placed or dated otherwise than in everything told."""
    for what, number in new.numbers.items():
        known = {each.numbers[what] for each in told if what in each.numbers}
        if known and number not in known:
            yield "number", f"{number} {what}"
    places = {place for each in told for place in each.places}
    words = {word for each in told for word in each.words}
    for place in new.places:
        if places and place not in places | words:
            yield "place", place
    days = {day for each in told for day in each.days}
    for day in new.days:
        if days and day not in days:
            yield "day", day


def _pauses(latest: datetime, now: datetime, manner: Pace) -> Iterator[tuple[Change, str]]:
    if now - latest >= manner.lull:
        yield "lull", ""
    local = now.astimezone(manner.zone)
    morning = datetime.combine(local.date(), manner.morning, tzinfo=manner.zone)
    if latest < morning <= now and now - latest >= _SHORTEST_NIGHT:
        yield "morning", ""
