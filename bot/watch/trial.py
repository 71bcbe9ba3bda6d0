"""Tries changes of a watchlist on what it brought in: what each would have left out."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field, replace

from bot.model import FoundArticle
from bot.watch.matcher import Matcher
from bot.watch.remedies import Remedy, changed
from bot.watch.segment import RulesFor
from bot.watch.tally import Seen, Tally
from bot.watch.watchlist import Watchlist

EXAMPLES = 3
FEWEST = 2
"""Events that a change must leave out where nobody has called one of them a false alarm."""
_RANKS = {"excluded": 3, "unwanted_form": 3, "unwanted_word": 3, "surprising_form": 2, "loud": 0}
_SUPERFLUOUS = "superfluous"


@dataclass(frozen=True, slots=True)
class Tried:
    """A change, and what it would have done."""

    remedy: Remedy
    source: str
    """The watchlist's text with it."""
    articles: int
    """What the list would still have found."""
    events: int
    unwanted: int
    """Of these events."""
    lost: frozenset[Hashable]
    """The events that it would not have found."""
    left_out: tuple[FoundArticle, ...]
    """Examples of them, an article of each; false alarms first."""


class Trial:
    """Tries changes on what a list brought in, some articles at a time."""

    def __init__(
        self, watchlist: Watchlist, counted: Tally, wanted: Sequence[Remedy], rules: RulesFor
    ) -> None:
        """Prepare all changes at once.

        Args:
            watchlist: the list as it is.
            counted: what it brought in: lines that brought nothing need not be tried.
            wanted: the changes.
            rules: returns the rules of a language by its code.
        """
        self._counted = counted
        idle = {each.query.text for each in counted.lines if not each.articles}
        self._left: dict[str, _Left] = {}
        lists = []
        for number, remedy in enumerate(wanted):
            made = changed(watchlist, remedy.edit)
            if made is not None:
                name = f"{number}"
                self._left[name] = _Left(remedy, made.source)
                left = tuple(each for each in made.queries if each.text not in idle)
                feeds, tags = watchlist.settings.feeds, watchlist.settings.tags
                settings = replace(made.settings, feeds=feeds, tags=tags)
                lists.append(Watchlist(name, left, made.exclusions, settings, ""))
        self._matcher = Matcher(lists, rules)

    def read(self, some: Sequence[Seen]) -> None:
        """Try all changes on some of the articles."""
        for each in some:
            matches = self._matcher.match(each.found.article, feed=each.found.outlet)
            names = {match.watchlist for match in matches}
            for name, left in self._left.items():
                left.take(each, is_found=name in names)

    def results(self) -> list[Tried]:
        """Return what the changes would have done, the best first; without those of no use.

        Of several that would have left out the same, the best alone.
        """
        tried = [
            each for each in (left.tried() for left in self._left.values()) if self._helps(each)
        ]
        best: dict[object, Tried] = {}
        for each in sorted(tried, key=self._merit, reverse=True):
            best.setdefault(each.lost or each.remedy, each)
        return list(best.values())

    def _helps(self, tried: Tried) -> bool:
        if tried.remedy.why == _SUPERFLUOUS:
            return not tried.lost
        few = 1 if tried.unwanted < self._counted.unwanted else FEWEST
        return bool(tried.events) and len(tried.lost) >= few

    def _merit(self, tried: Tried) -> tuple[float, int, int, int]:
        """Return how good a change is: how much of what it leaves out is not wanted comes first."""
        away = self._counted.unwanted - tried.unwanted
        share = away / len(tried.lost) if tried.lost else 0.0
        return share, away, _RANKS.get(tried.remedy.why, 1), len(tried.lost)


@dataclass(slots=True)
class _Left:
    """What a change would have left of what came in."""

    remedy: Remedy
    source: str
    articles: int = 0
    events: set[Hashable] = field(default_factory=set)
    unwanted: set[Hashable] = field(default_factory=set)
    missed: dict[Hashable, FoundArticle] = field(default_factory=dict)

    def take(self, seen: Seen, *, is_found: bool) -> None:
        """Count an article."""
        if seen.unwanted:
            self.unwanted.add(seen.event)
        if is_found:
            self.articles += 1
            self.events.add(seen.event)
        else:
            self.missed.setdefault(seen.event, seen.found)

    def tried(self) -> Tried:
        """Return what came of it."""
        lost = [event for event in self.missed if event not in self.events]
        lost.sort(key=lambda event: event not in self.unwanted)
        return Tried(
            self.remedy,
            self.source,
            self.articles,
            len(self.events),
            len(self.unwanted & self.events),
            frozenset(lost),
            tuple(self.missed[event] for event in lost[:EXAMPLES]),
        )
