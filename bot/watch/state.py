"""What a matcher is made of, and what becomes of it when watchlists change."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from bot.watch.roll import Roll, Run, joined, kept, missing, size
from bot.watch.segment import RulesFor, Segment, Start, Written
from bot.watch.watchlist import Watchlist

_TENTH = 10


class State(NamedTuple):
    """Watchlists, prepared. Segments never change: states share them."""

    segments: tuple[Segment, ...]
    """Each is more than ten times the size of the next."""
    rolls: tuple[Roll, ...]
    """In the order of the watchlists."""
    gone: frozenset[int]
    """Slots of lines that are in force no more, though they are still in a segment."""


def prepared(watchlists: Sequence[Watchlist], rules: RulesFor) -> State:
    """Return watchlists, all prepared anew."""
    lines = [line for key, each in enumerate(watchlists) for line in _written(key, each)]
    segment = Segment(lines, rules, Start())
    rolls: list[Roll] = []
    first = 0
    for key, each in enumerate(watchlists):
        rolls.append(Roll(key, each, (Run(first, 0, size(each)),)))
        first += size(each)
    return State((segment,), tuple(rolls), frozenset())


def changed(state: State, watchlists: Sequence[Watchlist], rules: RulesFor) -> State:
    """Return other watchlists, of which only what is new is prepared."""
    last = state.segments[-1]
    rolls = _carried_over(state, watchlists)
    new = [(roll, missing(roll.runs, size(roll.watchlist))) for roll in rolls]
    count = sum(len(lines) for _, lines in new)
    total = last.next.slot + count
    kept_count = sum(run.length for roll in rolls for run in roll.runs)
    dead = last.next.slot - kept_count
    if dead * _TENTH > total:
        return prepared(watchlists, rules)
    gone = _gone(rolls, last.next.slot) if dead else frozenset()
    if not count:
        return State(state.segments, rolls, gone)
    segments = list(state.segments)
    start, size_of_new = last.next, count
    while segments and size_of_new * _TENTH >= len(segments[-1]):
        merged = segments.pop()
        start, size_of_new = merged.start, size_of_new + len(merged)
    if not segments:
        return prepared(watchlists, rules)
    rolls, lines = _renumbered(rolls, start.slot)
    segments.append(Segment(lines, rules, start))
    return State(tuple(segments), rolls, frozenset(slot for slot in gone if slot < start.slot))


def _carried_over(state: State, watchlists: Sequence[Watchlist]) -> tuple[Roll, ...]:
    """Return the rolls of the new lists, with the lines that are prepared already."""
    by_name: dict[str, list[Roll]] = defaultdict(list)
    for roll in reversed(state.rolls):
        by_name[roll.watchlist.name].append(roll)
    key = max((roll.key for roll in state.rolls), default=-1)
    rolls: list[Roll] = []
    for each in watchlists:
        if known := by_name[each.name]:
            old = known.pop()
            is_same = old.watchlist is each
            rolls.append(old if is_same else Roll(old.key, each, kept(old, each)))
        else:
            key += 1
            rolls.append(Roll(key, each, ()))
    return tuple(rolls)


def _gone(rolls: Iterable[Roll], until: int) -> frozenset[int]:
    """Return the slots that no line has."""
    here = 0
    gone: list[int] = []
    for run in sorted(run for roll in rolls for run in roll.runs):
        gone += range(here, run.slot)
        here = run.slot + run.length
    gone += range(here, until)
    return frozenset(gone)


def _renumbered(rolls: Iterable[Roll], first: int) -> tuple[tuple[Roll, ...], list[Written]]:
    """Return the rolls with new slots, from the first on, for all lines that need one.

    Those are the lines that have none yet or one from the first on; and what is to be prepared.
    """
    lines: list[Written] = []
    made: list[Roll] = []
    for roll in rolls:
        runs = [run for run in roll.runs if run.slot < first]
        count = size(roll.watchlist)
        if sum(run.length for run in runs) == count:
            made.append(roll)
            continue
        for line in missing(runs, count):
            runs.append(Run(first + len(lines), line, 1))
            lines.append(_line(roll.key, roll.watchlist, line))
        made.append(Roll(roll.key, roll.watchlist, joined(runs)))
    return tuple(made), lines


def _written(key: int, watchlist: Watchlist) -> Iterator[Written]:
    return (_line(key, watchlist, line) for line in range(size(watchlist)))


def _line(key: int, watchlist: Watchlist, line: int) -> Written:
    queries = watchlist.queries
    if line < len(queries):
        return Written(key, queries[line].node, watchlist.settings, excludes=False)
    exclusion = watchlist.exclusions[line - len(queries)]
    return Written(key, exclusion.node, watchlist.settings, excludes=True)
