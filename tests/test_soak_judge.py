"""The judge of the kill soak finds what it is there to find."""

from typing import Any

from tests.soak.judge import Verdict, judge

URL = "https://depesche.example/{}"
NUMBERS = {URL.format(number): number for number in range(4)}


def alert(chat: int, number: int, *named: int) -> dict[str, Any]:
    """A call that was answered: an alert, and lines that name others."""
    lines = [f'⚠️ Vielleicht nicht angekommen: <a href="{URL.format(n)}">Meldung</a>' for n in named]
    text = "\n".join(["🔔 Liste", f'<b><a href="{URL.format(number)}">Meldung</a></b>', *lines])
    params = {"chat_id": chat, "text": text}
    return {"method": "sendMessage", "params": params, "result": {"ok": True, "result": {}}}


def verdict(*calls: dict[str, Any]) -> Verdict:
    return judge(calls, {1: {0, 1}, 2: set()}, NUMBERS)


def test_all_is_well_where_every_alert_came_once() -> None:
    assert verdict(alert(1, 0), alert(1, 1)).is_good


def test_an_alert_that_never_came_is_lost() -> None:
    assert verdict(alert(1, 0)).lost == ["chat 1 was not told of 1"]


def test_a_line_that_names_an_alert_stands_for_it() -> None:
    found = verdict(alert(1, 1, 0))
    assert (found.lost, found.rung, found.named, found.both) == ([], 1, 1, 0)


def test_an_alert_that_came_and_is_named_is_no_double() -> None:
    found = verdict(alert(1, 0), alert(1, 1, 0))
    assert (found.faults(), found.both) == ([], 1)


def test_a_second_alert_is_a_double() -> None:
    assert verdict(alert(1, 0), alert(1, 0), alert(1, 1)).doubles == ["chat 1 was told of 0 again"]


def test_an_alert_in_the_wrong_chat_is_unwanted() -> None:
    assert verdict(alert(1, 0), alert(1, 1), alert(2, 3)).unwanted == ["chat 2 was told of 3"]


def test_a_call_that_was_refused_told_nobody() -> None:
    refused = {**alert(1, 1), "result": {"ok": False, "error_code": 429}}
    assert verdict(alert(1, 0), refused).lost == ["chat 1 was not told of 1"]
