"""When a feed is asked again: its rhythm, the server's word, errors."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import (
    NotAFeed,
    NotAllowed,
    Refused,
    TooBig,
    Unreachable,
    WorkerDied,
    WorkerFailed,
    WorkerTimeout,
)
from bot.feeds.pacing import JITTER, LONGEST, SHORTEST, Known, Pace, in_words, plan, weight
from bot.feeds.rhythm import MOST, expected_gap, heard
from bot.model import Hints

NOW = datetime(2025, 5, 7, 12, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
PACE = Pace(10 * MINUTE, 3 * MINUTE, 60 * MINUTE)


def every(gap: timedelta, count: int = 30, last: datetime = NOW) -> tuple[int, ...]:
    """The rhythm of a feed that brings something so often, the last time at `last`."""
    return heard((), [last - gap * number for number in range(count)])


def wait(known: Known, spread: float = 0, pace: Pace = PACE) -> timedelta:
    return plan(known, pace, NOW, spread).due - NOW


BUSY = every(20 * MINUTE)
SLOW = every(10 * DAY, last=NOW - 12 * HOUR)


# The interval.


def test_a_feed_without_history_begins_with_the_usual_interval() -> None:
    assert wait(Known()) == 10 * MINUTE
    assert wait(Known(rhythm=every(HOUR, count=3))) == 10 * MINUTE


@pytest.mark.parametrize(
    ("gap", "shortest", "longest"),
    [
        (5 * MINUTE, 3, 3.1),
        (20 * MINUTE, 3, 3.2),
        (2 * HOUR, 3.5, 4),
        (10 * DAY, 60, 60),
    ],
)
def test_the_interval_follows_the_gap_between_entries(
    gap: timedelta, shortest: float, longest: float
) -> None:
    rhythm = every(gap, last=NOW - min(gap, 12 * HOUR))

    assert shortest * MINUTE <= wait(Known(rhythm=rhythm)) <= longest * MINUTE


def test_a_feed_that_appears_at_one_hour_is_asked_most_around_it() -> None:
    at_noon = heard((), [NOW - DAY * number for number in range(1, 15)])
    known = Known(rhythm=at_noon)

    waits = [plan(known, PACE, NOW + HOUR * hours, 0).interval for hours in range(-12, 12)]

    assert waits[12] == min(waits) < 5 * MINUTE
    assert max(waits) > 12 * MINUTE


def test_an_hour_of_the_day_is_known_from_the_last_four_weeks() -> None:
    of_late = [NOW + 8 * HOUR - DAY * number for number in range(1, 14)]
    before = [NOW - DAY * number for number in range(14, 28)]
    long_ago = [moment - 28 * DAY for moment in before]

    assert wait(Known(rhythm=heard((), [*before, *of_late]))) < 6 * MINUTE
    assert wait(Known(rhythm=heard((), [*long_ago, *of_late]))) > 12 * MINUTE


def test_a_feed_that_falls_silent_is_asked_less_and_less() -> None:
    known = Known(rhythm=every(20 * MINUTE))

    waits = [plan(known, PACE, NOW + days * DAY, 0).interval for days in (0, 15, 60, 999)]

    assert waits == sorted(waits)
    assert waits[-1] == 60 * MINUTE


def test_a_feed_that_wakes_up_is_followed_at_once() -> None:
    awake = heard(every(7 * DAY, last=NOW - 7 * DAY), [NOW - 10 * MINUTE * n for n in range(4)])

    assert wait(Known(rhythm=awake)) < 4 * MINUTE


def test_one_entry_of_long_ago_counts_for_little() -> None:
    pinned = heard(every(20 * MINUTE, count=20), [NOW - 900 * DAY])

    assert wait(Known(rhythm=pinned)) < 4 * MINUTE


def test_a_feed_that_dates_all_its_entries_alike_has_no_rhythm() -> None:
    assert expected_gap(heard((), [NOW] * 30), NOW) is None


def test_only_the_newest_moments_are_kept_and_each_minute_once() -> None:
    rhythm = heard(every(HOUR, count=MOST), [NOW + HOUR, NOW + HOUR + timedelta(seconds=30)])

    assert len(rhythm) == MOST
    assert rhythm[-1] - rhythm[-2] == 60


def test_what_is_set_for_a_feed_beats_all_but_errors_and_the_servers_wish() -> None:
    known = Known(every=7 * DAY, rhythm=BUSY, hints=Hints(ttl=5 * MINUTE), fresh_for=30 * DAY)

    assert wait(known) == 7 * DAY
    assert wait(replace(known, every=MINUTE)) == MINUTE
    assert wait(replace(known, every=MINUTE, streak=2)) == 4 * MINUTE
    assert wait(replace(known, every=MINUTE, retry_after=HOUR)) == HOUR


# Hints.


@pytest.mark.parametrize("hints", [Hints(ttl=90 * MINUTE), Hints(DAY, tuple(range(24)))])
def test_hints_never_make_the_interval_longer(hints: Hints) -> None:
    assert wait(Known(hints=hints)) == wait(Known())
    assert wait(Known(rhythm=BUSY, hints=hints)) == wait(Known(rhythm=BUSY))


def test_a_short_ttl_counts_until_the_rhythm_is_known() -> None:
    short = Hints(ttl=5 * MINUTE)

    assert wait(Known(hints=short)) == 5 * MINUTE
    assert wait(Known(hints=Hints(ttl=MINUTE))) == 3 * MINUTE
    assert wait(Known(hints=replace(short, skip_hours=(12,)))) == 10 * MINUTE
    assert wait(Known(rhythm=SLOW, hints=short)) == 60 * MINUTE


# What binds.


@pytest.mark.parametrize(
    ("rhythm", "fresh_for", "expected"),
    [
        pytest.param(BUSY, 10 * MINUTE, 10 * MINUTE, id="longer than the rhythm"),
        pytest.param(BUSY, HOUR, 15 * MINUTE, id="a fast feed is not held longer"),
        pytest.param((), DAY, 15 * MINUTE, id="nor one that is not known yet"),
        pytest.param(SLOW, 2 * HOUR, 2 * HOUR, id="a slow one is"),
        pytest.param(SLOW, 3 * DAY, 5 * HOUR, id="up to five hours"),
        pytest.param(SLOW, MINUTE, 60 * MINUTE, id="shorter than the rhythm"),
    ],
)
def test_a_feed_is_not_asked_while_its_answer_is_fresh(
    rhythm: tuple[int, ...], fresh_for: timedelta, expected: timedelta
) -> None:
    known = Known(rhythm=rhythm, fresh_for=fresh_for)

    assert wait(known) == expected
    assert wait(known, spread=-1) >= min(fresh_for, expected)


def test_no_feed_is_asked_before_the_server_wants_to_be_asked() -> None:
    known = Known(rhythm=BUSY, streak=0.5, retry_after=2 * HOUR)

    assert wait(known, spread=-1) == 2 * HOUR
    assert wait(replace(known, retry_after=30 * DAY), spread=1) == DAY
    assert wait(replace(known, retry_after=MINUTE)) > 3 * MINUTE


# Errors.


@pytest.mark.parametrize(
    ("streak", "expected"),
    [
        (0, 10 * MINUTE),
        (0.5, 2**0.5 * 10 * MINUTE),
        (1, 20 * MINUTE),
        (3, 80 * MINUTE),
        (8, DAY),
        (1e9, DAY),
    ],
)
def test_errors_make_the_wait_longer_up_to_a_day(streak: float, expected: timedelta) -> None:
    assert wait(Known(streak=streak)) == expected


def test_an_interval_longer_than_a_day_is_kept() -> None:
    assert wait(Known(every=7 * DAY, streak=5)) == 7 * DAY


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (Refused(404), 1),
        (Refused(403), 1),
        (NotAFeed("a page"), 1),
        (NotAllowed("a private address"), 1),
        (TooBig("more than 10 MB"), 1),
        (WorkerFailed("TypeError"), 1),
        (Refused(500), 0.5),
        (Refused(429), 0.5),
        (WorkerTimeout("10 s"), 0.5),
        (WorkerDied("signal 6"), 0.5),
        (ZeroDivisionError(), 0.5),
        (Unreachable("no name"), 0.25),
    ],
)
def test_an_error_counts_the_more_the_less_it_passes(error: Exception, expected: float) -> None:
    assert weight(error) == expected


# Always.

LENGTHS = st.timedeltas(timedelta(0), timedelta(days=400))
KNOWN = st.builds(
    Known,
    every=st.none() | st.timedeltas(timedelta(0), DAY),
    rhythm=st.lists(st.integers(0, 40_000_000), max_size=80).map(lambda m: tuple(sorted(set(m)))),
    hints=st.builds(Hints, ttl=st.none() | LENGTHS),
    fresh_for=st.none() | LENGTHS,
    streak=st.floats(0, 1e6),
    retry_after=st.none() | LENGTHS,
)
SPREAD = st.floats(-1, 1)
SHORT = st.timedeltas(timedelta(0), DAY)
PACES = st.builds(Pace, SHORT, SHORT, SHORT)


@given(KNOWN, PACES, SPREAD)
def test_a_feed_is_always_asked_again_within_a_day_and_never_at_once(
    known: Known, pace: Pace, spread: float
) -> None:
    planned = plan(known, pace, NOW, spread)

    assert SHORTEST <= planned.due - NOW <= LONGEST * (1 + JITTER)
    assert planned.reason


@given(KNOWN, PACES, SPREAD, st.floats(0, 40))
def test_more_errors_never_bring_a_poll_forward(
    known: Known, pace: Pace, spread: float, more: float
) -> None:
    worse = replace(known, streak=known.streak + more)

    assert plan(worse, pace, NOW, spread).due >= plan(known, pace, NOW, spread).due


@given(KNOWN, PACES, SPREAD)
def test_a_server_is_never_asked_before_the_time_it_named(
    known: Known, pace: Pace, spread: float
) -> None:
    told = min(known.retry_after or timedelta(0), LONGEST)

    assert plan(known, pace, NOW, spread).due >= NOW + told


@given(KNOWN, PACES, SPREAD)
def test_hints_never_put_a_poll_off(known: Known, pace: Pace, spread: float) -> None:
    unhinted = replace(known, hints=Hints())

    assert plan(known, pace, NOW, spread).due <= plan(unhinted, pace, NOW, spread).due


@pytest.mark.parametrize(
    ("length", "words"),
    [(timedelta(0), "1 min"), (89 * MINUTE, "89 min"), (3 * HOUR, "3 h"), (9 * DAY, "9 days")],
)
def test_a_length_is_told_in_words(length: timedelta, words: str) -> None:
    assert in_words(length) == words
