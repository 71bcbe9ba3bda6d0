"""Languages other than German: which words count for a keyword."""

from concurrent.futures import ThreadPoolExecutor
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.other.rules import StemRules

rules = cache(StemRules)

FORMS = """
en election: elections election's Elections ELECTION
en child: children child’s
en city: cities
en war: wars Wars
en strike: striking struck
en Zelensky: Zelensky's
en women: woman
en deepfake: deepfakes Deepfakes
fr élection: élections elections d’élections
fr cheval: chevaux
fr juge: juges
fr soldat: soldats
es ley: leyes
es policía: policías policia
it sciopero: scioperi
it città: Città
pl wojna: wojny wojnie wojnę
pl Tusk: Tuska Tuskiem
ru Корея: Корее Кореи Корею
ru северный: Северной северные
ru Путин: Путина Путину Путиным
ru взрыв: взрывы взрывов
ru орёл: орел орла
uk Україна: Україні України Україну
uk Зеленський: Зеленського Зеленським
uk Сирський: Сирського Сирським
uk Київ: Києва Києву
uk здоров'я: здоров’ю
cs Fiala: Fialy Fialou
tr seçim: seçimler seçimde
tr Türkiye: Türkiye'nin Türkiye’de
tr İstanbul: istanbul
nl verkiezing: verkiezingen
hu háború: háborút
"""

OTHER_WORDS = """
en university: universe universal
en author: authority authorities
en import: important importance
en organization: organ
en police: policy policies
en general: generate generous
en France: Franc
fr gouvernement: gouverner
fr France: franc francs
es Madrid: madre Madre
es policía: política
it banca: banco
ru война: воин
uk Київ: кий
zu umbuso: umbusi
"""

PLACES = """
en France: French Frenchman
en Spain: Spanish Spaniards
en Britain: British UK
en US: American Americans
fr Russie: russe russes
fr Ukraine: ukrainienne ukrainiens
ru Россия: российские россияне
ru США: американские
ru Украина: украинских
uk Україна: українські
uk Росія: російських
"""

PARTS = [
    ("en", "strike", "air-strikes", "ends with"),
    ("en", "US", "US-led", "begins with"),
    ("en", "Korea", "US-Korea-summit", "contains"),
    ("en", "Russia", "Anglo-Russian", "adjective or inhabitant of"),
    ("en", "air-strike", "air-strikes", "inflected form of"),
    ("en", "air-strike", "Air-Strike", "the word"),
    ("fr", "Ukraine", "l’Ukraine", "the word"),
    ("ru", "Санкт-Петербург", "Санкт-Петербурге", "inflected form of"),
]


def pairs(table: str) -> list[tuple[str, str, str]]:
    rows = [line.split(": ") for line in table.strip().splitlines()]
    return [(*_two(head), word) for head, words in rows for word in words.split()]


def _two(head: str) -> tuple[str, str]:
    language, keyword = head.split(" ")
    return language, keyword


def counts(language: str, keyword: str, word: str) -> str | None:
    """Ask as the matcher does: only where key and probe meet."""
    asked = rules(language)
    if set(asked.keys(keyword)).isdisjoint(asked.probes(word)):
        return None
    return asked.relation(keyword, word)


@pytest.mark.parametrize(("language", "keyword", "word"), pairs(FORMS))
def test_a_form_of_the_keyword_counts(language: str, keyword: str, word: str) -> None:
    assert counts(language, keyword, word) in {"the word", "inflected form of"}


@pytest.mark.parametrize(("language", "keyword", "word"), pairs(OTHER_WORDS))
def test_another_word_does_not_count_though_it_has_the_same_stem(
    language: str, keyword: str, word: str
) -> None:
    assert counts(language, keyword, word) is None


@pytest.mark.parametrize(("language", "keyword", "word"), pairs(PLACES))
def test_a_country_counts_by_its_adjective_its_people_and_its_other_names(
    language: str, keyword: str, word: str
) -> None:
    assert counts(language, keyword, word) in {"adjective or inhabitant of", "another name of"}


@pytest.mark.parametrize(
    ("language", "keyword", "word"),
    [("en", "Niger", "Nigeria"), ("en", "Guinea", "Guinea-Bissau"), ("ru", "Нигер", "Нигерии")],
)
def test_another_country_does_not_count(language: str, keyword: str, word: str) -> None:
    assert counts(language, keyword, word) is None


@pytest.mark.parametrize(("language", "keyword", "word", "why"), PARTS)
def test_a_hyphenated_word_counts_by_its_parts(
    language: str, keyword: str, word: str, why: str
) -> None:
    assert counts(language, keyword, word) == why


@pytest.mark.parametrize("word", ["WHO", "WHO's", "WHO-led"])
def test_an_abbreviation_counts_in_capitals(word: str) -> None:
    assert counts("en", "WHO", word)


@pytest.mark.parametrize(
    ("language", "keyword", "word"),
    [("en", "WHO", "who"), ("en", "WHO", "Who"), ("en", "US", "us"), ("it", "NATO", "nato")],
)
def test_a_word_of_the_letters_of_an_abbreviation_does_not_count(
    language: str, keyword: str, word: str
) -> None:
    assert counts(language, keyword, word) is None


def test_a_long_abbreviation_may_be_written_as_a_name() -> None:
    assert counts("it", "NATO", "Nato") == "the word"


@pytest.mark.parametrize(
    ("language", "phrase", "text"),
    [
        ("en", "North Korea", "North Korean"),
        ("en", "North Korea", "North Korea’s"),
        ("en", "New Zealand", "New Zealanders"),
        ("en", "Sri Lanka", "Sri Lankan"),
        ("ru", "Северная Корея", "Северной Корее"),
        ("fr", "élection présidentielle", "élections présidentielles"),
    ],
)
def test_a_phrase_holds_word_by_word(language: str, phrase: str, text: str) -> None:
    asked = rules(language)

    for keyword, word in zip(phrase.split(), text.split(), strict=True):
        assert asked.inflection(keyword, word)
        assert not set(asked.keys(keyword)).isdisjoint(asked.probes(word))


@pytest.mark.parametrize(
    ("keyword", "word"), [("North", "Northern"), ("France", "French"), ("strike", "air-strike")]
)
def test_neither_an_adjective_nor_a_compound_is_an_inflected_form(keyword: str, word: str) -> None:
    assert not rules("en").inflection(keyword, word)


def test_a_language_that_nobody_knows_has_equality_of_folded_words() -> None:
    assert counts("zu", "Umbuso", "UMBUSO") == "the word"
    assert counts("zu", "Umbuso", "umbusos") is None


def test_what_is_too_long_to_be_a_word_has_no_probes() -> None:
    assert not list(rules("en").probes("a" * 81))


@given(st.text(st.sampled_from("aeisкийÅß’'-\u00ad\u0301 U.1"), max_size=30))
def test_every_word_counts_for_itself_and_is_found(word: str) -> None:
    asked = rules("en")

    assert asked.relation(word, word) == "the word"
    assert asked.inflection(word, word)
    assert not set(asked.keys(word)).isdisjoint(asked.probes(word))


def test_several_threads_may_ask_at_once() -> None:
    asked = StemRules("en")
    words = [f"{stem}{end}" for stem in ("election", "strik", "polic") for end in ("s", "ing", "y")]
    alone = [sorted(StemRules("en").probes(word)) for word in words]

    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda word: sorted(asked.probes(word)), words * 200))

    assert together == alone * 200
