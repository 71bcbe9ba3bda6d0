"""A watchlist in force: which prepared line is which of its lines, also after an edit."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from bot.watch.watchlist import Query, Watchlist


class Run(NamedTuple):
    """Lines that are prepared side by side."""

    slot: int
    """The first prepared line."""
    line: int
    """The first line of the list: its queries from 0, its exclusions after them."""
    length: int


@dataclass(frozen=True, slots=True)
class Roll:
    """A watchlist with the slots of its lines."""

    key: int
    """What the prepared lines call it."""
    watchlist: Watchlist
    runs: tuple[Run, ...]
    """By slot."""
    _starts: list[int] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_starts", [run.slot for run in self.runs])

    def line(self, slot: int) -> int:
        """Return which line has a slot: the queries from 0, the exclusions after them."""
        at = bisect_right(self._starts, slot) - 1 if len(self.runs) > 1 else 0
        run = self.runs[at]
        return run.line + slot - run.slot


def size(watchlist: Watchlist) -> int:
    """Return how many lines a watchlist has."""
    return len(watchlist.queries) + len(watchlist.exclusions)


def joined(runs: Sequence[Run]) -> tuple[Run, ...]:
    """Return runs by slot, those that continue each other as one."""
    made: list[Run] = []
    for run in sorted(runs):
        last = made[-1] if made else None
        if last and last.slot + last.length == run.slot and last.line + last.length == run.line:
            made[-1] = Run(last.slot, last.line, last.length + run.length)
        else:
            made.append(run)
    return tuple(made)


def kept(roll: Roll, watchlist: Watchlist) -> tuple[Run, ...]:
    """Return the lines of a new version of a list that are prepared already.

    A line is known by its text, as that says all of it under the same `@lang` and `@ignore`.
    """
    old, new = roll.watchlist, watchlist
    if (old.settings.lang, old.settings.ignore) != (new.settings.lang, new.settings.ignore):
        return ()
    pairs = [
        *((a, b, n) for a, b, n in _common(old.queries, new.queries)),
        *(
            (a + len(old.queries), b + len(new.queries), n)
            for a, b, n in _common(old.exclusions, new.exclusions)
        ),
    ]
    by_line = sorted(roll.runs, key=lambda run: run.line)
    firsts = [run.line for run in by_line]
    runs: list[Run] = []
    for old_line, new_line, count in pairs:
        at = max(0, bisect_right(firsts, old_line) - 1)
        while at < len(by_line) and by_line[at].line < old_line + count:
            run = by_line[at]
            first = max(run.line, old_line)
            last = min(run.line + run.length, old_line + count)
            if first < last:
                slot = run.slot + first - run.line
                runs.append(Run(slot, new_line + first - old_line, last - first))
            at += 1
    return joined(runs)


def missing(runs: Sequence[Run], count: int) -> list[int]:
    """Return which of so many lines are in none of the runs."""
    found: list[int] = []
    here = 0
    for run in sorted(runs, key=lambda run: run.line):
        found += range(here, run.line)
        here = run.line + run.length
    found += range(here, count)
    return found


def _common(old: Sequence[Query], new: Sequence[Query]) -> Iterator[tuple[int, int, int]]:
    """Yield stretches of lines that are the same: where in the old, where in the new, how many."""
    before, after = [q.text for q in old], [q.text for q in new]
    shortest = min(len(before), len(after))
    head = 0
    while head < shortest and before[head] == after[head]:
        head += 1
    tail = 0
    while tail < shortest - head and before[-1 - tail] == after[-1 - tail]:
        tail += 1
    if head:
        yield 0, 0, head
    places: dict[str, list[int]] = defaultdict(list)
    for at in range(len(before) - tail - 1, head - 1, -1):
        places[before[at]].append(at)
    for at in range(head, len(after) - tail):
        if places.get(after[at]):
            yield places[after[at]].pop(), at, 1
    if tail:
        yield len(before) - tail, len(after) - tail, tail
