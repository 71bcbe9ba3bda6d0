"""Until when something is to be, as people write it."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.alerts.ending import until

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2025, 7, 1, 10, 0, tzinfo=UTC)
"""A Tuesday, at noon in Berlin."""
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.mark.parametrize(
    ("written", "length"),
    [
        ("2h", 2 * HOUR),
        ("2 Stunden", 2 * HOUR),
        ("90 min", 1.5 * HOUR),
        ("14d", 14 * DAY),
        ("14 Tage", 14 * DAY),
        ("1 Woche", 7 * DAY),
        ("2 weeks", 14 * DAY),
    ],
)
def test_a_length_of_time_begins_now(written: str, length: timedelta) -> None:
    assert until(written, NOW, BERLIN) == NOW + length


@pytest.mark.parametrize("written", ["bis 3.8.", "3.8.", "bis zum 3.8.2025", "until 2025-08-03"])
def test_until_a_day_means_its_end_where_the_person_is(written: str) -> None:
    assert until(written, NOW, BERLIN) == datetime(2025, 8, 3, 22, 0, tzinfo=UTC)


def test_a_day_that_is_over_is_one_of_next_year() -> None:
    assert until("bis 3.2.", NOW, BERLIN) == datetime(2026, 2, 3, 23, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "written", ["", "bald", "0h", "5000d", "31.2.", "bis 3.2.2025", "2 Äonen", "h2", "1.1.2031"]
)
def test_what_is_no_time_to_come_is_not_guessed_at(written: str) -> None:
    assert until(written, NOW, BERLIN) is None


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("bis 3. August", datetime(2025, 8, 4, tzinfo=BERLIN)),
        ("3. August 2025", datetime(2025, 8, 4, tzinfo=BERLIN)),
        ("until August 3", datetime(2025, 8, 4, tzinfo=BERLIN)),
        ("until 3 August, 8:30", None),
        ("bis Freitag", datetime(2025, 7, 5, tzinfo=BERLIN)),
        ("until friday", datetime(2025, 7, 5, tzinfo=BERLIN)),
        ("bis Dienstag", datetime(2025, 7, 9, tzinfo=BERLIN)),
        ("bis Freitag 18 Uhr", datetime(2025, 7, 4, 18, tzinfo=BERLIN)),
        ("bis morgen", datetime(2025, 7, 3, tzinfo=BERLIN)),
        ("heute", datetime(2025, 7, 2, tzinfo=BERLIN)),
        ("bis morgen 8", datetime(2025, 7, 2, 8, tzinfo=BERLIN)),
        ("bis morgen um 8:15 Uhr", datetime(2025, 7, 2, 8, 15, tzinfo=BERLIN)),
        ("bis 3.8. 18:00", datetime(2025, 8, 3, 18, tzinfo=BERLIN)),
    ],
)
def test_a_day_may_have_a_name_and_a_time(written: str, expected: datetime | None) -> None:
    assert until(written, NOW, BERLIN) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("bis 18 Uhr", datetime(2025, 7, 1, 18, tzinfo=BERLIN)),
        ("18:30", datetime(2025, 7, 1, 18, 30, tzinfo=BERLIN)),
        ("until 6 pm", datetime(2025, 7, 1, 18, tzinfo=BERLIN)),
        ("bis 8 Uhr", datetime(2025, 7, 2, 8, tzinfo=BERLIN)),
        ("12 am", datetime(2025, 7, 2, 0, tzinfo=BERLIN)),
    ],
)
def test_a_time_is_the_next_one(written: str, expected: datetime) -> None:
    assert until(written, NOW, BERLIN) == expected


@pytest.mark.parametrize(
    "written", ["18", "25 Uhr", "18:70", "13 pm", "gestern", "bis Kim 8", "0001-01-01 0:00"]
)
def test_half_a_time_is_none(written: str) -> None:
    assert until(written, NOW, BERLIN) is None


@given(st.text(max_size=40) | st.from_regex(r"(bis )?\d{1,4}[.:-]\d{1,2}[.-]?( \d{1,4})?"))
def test_whatever_is_written_is_read_or_not(written: str) -> None:
    found = until(written, NOW, BERLIN)
    assert found is None or NOW < found <= NOW + 366 * DAY
