"""The German rules as the matcher asks them: places, names, and how keywords are found."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.german import relations
from bot.text.german.rules import GermanRules
from bot.text.tokens import tokenise

RULES = GermanRules()
TRICKY = st.text("aeinrstgKSÄäß\u0308\u00ad-\u2011/:*_'\u2019&. 1", max_size=30)
WORDS = st.text(max_size=100) | TRICKY
KEYWORDS = st.sampled_from(
    ["Krieg", "kriegen", "Nordkorea", "USA", "Soldaten", "Selenskyj", "Al-Kaida", "Ei", "Recht"]
)

# Words of each class, by the keyword that they count for.
FOUND = {
    "Nordkorea": "Nordkoreas nordkoreanische Nordkoreanerinnen USA-Nordkorea-Gipfel NORDKOREA",
    "Korea": "Nordkorea",
    "Russland": "russischen Russin Russen prorussisch Russlandpolitik",
    "USA": "US US-Präsident USA-Reise",
    "Krieg": "Kriege Bürgerkriegsflüchtlinge kriegerisch Krieger Kriegs-Ende",
    "Museum": "Museen Museenlandschaft Heimatmuseums",
    "Firma": "Firmenchef Baufirmen",
    "Konto": "Kontenabfrage Bankkonten",
    "Lexikon": "Lexika Lexikaverlag",
    "Saal": "Säle Sälenutzung",
    "Feuerwehrmann": "Feuerwehrleute Feuerwehrleutestreik",
    "Vorsitzende": "Parteivorsitzenden Vorsitzendem",
    "Beamter": "Beamten Polizeibeamte",
    "Selenskyj": "Selenskyjs Selenski Zelensky Selenskyjbesuch",
    "Peking": "Beijing Pekings",
    "Ausland": "Ausländerbehörde ausländisch",
    "wählen": "gewählt wählte",
    "hageln": "gehagelt",
    "Kirche": "Kirchenasyl Kirchtag",
}


@pytest.mark.parametrize("keyword", FOUND)
def test_a_word_that_counts_has_one_of_its_probes_among_the_keys(keyword: str) -> None:
    keys = set(RULES.keys(keyword))

    for word in FOUND[keyword].split():
        assert RULES.relation(keyword, word) in relations.ALL
        assert keys & set(RULES.probes(word))


@given(KEYWORDS, WORDS)
def test_any_text_may_be_asked_about(keyword: str, word: str) -> None:
    relation = RULES.relation(keyword, word)

    assert relation is None or relation in relations.ALL
    assert relation is None or set(RULES.keys(keyword)) & set(RULES.probes(word))


@given(TRICKY)
def test_any_word_may_be_a_keyword(text: str) -> None:
    for token in tokenise(text):
        assert RULES.relation(token.text, token.text)
        assert RULES.inflection(token.text, token.text)
        assert set(RULES.keys(token.text)) & set(RULES.probes(token.text))


@pytest.mark.parametrize("word", ["G-7", "G\u20117", "G7"])
def test_a_word_of_tiny_parts_is_found(word: str) -> None:
    assert RULES.relation("G-7", word) == "the word"
    assert set(RULES.keys("G-7")) & set(RULES.probes(word))


def test_what_is_too_long_for_a_word_is_nothing() -> None:
    word = "x" * 81

    assert list(RULES.probes(word)) == []
    assert RULES.relation(word, word) is None


@pytest.mark.parametrize(
    ("keyword", "word", "relation"),
    [
        ("Nordkorea", "nordkoreanische", "adjective of"),
        ("Nordkorea", "Nordkoreanerinnen", "inhabitant of"),
        ("Nordkorea", "nordkoreakritisch", "begins with"),
        ("Korea", "Nordkorea", "ends with"),
        ("Russland", "prorussisch", "adjective of"),
        ("Russland", "Russlandpolitik", "begins with"),
        ("Russland", "Westrussland", "ends with"),
        ("Weißrussland", "Weissrussland", "the word"),
        ("Großbritannien", "britischen", "adjective of"),
        ("Frankreich", "Französinnen", "inhabitant of"),
        ("Deutschland", "deutsch", "adjective of"),
        ("Österreich", "Oesterreicher", "inhabitant of"),
        ("Niederlande", "holländisch", "adjective of"),
        ("Berlin", "Berlinerin", "inhabitant of"),
        ("USA", "USA", "the word"),
        ("USA", "USA-Reise", "begins with"),
        ("USA", "US-Armee", "another name of"),
        ("US", "US", "the word"),
    ],
)
def test_places_count_by_all_that_they_are_called(keyword: str, word: str, relation: str) -> None:
    assert RULES.relation(keyword, word) == relation


@pytest.mark.parametrize(
    ("keyword", "words"),
    [
        ("Nordkorea", "Südkorea südkoreanisch"),
        ("Russland", "Weißrussland weißrussisch Borussia"),
        ("Niger", "Nigeria nigerianisch"),
        ("Guinea", "Äquatorialguinea"),
        ("Sudan", "Südsudan"),
        ("Irland", "Nordirland Island"),
        ("Mali", "Somalia"),
        ("USA", "us Usability"),
        ("US", "us"),
        ("EU", "neu Eule eu"),
        ("UN", "un"),
    ],
)
def test_other_places_and_small_words_are_not_meant(keyword: str, words: str) -> None:
    assert [word for word in words.split() if RULES.relation(keyword, word)] == []


@pytest.mark.parametrize(
    ("keyword", "word"),
    [
        ("Selenskyj", "Zelensky"),
        ("Lukaschenko", "Lukashenko"),
        ("Nawalny", "Navalny"),
        ("Nawalny", "Nawalnyjs"),
        ("Kiew", "Kyjiw"),
        ("Peking", "Beijing"),
        ("Charkow", "Charkiw"),
    ],
)
def test_names_count_in_other_spellings(keyword: str, word: str) -> None:
    assert RULES.relation(keyword, word) == "another spelling of"


@pytest.mark.parametrize(
    ("keyword", "word"), [("Maier", "Meyer"), ("Selenskyj", "zelensky"), ("Putin", "Patin")]
)
def test_other_names_and_small_words_are_no_spelling(keyword: str, word: str) -> None:
    assert RULES.relation(keyword, word) is None
