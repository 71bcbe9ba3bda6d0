"""How soon news is discovered: real publication times replayed against the pacing of polls.

    .venv/bin/python -m tests.bench.delay

A feed of the corpus is taken as it was published, the newest 30 days of it at most. The first
third of its entries is what the first poll lists; from then on `bot.feeds.pacing` says when to
poll, and a poll finds what was published until then. The delay is the time from publication to
that poll. Beside it a fixed interval with the same number of requests and the same jitter, for
each feed its own, and in the last row one for all feeds. "From nothing" hides the dates of the
first poll: so it is with feeds that date all their entries alike, as the news of Deutschlandfunk
do, whose own times can therefore not be replayed.

To be reached: tagesschau, Deutschlandfunk and RND, one by one, with a 95th percentile of 6 minutes.
"""

import random
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from statistics import fmean
from typing import NamedTuple

from bot.config.sections import PollSection
from bot.errors import NotAFeed
from bot.feeds.pacing import Known, Pace, plan
from bot.feeds.parse import parse_feed
from bot.feeds.rhythm import Rhythm, heard
from tests.bench import corpus

FEEDS = corpus.CORPUS / "feeds"
ASKED_FOR = ("tagesschau", "deutschlandfunk", "rnd")
SPAN = timedelta(days=30)
FEWEST = 12
RUNS = 30
"""With ten, the 95th percentile of a feed with few entries moves by 0.3 minutes by chance alone."""
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
_poll = PollSection()
PACE = Pace(_poll.every, _poll.min, _poll.max)

Next = Callable[[Rhythm, datetime, float], datetime]


class Source(NamedTuple):
    """A feed with its publication times, the oldest first."""

    name: str
    times: Sequence[datetime]


@dataclass
class Outcome:
    """What came of replays."""

    delays: list[float] = field(default_factory=list)
    """In minutes."""
    requests: int = 0
    span: timedelta = timedelta(0)

    def add(self, other: "Outcome") -> None:
        """Take another one in."""
        self.delays += other.delays
        self.requests += other.requests
        self.span += other.span

    def __str__(self) -> str:
        ordered = sorted(self.delays)
        p95 = ordered[int(0.95 * (len(ordered) - 1))]
        return f"{fmean(ordered):5.1f} {p95:5.1f}"


def main() -> None:
    """Print a line for every feed, and one for all."""
    corpus.needed()
    print(f"{'minutes: mean, 95th percentile':36} entries polls/day   paced", end="")
    print("        fixed        from nothing")
    replayed, total = [], Outcome()
    for source in sources():
        paced = replays(source, _paced)
        fixed = replays(source, _fixed(paced.span / paced.requests))
        blind = replays(source, _paced, dates=False)
        print(f"{source.name:36}{len(source.times):8}{_row(paced)}  {fixed}  {blind}")
        replayed.append(source)
        total.add(paced)
    same = Outcome()
    for source in replayed:
        same.add(replays(source, _fixed(total.span / total.requests)))
    print(f"{'all, with one fixed interval':36}{'':8}{_row(total)}  {same}")


def _row(outcome: Outcome) -> str:
    return f"{outcome.requests / (outcome.span / DAY):10.0f}   {outcome}"


def sources() -> Iterable[Source]:
    """Yield the feeds with enough dated entries: those that are asked for, then the others."""
    paths = sorted(path for path in FEEDS.iterdir() if path.name != "MANIFEST.json")
    named = [path for path in paths if any(name in path.name for name in ASKED_FOR)]
    for path in [*named, *(path for path in paths if path not in named)]:
        try:
            parsed = parse_feed(path.read_bytes(), "", "https://corpus.example/feed")
        except NotAFeed:
            continue
        dates = sorted(e.published for e in parsed.entries if e.published and not e.whole_day)
        times = [date for date in dates if dates[-1] - date <= SPAN]
        if len(times) >= FEWEST and times[-1] - times[0] > 60 * MINUTE:
            yield Source(path.name.partition("__")[2], times)
        elif path in named:
            print(f"{path.name.partition('__')[2]:36}    dates all entries alike: not replayed")


def replays(source: Source, ask: Next, *, dates: bool = True) -> Outcome:
    """Replay a feed several times, from different moments and with different jitter."""
    total = Outcome()
    for run in range(RUNS):
        total.add(_replay(source.times, ask, random.Random(run), dates=dates))
    return total


def _replay(times: Sequence[datetime], ask: Next, chance: random.Random, *, dates: bool) -> Outcome:
    found = len(times) // 3
    start = now = times[found - 1] + MINUTE * chance.uniform(0, 5)
    found = bisect_right(times, now)
    rhythm = heard((), times[:found] if dates else ())
    outcome = Outcome(requests=1)
    while found < len(times):
        now = ask(rhythm, now, chance.uniform(-1, 1))
        outcome.requests += 1
        until = bisect_right(times, now)
        outcome.delays += [(now - time) / MINUTE for time in times[found:until]]
        if until > found:
            rhythm = heard(rhythm, [now])
        found = until
    outcome.span = now - start
    return outcome


def _paced(rhythm: Rhythm, now: datetime, spread: float) -> datetime:
    return plan(Known(rhythm=rhythm), PACE, now, spread).due


def _fixed(interval: timedelta) -> Next:
    def ask(_: Rhythm, now: datetime, spread: float) -> datetime:
        return plan(Known(every=interval), PACE, now, spread).due

    return ask


if __name__ == "__main__":
    main()
