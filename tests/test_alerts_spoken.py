"""Times of the day as people write them."""

from zoneinfo import available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.alerts.cities import CITIES
from bot.alerts.spoken import clock, is_off, quiet, times, zone
from bot.alerts.timing import Quiet


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("22-7", Quiet(22 * 60, 7 * 60)),
        ("22:30-6:45", Quiet(22 * 60 + 30, 6 * 60 + 45)),
        ("von 22 Uhr bis 7 Uhr", Quiet(22 * 60, 7 * 60)),
        ("22–7 sammeln", Quiet(22 * 60, 7 * 60, collect=True)),
        ("from 13 to 14 silent", Quiet(13 * 60, 14 * 60)),
        ("22-24", Quiet(22 * 60, 0)),
    ],
)
def test_quiet_hours_are_read_as_people_write_them(written: str, expected: Quiet) -> None:
    assert quiet(written) == expected


@pytest.mark.parametrize("written", ["", "22", "22-22", "25-7", "22:70-7", "nachts", "0-24"])
def test_what_are_no_quiet_hours_is_not_guessed_at(written: str) -> None:
    assert quiet(written) is None


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("8", (480,)),
        ("18:30 8", (480, 1110)),
        ("8:00, 18 Uhr und 20", (480, 1080, 1200)),
        ("8 8:00", (480,)),
        ("24", (0,)),
    ],
)
def test_times_of_the_day_come_in_their_order_and_once(
    written: str, expected: tuple[int, ...]
) -> None:
    assert times(written) == expected


@pytest.mark.parametrize("written", ["", "morgens", "8 25", "1 2 3 4 5 6 7"])
def test_what_are_no_times_of_the_day_is_not_guessed_at(written: str) -> None:
    assert times(written) is None


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Europe/Vienna", "Europe/Vienna"),
        ("europe/vienna", "Europe/Vienna"),
        ("vienna", "Europe/Vienna"),
        ("New York", "America/New_York"),
        ("Wien", "Europe/Vienna"),
        ("zürich", "Europe/Zurich"),
        ("GENF", "Europe/Zurich"),
        ("Mailand", "Europe/Rome"),
        ("Kiew", "Europe/Kyiv"),
        ("peking", "Asia/Shanghai"),
        ("Tel  Aviv", "Asia/Jerusalem"),
        ("UTC", "UTC"),
        ("Atlantis", None),
        ("", None),
    ],
)
def test_a_zone_is_found_by_its_name_or_its_city(written: str, expected: str | None) -> None:
    assert zone(written) == expected


def test_every_city_that_is_called_otherwise_has_a_zone_that_there_is() -> None:
    assert set(CITIES.values()) - available_timezones() == set()


def test_off_is_off_in_both_languages() -> None:
    assert is_off(" Aus ")
    assert is_off("off")
    assert not is_off("22-7")


@given(st.text(max_size=40))
def test_whatever_is_written_is_read_or_not(written: str) -> None:
    assert all(0 <= minute < 24 * 60 for minute in times(written) or ())
    assert quiet(written) is None or isinstance(quiet(written), Quiet)


@given(st.integers(0, 24 * 60 - 1))
def test_a_time_that_is_shown_is_read_again(minute: int) -> None:
    assert times(clock(minute)) == (minute,)
