"""Umlauts are right, whatever a page is written in and says that it is written in."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.articles.charset import decoded

TEXT = "<html><head></head><p>Nordkorea rüstet auf – größere Übung „für den Ernstfall“</p></html>"
LATIN = TEXT.replace("–", "-").replace("„", '"').replace("“", '"')


def meta(charset: str, text: str = LATIN) -> str:
    return text.replace("<head>", f'<head><meta charset="{charset}">')


@pytest.mark.parametrize(
    ("html", "header"),
    [
        pytest.param(TEXT.encode(), "", id="UTF-8, nothing said"),
        pytest.param(
            TEXT.encode(), "text/html; charset=iso-8859-1", id="UTF-8, said to be Latin-1"
        ),
        pytest.param(codecs.BOM_UTF8 + TEXT.encode(), "", id="UTF-8 with its mark"),
        pytest.param(TEXT.encode("utf-16"), "text/html; charset=utf-8", id="UTF-16 with its mark"),
        pytest.param(TEXT.encode("utf-16-le"), "", id="UTF-16 without a mark"),
        pytest.param(
            TEXT.encode("utf-16-be"), "text/html; charset=utf-8", id="UTF-16 the other way"
        ),
        pytest.param(TEXT.encode("cp1252"), "text/html; charset=ISO-8859-1", id="1252 as Latin-1"),
        pytest.param(TEXT.encode("cp1252"), "text/html; charset=no-such", id="an unknown charset"),
        pytest.param(TEXT.encode("cp1252"), "text/html; charset=punycode", id="no charset at all"),
        pytest.param(TEXT.encode("cp1252"), "", id="German Windows-1252, nothing said"),
        pytest.param(
            TEXT.encode("cp1252"), "text/html; charset=utf-8", id="1252, said to be UTF-8"
        ),
    ],
)
def test_the_text_is_as_it_was_written(html: bytes, header: str) -> None:
    assert decoded(html, header) == TEXT


@pytest.mark.parametrize("said", ["utf-8", "iso-8859-1", "windows-1252", "ascii"])
def test_latin_1_is_read_whatever_the_page_says(said: str) -> None:
    html = meta(said)

    assert decoded(html.encode("latin-1")) == html


def test_the_page_is_asked_where_the_header_names_what_it_cannot_be() -> None:
    html = meta("iso-8859-2", LATIN.replace("Übung", "Łódź"))

    assert decoded(html.encode("iso-8859-2"), "text/html; charset=utf-8") == html


def test_the_header_goes_before_the_page() -> None:
    html = meta("iso-8859-1", LATIN.replace("Übung", "учения")).replace("ü", "u")
    html = html.replace("ö", "o").replace("ß", "s")

    assert decoded(html.encode("cp1251"), "text/html; charset=windows-1251") == html


def test_a_few_broken_bytes_make_it_no_other_charset() -> None:
    html = TEXT.encode().replace(b"Ernst", b"Er\xf6nst")

    assert decoded(html, "text/html; charset=iso-8859-1") == TEXT.replace("Ernst", "Er\ufffdnst")


def test_a_page_cut_off_in_a_character_is_utf_8_still() -> None:
    html = TEXT.encode()

    assert str(decoded(html[: html.index("“".encode()) + 1])).startswith(TEXT[:60])


def test_what_nothing_is_known_of_is_left_to_guessing() -> None:
    html = "<p>Учения войск</p>".encode("koi8-r")

    assert decoded(html) == html


@given(st.binary(max_size=200), st.text(max_size=30))
def test_any_bytes_are_read(html: bytes, header: str) -> None:
    assert isinstance(decoded(html, header), str | bytes)
