"""German derivations: persons, adjectives, nouns and verbs that come from a noun."""

import pytest

from bot.text.german.derivation import irregular, is_derived, root, stems
from bot.text.german.lexicon import ADJECTIVE, NOUN, VERB, Entry
from bot.text.german.rules import GermanRules

RULES = GermanRules()


@pytest.mark.parametrize(
    ("keyword", "words"),
    [
        ("Polizei", "Polizist Polizistin Polizistinnen polizeilich"),
        ("Kandidat", "Kandidatur kandidieren kandidierte"),
        ("Bank", "Banker Bankerin"),
        ("Steuer", "versteuert besteuern Besteuerung"),
        ("Terror", "Terrorist Terrorismus terroristisch"),
        ("Kunst", "Künstler Künstlerin künstlerisch"),
        ("Musik", "Musiker musikalisch"),
        ("Flucht", "Flüchtling Geflüchtete flüchten"),
        ("Staat", "staatlich"),
        ("Mord", "Mörder ermordet Ermordung"),
        ("Demonstration", "Demonstrant demonstrieren"),
        ("Fahrt", "Fahrer Abfahrt"),
        ("Sozialismus", "Sozialist sozialistisch"),
        ("Diplomatie", "Diplomat diplomatisch"),
        ("Migrant", "migrantisch"),
        ("Trump", "trumpsche Trumpismus"),
        ("Recht", "Bürgerrechtler Bürgerrechtlerinnen"),
    ],
)
def test_a_noun_finds_what_is_derived_from_it(keyword: str, words: str) -> None:
    assert {word: RULES.relation(keyword, word) for word in words.split()} == dict.fromkeys(
        words.split(), "derived from"
    )


@pytest.mark.parametrize(
    ("keyword", "words"),
    [
        ("Post", "Poster"),
        ("Suche", "besuchen"),
        ("Art", "artig"),
        ("Text", "Textil"),
        ("Kunst", "kund"),
        ("Haft", "Haftung"),
        ("Pol", "Polizist"),
        ("Kind", "Kino"),
    ],
)
def test_what_only_ends_like_a_derivation_is_none(keyword: str, words: str) -> None:
    assert {word: RULES.relation(keyword, word) for word in words.split()} == dict.fromkeys(
        words.split()
    )


@pytest.mark.parametrize(
    ("keyword", "word"),
    [("Polizei", "Bundespolizisten"), ("Kunst", "Künstlerkolonie"), ("Terror", "Terroristenjagd")],
)
def test_derivations_count_inside_compounds(keyword: str, word: str) -> None:
    assert RULES.relation(keyword, word)


def test_a_person_must_have_the_woman_in_the_dictionary() -> None:
    assert is_derived("bank", Entry(NOUN, "banker"))
    assert not is_derived("post", Entry(NOUN, "poster"))


def test_a_verb_with_a_prefix_comes_from_a_noun_only_if_no_plain_verb_does() -> None:
    assert is_derived("gift", Entry(VERB, "vergiften"))
    assert not is_derived("suche", Entry(VERB, "besuchen"))


def test_a_word_is_not_derived_from_itself() -> None:
    assert not is_derived("polizei", Entry(NOUN, "polizei"))


def test_exceptions_go_before_rules() -> None:
    assert is_derived("waffe", Entry(VERB, "entwaffnen"))
    assert not is_derived("art", Entry(ADJECTIVE, "artig"))


def test_exceptions_may_stand_on_several_lines() -> None:
    assert is_derived("kunst", Entry(ADJECTIVE, "kuenstlerisch"))
    assert not is_derived("kunst", Entry(ADJECTIVE, "kuenstlich"))


def test_exceptions_that_are_denied_are_no_derivations() -> None:
    assert irregular("art") == ()
    assert "moerder" in irregular("mord")


@pytest.mark.parametrize(
    ("noun", "texts"),
    [
        ("polizei", {"polizei", "poelizei", "poliz", "poeliz"}),
        ("kunst", {"kunst", "kuenst"}),
        ("schule", {"schule", "schuele", "schul", "schuel"}),
        ("ei", set()),
    ],
)
def test_stems_are_what_cuts_leave_also_umlauted(noun: str, texts: set[str]) -> None:
    assert {stem.text for stem in stems(noun)} == texts


@pytest.mark.parametrize("noun", ["polizei", "kunst", "schule", "demonstration", "politik", "ehe"])
def test_all_stems_begin_with_the_root(noun: str) -> None:
    plain = [stem.text for stem in stems(noun) if not stem.is_umlauted]

    assert min(plain, key=len) == root(noun)
    assert all(text.startswith(root(noun)) for text in plain)
