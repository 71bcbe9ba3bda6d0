"""The canary: an article of our own goes all the way every hour, and nobody notices."""

from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TypeVar, TypeVarTuple

import pytest
import structlog
from sqlalchemy import func, select
from structlog.testing import capture_logs

from bot.config import Config
from bot.config.sections import ArticlesSection
from bot.daemon.canary import Canary
from bot.errors import WorkerDied
from bot.feeds.parse import parse_feed
from bot.net import Fetcher
from bot.pipeline import Tools
from bot.store import Store, canary
from bot.store.schema import metadata
from bot.watch.matcher import Matcher
from bot.workers import Workers
from tests.pipeline_kit import matching
from tests.store_kit import NOW, opened

T = TypeVar("T")
Ts = TypeVarTuple("Ts")
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


class Readers(Workers):
    """Workers that die over all but `reads`, where that is set."""

    reads: Callable[..., object] | None = None

    async def run(self, function: Callable[[*Ts], T], *args: *Ts, deadline: timedelta) -> T:
        if self.reads not in (None, function):
            raise WorkerDied("a worker ended before it answered")
        return await super().run(function, *args, deadline=deadline)


class Aviary:
    """A daemon's tools, and a clock that is moved by hand."""

    def __init__(self, store: Store, workers: Readers) -> None:
        self.now = NOW
        self.store = store
        self.workers = workers
        self.config = Config()
        self.tools = Tools(store, Fetcher(), workers, self.matcher, lambda: self.now)
        self.canary = Canary(self.tools, lambda: self.config)

    async def matcher(self) -> Matcher:
        return matching({"nordkorea": "Nordkorea"})

    async def arrived(self) -> canary.Arrival | None:
        async with self.store.read() as connection:
            return await canary.latest(connection)

    async def rows(self) -> int:
        """How many rows there are in all tables but that of facts."""
        async with self.store.read() as connection:
            tables = [each for name, each in metadata.tables.items() if name != "settings"]
            return sum(
                [
                    int(await connection.scalar(select(func.count()).select_from(table)) or 0)
                    for table in tables
                ]
            )


@pytest.fixture
async def aviary(tmp_path: Path) -> AsyncIterator[Aviary]:
    workers = Readers(limit=1)
    async with opened(tmp_path) as store:
        yield Aviary(store, workers)
    await workers.close()


async def test_it_comes_through_and_leaves_nothing_but_the_note_that_it_did(
    aviary: Aviary,
) -> None:
    arrival = await aviary.canary.fly()

    assert await aviary.arrived() == arrival
    assert arrival.at == NOW
    assert await aviary.rows() == 0


async def test_it_works_also_where_pages_are_never_read(aviary: Aviary) -> None:
    aviary.config = Config(articles=ArticlesSection(fetch="never"))

    assert (await aviary.canary.fly()).at == NOW


async def test_it_sets_out_five_minutes_after_the_start_and_every_hour(aviary: Aviary) -> None:
    seen = []
    for moment in (0, 4, 5, 10, 64, 65, 70):
        aviary.now = NOW + moment * MINUTE
        await aviary.canary.fly_if_due()
        arrival = await aviary.arrived()
        seen.append(arrival and (arrival.at - NOW) / MINUTE)

    assert seen == [None, None, 5, 5, 5, 65, 65]


async def lost(aviary: Aviary) -> str:
    structlog.reset_defaults()
    aviary.now += HOUR
    with capture_logs() as logged:
        await aviary.canary.fly_if_due()
    assert await aviary.arrived() is None
    return str([each["error"] for each in logged if each["event"] == "canary.lost"])


async def test_where_the_workers_are_gone_it_is_lost_and_the_log_says_where(
    aviary: Aviary,
) -> None:
    await aviary.tools.workers.close()

    assert "its feed brought no entry: reading it broke off" in await lost(aviary)


async def test_where_pages_are_not_extracted_it_is_lost(aviary: Aviary) -> None:
    aviary.workers.reads = parse_feed

    assert "no alert was posted" in await lost(aviary)


async def test_where_the_matcher_fails_it_is_lost(aviary: Aviary) -> None:
    async def broken() -> Matcher:
        raise ValueError("no matcher")

    aviary.canary = Canary(replace(aviary.tools, matcher=broken), lambda: aviary.config)

    assert "no matcher" in await lost(aviary)


async def test_where_the_database_takes_no_note_it_is_lost(aviary: Aviary) -> None:
    async with aviary.store.write() as tx:
        await tx.exec_driver_sql(
            "CREATE TRIGGER full BEFORE INSERT ON settings BEGIN SELECT RAISE(FAIL, 'full'); END"
        )

    assert "full" in await lost(aviary)
