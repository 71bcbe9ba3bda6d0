"""What the doctor says of the worst list fits into a message, with hostile words as they are."""

import pytest

from bot.pipeline.doctor import Report
from bot.sandbox.html import parse_html
from bot.telegram.doctor_views import report
from bot.text.languages import rules_for
from bot.watch.diagnosis import diagnose
from bot.watch.remedies import Evidence, remedies
from bot.watch.tally import tally
from bot.watch.trial import Trial
from bot.wording import LANGUAGES, Sentences
from tests.lists_kit import NOW, a_list, seen

MESSAGE, ENTITIES = 4_096, 100
LONG = "x" * 60
HOSTILE = "<b>&amp;"


def worst() -> Report:
    """A list with as much wrong as there can be, and titles that are long and hostile."""
    watchlist = a_list(
        "Bank",
        *(f"Bank & {LONG}{n}" for n in range(9)),
        *(f"-(Bank & {LONG}{n})" for n in range(9)),
        *(f"-({LONG} & Gold{n})" for n in range(9)),
    )
    words = [f"{part}bank" for part in ("Sand", "Park", "Daten", "Welt", "Anklage", "Trainer")]
    titles = [f"{HOSTILE} {word} {LONG} {n}" for word in words for n in range(3)]
    brought = seen(watchlist, titles, None, {1, 4, 7})
    found = diagnose(watchlist, tally(watchlist, brought), watchlist.exclusions)
    wanted = remedies(watchlist, brought, found, Evidence([f"{LONG} & Sandbank"]), rules_for)
    trial = Trial(watchlist, found.tally, wanted, rules_for)
    trial.read(brought)
    return Report(watchlist, NOW, cut=True, anywhere=True, diagnosis=found, tried=trial.results())


@pytest.mark.parametrize("words", LANGUAGES.values(), ids=LANGUAGES)
def test_the_worst_list_fits_into_a_message(words: Sentences) -> None:
    examined = worst()
    html, changes = report(examined, LONG * 3, 400, words)

    text, entities = parse_html(html)
    assert 2_000 < len(text) <= MESSAGE
    assert len(entities) <= ENTITIES
    assert 0 < changes <= len(examined.tried)
    assert text.count(HOSTILE) > 0
