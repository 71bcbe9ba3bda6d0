"""Text becomes Telegram HTML: escaped, shortened, cut at spans; the sandbox's parser judges."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.alerts.html import (
    Piece,
    bold,
    escape,
    is_web,
    link,
    one_line,
    pieces,
    plain,
    render,
    shorten,
)
from bot.model import Span
from bot.sandbox.html import parse_html

DIRECTION = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"
HOSTILE = [
    "<b>bold</b>",
    "</b></a></blockquote>",
    '"><a href="https://evil.example">',
    "&lt;&amp;&quot;&#60;&#x3c;&nbsp;&",
    "a < b > c & d",
    "<script>alert(1)</script>",
    "<tg-spoiler>",
    "&" * 50,
    "<" * 50,
    "'\"`*_[]()~#+-=|{}.!\\",
]

texts = st.text() | st.text(alphabet='<>&"/ab; \n#') | st.sampled_from(HOSTILE)


def span(start: int, end: int) -> Span:
    return Span("text", start, end, "", "")


# Escaping.


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_as_it_is(text: str) -> None:
    assert parse_html(escape(text)) == (text, [])


@given(texts)
def test_any_text_is_shown_as_it_is_without_markup(text: str) -> None:
    shown, entities = parse_html(escape(text))

    assert entities == []
    assert shown == "".join(c for c in text if c not in DIRECTION + "\0")


def test_marks_that_turn_the_reading_direction_are_dropped() -> None:
    assert escape(f"gepj.{DIRECTION}exe") == "gepj.exe"


@given(texts)
def test_bold_text_is_one_bold_entity(text: str) -> None:
    shown, entities = parse_html(bold("x" + text))

    assert [entity.kind for entity in entities] == ["bold"]
    assert shown.startswith("x")


# Links.


@pytest.mark.parametrize("url", ["https://a.example/?a=1&b=2", "HTTP://A.example/", "http://a.b"])
def test_a_web_address_becomes_a_link(url: str) -> None:
    shown, [entity] = parse_html(link("Titel", url))

    assert is_web(url)
    assert shown == "Titel"
    assert entity.kind == "text_link"


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        "javascript:alert(1)",
        "JavaScript:alert('https://a.example')",
        "data:text/html,<b>",
        "tg://user?id=1001",
        "file:///etc/passwd",
        "//a.example/",
        " https://a.example/",
    ],
)
def test_any_other_address_leaves_the_text_alone(url: str | None) -> None:
    assert link("Titel & Co", url) == "Titel &amp; Co"
    assert url is None or not is_web(url)


@given(texts, texts)
def test_no_address_breaks_out_of_its_link(text: str, path: str) -> None:
    shown, entities = parse_html(link("x" + text, f"https://a.example/{path}"))

    assert shown.startswith("x")
    assert {entity.kind for entity in entities} <= {"text_link"}


# One line, and not too long.


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  a \n\t b\u00a0c ", "a b c"),
        ("", ""),
        (" \n ", ""),
        (f"{DIRECTION} a", "a"),
        (DIRECTION, ""),
    ],
)
def test_one_line_has_single_spaces_and_only_what_is_seen(text: str, expected: str) -> None:
    assert one_line(text) == expected


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [
        ("kurz", 4, "kurz"),
        ("zu lang", 6, "zu la…"),
        ("ein paar Wörter mehr", 14, "ein paar…"),
        ("ein paar, und mehr", 11, "ein paar…"),
        ("Donaudampfschifffahrt", 8, "Donauda…"),
        ("a Donaudampfschifffahrt", 12, "a Donaudamp…"),
    ],
)
def test_a_text_is_cut_between_words_where_that_is_near(
    text: str, limit: int, expected: str
) -> None:
    assert shorten(text, limit) == expected


@given(st.text(), st.integers(1, 50))
def test_a_shortened_text_keeps_its_limit_and_its_beginning(text: str, limit: int) -> None:
    short = shorten(text, limit)

    assert len(short) <= limit
    assert short == text or text.startswith(short[:-1])


# Pieces.


def test_what_lies_in_a_span_is_bold() -> None:
    assert pieces("Der Text hier", 0, 13, [span(4, 8)]) == [
        Piece("Der "),
        Piece("Text", bold=True),
        Piece(" hier"),
    ]


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        ([], "abcdef"),
        ([span(0, 6)], "<b>abcdef</b>"),
        ([span(1, 3), span(2, 5)], "a<b>bc</b><b>de</b>f"),  # overlapping
        ([span(1, 5), span(2, 3)], "a<b>bcde</b>f"),  # one in the other
        ([span(4, 5), span(1, 2)], "a<b>b</b>cd<b>e</b>f"),  # in any order
        ([span(1, 2), span(1, 2)], "a<b>b</b>cdef"),  # twice
        ([span(2, 2), span(9, 12)], "abcdef"),  # empty, or beyond the end
    ],
)
def test_spans_may_lie_in_any_way(spans: list[Span], expected: str) -> None:
    assert render(pieces("abcdef", 0, 6, spans)) == expected


def test_spans_are_cut_at_the_passages_ends() -> None:
    assert render(pieces("abcdef", 2, 4, [span(0, 3), span(3, 6)])) == "<b>c</b><b>d</b>"


@given(st.text(), st.lists(st.tuples(st.integers(-5, 40), st.integers(-5, 40))))
def test_pieces_together_are_the_text(text: str, places: list[tuple[int, int]]) -> None:
    cut = pieces(text, 0, len(text), [span(max(0, a), b) for a, b in places])

    assert "".join(piece.text for piece in cut) == text


def test_white_space_between_pieces_keeps_words_apart() -> None:
    cut = [Piece("ein\n"), Piece("Wort", bold=True), Piece("\n\n mehr"), Piece(" "), Piece("x")]

    assert render(cut) == "ein\n<b>Wort</b>\nmehr x"


# Back to plain text, for the message that Telegram refused.


def test_plain_text_has_its_links_written_out() -> None:
    html = f"<b>{link('A & B', 'https://a.example/?x=1&y=2')}</b>\n<i>1 &lt; 2</i>"

    assert plain(html) == "A & B (https://a.example/?x=1&y=2)\n1 < 2"


@given(texts)
def test_escaped_text_comes_back_from_html(text: str) -> None:
    shown, _ = parse_html(escape(text))

    assert plain(escape(text)) == shown
    assert plain(bold(text)) == shown
