"""Links, entities and texts as Telegram settles them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.detect import find_entities
from bot.sandbox.entities import SOFT, Entity, settle, units
from bot.sandbox.errors import ApiError
from bot.sandbox.formatting import format_text
from bot.sandbox.links import LinkError, check_link


def _shown(source: str, mode: str | None = "HTML") -> tuple[str, list[tuple[str, int, int]]]:
    made = format_text(source, mode)
    return made.text, [(e.kind, e.offset, e.length) for e in made.entities]


@pytest.mark.parametrize(
    ("link", "kept"),
    [
        ("example.org", "http://example.org/"),
        ("HTTPS://Example.Org:8443/Pfad?q=ä#x", "https://example.org:8443/Pfad?q=ä#x"),
        ("https://user:pw@example.org", "https://user:pw@example.org/"),
        ("http://127.0.0.1:8080/a b", "http://127.0.0.1:8080/a%20b"),
        ("http://[::1]/x", "http://[::1]/x"),
        ("https://süd.example/", "https://süd.example/"),
        ("tg://resolve?domain=x", "tg://resolve?domain=x"),
        ("ton://transfer/x", "ton://transfer/x"),
        ("https://example.org?a", "https://example.org/?a"),
    ],
)
def test_a_valid_url_is_kept_in_telegrams_form(link: str, kept: str) -> None:
    assert check_link(link) == kept


@pytest.mark.parametrize(
    ("link", "reason"),
    [
        ("localhost", "Wrong HTTP URL"),
        ("http://localhost:8080/", "Wrong HTTP URL"),
        ("ftp://example.org", "Unsupported URL protocol"),
        ("javascript:alert(1)", "Wrong port number specified in the URL"),
        ("tel:+4930123", "Wrong port number specified in the URL"),
        ("https://", "URL host is empty"),
        ("https://example.org:99999/", "Wrong port number specified in the URL"),
        ("https://exa mple.org/", "Wrong URL host"),
        ("http://[zz]/", "Wrong IPv6 address specified in the URL"),
        ("tg://a.b", "Unallowed characters in URL host"),
        ("tg:https://x", "Wrong tg URL"),
    ],
)
def test_an_invalid_url_is_refused_with_telegrams_reason(link: str, reason: str) -> None:
    with pytest.raises(LinkError) as refusal:
        check_link(link)

    assert str(refusal.value) == reason


@given(st.text(max_size=40))
def test_any_link_is_kept_or_refused(link: str) -> None:
    try:
        kept = check_link(link)
    except LinkError:
        return

    assert kept.startswith(("http://", "https://", "tg://", "ton://", "tonsite://"))


def test_styles_that_touch_are_joined() -> None:
    assert _shown("<b>a</b><b>b</b>") == ("ab", [("bold", 0, 2)])


def test_a_style_is_cut_at_the_edges_of_a_link() -> None:
    text, entities = _shown('<b>vor <a href="https://example.org">Titel</a> nach</b>')

    assert text == "vor Titel nach"
    assert entities == [
        ("bold", 0, 4),
        ("text_link", 4, 5),
        ("bold", 4, 5),
        ("bold", 9, 5),
    ]


def test_code_takes_no_style() -> None:
    assert _shown("<b>a<code>b</code>c</b>") == (
        "abc",
        [("bold", 0, 1), ("code", 1, 1), ("bold", 2, 1)],
    )


def test_quotations_do_not_nest() -> None:
    source = "<blockquote>a<blockquote>b</blockquote>c</blockquote>"

    assert _shown(source) == ("abc", [("blockquote", 0, 3)])


def test_white_space_at_both_ends_goes_and_entities_move_with_the_text() -> None:
    assert _shown("  \n<b>a</b> b \n") == ("a b", [("bold", 0, 1)])


def test_white_space_inside_the_first_entity_stays() -> None:
    assert _shown("<b> a</b>") == (" a", [("bold", 0, 2)])


def test_control_characters_become_spaces_and_direction_marks_go() -> None:
    assert _shown("a\tb\u202ec<i>\r\nd</i>") == ("a bc\nd", [("italic", 4, 2)])


def test_beyond_a_hundred_entities_styles_are_dropped_before_links() -> None:
    links = "".join(f'<a href="https://x{i}.de">l</a> <b>f</b> ' for i in range(80))

    _, entities = _shown(links)

    kinds = [kind for kind, _, _ in entities]
    assert (kinds.count("text_link"), kinds.count("bold")) == (80, 20)


def test_given_entities_are_read_when_there_is_no_parse_mode() -> None:
    given = [{"type": "text_link", "offset": 0, "length": 2, "url": "x.de"}]

    made = format_text("😀 x", None, given)

    assert [(e.kind, e.length, e.url) for e in made.entities] == [("text_link", 2, "http://x.de/")]


@pytest.mark.parametrize(
    ("source", "mode", "reason"),
    [
        (
            "<b>",
            "HTML",
            "can't parse entities: Can't find end tag corresponding to start tag \"b\"",
        ),
        ("*a*", "MarkdownV3", "unsupported parse_mode"),
        ("\ud83d", None, "strings must be encoded in UTF-8"),
    ],
)
def test_a_bad_text_is_a_bad_request(source: str, mode: str | None, reason: str) -> None:
    with pytest.raises(ApiError) as refusal:
        format_text(source, mode)

    assert refusal.value.description == f"Bad Request: {reason}"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("/start w_7", [("bot_command", "/start")]),
        ("bitte /stop@ausguck_sandbox_bot!", [("bot_command", "/stop@ausguck_sandbox_bot")]),
        ("und/oder a/b", []),
        ("#MeToo #42 a#b", [("hashtag", "#MeToo")]),
        ("@redaktion und a@b", [("mention", "@redaktion")]),
        ("kosten $EUR", [("cashtag", "$EUR")]),
        ("(https://example.org/a_(b)).", [("url", "https://example.org/a_(b)")]),
        ("Auf bild.de, sagt er", [("url", "bild.de")]),
        ("am 9.5.2025 um z.B. acht", []),
        ("https://localhost/x", []),
        ("an chef@example.org!", [("email", "chef@example.org")]),
    ],
)
def test_what_telegram_marks_by_itself(text: str, found: list[tuple[str, str]]) -> None:
    marks = [(e.kind, text[e.offset : e.offset + e.length]) for e in find_entities(text)]

    assert marks == found


_kinds = st.sampled_from(["bold", "italic", "code", "text_link", "blockquote", "spoiler"])
_entities = st.builds(Entity, _kinds, st.integers(0, 30), st.integers(0, 20))


@given(st.lists(_entities, max_size=12))
def test_settled_entities_nest_or_lie_apart_and_settle_no_further(entities: list[Entity]) -> None:
    settled = settle(entities)

    firm = [e for e in settled if e.kind not in SOFT]
    for a in settled:
        for b in firm:
            apart = a.end <= b.offset or b.end <= a.offset
            nested = (b.offset <= a.offset and a.end <= b.end) or (
                a.offset <= b.offset and b.end <= a.end
            )
            assert apart or nested
    assert settle(settled) == settled


@given(st.text(alphabet=st.sampled_from("ab <>/&;#@.:1😀\n\t\r\u202e"), max_size=60))
def test_entities_of_any_plain_text_lie_inside_it(source: str) -> None:
    made = format_text(source)

    assert all(e.offset >= 0 and e.length > 0 and e.end <= units(made.text) for e in made.entities)


_pieces = st.sampled_from(
    [
        *("<b>", "</b>", "<i>", "</i>", "<pre>", "</pre>", "<blockquote>", "</blockquote>", "</>"),
        *("<a href='x.de'>", "</a>", "&lt;", "&#x202e;", "😀", " ", "\n", "\r", "#a", "x.de"),
    ]
)


@given(st.lists(_pieces, max_size=20))
def test_entities_of_any_html_lie_inside_its_text(pieces: list[str]) -> None:
    try:
        made = format_text("".join(pieces), "HTML")
    except ApiError:
        return

    assert all(e.offset >= 0 and e.length > 0 and e.end <= units(made.text) for e in made.entities)
    assert made.text == made.text.rstrip()
