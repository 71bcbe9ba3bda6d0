"""Counts what the lines of a watchlist, and the forms of their words, brought in.

An event counts once, however many articles report it, and it is a false alarm where somebody has
called one of them not relevant.
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from bot.model import FoundArticle
from bot.watch.companions import key_of_form
from bot.watch.watchlist import Query, Watchlist


class Seen(NamedTuple):
    """An article that a list alerts."""

    found: FoundArticle
    """With its matches."""
    event: Hashable
    """Equal for articles of one story."""
    unwanted: bool = False
    """Somebody called its alert not relevant."""


class LineCount(NamedTuple):
    """What one line brought in."""

    query: Query
    articles: int
    events: int
    alone: int
    """Events that no other line found."""
    unwanted: int
    """Of the events."""


class FormCount(NamedTuple):
    """What one form of a word brought in."""

    text: str
    """As it is mostly written."""
    rule: str
    """Why it counts; see `Span.rule`."""
    lines: tuple[int, ...]
    """The lines that it counts for."""
    events: int
    alone: int
    """Events that were found by no other form."""
    unwanted: int
    """Of the events."""


@dataclass(frozen=True, slots=True)
class Tally:
    """What a list brought in."""

    articles: int
    events: int
    unwanted: int
    """Of the events."""
    lines: tuple[LineCount, ...]
    """All lines that look for something, in their order."""
    forms: tuple[FormCount, ...]
    """Those of most events first."""


def tally(watchlist: Watchlist, seen: Sequence[Seen]) -> Tally:
    """Count what a list brought in."""
    unwanted = {each.event for each in seen if each.unwanted}
    by_line = _events_by_line(seen)
    found_by = Counter(event for events in by_line.values() for event in events)
    articles = Counter(
        line for each in seen for line in {match.line for match in each.found.matches}
    )
    counted = []
    for query in watchlist.queries:
        events = by_line.get(query.line, set())
        alone = sum(found_by[event] == 1 for event in events)
        count = (articles[query.line], len(events), alone, len(events & unwanted))
        counted.append(LineCount(query, *count))
    events = {each.event for each in seen}
    return Tally(
        len(seen), len(events), len(unwanted), tuple(counted), tuple(_forms(seen, unwanted))
    )


def _events_by_line(seen: Sequence[Seen]) -> Mapping[int, set[Hashable]]:
    found: defaultdict[int, set[Hashable]] = defaultdict(set)
    for each in seen:
        for match in each.found.matches:
            found[match.line].add(each.event)
    return found


def _forms(seen: Sequence[Seen], unwanted: set[Hashable]) -> list[FormCount]:
    written: defaultdict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    lines: defaultdict[str, set[int]] = defaultdict(set)
    by_form: defaultdict[str, set[Hashable]] = defaultdict(set)
    by_event: defaultdict[Hashable, set[str]] = defaultdict(set)
    for each in seen:
        for match in each.found.matches:
            for span in match.spans:
                key = key_of_form(span.text)
                written[key][" ".join(span.text.split()), span.rule] += 1
                lines[key].add(match.line)
                by_form[key].add(each.event)
                by_event[each.event].add(key)
    counted = []
    for key, events in by_form.items():
        (text, rule), _ = min(written[key].items(), key=lambda item: (-item[1], item[0]))
        alone = sum(len(by_event[event]) == 1 for event in events)
        count = (len(events), alone, len(events & unwanted))
        counted.append(FormCount(text, rule, tuple(sorted(lines[key])), *count))
    return sorted(counted, key=lambda each: (-each.events, each.text))


def fewest_for(share: float, counts: Iterable[tuple[LineCount, int]]) -> list[LineCount]:
    """Return the fewest lines that together have such a share of what is counted."""
    ranked = sorted(counts, key=lambda each: -each[1])
    wanted, got, chosen = share * sum(count for _, count in ranked), 0, []
    for line, count in ranked:
        if got >= wanted or not count:
            break
        chosen.append(line)
        got += count
    return chosen
