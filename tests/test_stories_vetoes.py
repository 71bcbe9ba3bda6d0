"""Year, date, place and number keep events apart that are reported in the same words."""

from datetime import timedelta

import pytest

from bot.stories.facts import conflicts, facts, weak
from tests.stories_kit import HOUR, NOW, RECALL, STABBING, START, THEN, decided, document

YEAR = timedelta(days=365)


def test_case_6_parades_of_two_years_are_two_stories() -> None:
    first, second = decided(
        document("a", "Siegesparade 2025 in Moskau", NOW),
        document("b", "Siegesparade 2024 in Moskau", THEN, HOUR),
    )
    assert (second.verdict, second.story) == ("related", "b")
    assert any(each.startswith("year") for each in second.vetoes)
    assert first.story == "a"


def test_case_6_a_report_that_recalls_last_year_joins_this_years_story() -> None:
    _, _, third = decided(
        document("then", "Siegesparade 2024 in Moskau", THEN),
        document("now", "Siegesparade 2025 in Moskau", NOW, HOUR),
        document("recall", "Siegesparade 2025: Panzer kehren zurück", RECALL, 2 * HOUR),
    )
    assert third.story == "now"


def test_case_7_a_look_back_is_related_only() -> None:
    title = "Soldaten marschieren bei Siegesparade in Moskau"
    first, second = decided(
        document("a", title, NOW), document("b", f"Vor einem Jahr: {title}", NOW, HOUR)
    )
    assert (second.verdict, second.with_) == ("related", first.story)


def test_case_15_the_same_crime_in_two_towns_is_two_stories() -> None:
    first, second = decided(
        document("a", "Messerangriff in Bordell in Kassel", STABBING.format(town="Kassel", age=34)),
        document("b", "Messerangriff in Bordell in Rostock",
                 STABBING.format(town="Rostock", age=51), HOUR),
    )  # fmt: skip
    assert second.story != first.story


def test_case_15_two_accidents_in_two_towns_are_two_stories_by_their_titles() -> None:
    first, second = decided(
        document("a", "Zwei Schwerverletzte bei Unfall auf Landstraße in Passau"),
        document("b", "Drei Schwerverletzte bei Unfall auf Landstraße in Rostock", after=HOUR),
    )
    assert second.story != first.story


def test_a_town_that_both_name_is_no_conflict() -> None:
    text = STABBING.format(town="Kassel", age=34)
    first, second = decided(
        document("a", "Messerangriff in Kassel", text),
        document("b", "Bluttat in Nordhessen", text.replace("in Kassel ist", "ist"), HOUR),
    )
    assert second.story == first.story


@pytest.mark.parametrize(
    ("one", "other", "conflict"),
    [
        ("Siegesparade 2024", "Siegesparade 2025", "year"),
        ("Parade am 9. Mai 2024", "Parade am 9. Mai", "year"),
        ("Parade am 9. Mai", "Die Parade", ""),
        ("Streik am 3. Juni", "Streik am 5. Juni", "date"),
        ("Streik am 3. Juni", "Streik am 3.6.", ""),
        ("Tokio 2020", "Olympia 2021", ""),
        ("Vor zehn Jahren: Die Flut", "Die Flut", "year"),
    ],
)
def test_years_and_dates_conflict_only_where_both_say_something(
    one: str, other: str, conflict: str
) -> None:
    found = conflicts(*(facts(title, "", "de", START) for title in (one, other)))
    assert [each.split()[0].rstrip(":") for each in found] == ([conflict] if conflict else [])


def test_places_and_numbers_are_told_with_both_values() -> None:
    one = facts("Brand in Kassel: 3 Verletzte", "", "de", START)
    other = facts("Brand in Rostock: 5 Verletzte", "", "de", START)
    assert weak(one, other) == ("place kassel ≠ rostock", "number 3 ≠ 5 (verletzt)")


def test_a_region_is_no_conflict_with_a_town() -> None:
    one = facts("Brand in Kassel", "", "de", START)
    assert weak(one, facts("Brand in Hessen", "", "de", START)) == ()
