"""What a chat is told of an article, and why: the rules as one table."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.alerts.decide import Action, Case, decide, is_late

NOW = datetime(2025, 5, 9, 8, 0, tzinfo=UTC)
WEEK = timedelta(days=7)
HOUR = timedelta(hours=1)
SECOND = timedelta(seconds=1)

SERVED, NOT_SERVED = True, False
TOLD, UNTOLD = True, False
OLD, NEW = True, False
LATE, IN_TIME = True, False

NOT_AT_PRESENT = "the chat is not served at present"
BEFORE = "the chat was told of this article before"
LISTED = "the feed listed it when it was first read"
DATED = "it is dated more than 7 days ago"
GAP = "it was found only after a gap in polling"
FRESH = "it is new"


@pytest.mark.parametrize(
    ("served", "told", "old", "age", "late", "action", "reason"),
    [
        (SERVED, UNTOLD, NEW, HOUR, IN_TIME, "now", FRESH),
        (SERVED, UNTOLD, NEW, WEEK, IN_TIME, "now", FRESH),
        (SERVED, UNTOLD, NEW, HOUR, LATE, "catch_up", GAP),
        (SERVED, UNTOLD, NEW, WEEK, LATE, "catch_up", GAP),
        (SERVED, UNTOLD, NEW, WEEK + SECOND, IN_TIME, "silent", DATED),
        (SERVED, UNTOLD, NEW, WEEK + SECOND, LATE, "silent", DATED),
        (SERVED, UNTOLD, OLD, HOUR, IN_TIME, "silent", LISTED),
        (SERVED, UNTOLD, OLD, HOUR, LATE, "silent", LISTED),
        (SERVED, UNTOLD, OLD, WEEK + SECOND, LATE, "silent", LISTED),
        (SERVED, TOLD, NEW, HOUR, IN_TIME, "silent", BEFORE),
        (SERVED, TOLD, NEW, HOUR, LATE, "silent", BEFORE),
        (SERVED, TOLD, OLD, WEEK + SECOND, LATE, "silent", BEFORE),
        (NOT_SERVED, UNTOLD, NEW, HOUR, IN_TIME, "silent", NOT_AT_PRESENT),
        (NOT_SERVED, TOLD, OLD, WEEK + SECOND, LATE, "silent", NOT_AT_PRESENT),
    ],
)
def test_the_first_rule_that_holds_decides_and_gives_the_reason(
    served: bool, told: bool, old: bool, age: timedelta, late: bool, action: Action, reason: str
) -> None:
    decision = decide(Case(served, told, old, NOW - age, late), NOW, WEEK)

    assert (decision.action, decision.reason) == (action, reason)


def test_the_reason_names_the_age_that_is_configured() -> None:
    case = Case(SERVED, UNTOLD, NEW, NOW - 4 * timedelta(days=1), IN_TIME)

    assert decide(case, NOW, timedelta(days=3)).reason == "it is dated more than 3 days ago"


def test_the_longest_age_that_can_be_configured_is_no_trouble() -> None:
    case = Case(SERVED, UNTOLD, NEW, NOW - timedelta(days=9000), IN_TIME)

    assert decide(case, NOW, timedelta(days=36_500)).action == "now"


@pytest.mark.parametrize(
    ("gap", "interval", "late"),
    [
        (timedelta(0), HOUR / 6, False),
        (3 * HOUR, HOUR / 6, False),
        (3 * HOUR + SECOND, HOUR / 6, True),
        (4 * HOUR, 2 * HOUR, False),  # slow feeds may be silent for longer
        (4 * HOUR + SECOND, 2 * HOUR, True),
    ],
)
def test_late_is_what_comes_after_3_hours_and_twice_the_interval(
    gap: timedelta, interval: timedelta, late: bool
) -> None:
    assert is_late(NOW - gap, NOW, interval) is late


def test_what_was_never_polled_before_has_no_gap() -> None:
    assert not is_late(None, NOW, HOUR)


@given(st.booleans(), st.booleans(), st.booleans(), st.booleans(), st.integers(0, 400))
def test_whatever_the_case_there_is_one_decision_with_a_reason(
    served: bool, told: bool, old: bool, late: bool, days: int
) -> None:
    case = Case(served, told, old, NOW - timedelta(days=days), late)
    decision = decide(case, NOW, WEEK)

    assert decision.action in {"now", "catch_up", "silent"}
    assert decision.reason
    assert (decision.action == "silent") == (not served or told or old or days > 7)
