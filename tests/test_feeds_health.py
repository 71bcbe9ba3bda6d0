"""How a feed is, and whether it is our own network that fails."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import accumulate

import pytest

from bot.feeds.health import Known, health, in_words, latest, median, patience, per_day
from bot.feeds.outage import Outcome, is_outage

NOW = datetime(2025, 5, 9, 8, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def moments(*gaps: timedelta) -> tuple[datetime, ...]:
    """Publications with these gaps between them, the last one now."""
    return (NOW, *accumulate(reversed(gaps), lambda date, gap: date - gap, initial=NOW))[1:]


DAILY = moments(*[DAY] * 10)
WELL = Known(NOW - 30 * DAY, "active", NOW - MINUTE, 0, NOW - HOUR, DAILY)


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        (WELL, "well"),
        (replace(WELL, state="paused", errors=9), "paused"),
        (replace(WELL, state="gone", errors=9), "gone"),
        (replace(WELL, last_success=None), "new"),
        (replace(WELL, errors=1), "failing"),
        (replace(WELL, errors=4), "failing"),
        (replace(WELL, errors=5), "ill"),
        (replace(WELL, errors=5, last_success=None), "ill"),
        (replace(WELL, errors=1, last_success=NOW - 3 * DAY), "failing"),
        (replace(WELL, errors=2, last_success=NOW - 23 * HOUR), "failing"),
        (replace(WELL, errors=2, last_success=NOW - 25 * HOUR), "ill"),
        (replace(WELL, errors=2, last_success=None, added=NOW - HOUR), "failing"),
        (replace(WELL, last_new=NOW - 6 * DAY), "well"),
        (replace(WELL, last_new=NOW - 6 * DAY - HOUR), "silent"),
        (replace(WELL, last_new=NOW - 7 * DAY, errors=1), "failing"),
    ],
)
def test_how_a_feed_is_follows_from_what_is_known_of_it(known: Known, expected: str) -> None:
    assert health(known, NOW) == expected


@pytest.mark.parametrize(
    ("gaps", "expected"),
    [
        ([DAY] * 10, 6 * DAY),
        ([2 * HOUR] * 30, 2 * DAY),
        ([HOUR] * 39 + [30 * DAY], 2 * DAY),
        ([HOUR] * 17 + [3 * DAY] * 3, 18 * DAY),
        ([DAY, DAY, 3 * DAY], 18 * DAY),
        ([DAY, DAY], 30 * DAY),
        ([], 30 * DAY),
        (([MINUTE] * 29 + [7 * DAY]) * 4, 6 * (7 * DAY + 29 * MINUTE)),
    ],
)
def test_the_patience_with_a_feed_is_six_of_its_longest_usual_gaps_and_two_days_at_least(
    gaps: list[timedelta], expected: timedelta
) -> None:
    assert patience(moments(*gaps)) == expected


def test_a_feed_that_never_brought_anything_is_silent_a_month_after_it_was_added() -> None:
    empty = replace(WELL, last_new=None, moments=(), added=NOW - 29 * DAY)

    assert health(empty, NOW) == "well"
    assert health(empty, NOW + 2 * DAY) == "silent"


@pytest.mark.parametrize(
    ("count", "oldest", "expected"),
    [(70, NOW - 30 * DAY, 10), (20, NOW - 2 * DAY, 10), (5, NOW - HOUR, 5), (0, None, 0)],
)
def test_entries_a_day_are_counted_over_a_week_or_as_far_back_as_they_go(
    count: int, oldest: datetime | None, expected: float
) -> None:
    assert per_day(count, oldest, NOW, 7 * DAY) == expected


def test_the_median_is_the_one_in_the_middle() -> None:
    assert median([HOUR, MINUTE, DAY]) == HOUR
    assert median([]) is None


def test_the_last_moment_of_a_rhythm_is_an_instant() -> None:
    assert latest([1, 60]) == datetime(1970, 1, 1, 1, tzinfo=UTC)
    assert latest([]) is None


@pytest.mark.parametrize(
    ("length", "expected"),
    [(40 * MINUTE / 60, "40 s"), (7 * MINUTE, "7 min"), (3 * HOUR, "3 h"), (9 * DAY, "9 days")],
)
def test_a_length_of_time_is_told_as_people_tell_it(length: timedelta, expected: str) -> None:
    assert in_words(length) == expected


def outcomes(failed: int, worked: int, apart: timedelta = timedelta(0)) -> list[Outcome]:
    """The failures are the newest."""
    ways = [False] * failed + [True] * worked
    return [Outcome(f"h{n}", NOW - n * apart, way) for n, way in enumerate(ways)]


@pytest.mark.parametrize(
    ("failed", "worked", "apart", "expected"),
    [
        (3, 0, MINUTE, True),
        (3, 1, MINUTE, True),
        (3, 2, MINUTE, False),
        (2, 0, MINUTE, False),
        (70, 30, timedelta(0), True),
        (60, 40, timedelta(0), False),
        (7, 90, MINUTE, True),
        (6, 90, MINUTE, False),
        (3, 0, timedelta(minutes=20), False),
        (0, 5, MINUTE, False),
    ],
)
def test_most_hosts_failing_at_once_is_an_outage(
    failed: int, worked: int, apart: timedelta, expected: bool
) -> None:
    assert is_outage(outcomes(failed, worked, apart), NOW) is expected


def test_many_feeds_of_one_host_are_one_host() -> None:
    assert not is_outage([Outcome("h", NOW, reached=False)] * 50, NOW)


def test_the_newest_outcome_of_a_host_counts() -> None:
    back = [Outcome(f"h{n}", NOW, reached=True) for n in range(3)]
    before = [Outcome(f"h{n}", NOW - MINUTE, reached=False) for n in range(3)]

    assert not is_outage([*before, *back], NOW)
