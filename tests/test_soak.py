"""Seeded, short forms of `make soak`.

No mutated feed or page raises, hangs or ends a worker; no kill costs an alert or rings twice; of a
day's news each article that is wanted is told once.
"""

from pathlib import Path

from bot.workers import Workers
from tests.soak.day import Plan as Day
from tests.soak.day import soak
from tests.soak.intake import intake
from tests.soak.kills import Plan, kill_often
from tests.soak.run import Soak


async def test_no_mutated_feed_or_page_breaks_anything() -> None:
    workers = Workers()
    soak = Soak(workers)

    await soak.mutations(range(160), seconds=30)
    await soak.made_up(40, seconds=30)
    polls, findings = await intake(workers, range(40), seconds=30)
    await workers.close()

    assert (polls, findings) == (40, [])
    assert soak.report.findings == []
    assert soak.report.outcomes["feed read"] > 20
    assert soak.report.outcomes["page read"] > 20


async def test_killed_six_times_at_work_every_alert_comes_once_or_is_named(
    tmp_path: Path,
) -> None:
    verdict = await kill_often(tmp_path, Plan(kills=6, articles=10, seed=5, life=(0.2, 1.2)))

    assert verdict.faults() == []
    assert verdict.alerts == 50


async def test_a_quarter_of_an_hour_of_news_in_seconds_is_told_once(tmp_path: Path) -> None:
    day, others = await soak(tmp_path, Day(hours=0.25, feeds=10, articles=100))

    told = day.judge()
    assert told.faults + others == []
    assert told.alerts > 2
    assert len(day.out) == 100
