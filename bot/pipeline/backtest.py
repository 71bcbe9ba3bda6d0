"""What a list would have done: the live matcher, the stories and the decision, on what was read."""

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from bot.alerts.growth import Pace
from bot.alerts.ongoing import AGAIN
from bot.alerts.rehearsal import Arrived, Place, Rehearsed, Terms, rehearse
from bot.config import Config
from bot.model import FoundArticle, Match
from bot.pipeline import archive
from bot.pipeline.joining import LEAD
from bot.pipeline.pauses import no_full_collections
from bot.pipeline.stories import document, recall, what_is_said
from bot.store import Store, arrivals
from bot.store.arrivals import Arrival
from bot.stories.engine import Stories
from bot.text.languages import rules_for
from bot.watch.matcher import Matcher
from bot.watch.watchlist import Watchlist

AT_ONCE = 100
"""So many articles are joined before somebody may break it off: some tenths of a second."""
RUN_IN = timedelta(days=7)
"""So long before the window it begins: what was told by then goes on in it."""


def terms(config: Config) -> Terms:
    """Return what the configuration says of how is told."""
    pace = Pace(config.stories.lull, config.stories.steps, ZoneInfo(config.alerts.timezone))
    return Terms(config.alerts.catch_up, config.stories.mode, pace)


@dataclass(frozen=True, slots=True)
class Backtest:
    """What a list matched, in the order in which it came, and what would have been done."""

    watchlist: Watchlist
    terms: Terms
    since: datetime
    arrived: Sequence[Arrived]
    rehearsed: Sequence[Rehearsed]
    """Of the articles dated since then."""

    @property
    def told(self) -> Sequence[Rehearsed]:
        """What would have been sent."""
        return [each for each in self.rehearsed if each.is_told]

    @property
    def events(self) -> int:
        """How many events that would have been of."""
        return len({each.story or -each.found.entry_id for each in self.told})

    @property
    def old(self) -> int:
        """How many articles were there when their feeds were first read, and not told for that."""
        return sum(each.found.old for each in self.rehearsed)

    def narrowed(self, watchlist: Watchlist) -> "Backtest":
        """Return the same of a list that matches nothing else. It reads articles: beside the loop.

        Args:
            watchlist: one with further exclusions, say, or with narrower queries.
        """
        matcher = Matcher([watchlist], rules_for)
        left = [
            replace(each, found=replace(each.found, matches=matches))
            for each in self.arrived
            if (matches := _matches(matcher, each.found))
        ]
        return _rehearsed(watchlist, self.terms, self.since, left)


async def backtest(store: Store, watchlist: Watchlist, since: datetime, usual: Terms) -> Backtest:
    """Return what a list would have done, had a chat had it on.

    What is in a story already stays there. The other articles join stories by their titles and the
    beginnings of their texts, as if these were the only ones that any list matched.

    Args:
        store: the open store.
        watchlist: the list.
        since: of the articles' dates.
        usual: what the configuration says.

    Raises:
        Damaged: the index was: see `bot.pipeline.archive`.
    """
    mode = watchlist.settings.stories or usual.mode
    with no_full_collections():
        found = await archive.search(store, watchlist, since - RUN_IN)
        async with store.read() as connection:
            came = await arrivals.arrivals(connection, [each.entry_id for each in found])
        arrived = await _joined(found, came, mode)
        how = replace(usual, mode=mode)
        return await asyncio.to_thread(_rehearsed, watchlist, how, since, arrived)


def _rehearsed(
    watchlist: Watchlist, how: Terms, since: datetime, arrived: Sequence[Arrived]
) -> Backtest:
    all_ = rehearse(arrived, watchlist.name, how)
    lately = [each for each in all_ if each.found.published >= since]
    return Backtest(watchlist, how, since, arrived, lately)


async def _joined(
    found: Sequence[FoundArticle], came: Mapping[int, Arrival], mode: str
) -> Sequence[Arrived]:
    """Return articles in the order in which they came, each with its story."""
    there = sorted(
        (_came(each, came[each.entry_id]) for each in found if each.entry_id in came),
        key=lambda each: (each.at, each.found.entry_id),
    )
    # Nothing has to be worked out where all of them are in stories, or none is to be.
    if mode == "off" or all(each.place for each in there):
        return there
    engine = Stories()
    placed = await _each(there, partial(_placed, engine))
    told = Counter(each.place.story for each in placed if each.place)
    return await _each(placed, partial(_saying, told))


async def _each(
    arrived: Sequence[Arrived], done: Callable[[Arrived], Arrived]
) -> Sequence[Arrived]:
    """Do something about each article beside the loop, so that it can be broken off."""

    def all_of(some: Sequence[Arrived]) -> list[Arrived]:
        return [done(each) for each in some]

    parts = [arrived[at : at + AT_ONCE] for at in range(0, len(arrived), AT_ONCE)]
    return [each for part in parts for each in await asyncio.to_thread(all_of, part)]


def _came(found: FoundArticle, arrival: Arrival) -> Arrived:
    member = arrival.member
    if member is None:
        return Arrived(found, arrival.subject, arrival.read)
    place = Place(member.story, member.verdict, member.said)
    return Arrived(found, arrival.subject, member.joined, place)


def _placed(engine: Stories, arrived: Arrived) -> Arrived:
    """Return an article with its story: the one that it is in, or else the one it would join."""
    found, place = arrived.found, arrived.place
    lead = replace(found.article, text=found.article.text[:LEAD])
    told = document(found.entry_id, found, lead, arrived.at)
    if place is None:
        decision = engine.add(told)
        return replace(arrived, place=Place(int(decision.story), decision.verdict))
    if place.verdict not in AGAIN:
        recall(engine, told, place.story)
    return arrived


def _saying(told: Mapping[int, int], arrived: Arrived) -> Arrived:
    """Return an article with what it says, which matters where its story has others as well."""
    found, place = arrived.found, arrived.place
    if place is None or place.said or told[place.story] == 1:
        return arrived
    says = what_is_said(found.article, found.published)
    return replace(arrived, place=replace(place, said=says))


def _matches(matcher: Matcher, found: FoundArticle) -> tuple[Match, ...]:
    return matcher.match(found.article, feed=found.outlet, tags=found.tags)
