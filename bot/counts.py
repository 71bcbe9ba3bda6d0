"""What the process has done since its start, as plain numbers; `bot.web` shows them to Prometheus.

What the database knows is counted there, so that it outlives the process; this is the rest.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta

WORK = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 15.0)
"""Seconds, up to the deadline of an extraction."""
NEWS = (5.0, 15.0, 30.0, 60.0, 120.0, 300.0, 600.0, 1200.0, 1800.0, 3600.0, 7200.0, 21600.0)
"""Seconds from publication on, up to what is no news any more."""
PERSONAL = "personal"
"""Stands for all lists that chats keep for themselves: who looks for what is nobody's business."""


@dataclass(slots=True)
class Histogram:
    """How many lengths of time were at most as long as each bound, and how long all were."""

    bounds: tuple[float, ...]
    """Seconds, ascending."""
    counts: list[int] = field(default_factory=list)
    """How many lie between each bound and the one before; the last are longer than all bounds."""
    total: float = 0.0

    def __post_init__(self) -> None:
        """Begin with nothing."""
        self.counts = [0] * (len(self.bounds) + 1)

    def add(self, length: timedelta | float) -> None:
        """Count one; a clock that was set back makes it no shorter than nothing."""
        seconds = length.total_seconds() if isinstance(length, timedelta) else length
        self.counts[bisect_left(self.bounds, max(0.0, seconds))] += 1
        self.total += max(0.0, seconds)


@dataclass(slots=True)
class Counts:
    """All that is counted."""

    polls: Counter[str] = field(default_factory=Counter)
    """By outcome: ok, unchanged, held, error."""
    pages: Counter[str] = field(default_factory=Counter)
    """Articles that were to be read on their pages, by outcome: article, walled, or an error."""
    matches: Counter[str] = field(default_factory=Counter)
    """Articles that matched, by watchlist."""
    work: Counter[tuple[str, str]] = field(default_factory=Counter)
    """What workers did, by function and outcome."""
    seconds: dict[str, Histogram] = field(default_factory=dict)
    """How long workers took, by function."""
    discovery: Histogram = field(default_factory=lambda: Histogram(NEWS))
    """From publication to when an entry was first seen."""
    told: Histogram = field(default_factory=lambda: Histogram(NEWS))
    """From publication to when Telegram had confirmed an alert."""

    def worked(self, function: str, outcome: str, seconds: float) -> None:
        """Count what a worker did, and how long it took."""
        self.work[function, outcome] += 1
        self.seconds.setdefault(function, Histogram(WORK)).add(seconds)

    def matched(self, watchlists: Iterable[str]) -> None:
        """Count an article that matched these lists; names with a slash are those of a chat."""
        self.matches.update(PERSONAL if "/" in name else name for name in watchlists)
