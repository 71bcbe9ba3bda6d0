"""What is known of the line to Telegram, and what is said of it."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.telegram.line import CALM, CONFLICT_TOLD, SILENCE, Line

START = datetime(2025, 5, 9, 8, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
REFUSED = "Telegram refuses the token; copy it again from @BotFather"
CONFLICT = "another process uses this token; end it, or give one of the two another token"
SILENT = "Telegram cannot be reached"


@pytest.fixture
def line() -> Line:
    return Line(START)


def test_a_new_line_is_open_and_well(line: Line) -> None:
    assert line.is_open
    assert line.trouble(START) is None


# The token is refused.


def test_a_refused_token_closes_the_line_and_is_told_at_once(line: Line) -> None:
    line.was_barred(START)

    assert not line.is_open
    assert line.trouble(START) == REFUSED


def test_it_is_refused_since_the_first_time(line: Line) -> None:
    for seconds in (0, 10):
        line.was_barred(START + seconds * SECOND)

    assert line.barred_since == START


def test_a_token_that_is_taken_again_opens_the_line(line: Line) -> None:
    line.was_barred(START)

    line.was_accepted()

    assert line.is_open
    assert line.trouble(START) is None


def test_a_poll_that_is_answered_shows_that_the_token_is_taken(line: Line) -> None:
    line.was_barred(START)

    line.was_polled(START + SECOND)

    assert line.is_open


# Another process.


def test_a_disturbed_poll_closes_the_line_and_nothing_is_told_yet(line: Line) -> None:
    line.was_disturbed(START)

    assert not line.is_open
    assert line.trouble(START + CONFLICT_TOLD - SECOND) != CONFLICT


def test_the_line_opens_with_the_first_poll_after_a_minute_of_calm(line: Line) -> None:
    line.was_disturbed(START)

    line.was_polled(START + CALM - SECOND)
    assert not line.is_open

    line.was_polled(START + CALM)
    assert line.is_open


def test_time_alone_opens_nothing(line: Line) -> None:
    line.was_disturbed(START)

    line.was_accepted()

    assert not line.is_open


def test_each_disturbance_begins_the_minute_anew(line: Line) -> None:
    line.was_disturbed(START)
    line.was_disturbed(START + CALM - SECOND)

    line.was_polled(START + CALM)

    assert not line.is_open


def test_a_conflict_of_five_minutes_is_told(line: Line) -> None:
    for seconds in range(0, 301, 30):
        line.was_disturbed(START + seconds * SECOND)

    assert line.trouble(START + CONFLICT_TOLD) == CONFLICT


def test_a_conflict_that_is_over_is_forgotten(line: Line) -> None:
    line.was_disturbed(START)
    line.was_polled(START + CALM)

    line.was_disturbed(START + CONFLICT_TOLD)

    assert line.trouble(START + CONFLICT_TOLD) is None


def test_who_is_told_of_a_conflict_is_in_reach(line: Line) -> None:
    line.was_disturbed(START + SILENCE)

    assert line.trouble(START + SILENCE + SECOND) is None


# Silence.


@pytest.mark.parametrize(("after", "said"), [(SILENCE, None), (SILENCE + SECOND, SILENT)])
def test_three_minutes_without_a_poll_are_told(
    line: Line, after: timedelta, said: str | None
) -> None:
    assert line.trouble(START + after) == said

    line.was_polled(START + SILENCE)

    assert line.trouble(START + SILENCE + after) == said


def test_a_refused_token_is_the_first_that_is_told(line: Line) -> None:
    line.was_disturbed(START)
    line.was_barred(START)

    assert line.trouble(START + timedelta(hours=1)) == REFUSED
