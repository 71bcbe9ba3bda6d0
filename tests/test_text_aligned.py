"""Normal forms of which every character knows its place in the original."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.aligned import folded, visible
from bot.text.fold import fold, plain

TEXTS = st.text() | st.text(
    st.sampled_from("aäA\u0308\u0301\u00ad\u200b–-ﬁ가\u1100\u1161\u11a8ｶﾞ中 \n")
)


@pytest.mark.parametrize(
    ("text", "start", "end", "original"),
    [
        ("Mili\u00adtär", 4, 7, "tär"),
        ("Mili\u00adtär", 0, 4, "Mili"),
        ("Mili\u00adtär", 0, 7, "Mili\u00adtär"),
        ("Ja\u0308ger", 1, 2, "a\u0308"),
        ("A\u2011B", 1, 2, "\u2011"),
    ],
)
def test_a_stretch_is_found_in_the_original(text: str, start: int, end: int, original: str) -> None:
    first, last = visible(text).original(start, end)

    assert text[first:last] == original


@given(TEXTS)
def test_visible_text_is_in_nfc_with_dashes_unified(text: str) -> None:
    shown = visible(text).text

    assert unicodedata.is_normalized("NFC", shown)
    assert plain(shown) == shown
    assert not set(shown) & set("\u2010\u2011\u2012\u2013\u2014\u2212")


@given(TEXTS)
def test_every_character_stands_for_what_it_is_the_normal_form_of(text: str) -> None:
    aligned = visible(text)

    for at, char in enumerate(aligned.text):
        first, last = aligned.original(at, at + 1)
        assert char in visible(text[first:last]).text


@given(TEXTS)
def test_folded_places_are_in_order_and_inside_the_text(text: str) -> None:
    aligned = folded(text)

    places = [aligned.original(at, at + 1) for at in range(len(aligned.text))]

    assert places == sorted(places)
    assert all(0 <= first < last <= len(text) for first, last in places)


@given(st.text(st.sampled_from("한국北朝鮮カガ가")))
def test_folding_alters_no_ordinary_letter_of_these_scripts(text: str) -> None:
    assert folded(unicodedata.normalize("NFD", text)).text == fold(text) == text
