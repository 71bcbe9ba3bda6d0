"""/metrics in Prometheus' text format: what the process counted, and what the database knows.

The only door to prometheus-client. Everything is plain numbers until somebody asks; then they are
turned into its families at once.
"""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from prometheus_client import CollectorRegistry, ProcessCollector, generate_latest
from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    Metric,
)
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from prometheus_client.registry import Collector
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot import __version__
from bot.counts import Counts, Histogram
from bot.store.figures import Figures
from bot.web.health import Vitals, ages, faults

CONTENT_TYPE = CONTENT_TYPE_PLAIN_0_0_4
EXTRACTION, PARSING = "extract_page", "parse_feed"
FRESH = timedelta(seconds=5)
"""Counting the whole database costs more than it is worth more often than that."""
Labelled = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Seen:
    """What is known at one moment."""

    counts: Counts
    vitals: Vitals
    figures: Figures | None
    """None: the database does not answer."""
    now: datetime


def exposition(seen: Seen) -> bytes:
    """Return what is known as Prometheus reads it."""
    registry = CollectorRegistry()
    registry.register(_Snapshot(seen))
    ProcessCollector(registry=registry)
    return generate_latest(registry)


class Metrics:
    """Serves them; who asks again at once is told the same."""

    def __init__(self, look: Callable[[], Awaitable[Seen]], now: Callable[[], datetime]) -> None:
        """Look at nothing yet.

        Args:
            look: returns what is known at the moment.
            now: the clock.
        """
        self._look = look
        self._now = now
        self._said: tuple[datetime, bytes] | None = None
        self._looking = asyncio.Lock()

    @property
    def route(self) -> Route:
        """Where they are served."""
        return Route("/metrics", self._answer)

    async def _answer(self, _request: Request) -> Response:
        async with self._looking:
            if self._said is None or not timedelta() <= self._now() - self._said[0] < FRESH:
                self._said = self._now(), exposition(await self._look())
        return Response(self._said[1], headers={"Content-Type": CONTENT_TYPE})


class _Snapshot(Collector):
    """What is known at one moment, as families."""

    def __init__(self, seen: Seen) -> None:
        self._seen = seen

    def collect(self) -> Iterator[Metric]:
        yield from _vitals(self._seen)
        yield from _counted(self._seen.counts)
        if self._seen.figures is not None:
            yield from _stored(self._seen.figures, self._seen.now)


def _vitals(seen: Seen) -> Iterator[Metric]:
    info = GaugeMetricFamily("ausguck_info", "The version that runs.", labels=["version"])
    info.add_metric([__version__], 1)
    yield info
    well = not faults(seen.vitals, seen.now)
    yield GaugeMetricFamily("ausguck_healthy", "1 where /healthz names no fault.", value=well)
    moved = {
        part: seconds
        for part, seconds in ages(seen.vitals, seen.now).items()
        if seconds is not None
    }
    yield _gauge("seconds_since", "How long ago what moved last.", "what", moved)
    if seen.vitals.canary_took is not None:
        took = seen.vitals.canary_took.total_seconds()
        yield GaugeMetricFamily("ausguck_canary_seconds", "How long the canary took.", value=took)


def _counted(counts: Counts) -> Iterator[Metric]:
    yield _counter("polls", "Polls of feeds, by outcome.", "outcome", counts.polls)
    yield _counter(
        "pages", "Articles that were to be read on their pages.", "outcome", counts.pages
    )
    yield _counter("matches", "Articles that matched.", "watchlist", counts.matches)
    for function, name in ((EXTRACTION, "extraction"), (PARSING, "parsing")):
        outcomes = {o: n for (worked, o), n in counts.work.items() if worked == function}
        yield _counter(f"{name}s", f"{name.capitalize()}s in a worker.", "outcome", outcomes)
        if function in counts.seconds:
            took = counts.seconds[function]
            yield _histogram(f"{name}_seconds", "How long a worker took for it.", took)
    yield _histogram("discovery_seconds", "From publication to discovery.", counts.discovery)
    yield _histogram("alert_delay_seconds", "From publication to alert.", counts.told)


def _stored(figures: Figures, now: datetime) -> Iterator[Metric]:
    letters = GaugeMetricFamily(
        "ausguck_letters", "Messages in the outbox's books.", labels=["kind", "state"]
    )
    alerts: Counter[str] = Counter()
    for (kind, state), count in figures.kept.letters.items():
        letters.add_metric([kind, state], count)
        if kind == "alert":
            alerts[state] += count
    yield letters
    yield _gauge("alerts", "Alerts by state.", "state", alerts)
    waiting = {kind: waits.letters for kind, waits in figures.waiting.items()}
    yield _gauge("outbox_waiting", "Messages that wait.", "kind", waiting)
    overdue = {
        kind: max(0.0, (now - waits.since).total_seconds())
        for kind, waits in figures.waiting.items()
    }
    yield _gauge("outbox_oldest_seconds", "Since when the oldest is due.", "kind", overdue)
    yield GaugeMetricFamily(
        "ausguck_lane_depth", "Messages that are due in the fullest chat.", value=figures.deepest
    )
    yield _gauge("matches_kept", "Articles with matches.", "watchlist", figures.kept.matches)
    yield _gauge("feeds", "Feeds by state.", "state", figures.feeds)
    yield GaugeMetricFamily(
        "ausguck_entries_waiting", "Entries that are due to be read.", value=figures.unread
    )


def _counter(name: str, help_: str, label: str, values: Labelled) -> Metric:
    family = CounterMetricFamily(f"ausguck_{name}", help_, labels=[label])
    for value, count in sorted(values.items()):
        family.add_metric([value], count)
    return family


def _gauge(name: str, help_: str, label: str, values: Labelled) -> Metric:
    family = GaugeMetricFamily(f"ausguck_{name}", help_, labels=[label])
    for value, count in sorted(values.items()):
        family.add_metric([value], count)
    return family


def _histogram(name: str, help_: str, histogram: Histogram) -> Metric:
    total, buckets = 0, []
    bounds = [*(f"{bound:g}" for bound in histogram.bounds), "+Inf"]
    for bound, count in zip(bounds, histogram.counts, strict=True):
        total += count
        buckets.append((bound, total))
    return HistogramMetricFamily(f"ausguck_{name}", help_, buckets, sum_value=histogram.total)
