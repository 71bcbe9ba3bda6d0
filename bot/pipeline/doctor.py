"""Examines a watchlist by what it would have alerted: reads the archive, lets `bot.watch` judge."""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from bot.model import FoundArticle
from bot.pipeline import archive
from bot.store import Store, claims, own, stories
from bot.text.languages import rules_for
from bot.watch.diagnosis import Diagnosis, diagnose
from bot.watch.matcher import Matcher
from bot.watch.personal import is_own
from bot.watch.remedies import Evidence, remedies
from bot.watch.tally import Seen, tally
from bot.watch.trial import Trial, Tried
from bot.watch.watchlist import Query, Watchlist

T = TypeVar("T")

MOST = 1_000
"""Articles that are examined, the newest: of a list that finds more they say enough."""
BITE = 50
"""Articles that are read at once beside the loop."""


@dataclass(frozen=True, slots=True)
class Report:
    """What there is to say of a list, and what could be changed."""

    watchlist: Watchlist
    since: datetime
    """Of the articles that were examined."""
    cut: bool
    """The list finds more than are examined: these are the newest."""
    anywhere: bool
    """Articles of all feeds were examined: nothing says which tags theirs had."""
    diagnosis: Diagnosis
    tried: Sequence[Tried]
    """Changes, and what each would have done; the best first."""


async def examine(store: Store, watchlist: Watchlist, since: datetime, most: int = MOST) -> Report:
    """Examine a list by the articles since then.

    Args:
        store: the open store.
        watchlist: the list; what `bot.store.own` calls a chat's own is so called.
        since: of the articles' dates.
        most: so many of them are enough, the newest.

    Raises:
        archive.Damaged: the index was.
    """
    wanted, anywhere = _anywhere(watchlist)
    found = await archive.search(store, replace(wanted, exclusions=()), since, most)
    async with store.read() as connection:
        known = await stories.stories_of(connection, [each.entry_id for each in found])
        unwanted = await claims.unwanted(connection, watchlist.name, since)
        excluded = await own.lines_excluded(connection, watchlist.name)
    kept, idle = await _kept(wanted, found)
    seen = [
        Seen(each, known.get(each.entry_id, -each.entry_id), each.entry_id in unwanted)
        for each in kept
    ]
    evidence = Evidence(excluded, may_ignore=not is_own(watchlist.name))
    diagnosis, trial = await asyncio.to_thread(_judged, wanted, seen, idle, evidence)
    for some in _bites(seen):
        await asyncio.to_thread(trial.read, some)
    cut = len(found) >= most
    begins = found[-1].published if cut else since
    return Report(watchlist, begins, cut, anywhere, diagnosis, trial.results())


def _anywhere(watchlist: Watchlist) -> tuple[Watchlist, bool]:
    """Return a list that keeps to no tags: an article does not say which its feed had."""
    if not watchlist.settings.tags:
        return watchlist, False
    return replace(watchlist, settings=replace(watchlist.settings, feeds=(), tags=())), True


def _judged(
    watchlist: Watchlist, seen: Sequence[Seen], idle: tuple[Query, ...], evidence: Evidence
) -> tuple[Diagnosis, Trial]:
    counted = tally(watchlist, seen)
    diagnosis = diagnose(watchlist, counted, idle)
    wanted = remedies(watchlist, seen, diagnosis, evidence, rules_for)
    return diagnosis, Trial(watchlist, counted, wanted, rules_for)


async def _kept(
    watchlist: Watchlist, found: Sequence[FoundArticle]
) -> tuple[list[FoundArticle], tuple[Query, ...]]:
    """Return the articles that no exclusion keeps away, and the exclusions that keep none away."""
    exclusions = watchlist.exclusions
    if not exclusions:
        return list(found), ()
    alone = Watchlist("", exclusions, (), replace(watchlist.settings, feeds=(), tags=()), "")
    matcher = await asyncio.to_thread(Matcher, [alone], rules_for)
    kept: list[FoundArticle] = []
    busy: set[int] = set()
    for some in _bites(found):
        for each, lines in await asyncio.to_thread(_stopped, matcher, some):
            busy |= lines
            if not lines:
                kept.append(each)
    return kept, tuple(each for each in exclusions if each.line not in busy)


def _stopped(matcher: Matcher, some: Sequence[FoundArticle]) -> list[tuple[FoundArticle, set[int]]]:
    return [(each, {match.line for match in matcher.match(each.article)}) for each in some]


def _bites(all_: Sequence[T]) -> Iterator[Sequence[T]]:
    return (all_[at : at + BITE] for at in range(0, len(all_), BITE))
