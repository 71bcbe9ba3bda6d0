"""Whether the daemon is well, from what is known about its parts."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.web.health import Vitals, faults

NOW = datetime(2025, 5, 9, 8, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
WELL = Vitals(NOW - timedelta(days=1), NOW, database=True, canary=NOW)
SILENT = "the canary has not arrived for 3 h; the log says why"
OVERDUE = "feeds are due, and none was read for 30 min"


def ago(minutes: int) -> datetime:
    return NOW - minutes * MINUTE


@pytest.mark.parametrize(
    ("vitals", "expected"),
    [
        (WELL, []),
        (replace(WELL, last_tick=ago(2)), ["the poll loop has not moved for 60 s"]),
        (replace(WELL, started=ago(2), last_tick=None), ["the poll loop has not moved for 60 s"]),
        (replace(WELL, database=False), ["the database does not answer"]),
        # no feed, or none due
        (replace(WELL, last_success=ago(600)), []),
        (replace(WELL, due_since=NOW + MINUTE, last_success=ago(600)), []),
        (replace(WELL, delivered=ago(1)), []),
        (replace(WELL, delivered=ago(2)), ["the delivery has not moved for 60 s"]),
        # the canary sets out every hour
        (replace(WELL, canary=ago(179)), []),
        (replace(WELL, canary=ago(181)), [SILENT]),
        (replace(WELL, canary=None), [SILENT]),
        (replace(WELL, canary=None, started=ago(179)), []),
        # overdue
        (replace(WELL, due_since=ago(29), last_success=ago(600)), []),
        (replace(WELL, due_since=ago(31), last_success=ago(29)), []),
        (replace(WELL, due_since=ago(31), last_success=ago(31)), [OVERDUE]),
        (replace(WELL, due_since=ago(31)), [OVERDUE]),
        (replace(WELL, started=ago(29), due_since=ago(600), last_success=ago(600)), []),
        # lost feeds are asked again and again, and so never due for long
        (replace(WELL, network_down_since=ago(29), last_success=ago(40)), []),
        (replace(WELL, network_down_since=ago(31), last_success=ago(40)), [OVERDUE]),
        (replace(WELL, network_down_since=ago(31), last_success=ago(3)), []),
    ],
)
def test_what_is_wrong_is_told_in_words(vitals: Vitals, expected: list[str]) -> None:
    assert faults(vitals, NOW) == expected
