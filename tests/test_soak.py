"""A seeded, short form of `make soak`: no mutated feed or page raises, hangs or ends a worker."""

from bot.workers import Workers
from tests.soak.intake import intake
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
