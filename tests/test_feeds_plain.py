"""Markup becomes the text that a reader sees."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.feeds.plain import clean, plain


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("", ""),
        ("nur  Text\n\u00a0hier", "nur Text hier"),
        ("<b>fett</b> und <i>kursiv</i>", "fett und kursiv"),
        ("<p>eins</p><p>zwei</p>drei<br>vier", "eins zwei drei vier"),
        ("Wort<b>teil</b>", "Wortteil"),
        ("Gr&ouml;&szlig;e &amp; Ma&#223;", "Größe & Maß"),
        ("AT&T kauft R&D", "AT&T kauft R&D"),
        ("5 < 6 und 7 > 3", "5 < 6 und 7 > 3"),
        ("&amp;quot;Hallo&amp;quot;", '"Hallo"'),
        ("&lt;p&gt;doppelt&lt;/p&gt;&lt;p&gt;verpackt&lt;/p&gt;", "doppelt verpackt"),
        ("a<script>alert(1)</script><style>b{}</style>c", "ac"),
        ("vor<!-- nicht das -->nach", "vornach"),
        ("</div></div>danach", "danach"),
        ("Sol\u00addaten", "Sol\u00addaten"),
        ("x\x00y\ud800z", "xyz"),
    ],
)
def test_markup_becomes_text(markup: str, text: str) -> None:
    assert plain(markup) == text


@pytest.mark.parametrize(
    "markup", ["<!--" * 50_000, "<div>" * 50_000, "<" * 200_000, "&amp;" * 50_000, "<a " * 50_000]
)
def test_no_markup_is_slow_or_raises(markup: str) -> None:
    plain(markup)


@given(st.text() | st.text(alphabet="<>&;/!-ab \"'=#x0\x00\ud800"))
def test_plain_text_can_be_stored_and_is_on_one_line(markup: str) -> None:
    text = plain(markup)

    text.encode()
    assert text == clean(text)
    assert not {"\n", "\x00"} & set(text)
