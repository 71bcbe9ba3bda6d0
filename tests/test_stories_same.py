"""The same event in other words, and what is near it but apart."""

from bot.stories.engine import Stories
from tests.stories_kit import (
    ACCEPTED,
    DAY,
    HOUR,
    MISSILE,
    OFFER,
    OPINION,
    OTHER_WORDS,
    START,
    WIRE,
    decided,
    document,
)

SEED = document("seed", "Nordkoreanische Soldaten bei Siegesparade in Moskau", WIRE)


def test_case_5_the_same_event_in_other_words_is_the_same_story() -> None:
    other = document("b", "Kim schickt Truppen zur Parade am 9. Mai", OTHER_WORDS, HOUR)
    first, second = decided(SEED, other)
    assert (second.verdict, second.story, second.with_) == ("same", first.story, "seed")
    assert second.score >= second.threshold


def test_case_11_a_correction_joins_the_story_and_is_told_as_one() -> None:
    text = WIRE.replace("19 eingeladenen", "13 eingeladenen")
    title = "Berichtigung: nicht 19, sondern 13 Länder eingeladen"
    first, second = decided(SEED, document("b", title, text, HOUR))
    assert (second.story, second.correction) == (first.story, True)


def test_case_14_a_missile_test_on_the_same_day_is_another_story() -> None:
    first, second = decided(SEED, document("b", "Nordkorea testet Rakete", MISSILE, HOUR))
    assert second.story != first.story


def test_case_16_an_opinion_on_the_event_is_related() -> None:
    title = "Kommentar: Parade der Einsamen"
    first, second = decided(SEED, document("b", title, OPINION, HOUR))
    assert (second.verdict, second.story, second.with_) == ("related", "b", first.story)
    assert "one of them is opinion" in second.vetoes


def test_case_17_a_follow_up_with_a_new_fact_is_the_same_story() -> None:
    first, second = decided(
        document("a", "Lindner erhöht Angebot für Holzhaus", OFFER),
        document("b", "Holzhaus nimmt Angebot von Lindner an", ACCEPTED, 20 * HOUR),
    )
    assert (second.verdict, second.story) == ("same", first.story)


def test_case_18_titles_that_are_only_kickers_are_never_joined() -> None:
    for title in ("Krieg in der Ukraine", "2. Fußball-Bundesliga", "Eskalation in Nahost"):
        first, second = decided(
            document("a", title, outlet="a.example"),
            document("b", title, after=HOUR, outlet="b.example"),
        )
        assert second.story != first.story, title


def test_titles_alone_are_enough_where_they_share_telling_words() -> None:
    first, second = decided(
        document("a", "Olympia: Zwölfjährige Hend Zaza scheidet im Tischtennis aus"),
        document("b", "Tischtennis: Hend Zaza verliert mit zwölf bei Olympia", after=HOUR),
    )
    assert (second.verdict, second.story) == ("same", first.story)


def test_a_related_article_opens_a_story_and_names_the_other() -> None:
    near = """Der Kreml hat die Liste der Gäste für den Siegestag veröffentlicht. Zehn Länder
    haben für den 9. Mai zugesagt, teilte Außenamtssprecher Peskow mit. Die Flughäfen der
    Hauptstadt stellen an dem Vormittag den Betrieb ein, weil Moskau Angriffe mit Drohnen
    fürchtet. Auf den Brücken stehen Absperrungen, das mobile Internet wird abgeschaltet,
    Fahrdienste und Banken rechnen mit Ausfällen. Viele Moskauer fahren über die Feiertage auf die
    Datscha."""
    first, second = decided(SEED, document("b", "Moskau schaltet das Internet ab", near, HOUR))
    assert second.story != first.story


def test_a_decision_names_the_next_best_story() -> None:
    rocket = document("rocket", "Nordkorea testet ballistische Rakete bei Wonsan", MISSILE)
    again = document("b", "Nordkorea feuert Rakete ab", MISSILE[:400] + OTHER_WORDS[:300], 2 * HOUR)
    *_, last = decided(rocket, SEED, again)
    assert last.runner_up is None or last.runner_up.story != last.with_


def test_what_comes_after_the_end_of_a_story_begins_another_that_names_it() -> None:
    late = document("b", "Kim schickt Truppen zur Parade am 9. Mai", WIRE, 4 * DAY)
    first, second = decided(SEED, late)
    assert (second.story, second.verdict, second.earlier) == ("b", "related", first.story)


def test_a_story_ends_seven_days_after_its_first_article() -> None:
    stories = Stories()
    days = [stories.add(document(str(n), f"Tag {n}", WIRE, n * 2 * DAY)) for n in range(5)]
    assert [each.story for each in days] == ["0", "0", "0", "0", "4"]
    assert days[4].earlier == "0"


def test_the_year_of_a_day_is_that_of_the_article() -> None:
    assert START.year == 2026
