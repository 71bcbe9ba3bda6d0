"""What an article is about: stems, parts of compounds, names; the title before the text."""

import pytest

from bot.stories.terms import MOST, MOST_OF_TITLE, number, terms
from bot.text.stems import frequent, is_unknown, may_be_a_name, parts, stem
from tests.stories_kit import WIRE


def test_forms_of_a_word_have_one_stem() -> None:
    assert stem("basketballern", "de") == stem("basketballer", "de")
    assert stem("haeuser", "de") == stem("haus", "de")
    assert stem("elections", "en") == stem("election", "en")
    assert stem("wort", "xx") == "wort"


def test_a_compound_has_its_parts_as_terms_that_count_less() -> None:
    assert parts("Eröffnungsfeier", "de") == ("eroeffnungs", "feier")
    assert parts("Haus", "de") == parts("opening", "en") == ()
    found = terms("Eröffnungsfeier", "", "de")
    counts = dict(zip(found.numbers, found.counts, strict=True))
    whole, part = number(stem("eroeffnungsfeier", "de")), number(stem("feier", "de"))
    assert 0 < counts[part] < counts[whole]
    assert found.words[part] == found.words[whole]  # one word, whichever of its terms is shared


def test_a_name_counts_twice() -> None:
    found = terms("Beloussow Panzer", "", "de")
    assert found.counts == (4.0, 2.0)


def test_words_that_say_nothing_are_no_terms() -> None:
    assert terms("Und das ist nicht mehr als alles, sagte er am Montag", "", "de").numbers == ()
    assert "der" in frequent("de")
    assert frequent("xx") == frozenset()


def test_terms_of_the_title_come_first_and_there_are_not_too_many() -> None:
    words = " ".join(f"wort{chr(97 + n % 26)}{chr(97 + n // 26)}" for n in range(300))
    assert len(terms("Titel", words, "de").numbers) == MOST
    assert len(terms(words, "", "de").numbers) == MOST_OF_TITLE
    assert terms("Siegesparade", WIRE, "de").numbers[0] == number(stem("siegesparade", "de"))


def test_a_language_without_spaces_is_cut_into_pairs() -> None:
    assert number("東京") in terms("東京五輪", "", "ja").numbers


@pytest.mark.parametrize(
    ("word", "expected"),
    [("kassel", True), ("moskau", True), ("gruenheide", True), ("haft", False), ("krimi", False)],
)
def test_towns_are_told_from_nouns_as_no_compound_ends_with_them(word: str, expected: bool) -> None:
    assert may_be_a_name(word, "de") == expected


def test_the_dictionary_lacks_names() -> None:
    assert is_unknown("beloussow", "de")
    assert not is_unknown("panzer", "de")
    assert not is_unknown("anything", "en")
