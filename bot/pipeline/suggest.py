"""Suggests what goes with a query: what the archive says, chosen by `bot.watch.companions`."""

import asyncio
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.errors import WatchlistError
from bot.model import Article, FoundArticle
from bot.pipeline import archive
from bot.store import Store, background, stories
from bot.store import archive as index
from bot.text.languages import rules_for
from bot.watch.companions import (
    Companion,
    Elsewhere,
    Form,
    Mentions,
    companions,
    forms,
    mentions,
)
from bot.watch.language import parse_query
from bot.watch.matcher import Matcher
from bot.watch.watchlist import Watchlist

MOST = 500
"""Articles of the query that are read, the newest: what goes with it, they say as well."""
SAMPLE = 2_000
"""Articles of the archive that they are compared with."""
SHOWN = 8
MEANT = 1 / 3
"""The share of the events of a word that the query must find too: else it is about other things."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A name or word that goes with a query."""

    line: str
    """As a watchlist would have it."""
    events: int
    """Of those that the query finds, in so many it is."""
    more: int
    """About so many events it would find that the query does not, by the sample."""


@dataclass(frozen=True, slots=True)
class Suggestions:
    """What goes with a query."""

    articles: int
    events: int
    forms: Sequence[Form]
    """By which the query finds, those of most events first."""
    found: Sequence[Suggestion]
    cut: bool
    """The query finds more than was read: these are the newest."""


async def suggest(store: Store, watchlist: Watchlist, since: datetime) -> Suggestions:
    """Return what goes with a query, or with a list, in the articles since then.

    Raises:
        archive.Damaged: the index was.
    """
    found = await archive.search(store, watchlist, since, MOST)
    events = await _by_event(store, found)
    groups = list(events.values())
    named = await asyncio.to_thread(mentions, groups)
    elsewhere, times = await _elsewhere(store, since, named, events.keys())
    # In the thread, both of them: to weigh hundreds of thousands of words takes a second.
    told = await asyncio.to_thread(lambda: _chosen(watchlist, companions(named, elsewhere), times))
    shown = await asyncio.to_thread(forms, groups)
    return Suggestions(len(found), len(groups), shown, told, len(found) >= MOST)


async def _by_event(
    store: Store, found: Sequence[FoundArticle]
) -> Mapping[int, Sequence[FoundArticle]]:
    async with store.read() as connection:
        known = await stories.stories_of(connection, [each.entry_id for each in found])
    events: defaultdict[int, list[FoundArticle]] = defaultdict(list)
    for each in found:
        events[known.get(each.entry_id, -each.entry_id)].append(each)
    return events


async def _elsewhere(
    store: Store, since: datetime, named: Mentions, without: Collection[int]
) -> tuple[Elsewhere, int]:
    """Count in how many other events the words are, by a sample of the index.

    Returns:
        The counts, and for how many articles each of the sample stands.
    """
    stem_of = {form: stem for stem, written in named.spellings.items() for form in written}
    async with store.read() as connection:
        some, step = await background.sample(connection, since, SAMPLE)
        known = await stories.stories_of(connection, [each.entry_id for each in some])
        numbered: dict[int, str] = {}
        for language in await index.languages(connection):
            numbers = await index.known(connection, language, stem_of)
            numbered |= {number: stem_of[form] for form, number in numbers.items()}
    events = {known.get(each.entry_id, -each.entry_id): each.packed for each in some}
    others = [packed for event, packed in events.items() if event not in without]
    return await asyncio.to_thread(_counted, others, numbered), step


def _counted(packed: Iterable[bytes], numbered: Mapping[int, str]) -> Elsewhere:
    counts: Counter[str] = Counter()
    events = 0
    for each in packed:
        events += 1
        counts.update({numbered[n] for n in background.numbers(each) if n in numbered})
    return Elsewhere(events, counts)


def _chosen(watchlist: Watchlist, found: Sequence[Companion], times: int) -> Sequence[Suggestion]:
    """Return what can be written as a line, and is not found already."""
    matcher, chosen = Matcher([watchlist], rules_for), dict[str, Suggestion]()
    for each in found:
        line, more = line_of(each.text), each.others * times
        is_meant = each.events >= MEANT * (each.events + more)
        if line and is_meant and not matcher.match(Article(each.text, each.text, "title")):
            chosen.setdefault(line, Suggestion(line, each.events, more))
        if len(chosen) == SHOWN:
            break
    return list(chosen.values())


def line_of(text: str) -> str:
    """Return a name as a line of a watchlist; empty: it cannot be one."""
    for line in (text, f'"{text}"'):
        try:
            parse_query(line)
        except WatchlistError:
            continue
        return line
    return ""
