"""German compounds: what is a part of a word, and what only looks so."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.german.rules import GermanRules
from bot.text.german.splitting import boundaries, cheapest
from bot.text.german.word import Word

RULES = GermanRules()
LETTERS = st.text("aeinrstg", max_size=80)


@pytest.mark.parametrize(
    ("keyword", "word", "relation"),
    [
        ("Parade", "Militärparade", "ends with"),
        ("Parade", "Militärparaden", "ends with"),
        ("Gas", "Erdgas", "ends with"),
        ("Gas", "Abgas", "ends with"),
        ("Gas", "Gaspreis", "begins with"),
        ("Steuer", "Mehrwertsteuer", "ends with"),
        ("Krieg", "Bürgerkriegsflüchtlinge", "contains"),
        ("Flüchtling", "Bürgerkriegsflüchtlinge", "ends with"),
        ("Bürgerkrieg", "Bürgerkriegsflüchtlinge", "begins with"),
        ("Kirche", "Kirchenasyl", "begins with"),
        ("Schule", "Schulbus", "begins with"),
        ("Museum", "Museenlandschaft", "begins with"),
        ("Beamter", "Polizeibeamte", "ends with"),
        ("Arzt", "Ärztemangel", "begins with"),
        ("Klima", "Weltklimagipfel", "contains"),
        ("Nordkorea", "Nordkoreakonflikt", "begins with"),
        ("Selenskyj", "Selenskyjbesuch", "begins with"),
        ("Jugoslawien", "Exjugoslawien", "ends with"),
        ("Partei", "parteiintern", "begins with"),
        ("Krieg", "kriegsmüde", "begins with"),
    ],
)
def test_a_compound_holds_its_parts(keyword: str, word: str, relation: str) -> None:
    assert RULES.relation(keyword, word) == relation


@pytest.mark.parametrize(
    ("keyword", "words"),
    [
        ("Gas", "Gasse Gastgeber Vegas Ligaspiel Gastwirt"),
        ("Ei", "Polizei Partei Eiland Feier"),
        ("Mali", "ehemaligen Somalia Normalität Animalisches"),
        ("Iran", "Miranda Tirana"),
        ("Niger", "weniger Nigeria Nigerianer"),
        ("Rat", "Vorrat Karton Heirat Demokratie Fahrrad"),
        ("Wahl", "Wal Walfang"),
        ("Tor", "Diktator Moderatorin Terrortat"),
        ("Eis", "Kreis Meister Preise Gleis"),
        ("Wolf", "Wolfsburg"),
        ("Siegesparade", "Siegesfeier"),
        ("Steuer", "Steuerung Steuerrad"),
        ("Russland", "Borussia"),
        ("Koch", "Knochen"),
    ],
)
def test_letters_that_meet_by_accident_are_no_part(keyword: str, words: str) -> None:
    assert {word: RULES.relation(keyword, word) for word in words.split()} == dict.fromkeys(
        words.split()
    )


@pytest.mark.parametrize(
    ("keyword", "words"),
    [
        ("Recht", "rechtsextrem Rechtsextremisten Rechts-Außen Rechteck"),
        ("Post", "postkolonial"),
        ("Steuer", "Steuerbord"),
        ("Haft", "Haftpflicht"),
        ("Zug", "Zugang"),
    ],
)
def test_homographs_at_the_beginning_are_other_words(keyword: str, words: str) -> None:
    assert {RULES.relation(keyword, word) for word in words.split()} == {None}


@pytest.mark.parametrize("word", ["Rechtsanwalt", "Rechtsstaat", "Menschenrechte"])
def test_the_keyword_of_homographs_counts_in_other_compounds(word: str) -> None:
    assert RULES.relation("Recht", word)


@pytest.mark.parametrize("word", ["vorrat", "heirat", "feuilleton", "diktator", "bischof"])
def test_opaque_words_have_no_parts(word: str) -> None:
    assert boundaries(Word(word)) == (0, len(word))


def test_a_compound_that_ends_with_an_opaque_word_keeps_it_whole() -> None:
    assert boundaries(Word("lebensmittelvorrat"))[-2:] == (12, 18)


@pytest.mark.parametrize(
    ("keyword", "word", "relation"),
    [
        ("Nordkorea", "USA-Nordkorea-Gipfel", "contains"),
        ("Nordkorea", "Nordkorea-Konflikt", "begins with"),
        ("Nordkorea", "Anti-Nordkorea", "ends with"),
        ("Nordkorea", "Nord-Korea", "the word"),
        ("Nordkorea", "Nordkorea\u2011Konflikt", "begins with"),
        ("Nordkorea-Konflikt", "Nordkorea\u2011Konflikt", "the word"),
        ("Nordkorea-Konflikt", "Nordkoreakonflikte", "inflected form of"),
        ("Siegesparade", "Siegesparade-Proben", "begins with"),
        ("Al-Kaida", "Anti-Al-Kaida-Einsatz", "contains"),
        ("Krieg", "Kriegs-Ende", "inflected form of"),
        ("Konflikt", "Nordkorea-Konflikte", "inflected form of"),
        ("Krieg", "Nordkorea-Konflikt", None),
    ],
)
def test_a_hyphenated_word_counts_whole_and_by_its_parts(
    keyword: str, word: str, relation: str | None
) -> None:
    assert RULES.relation(keyword, word) == relation


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        (Word("kriegsfluechtling"), "kriegs fluechtling"),
        (Word("buergerkriegsfluechtlinge"), "buerger kriegs fluechtlinge"),
        (Word("staatsoberhaupt"), "staats ober haupt"),
        (Word("kriegsmuede", is_small=True), "kriegs muede"),
        (Word("unglueck"), "un glueck"),
        (Word("abgase"), "ab gase"),
        (Word("haus"), "haus"),
        (Word("buegeln", is_small=True), "buegeln"),
    ],
)
def test_a_word_is_split_into_its_smallest_parts(word: Word, parts: str) -> None:
    cuts = boundaries(word)

    assert " ".join(word.folded[a:b] for a, b in pairwise(cuts)) == parts


def test_the_cheapest_of_several_splits_is_taken() -> None:
    modifiers = {"wach": 1.0, "wachs": 5.0}
    heads = {"stube": 1.0, "tube": 2.0}

    split = cheapest(
        "wachstube",
        lambda text: [(part, cost) for part, cost in modifiers.items() if text.startswith(part)],
        heads.get,
    )

    assert split == (2.0, ("wach", "stube"))


@given(LETTERS, st.booleans())
def test_boundaries_go_up_from_the_beginning_to_the_end(text: str, is_small: bool) -> None:
    cuts = boundaries(Word("gas" + text, is_small))

    assert (cuts[0], cuts[-1]) == (0, 3 + len(text))
    assert list(cuts) == sorted(set(cuts))


@pytest.mark.parametrize("unit", ["see", "raten", "krieg", "ende", "a", "xqzy"])
def test_a_long_word_of_many_splits_is_no_trouble(unit: str) -> None:
    word = (unit * 80)[:80].title()

    assert RULES.relation("Sieg", word) is None
    assert len(list(RULES.probes(word))) < 10 * len(word) + 10
