"""Telegram's HTML as the sandbox reads it: what is accepted, what is refused, and how."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.entities import units
from bot.sandbox.html import HtmlError, parse_html

EXAMPLE = "https://example.org/"

ACCEPTED = [
    ("plain", "plain", []),
    ("<b>fett</b>", "fett", [("bold", 0, 4)]),
    ("<strong>fett</strong>", "fett", [("bold", 0, 4)]),
    ("<i>a</i><em>b</em>", "ab", [("italic", 0, 1), ("italic", 1, 1)]),
    ("<u>a</u><ins>b</ins>", "ab", [("underline", 0, 1), ("underline", 1, 1)]),
    (
        "<s>a</s><strike>b</strike><del>c</del>",
        "abc",
        [("strikethrough", 0, 1), ("strikethrough", 1, 1), ("strikethrough", 2, 1)],
    ),
    (
        '<tg-spoiler>a</tg-spoiler><span class="tg-spoiler">b</span>',
        "ab",
        [("spoiler", 0, 1), ("spoiler", 1, 1)],
    ),
    ("<code>x</code>", "x", [("code", 0, 1)]),
    ("<pre>x</pre>", "x", [("pre", 0, 1)]),
    ('<pre><code class="language-toml">x</code></pre>', "x", [("pre", 0, 1, "toml")]),
    ('<code class="language-toml"><pre>x</pre></code>', "x", [("pre", 0, 1, "toml")]),
    ("<pre><code>x</code></pre>", "x", [("pre", 0, 1), ("code", 0, 1)]),
    ("<blockquote>q</blockquote>", "q", [("blockquote", 0, 1)]),
    ("<blockquote expandable>q</blockquote>", "q", [("expandable_blockquote", 0, 1)]),
    ('<blockquote expandable="">q</blockquote>', "q", [("expandable_blockquote", 0, 1)]),
    ('<tg-emoji emoji-id="5368324170671202286">👍</tg-emoji>', "👍", [("custom_emoji", 0, 2)]),
    (f'<a href="{EXAMPLE}">x</a>', "x", [("text_link", 0, 1, EXAMPLE)]),
    ("<a href='https://Example.ORG'>x</a>", "x", [("text_link", 0, 1, EXAMPLE)]),
    ("<a href=example.org>x</a>", "x", [("text_link", 0, 1, "http://example.org/")]),
    ("<a>example.org</a>", "example.org", [("text_link", 0, 11, "http://example.org/")]),
    (
        '<a href="https://example.org/?a=1&amp;b=2">x</a>',
        "x",
        [("text_link", 0, 1, "https://example.org/?a=1&b=2")],
    ),
    ('<a href="tg://user?id=1001">x</a>', "x", [("text_mention", 0, 1)]),
    ('<a href="https://localhost/">x</a>', "x", []),
    ('<a href="javascript:alert(1)">x</a>', "x", []),
    ('<a href="/relative">x</a>', "x", []),
    ("<a>kein Link</a>", "kein Link", []),
    ("&lt;p&gt; &amp; &quot;", '<p> & "', []),
    ("&lt ohne Semikolon", "< ohne Semikolon", []),
    ("&#65;&#x42;&#x1F600;", "AB😀", []),
    ("&nbsp;&laquo;&apos;", "&nbsp;&laquo;&apos;", []),
    ("&#0;&#99999999;", "&#0;&#99999999;", []),
    ("AT&T & H&M", "AT&T & H&M", []),
    ("1 > 0", "1 > 0", []),
    ("😀<b>ä</b>", "😀ä", [("bold", 2, 1)]),
    ("<b></b>leer", "leer", []),
    ("<B>groß</B>", "groß", [("bold", 0, 4)]),
    ("<b>kurz</>", "kurz", [("bold", 0, 4)]),
    ("<b  >a</b  >", "a", [("bold", 0, 1)]),
    ('<b id="x" hidden>a</b>', "a", [("bold", 0, 1)]),
    ("<b><i>a</i>b</b>", "ab", [("bold", 0, 2), ("italic", 0, 1)]),
]

REFUSED = [
    ("a<p>", 'Unsupported start tag "p" at byte offset 1'),
    ("ä<br>", 'Unsupported start tag "br" at byte offset 2'),
    ("<br/>", 'Unsupported start tag "br/" at byte offset 0'),
    ("<h1>a</h1>", 'Unsupported start tag "h1" at byte offset 0'),
    ("<!-- a -->", 'Unsupported start tag "!--" at byte offset 0'),
    ("a < b", 'Unsupported start tag "" at byte offset 2'),
    ("1 <2>", 'Unsupported start tag "2" at byte offset 2'),
    ("<b", "Unclosed start tag at byte offset 0"),
    ('<a href="x', "Unclosed start tag at byte offset 0"),
    ("<a href=", 'Unclosed start tag "a" at byte offset 0'),
    ("<a href", 'Unclosed start tag "a" at byte offset 0'),
    ("<a ", 'Empty attribute name in the tag "a" at byte offset 0'),
    ('<a ="x">y</a>', 'Empty attribute name in the tag "a" at byte offset 0'),
    ("<b/ >a</b>", 'Unsupported start tag "b/" at byte offset 0'),
    ("<a href=https://example.org>x</a>", "Unexpected end of name token at byte offset 8"),
    ("</b>", "Unexpected end tag at byte offset 0"),
    ("<b>a</b></i>", "Unexpected end tag at byte offset 8"),
    ("<b>a</b", "Unclosed end tag at byte offset 4"),
    (
        "<b><i>a</b></i>",
        'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"',
    ),
    ("<b>a", 'Can\'t find end tag corresponding to start tag "b"'),
    ("<i><b>a</b>", 'Can\'t find end tag corresponding to start tag "i"'),
    ("<span>a</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    (
        '<span class="spoiler">a</span>',
        'Tag "span" must have class "tg-spoiler" at byte offset 0',
    ),
    ("<tg-emoji>a</tg-emoji>", "Invalid custom emoji identifier specified"),
    (
        "&#xD83D;",
        (
            "Text contains invalid Unicode characters after decoding HTML entities, "
            "check for unmatched surrogate code units"
        ),
    ),
]


@pytest.mark.parametrize(("source", "text", "entities"), ACCEPTED)
def test_accepted_html_becomes_text_and_entities(
    source: str, text: str, entities: list[tuple[object, ...]]
) -> None:
    parsed, found = parse_html(source)

    shown = [(e.kind, e.offset, e.length, e.url or e.language) for e in found]
    assert parsed == text
    assert [entity[:3] if entity[3] is None else entity for entity in shown] == entities


@pytest.mark.parametrize(("source", "reason"), REFUSED)
def test_refused_html_is_refused_in_telegrams_words(source: str, reason: str) -> None:
    with pytest.raises(HtmlError) as refusal:
        parse_html(source)

    assert str(refusal.value) == reason


def test_a_mention_and_an_emoji_keep_whom_and_what_they_mean() -> None:
    _, found = parse_html('<a href="tg://user?id=5">x</a><tg-emoji emoji-id="7">👍</tg-emoji>')

    assert [(e.user, e.emoji) for e in found] == [(5, None), (None, "7")]


_pieces = st.sampled_from(
    [
        *("<", ">", "</", "<b>", "</b>", "<a href=", '"', "'", "=", "&lt;", "&#x1F6", "&#", ";"),
        *("<blockquote expandable>", "</blockquote>", "<pre>", "</>", "x.de", " ", "\0", "😀"),
    ]
)


@given(st.lists(st.one_of(_pieces, st.text(max_size=3).filter(str.isprintable)), max_size=30))
def test_any_source_is_parsed_or_refused_and_entities_lie_inside_the_text(
    pieces: list[str],
) -> None:
    try:
        text, entities = parse_html("".join(pieces))
    except HtmlError:
        return

    assert all(e.offset >= 0 and e.length > 0 and e.end <= units(text) for e in entities)
