"""Tokens: what a word is, and where it stands."""

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.tokens import Token, tokenise, words

TRICKY = st.text(st.sampled_from("aZäß1\u0308\u00ad\u200b-\u2011’':*_&in nes.\n"), max_size=60)


def texts(tokens: "list[Token] | tuple[Token, ...]") -> list[str]:
    return [token.text for token in tokens]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Der Krieg, der.", ["Der", "Krieg", "der"]),
        ("Mili\u00adtär\u00adparade", ["Mili\u00adtär\u00adparade"]),
        ("Wort\u00ad \u200bWort", ["Wort", "Wort"]),
        ("bei H&M und 1&1", ["bei", "H&M", "und", "1&1"]),
        ("Nordkorea’s Kim", ["Nordkorea’s", "Kim"]),
        ("snake_case 12:30", ["snake", "case", "12", "30"]),
        ("Moskau \u2013 Berlin", ["Moskau", "Berlin"]),
    ],
)
def test_text_is_cut_into_words(text: str, expected: list[str]) -> None:
    assert texts(tokenise(text)) == expected


def test_combining_marks_belong_to_their_word() -> None:
    text = unicodedata.normalize("NFD", "Pjöngjang fällt")

    assert texts(tokenise(text)) == text.split()


def test_a_hyphenated_word_is_whole_and_in_parts() -> None:
    (token,) = tokenise("Nato-Russland\u2011Rat")

    assert token.text == "Nato-Russland\u2011Rat"
    assert texts(token.parts) == ["Nato", "Russland", "Rat"]


@pytest.mark.parametrize("form", ["Soldat:innen", "Soldat*innen", "Soldat_innen", "Soldat:in"])
def test_a_gender_form_is_one_word_with_its_stem(form: str) -> None:
    (token,) = tokenise(form)

    assert token.text == form
    assert texts(token.parts) == ["Soldat"]


def test_single_words_are_hyphenated_ones_taken_apart() -> None:
    assert texts(words(tokenise("Kim Jong-un, Soldat:innen"))) == [
        "Kim",
        "Jong",
        "un",
        "Soldat:innen",
    ]


@given(st.text() | TRICKY)
def test_every_token_and_part_stands_where_it_says(text: str) -> None:
    tokens = tokenise(text)

    for token in [*tokens, *(part for each in tokens for part in each.parts)]:
        assert text[token.start : token.end] == token.text
        assert token.text


@given(TRICKY)
def test_tokens_are_in_order_and_do_not_overlap(text: str) -> None:
    tokens = tokenise(text)

    assert all(a.end <= b.start for a, b in pairwise(tokens))


@given(TRICKY)
def test_every_letter_is_in_a_token(text: str) -> None:
    covered = {place for token in tokenise(text) for place in range(token.start, token.end)}

    assert covered.issuperset(place for place, char in enumerate(text) if char.isalnum())


@pytest.mark.parametrize(
    "unit",
    ["a", "a-", "a\u00ad", "\u00ad", "a\u0308", "a'", "a:in", "a&", "&", "a" + "\u00ad" * 999],
)
def test_the_work_grows_with_the_text_and_no_faster(unit: str) -> None:
    # A quadratic tokeniser would need minutes for this; no clock is needed to see that.
    text = unit * (200_000 // len(unit))

    assert sum(len(token.text) for token in tokenise(text)) <= len(text)
