"""German inflection: which words are forms of one another."""

import unicodedata

import pytest

from bot.text.german.inflection import umlauted
from bot.text.german.rules import GermanRules

RULES = GermanRules()


@pytest.mark.parametrize(
    ("keyword", "words"),
    [
        ("Nordkorea", "Nordkorea Nordkoreas nordkorea Nordkorea's NORDKOREA"),
        ("Siegesparade", "Siegesparaden"),
        ("Siegestag", "Siegestags Siegestages Siegestage Siegestagen"),
        ("Haus", "Hauses Häuser Häusern"),
        ("Bundestag", "Bundestags Bundestages"),
        ("Land", "Länder Ländern Lande"),
        ("Museum", "Museums Museen"),
        ("Firma", "Firmen"),
        ("Kollege", "Kollegen Kollegin Kolleginnen"),
        ("Arzt", "Ärzte Ärztin Ärztinnen"),
        ("Selenskyj", "Selenskyjs"),
        ("Fridmann", "Fridmanns"),
    ],
)
def test_a_noun_counts_in_every_form(keyword: str, words: str) -> None:
    assert {RULES.relation(keyword, word) for word in words.split()} <= {
        "the word",
        "inflected form of",
    }


@pytest.mark.parametrize(
    ("keyword", "word"),
    [("Kriege", "Krieg"), ("Soldaten", "Soldat"), ("Wahlen", "Wahl"), ("Häuser", "Hauses")],
)
def test_a_keyword_may_be_an_inflected_form_itself(keyword: str, word: str) -> None:
    assert RULES.relation(keyword, word) == "inflected form of"


@pytest.mark.parametrize("ending", ["e", "en", "em", "er"])
@pytest.mark.parametrize("keyword", ["Vorsitzende", "Vorsitzender", "Angeklagte", "Beamter"])
def test_a_noun_may_be_declined_as_an_adjective(keyword: str, ending: str) -> None:
    word = keyword.removesuffix("r").removesuffix("e") + ending

    assert RULES.relation(keyword, word) in {"the word", "inflected form of"}


@pytest.mark.parametrize(
    "word", ["Soldat:innen", "Soldat*innen", "Soldat_innen", "SoldatInnen", "Soldat:in", "Soldatin"]
)
@pytest.mark.parametrize("keyword", ["Soldat", "Soldaten"])
def test_gender_forms_count(keyword: str, word: str) -> None:
    assert RULES.relation(keyword, word) == "inflected form of"


@pytest.mark.parametrize(
    "word",
    [
        "Militärparade",
        "Militaerparade",
        "MILITÄRPARADE",
        "Mili\u00adtär\u00adparade",
        "\u00adMilitärparade",
        unicodedata.normalize("NFD", "Militärparade"),
    ],
)
def test_a_word_is_the_same_however_it_is_written(word: str) -> None:
    assert RULES.relation("Militärparade", word) == "the word"


@pytest.mark.parametrize(
    ("keyword", "word"),
    [
        ("Reise", "Reis"),
        ("Hamas", "Hama"),
        ("Kanzlerin", "Kanzler"),
        ("Gas", "Gasse"),
        ("Krieg", "kriegen"),
        ("Krieg", "kriegt"),
        ("Steuer", "steuern"),
        ("Recht", "recht"),
        ("Niger", "weniger"),
        ("Parade", "Paradies"),
        ("Parade", "Paradoxon"),
        ("Rat", "raten"),
    ],
)
def test_what_only_looks_like_a_form_is_another_word(keyword: str, word: str) -> None:
    assert RULES.relation(keyword, word) is None


@pytest.mark.parametrize(
    ("keyword", "words"),
    [
        ("wählen", "wählt gewählt wählte"),
        ("streiken", "streikt gestreikt streikten"),
        ("grün", "grüner Grünen grünste"),
        ("neutral", "neutrale Neutrale"),
    ],
)
def test_verbs_and_adjectives_count_in_their_forms(keyword: str, words: str) -> None:
    assert {RULES.relation(keyword, word) for word in words.split()} == {"inflected form of"}


def test_a_noun_that_is_written_small_in_a_text_counts_if_it_can_be_no_other_word() -> None:
    assert RULES.relation("Bundestag", "bundestag") == "the word"
    assert RULES.relation("Krieg", "krieg") is None


@pytest.mark.parametrize(
    ("keyword", "word"),
    [
        ("Deutscher", "Deutschen"),
        ("roter", "roten"),
        ("Bundestag", "Bundestages"),
        ("Kreuz", "Kreuzes"),
        ("Soldat", "Soldat:innen"),
    ],
)
def test_words_of_a_phrase_may_be_inflected(keyword: str, word: str) -> None:
    assert RULES.inflection(keyword, word)


@pytest.mark.parametrize(
    ("keyword", "word"),
    [("Wahl", "Auswahl"), ("Polizei", "Polizist"), ("Russland", "russisch"), ("Krieg", "Kreis")],
)
def test_compounds_and_derivations_are_no_inflection(keyword: str, word: str) -> None:
    assert not RULES.inflection(keyword, word)


@pytest.mark.parametrize(
    ("stem", "changed"),
    [
        ("haus", "haeus"),
        ("land", "laend"),
        ("vogel", "voegel"),
        ("kunst", "kuenst"),
        ("aufstand", "aufstaend"),
        ("u", "ue"),
        ("leut", None),
        ("kuenst", None),
        ("bild", None),
        ("", None),
    ],
)
def test_the_last_vowel_is_umlauted(stem: str, changed: str | None) -> None:
    assert umlauted(stem) == changed
