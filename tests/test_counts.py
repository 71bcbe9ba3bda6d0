"""What the process counts: plain numbers."""

from datetime import timedelta

import pytest

from bot.counts import NEWS, WORK, Counts, Histogram


@pytest.mark.parametrize(
    ("seconds", "place"), [(-5, 0), (0, 0), (1, 0), (1.5, 1), (2, 1), (2.1, 2), (1e9, 2)]
)
def test_a_length_belongs_to_the_first_bound_that_it_does_not_exceed(
    seconds: float, place: int
) -> None:
    histogram = Histogram((1.0, 2.0))

    histogram.add(timedelta(seconds=seconds))

    assert histogram.counts[place] == sum(histogram.counts) == 1
    assert histogram.total == max(0, seconds)


@pytest.mark.parametrize("bounds", [WORK, NEWS])
def test_bounds_ascend(bounds: tuple[float, ...]) -> None:
    assert list(bounds) == sorted(set(bounds))


def test_what_chats_look_for_themselves_is_counted_without_a_name() -> None:
    counts = Counts()

    counts.matched(["nordkorea", "own/12"])
    counts.matched(["own/13"])

    assert counts.matches == {"nordkorea": 1, "personal": 2}


def test_work_is_counted_by_function_and_outcome() -> None:
    counts = Counts()

    counts.worked("extract_page", "ok", 0.2)
    counts.worked("extract_page", "timeout", 15.5)
    counts.worked("parse_feed", "ok", 0.01)

    assert counts.work["extract_page", "timeout"] == 1
    assert counts.seconds["extract_page"].total == pytest.approx(15.7)
    assert sum(counts.seconds["parse_feed"].counts) == 1
