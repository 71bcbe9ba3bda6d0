"""The judge of the day's soak finds what it is there to find."""

from datetime import UTC, datetime, timedelta
from typing import Any

from tests.soak.told import Sample, Told, judge_day, memory

URL = "https://depesche.example/{}"
NUMBERS = {URL.format(number): number for number in range(4)}
BEGINS = datetime(2026, 5, 8, tzinfo=UTC)


def link(number: int) -> str:
    return f'<a href="{URL.format(number)}">Meldung</a>'


def call(text: str, method: str = "sendMessage") -> dict[str, Any]:
    return {
        "method": method,
        "params": {"chat_id": 1, "text": text},
        "result": {"ok": True, "result": {}},
    }


def alert(number: int, *more: str) -> str:
    return "\n".join(["🔔 Liste", f"<b>{link(number)}</b>", *more])


def judged(*calls: dict[str, Any]) -> Told:
    return judge_day(calls, {1: {0, 1}}, NUMBERS, {2: 1})


def test_all_is_well_where_each_article_was_told_once() -> None:
    told = judged(call(alert(0)), call(alert(1)))
    assert (told.faults, told.alerts, told.rung) == ([], 2, 2)


def test_a_line_of_a_digest_tells_an_article() -> None:
    told = judged(call(f"2 Meldungen\n• {link(0)} – Blatt\n• {link(1)} – Blatt"))
    assert (told.faults, told.collected) == ([], 2)


def test_a_name_that_is_edited_under_an_alert_tells_an_article() -> None:
    changed = call(alert(0, f"➕ auch bei: {link(1)}"), "editMessageText")
    told = judged(call(alert(0)), changed, changed)
    assert (told.faults, told.rung, told.joined) == ([], 1, 1)


def test_a_copy_is_told_with_the_event_that_it_reports() -> None:
    calls = [call(alert(0)), call(f"Eine Meldung\n• {link(1)} – Blatt +1")]
    told = judge_day(calls, {1: {0, 1, 2}}, NUMBERS, {2: 1})
    assert (told.faults, told.alerts, told.joined) == ([], 3, 1)


def test_an_article_that_nothing_tells_is_lost() -> None:
    assert judged(call(alert(0))).faults == ["chat 1 was not told of 1"]


def test_an_alert_that_was_refused_tells_nobody() -> None:
    refused = call(alert(1)) | {"result": {"ok": False}}
    assert judged(call(alert(0)), refused).faults == ["chat 1 was not told of 1"]


def test_an_alert_and_a_line_of_a_digest_are_one_too_many() -> None:
    told = judged(call(alert(0)), call(alert(1)), call(f"Eine Meldung\n• {link(1)}"))
    assert told.faults == ["chat 1 was told of 1 again"]


def test_an_article_that_nobody_asked_for_is_a_mistake() -> None:
    told = judged(call(alert(0)), call(alert(1)), call(alert(3)))
    assert told.faults == ["chat 1 was told of 3 by mistake"]


def test_a_line_of_doubt_is_a_fault_where_nothing_was_broken_off() -> None:
    told = judged(call(alert(0)), call(alert(1, f"⚠️ Vielleicht nicht angekommen: {link(0)}")))
    assert told.faults == [f"chat 1 was sent ⚠️ {URL.format(0)}"]


def samples(first: float, last: float) -> list[Sample]:
    """A day, looked at every ten minutes; before the first hour there is less."""
    times = [BEGINS + timedelta(minutes=10 * number) for number in range(145)]
    half = BEGINS + timedelta(hours=12)
    return [
        Sample(at, 1.0 if at < BEGINS + timedelta(hours=1) else first if at < half else last, 0.0)
        for at in times
    ]


def test_memory_that_stays_within_a_fifth_is_no_fault() -> None:
    held = memory(samples(100, 119), BEGINS)
    assert (held.first.total, held.last.total, held.faults) == (100, 119, [])


def test_memory_that_grows_by_more_than_a_fifth_is_a_fault() -> None:
    assert memory(samples(100, 121), BEGINS).faults == ["the memory grew from 100 to 121 MB"]


def test_a_single_peak_is_no_growth() -> None:
    day = samples(100, 100)
    assert memory([*day[:-1], Sample(day[-1].at, 500, 0)], BEGINS).faults == []
