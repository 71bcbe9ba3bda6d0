"""How a chat learns that a story goes on: the alert is edited, or a message answers it."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.alerts.growth import Growth, Pace, Said, growth
from bot.stories.said import said

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
FIRST = Said(
    NOON, "welt.de", ("korea",), names=("beloussow",), words=("beloussow", "kim"),
    numbers={"land": "19"}, places=("moskau",), days=("9.5.",),
)  # fmt: skip


def test_what_says_nothing_new_edits_the_alert() -> None:
    assert growth([FIRST], Said(NOON + HOUR, "zeit.de", ("korea",))) == Growth("edit")


@pytest.mark.parametrize(
    ("new", "change", "value"),
    [
        (Said(NOON, "zeit.de", correction=True), "correction", ""),
        (Said(NOON, "zeit.de", numbers={"land": "13"}), "number", "13 land"),
        (Said(NOON, "zeit.de", places=("minsk",)), "place", "minsk"),
        (Said(NOON, "zeit.de", days=("10.5.",)), "day", "10.5."),
        (Said(NOON, "zeit.de", names=("peskow",)), "name", "peskow"),
        (Said(NOON, "zeit.de", ("paraden",)), "list", "paraden"),
        (Said(NOON + 6 * HOUR, "zeit.de"), "lull", ""),
    ],
)
def test_what_is_new_answers_the_alert(new: Said, change: str, value: str) -> None:
    found = growth([FIRST], new)
    assert (found.how, found.change, found.value) == ("answer", change, value)


@pytest.mark.parametrize(
    "new",
    [
        Said(NOON, "zeit.de", numbers={"land": "19", "soldat": "300"}),
        Said(NOON, "zeit.de", names=("kim",)),
        Said(NOON, "zeit.de", places=("moskau",), days=("9.5.",)),
        Said(NOON + 5 * HOUR, "zeit.de"),
        Said(NOON, "welt.de", ("korea",)),
    ],
)
def test_what_was_told_or_was_never_told_otherwise_is_no_change(new: Said) -> None:
    assert growth([FIRST], new).how == "edit"


def test_the_fifth_and_the_twentieth_outlet_answer_once() -> None:
    told = [FIRST]
    answered = []
    for n in range(2, 26):
        new = Said(NOON, f"outlet {n}")
        if growth(told, new).how == "answer":
            answered.append(n)
        told.append(new)
        assert growth(told, new).how == "edit"
    assert answered == [5, 20]


def test_the_steps_and_the_lull_may_be_others() -> None:
    manner = Pace(lull=2 * HOUR, steps=(2,))
    assert growth([FIRST], Said(NOON, "zeit.de"), manner).change == "step"
    assert growth([FIRST], Said(NOON + 2 * HOUR, "welt.de"), manner).change == "lull"


def test_the_first_article_of_the_morning_answers() -> None:
    night = Said(datetime(2026, 5, 5, 0, tzinfo=UTC), "welt.de")  # 02:00 in Berlin
    early = Said(datetime(2026, 5, 5, 3, 59, tzinfo=UTC), "zeit.de")
    morning = Said(datetime(2026, 5, 5, 4, tzinfo=UTC), "zeit.de")
    assert growth([night], early).how == "edit"
    assert growth([night], morning).change == "morning"
    assert growth([night, morning], Said(morning.at + HOUR, "taz.de")).how == "edit"


def test_what_an_article_says_is_read_out_of_its_text() -> None:
    found = said(
        "Berichtigung: Beloussows Parade am 9. Mai in Moskau - WELT",
        "Nicht 19 Länder, sondern 13 sind eingeladen, sagte Außenamtssprecher Peskow.",
        NOON,
    )
    assert found.correction
    assert found.names == ("beloussow",)
    assert "peskow" in found.words
    assert found.numbers == {"land": "19"}
    assert (found.places, found.days) == (("moskau",), ("9.5.",))


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        ("31 Tote bei Brand", "", {"tot": "31"}),
        ("Zahl der Toten steigt auf mindestens 31", "", {"tot": "31"}),
        ("Brand", "Die Zahl der Toten ist auf 1.200 gestiegen.", {"tot": "1.200"}),
        ("Brand", "Ein Mann, 34 Jahre alt, war 12 Stunden lang verschüttet.", {}),
        ("Streik kostet 12 Millionen", "Er dauert 300 Meter.", {"million": "12"}),
    ],
)
def test_what_is_counted_is_news_and_what_is_measured_only_in_the_title(
    title: str, text: str, expected: dict[str, str]
) -> None:
    assert said(title, text, NOON, "de").numbers == expected


def test_of_several_numbers_it_is_always_the_same_that_comes_first() -> None:
    title = "3 Hunde, 4 Katzen, 5 Pferde, 6 Ziegen, 7 Schafe und 8 Hühner gerettet"

    assert list(said(title, "", NOON, "de").numbers) == sorted(said(title, "", NOON, "de").numbers)
