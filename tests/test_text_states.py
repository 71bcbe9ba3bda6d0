"""States and regions: the table is complete and consistent, and places are not mixed up."""

from collections import defaultdict

import pytest

from bot.text.fold import fold
from bot.text.states import ENDINGS, LANGUAGES, Forms, all_states, forms, of_name, others

MEMBERS_OF_THE_UN = (
    "AF EG AL DZ AD AO AG GQ AR AM AZ ET AU BS BH BD BB BY BE BZ BJ BT BO BA BW BR BN BG BF BI "
    "CV CL CN CR DK DE DM DO DJ EC CI SV ER EE SZ FJ FI FR GA GM GE GH GD GR GB GT GN GW GY HT "
    "HN IN ID IQ IR IE IS IL IT JM JP YE JO KH CM CA KZ QA KE KG KI CO KM CG CD KP KR HR CU KW "
    "LA LS LV LB LR LY LI LT LU MG MW MY MV ML MT MA MH MR MU MX FM MD MC MN ME MZ MM NA NR NP "
    "NZ NI NL NE NG MK NO OM AT TL PK PW PA PG PY PE PH PL PT RW RO RU SB ZM WS SM ST SA SE CH "
    "SN RS SC SL ZW SG SK SI SO ES LK KN LC VC ZA SD SS SR SY TJ TZ TH TG TO TT TD CZ TN TR TM "
    "TV UG UA HU UY US UZ VU VE AE VN CF CY "
)
MEMBERS = frozenset(MEMBERS_OF_THE_UN.split())
"""ISO 3166 codes."""

SHARED = {"kongoles", "congol", "centrafr", "конгол", "zentralafrik", "central afr", "центральноаф"}
"""Beginnings of the words that several places have in common in truth."""


def everything(found: Forms) -> set[str]:
    return {*found.words, *(" ".join(phrase) for phrase in found.phrases), *found.abbreviations}


def test_every_member_of_the_united_nations_is_there_once() -> None:
    codes = [state.code for state in all_states() if state.code]

    assert len(MEMBERS) == 193
    assert set(codes) >= MEMBERS
    assert len(codes) == len(set(codes))


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_member_of_the_united_nations_has_a_name(language: str) -> None:
    members = [state for state in all_states() if state.code in MEMBERS]

    assert not [state.name for state in members if not everything(state.languages[language])]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_place_claims_a_word_of_another(language: str) -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    for state in all_states():
        for word in everything(state.languages[language]):
            owners[word].add(state.name)

    disputed = {word for word, names in owners.items() if len(names) > 1}

    assert not {word for word in disputed if not word.startswith(tuple(SHARED))}


def test_every_wider_place_is_in_the_table() -> None:
    names = {state.name for state in all_states()}

    assert {name for state in all_states() for name in state.within} <= names


@pytest.mark.parametrize("language", ["de", "en", "fr"])
def test_no_cell_mixes_alphabets(language: str) -> None:
    words = {word for state in all_states() for word in everything(state.languages[language])}

    assert not [word for word in words if any("а" <= letter <= "я" for letter in word)]


@pytest.mark.parametrize("language", ["ru", "uk"])
def test_no_latin_letter_hides_in_a_cyrillic_cell(language: str) -> None:
    words = {word for state in all_states() for word in everything(state.languages[language])}

    assert not [word for word in words if any("a" <= letter <= "z" for letter in word)]


def test_german_adjectives_end_as_adjectives() -> None:
    stems = {stem for state in all_states() for stem in state.languages["de"].adjectives}

    assert not [stem for stem in stems if not stem.endswith("sch")]


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Weißrussland", "Belarus"),
        ("Elfenbeinküste", "Côte d'Ivoire"),
        ("Birma", "Myanmar"),
        ("USA", "Vereinigte Staaten"),
        ("Großbritannien", "Vereinigtes Königreich"),
        ("Holland", "Niederlande"),
        ("Moldawien", "Moldau"),
        ("Bosnien und Herzegowina", "Bosnien-Herzegowina"),
        ("Grossbritannien", "Großbritannien"),
    ],
)
def test_two_names_of_one_state_lead_to_one_row(name: str, other: str) -> None:
    assert of_name(fold(name), "de") is of_name(fold(other), "de") is not None


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("England", "Großbritannien"),
        ("Slowakei", "Slowenien"),
        ("Dominica", "Dominikanische Republik"),
        ("Niger", "Nigeria"),
        ("Nordkorea", "Südkorea"),
        ("Nordkorea", "Korea"),
        ("Kongo", "Demokratische Republik Kongo"),
        ("Galicien", "Galizien"),
    ],
)
def test_different_states_are_different_rows(name: str, other: str) -> None:
    one, two = of_name(fold(name), "de"), of_name(fold(other), "de")

    assert one
    assert two
    assert one is not two


@pytest.mark.parametrize("keyword", ["moskau", "", "-", "roman", "land"])
def test_what_is_no_place_has_no_forms(keyword: str) -> None:
    assert forms(keyword, "de") is None
    assert not others(keyword, "de").words


