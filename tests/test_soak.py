"""Seeded, short forms of `make soak`.

No mutated feed or page raises, hangs or ends a worker; no kill costs an alert or rings twice.
"""

from pathlib import Path

from bot.workers import Workers
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


async def test_killed_ten_times_while_it_delivers_every_alert_comes_once_or_is_named(
    tmp_path: Path,
) -> None:
    verdict = await kill_often(tmp_path, Plan(kills=10, articles=10, seed=5, life=(0.2, 1.2)))

    assert verdict.faults() == []
    assert verdict.alerts == 50
