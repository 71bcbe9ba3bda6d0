"""When a chat is told: at once, without a sound, or together with other news, later."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.alerts.timing import (
    DIGESTS,
    Burst,
    Case,
    Manner,
    Quiet,
    Timing,
    collected_until,
    is_quiet,
    next_of,
    timing,
)

BERLIN = ZoneInfo("Europe/Berlin")
NOON = datetime(2025, 5, 9, 10, tzinfo=UTC)
NIGHT = datetime(2025, 5, 9, 21, tzinfo=UTC)  # 23:00 in Berlin
MORNING = datetime(2025, 5, 10, 5, tzinfo=UTC)  # 07:00
HOUR, MINUTE, SECOND = timedelta(hours=1), timedelta(minutes=1), timedelta(seconds=1)
TEN_TO_SEVEN = Quiet(22 * 60, 7 * 60)
COLLECTED = Quiet(22 * 60, 7 * 60, collect=True)
BURST = Burst(3, 10 * MINUTE)


def case(now: datetime = NOON, *modes: str, waited: timedelta = timedelta(), sent: int = 0) -> Case:
    """An alert; `sent` others went out, one a second, the latest a second ago."""
    times = [now - number * SECOND for number in range(1, sent + 1)]
    return Case(now, BERLIN, now - waited, modes or ("now",), times)


def told(manner: Manner, about: Case) -> Timing:
    return timing(manner, about, BURST)


def at_once(found: Timing) -> bool:
    return found.at is None


def local(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=BERLIN).astimezone(UTC)  # type: ignore[misc,arg-type]


# The usual.


def test_an_alert_is_told_at_once_and_rings() -> None:
    found = told(Manner(), case())

    assert (found.at, found.silent, found.burst) == (None, False, False)


@pytest.mark.parametrize(
    ("modes", "silent"),
    [
        (("quiet",), True),
        (("quiet", "now"), False),
        (("quiet", "digest"), True),
        (("quiet", "urgent"), False),
    ],
)
def test_it_comes_without_a_sound_where_no_list_that_matched_rings(
    modes: tuple[str, ...], silent: bool
) -> None:
    found = told(Manner(), case(NOON, *modes))

    assert at_once(found)
    assert found.silent is silent


# Mute.


def test_a_muted_chat_collects_everything_until_the_mute_ends() -> None:
    manner = Manner(muted_until=NOON + 2 * HOUR)

    assert told(manner, case()).at == NOON + 2 * HOUR
    assert told(manner, case(NOON, "urgent")).at == NOON + 2 * HOUR


def test_a_mute_that_is_over_counts_for_nothing() -> None:
    assert at_once(told(Manner(muted_until=NOON), case()))


# Quiet hours.


def test_in_quiet_hours_an_alert_comes_without_a_sound() -> None:
    found = told(Manner(quiet=TEN_TO_SEVEN), case(NIGHT))

    assert at_once(found)
    assert found.silent


def test_a_chat_that_wants_it_so_gets_the_night_together_in_the_morning() -> None:
    assert told(Manner(quiet=COLLECTED), case(NIGHT)).at == MORNING


def test_what_is_urgent_rings_in_the_night_too() -> None:
    found = told(Manner(quiet=COLLECTED), case(NIGHT, "urgent"))

    assert at_once(found)
    assert not found.silent


@pytest.mark.parametrize(
    ("quiet", "at", "expected"),
    [
        (TEN_TO_SEVEN, local(2025, 5, 9, 21, 59), False),
        (TEN_TO_SEVEN, local(2025, 5, 9, 22, 0), True),
        (TEN_TO_SEVEN, local(2025, 5, 10, 6, 59), True),
        (TEN_TO_SEVEN, local(2025, 5, 10, 7, 0), False),
        (Quiet(13 * 60, 14 * 60), local(2025, 5, 9, 13, 30), True),
        (Quiet(13 * 60, 14 * 60), local(2025, 5, 9, 14, 0), False),
        (Quiet(13 * 60, 13 * 60), local(2025, 5, 9, 13, 0), False),
        (None, local(2025, 5, 9, 3, 0), False),
    ],
)
def test_quiet_hours_have_their_beginning_and_not_their_end(
    quiet: Quiet | None, at: datetime, expected: bool
) -> None:
    assert is_quiet(Manner(quiet=quiet), case(at)) is expected


# Digests.


def test_a_chat_that_wants_digests_gets_the_next_one() -> None:
    manner = Manner(digests=(8 * 60, 18 * 60))

    assert told(manner, case(local(2025, 5, 9, 7, 59))).at == local(2025, 5, 9, 8)
    assert told(manner, case(local(2025, 5, 9, 8, 0))).at == local(2025, 5, 9, 18)
    assert told(manner, case(local(2025, 5, 9, 18, 1))).at == local(2025, 5, 10, 8)


def test_a_list_that_is_collected_comes_at_the_usual_times() -> None:
    usual = next_of(DIGESTS, NOON, BERLIN)

    assert told(Manner(), case(NOON, "digest")).at == usual
    assert at_once(told(Manner(), case(NOON, "digest", "now")))
    assert at_once(told(Manner(digests=(480,)), case(NOON, "digest", "urgent")))


# Bursts.


def test_of_a_burst_the_first_go_at_once_and_the_others_when_the_window_ends() -> None:
    assert at_once(told(Manner(), case(sent=2)))

    found = told(Manner(), case(sent=3))

    assert found.burst
    assert found.at == NOON - 3 * SECOND + BURST.window


def test_after_the_window_the_next_goes_at_once_again() -> None:
    about = Case(NOON, BERLIN, NOON, ("now",), [NOON - BURST.window] * 3)

    assert at_once(told(Manner(), about))


def test_what_is_urgent_is_never_folded() -> None:
    assert at_once(told(Manner(), case(NOON, "urgent", sent=3)))
    assert at_once(told(Manner(), case(NOON, "urgent", waited=HOUR)))


def test_a_chat_that_wants_all_at_once_gets_it() -> None:
    manner = Manner(folding="at_once")

    assert at_once(told(manner, case(sent=3)))
    assert at_once(told(manner, case(waited=HOUR)))


def test_a_chat_that_wants_it_hourly_gets_the_rest_within_an_hour() -> None:
    found = told(Manner(folding="hourly"), case(sent=3))

    assert found.burst
    assert found.at == NOON - 3 * SECOND + HOUR


def test_what_has_waited_for_longer_than_the_window_is_folded_now() -> None:
    assert at_once(told(Manner(), case(waited=BURST.window)))

    found = told(Manner(), case(waited=BURST.window + SECOND))

    assert found.burst
    assert found.at == NOON


# The arithmetic of local time.

instants = st.datetimes(
    datetime(2024, 1, 1),  # noqa: DTZ001 - the strategy wants it so
    datetime(2027, 12, 31),  # noqa: DTZ001
    timezones=st.just(UTC),
)
# The hours around a change of the clocks are what goes wrong.
changes = st.sampled_from(
    [datetime(2025, 3, 30, 1, tzinfo=UTC), datetime(2025, 10, 26, 1, tzinfo=UTC)]
)
near_changes = st.builds(
    lambda change, minutes: change + timedelta(minutes=minutes),
    changes,
    st.integers(-36 * 60, 36 * 60),
)
minutes_of_day = st.lists(st.integers(0, 24 * 60 - 1), min_size=1, max_size=4).map(tuple)
zones = st.sampled_from(
    [BERLIN, ZoneInfo("America/New_York"), ZoneInfo("Australia/Lord_Howe"), ZoneInfo("UTC")]
)


def is_skipped(minute: int, day: datetime, zone: ZoneInfo) -> bool:
    wanted = day.astimezone(zone).replace(hour=minute // 60, minute=minute % 60)
    return wanted.astimezone(UTC).astimezone(zone).time() != wanted.time()


@given(now=instants | near_changes, minutes=minutes_of_day, zone=zones)
def test_the_next_of_some_times_of_day_comes_within_a_day_at_one_of_them(
    now: datetime, minutes: tuple[int, ...], zone: ZoneInfo
) -> None:
    found = next_of(minutes, now, zone)

    assert timedelta() < found - now <= timedelta(hours=25)
    there = found.astimezone(zone)
    skipped = [minute for minute in minutes if is_skipped(minute, found, zone)]
    assert there.hour * 60 + there.minute in minutes or skipped


@given(now=near_changes, minutes=minutes_of_day)
def test_nothing_that_was_asked_for_lies_before_the_next(
    now: datetime, minutes: tuple[int, ...]
) -> None:
    together = next_of(minutes, now, BERLIN)

    assert together == min(next_of((minute,), now, BERLIN) for minute in minutes)


@given(now=near_changes, begins=st.integers(0, 1439), ends=st.integers(0, 1439))
def test_quiet_ends_at_the_first_minute_at_which_it_is_no_longer_quiet(
    now: datetime, begins: int, ends: int
) -> None:
    manner = Manner(quiet=Quiet(begins, ends, collect=True))

    found = collected_until(manner, case(now))

    minutes = (now + number * MINUTE for number in range(26 * 60))
    over = next(minute for minute in minutes if not is_quiet(manner, case(minute)))
    assert found == (over if over > now else None)


def test_a_time_that_the_clock_skips_comes_with_the_change() -> None:
    before = local(2025, 3, 30, 1, 30)

    assert next_of((2 * 60 + 30,), before, BERLIN) == local(2025, 3, 30, 3)


def test_a_time_that_comes_twice_counts_once_the_first_time() -> None:
    first = datetime(2025, 10, 26, 0, 30, tzinfo=UTC)

    assert next_of((2 * 60 + 30,), first - SECOND, BERLIN) == first
    assert next_of((2 * 60 + 30,), first, BERLIN) == local(2025, 10, 27, 2, 30)


def test_quiet_that_ends_in_the_hour_that_comes_twice_ends_both_times() -> None:
    manner = Manner(quiet=Quiet(22 * 60, 2 * 60 + 30, collect=True))
    second = datetime(2025, 10, 26, 1, 30, tzinfo=UTC)

    assert collected_until(manner, case(second - 20 * MINUTE)) == second