def test_a_language_without_a_table_knows_no_place() -> None:
    assert of_name("korea", "ko") is None


@pytest.mark.parametrize(
    ("keyword", "adjective", "people"),
    [
        ("nordkorea", "nordkoreanisch", {"nordkoreaner", "nordkoreanerin"}),
        ("frankreich", "franzoesisch", {"franzose", "franzoesin"}),
        ("niger", "nigrisch", {"nigrer", "nigrerin"}),
        ("nigeria", "nigerianisch", {"nigerianer"}),
        ("mali", "malisch", {"malier"}),
        ("malaysia", "malaysisch", {"malaysier"}),
        ("belarus", "weissrussisch", {"belarusse", "weissrussin"}),
        ("polen", "polnisch", {"pole", "polin"}),
        ("israel", "israelisch", {"israeli", "israelin"}),
        ("usa", "amerikanisch", {"amerikaner"}),
        ("oesterreich", "oesterreichisch", {"oesterreicher"}),
        ("jemen", "jemenitisch", {"jemenit", "jemenitin"}),
    ],
)
def test_adjective_and_inhabitants_of_a_german_name(
    keyword: str, adjective: str, people: set[str]
) -> None:
    found = forms(keyword, "de")

    assert found
    assert adjective in found.adjectives
    assert people <= set(found.people)


@pytest.mark.parametrize(
    ("keyword", "language", "phrase"),
    [
        ("north korea", "en", ("north", "korean")),
        ("usa", "de", ("us", "amerikanisch")),
        ("saudi-arabien", "de", ("saudi", "araber")),
        ("coree du nord", "fr", ("nord", "coreen")),
        ("elfenbeinkueste", "de", ("cote", "d", "ivoire")),
    ],
)
def test_names_of_several_words_are_phrases(
    keyword: str, language: str, phrase: tuple[str, ...]
) -> None:
    found = forms(keyword, language)

    assert found
    assert phrase in found.phrases


@pytest.mark.parametrize(
    ("keyword", "language", "word"),
    [
        ("россия", "ru", "российские"),
        ("россия", "ru", "россиянами"),
        ("россия", "ru", "россиянин"),
        ("северная корея", "ru", "северокорейского"),
        ("україна", "uk", "українською"),
        ("україна", "uk", "українців"),
        ("франция", "ru", "французам"),
        ("france", "fr", "françaises"),
        ("italie", "fr", "italiennes"),
        ("netherlands", "en", "Dutchmen"),
    ],
)
def test_stems_of_other_languages_take_their_endings(
    keyword: str, language: str, word: str
) -> None:
    found = forms(fold(keyword), language)

    assert found
    assert any(
        fold(word).startswith(stem) and fold(word).removeprefix(stem) in ENDINGS[language]
        for stem in found.adjectives
    )


@pytest.mark.parametrize(("short", "keyword"), [("US", "usa"), ("UK", "uk"), ("DDR", "ddr")])
def test_short_names_count_in_capitals_only(short: str, keyword: str) -> None:
    found = forms(keyword, "de")

    assert found
    assert short in found.abbreviations
    assert fold(short) not in found.words


@pytest.mark.parametrize(
    ("keyword", "word"),
    [
        ("russland", "weissrussland"),
        ("russland", "weissrussisch"),
        ("niger", "nigeria"),
        ("guinea", "aequatorialguinea"),
        ("sudan", "suedsudanesisch"),
        ("china", "indochina"),
        ("irland", "nordirland"),
        ("mali", "somalia"),
        ("usa", "suedamerika"),
        ("slowakei", "tschechoslowakei"),
        ("sachsen", "niedersachsen"),
    ],
)
def test_a_name_inside_a_name_is_another_place(keyword: str, word: str) -> None:
    assert word in others(keyword, "de").words


@pytest.mark.parametrize(
    ("keyword", "language", "phrase"),
    [
        ("guinea", "de", ("guinea", "bissau")),
        ("arabien", "de", ("saudi", "arabien")),
        ("sachsen", "de", ("sachsen", "anhalt")),
        ("america", "en", ("south", "american")),
        ("ireland", "en", ("northern", "ireland")),
        ("sudan", "en", ("south", "sudanese")),
    ],
)
def test_a_name_beside_another_word_may_be_another_place(
    keyword: str, language: str, phrase: tuple[str, ...]
) -> None:
    assert phrase in others(keyword, language).phrases


@pytest.mark.parametrize(
    ("keyword", "word"),
    [
        ("korea", "nordkorea"),
        ("korea", "suedkoreanisch"),
        ("afrika", "suedafrika"),
        ("deutschland", "ostdeutschland"),
        ("oesterreich", "niederoesterreich"),
        ("kongo", "kongolesisch"),
        ("nordkorea", "nordkoreanisch"),
        ("belarus", "weissrussland"),
    ],
)
def test_parts_of_a_place_and_its_own_words_are_no_other_place(keyword: str, word: str) -> None:
    assert of_name(keyword, "de")
    assert word not in others(keyword, "de").words
