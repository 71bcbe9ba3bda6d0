"""What a list would have done: the live matcher, the stories and the decision, on what was read."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.alerts.growth import Pace
from bot.alerts.rehearsal import Arrived, Place, Rehearsed, Terms, rehearse
from bot.config import Config
from bot.model import FoundArticle
from bot.pipeline.beside import Helpers
from bot.pipeline.candidates import Candidates, Judge
from bot.pipeline.indexing import mended
from bot.pipeline.pauses import no_full_collections
from bot.pipeline.placing import placed
from bot.store import Store, arrivals
from bot.store.arrivals import Arrival
from bot.text.languages import rules_for
from bot.watch.matcher import Matcher
from bot.watch.sifting import matches_of
from bot.watch.watchlist import Watchlist
from bot.workers import Workers

MUCH, LONG = 3_000, 1_000
"""With more candidates it pays to have workers, unless the list has more lines: each time some are
to be matched it goes along."""
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
            if (matches := matches_of(matcher, each.found))
        ]
        return _rehearsed(watchlist, self.terms, self.since, left)


async def backtest(
    store: Store, watchlist: Watchlist, since: datetime, usual: Terms, workers: Workers
) -> Backtest:
    """Return what a list would have done, had a chat had it on.

    What is in a story already stays there. The other articles join stories: see
    `bot.pipeline.placing`.

    Args:
        store: the open store.
        watchlist: the list.
        since: of the articles' dates.
        usual: what the configuration says.
        workers: who helps where it is much.

    Raises:
        Damaged: the index was: see `bot.pipeline.archive`.
    """
    mode = watchlist.settings.stories or usual.mode
    with no_full_collections():
        async with mended(store):
            candidates = Candidates(store, watchlist)
            await candidates.look_up(since - RUN_IN)
            await candidates.look_up_short()
            lines = len(watchlist.queries) + len(watchlist.exclusions)
            is_much = len(candidates.ids) > MUCH and lines <= LONG
            helpers = Helpers(workers if is_much else None)
            judge = await candidates.judge(helpers if is_much else None)
            async with aclosing(_matching(store, candidates, judge, helpers)) as matching:
                arrived = await placed(matching, mode, helpers)
        how = replace(usual, mode=mode)
        return await asyncio.to_thread(_rehearsed, watchlist, how, since, arrived)


async def _matching(
    store: Store, candidates: Candidates, judge: Judge, helpers: Helpers
) -> AsyncGenerator[Sequence[Arrived]]:
    """Yield the articles that match in the order in which they came, some at a time."""
    async with store.read() as connection:
        candidates.ids = await arrivals.in_order(connection, candidates.ids)

    async def arrived(some: Sequence[int]) -> Sequence[Arrived]:
        found = await judge(some)
        async with store.read() as connection:
            came = await arrivals.arrivals(connection, [each.entry_id for each in found])
        return [_arrived(each, came[each.entry_id]) for each in found if each.entry_id in came]

    parts = (arrived(some) async for some in candidates.worth_reading())
    async with aclosing(helpers.in_order(parts)) as matching:
        async for part in matching:
            yield part


def _rehearsed(
    watchlist: Watchlist, how: Terms, since: datetime, arrived: Sequence[Arrived]
) -> Backtest:
    all_ = rehearse(arrived, watchlist.name, how)
    lately = [each for each in all_ if each.found.published >= since]
    return Backtest(watchlist, how, since, arrived, lately)


def _arrived(found: FoundArticle, arrival: Arrival) -> Arrived:
    member = arrival.member
    place = Place(member.story, member.verdict, member.said) if member else None
    return Arrived(found, arrival.subject, arrival.at, place)
