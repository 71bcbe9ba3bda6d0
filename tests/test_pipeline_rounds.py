"""What the log says of polls: one line a round, and none where nothing happened."""

import asyncio

import pytest
import structlog
from structlog.testing import capture_logs

from bot.pipeline.poll import Polled
from bot.pipeline.rounds import Rounds
from tests.virtual import virtually


def said(*moments: tuple[float, Polled]) -> list[dict[str, object]]:
    """What is logged when polls end at these moments, in seconds."""

    async def work() -> None:
        rounds, now = Rounds(), 0.0
        for moment, polled in moments:
            await asyncio.sleep(moment - now)
            now = moment
            rounds.add(polled)
        await asyncio.sleep(60)

    structlog.reset_defaults()
    with capture_logs() as logged:
        virtually(work)
    return [dict(each) for each in logged]


def a_poll(name: str, status: str = "ok", new: int = 0, error: str | None = None) -> Polled:
    return Polled(f"https://{name}.example/", status, new=new, error=error)


@pytest.mark.parametrize("status", ["ok", "unchanged", "held"])
def test_a_round_in_which_nothing_happened_says_nothing(status: str) -> None:
    assert said((0, a_poll("a", status)), (1, a_poll("b", "unchanged"))) == []


def test_polls_within_seconds_are_one_line() -> None:
    polls = [(n / 10, a_poll(str(n), new=1)) for n in range(50)]

    [line] = said(*polls, (5, a_poll("a", "error", error="HTTP 500")))

    assert line == {
        "event": "poll.round",
        "log_level": "info",
        "polls": 51,
        "new": 50,
        "failed": 1,
        "errors": {"https://a.example/": "HTTP 500"},
    }


def test_many_errors_are_counted_and_few_are_named() -> None:
    [line] = said(*((0, a_poll(str(n), "error", error="HTTP 500")) for n in range(9)))

    assert line["failed"] == 9
    assert len(line["errors"]) == 3  # type: ignore[arg-type]  # it is a dict


def test_what_comes_later_is_another_round() -> None:
    lines = said((0, a_poll("a", new=1)), (11, a_poll("a", new=2)))

    assert [line["new"] for line in lines] == [1, 2]
