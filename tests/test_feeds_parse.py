"""Whatever a publisher serves as a feed becomes plain entries, or is told not to be a feed."""

import io
import json
from datetime import UTC, datetime
from pathlib import Path

import feedparser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import NotAFeed
from bot.feeds.parse import parse_feed
from bot.feeds.plain import plain
from bot.feeds.urls import http_url
from bot.model import Entry, ParsedFeed

FEEDS = Path(__file__).parent.parent / "../shared/corpus/feeds"
URL = "https://zeitung.example/politik/feed.xml"


def rss(*items: str, head: str = "") -> bytes:
    body = "".join(f"<item>{item}</item>" for item in items)
    return f'{head}<rss version="2.0"><channel><title>Z</title>{body}</channel></rss>'.encode()


def parse(body: bytes, content_type: str = "") -> ParsedFeed:
    return parse_feed(body, content_type, URL)


def only(*items: str) -> Entry:
    (entry,) = parse(rss(*items)).entries
    return entry


def test_an_rss_feed_becomes_entries_in_its_order() -> None:
    feed = parse(
        rss(
            "<guid isPermaLink='false'>1</guid><title>Eins</title><link>https://z.example/1</link>"
            "<description>&lt;p&gt;Text&lt;/p&gt;</description>"
            "<pubDate>Wed, 07 May 2025 12:00:00 +0200</pubDate>",
            "<guid isPermaLink='false'>2</guid><title>Zwei</title>",
        )
    )

    noon = datetime(2025, 5, 7, 10, tzinfo=UTC)
    assert feed == ParsedFeed(
        "Z",
        (
            Entry("1", "https://z.example/1", "Eins", "Text", noon),
            Entry("2", None, "Zwei", "", None),
        ),
    )


def test_an_atom_feed_becomes_entries() -> None:
    feed = parse(
        b"""<feed xmlns="http://www.w3.org/2005/Atom"><title>A</title><entry><id>urn:1</id>
        <title type="html">Gr&amp;ouml;&amp;szlig;e</title><link href="/1"/>
        <updated>2025-05-07T12:00:00Z</updated><summary>kurz</summary>
        <content type="html">&lt;p&gt;viel&lt;/p&gt;&lt;p&gt;mehr&lt;/p&gt;</content>
        </entry></feed>"""
    )

    noon = datetime(2025, 5, 7, 12, tzinfo=UTC)
    assert feed.entries == (
        Entry("urn:1", "https://zeitung.example/1", "Größe", "viel mehr", noon),
    )


def test_a_json_feed_becomes_entries() -> None:
    items = [
        {
            "id": 7,
            "url": "/7",
            "title": "A &amp; B",
            "content_html": "<p>lang</p>",
            "summary": "x",
            "date_published": "2025-05-07T12:00:00+02:00",
        },
        {"id": "8", "title": ["no", "text"], "url": None, "date_published": "soon"},
        "no item",
    ]
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "J", "items": items}

    noon = datetime(2025, 5, 7, 10, tzinfo=UTC)
    assert parse(json.dumps(feed).encode()) == ParsedFeed(
        "J",
        (
            Entry("7", "https://zeitung.example/7", "A & B", "lang", noon),
            Entry("8", None, "", "", None),
        ),
    )


def test_the_longest_text_of_an_entry_counts() -> None:
    entry = only(
        "<description>ein längerer Anriss</description>"
        "<content:encoded xmlns:content='http://purl.org/rss/1.0/modules/content/'>kurz"
        "</content:encoded>"
    )

    assert entry.text == "ein längerer Anriss"


@pytest.mark.parametrize(
    ("items", "key"),
    [
        ("<guid>https://z.example/1</guid><link>https://z.example/2</link>", "https://z.example/1"),
        ("<link>HTTPS://z.example/2/?utm_source=rss#top</link>", "https://z.example/2"),
    ],
)
def test_the_key_is_the_id_else_the_canonical_link(items: str, key: str) -> None:
    assert only(items).key == key


def test_without_id_and_link_the_key_follows_from_the_text() -> None:
    entry = only("<title>a</title><description>b</description>")

    assert entry.key == only("<title>a</title><description>b</description>").key
    assert entry.key != only("<title>a</title><description>c</description>").key


def test_an_endless_id_is_known_by_its_digest() -> None:
    keys = [only(f"<guid isPermaLink='false'>{'x' * 5_000}{n}</guid>").key for n in (1, 2)]

    assert len(keys[0]) <= 500
    assert keys[0] != keys[1]


def test_of_two_entries_with_one_key_the_first_counts() -> None:
    feed = parse(rss("<guid>1</guid><title>neu</title>", "<guid>1</guid><title>alt</title>"))

    assert [entry.title for entry in feed.entries] == ["neu"]


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("/1.html", "https://zeitung.example/1.html"),
        ("2.html", "https://zeitung.example/politik/2.html"),
        ("//other.example/3", "https://other.example/3"),
        ("http://user:word@z.example/4", "http://z.example/4"),
        ("javascript:alert(1)", None),
        ("file:///etc/passwd", None),
        ("data:text/html,x", None),
        ("", None),
    ],
)
def test_a_link_is_absolute_and_http_or_none(link: str, expected: str | None) -> None:
    assert only(f"<title>x</title><link>{link}</link>").link == expected


def test_a_password_in_the_feeds_address_stays_out_of_its_links() -> None:
    feed = parse_feed(rss("<link>/1</link>"), "", "https://user:hush@z.example/feed")

    assert feed.entries[0].link == "https://z.example/1"


@pytest.mark.parametrize(
    ("written", "hour"),
    [
        ("Wed, 07 May 2025 12:00:00 MESZ", 10),
        ("Wed, 07 May 2025 12:00:00 CEST", 10),
        ("Wed, 07 May 2025 12:00 MEZ", 11),
        ("Mi, 07 Mai 2025 12:00:00 +0200", 10),
        ("2025-05-07T12:00:00 CEST", 10),
        ("2025-05-07T12:00:00", 12),
        ("Wed, 07 May 2025 12:00:00 EST", 17),
    ],
)
def test_dates_are_read_in_their_zone(written: str, hour: int) -> None:
    entry = only(f"<guid>1</guid><pubDate>{written}</pubDate>")

    assert entry.published == datetime(2025, 5, 7, hour, tzinfo=UTC)


@pytest.mark.parametrize(
    "written",
    [
        "gestern",
        "",
        "Wed, 31 Feb 2025 12:00:00 GMT",
        "0000-01-01T00:00:00Z",
        "9999-12-31T00:00:00Z",
    ],
)
def test_an_absurd_date_is_none(written: str) -> None:
    assert only(f"<guid>1</guid><pubDate>{written}</pubDate>").published is None


def test_of_a_large_feed_the_newest_500_are_taken_in_order() -> None:
    items = [
        f"<guid>{n}</guid><pubDate>{1 + n % 28:02} May 2025 00:{n // 28:02}:00 GMT</pubDate>"
        for n in range(700)
    ]

    feed = parse(rss(*items))

    dates = [entry.published for entry in feed.entries if entry.published]
    assert len(dates) == 500
    assert min(dates).day == 9
    assert [entry.key for entry in feed.entries[:2]] == ["8", "9"]


def test_of_a_large_feed_without_dates_the_first_500_are_taken() -> None:
    feed = parse(rss(*(f"<title>{n}</title>" for n in range(600))))

    assert [entry.title for entry in feed.entries] == [str(n) for n in range(500)]


@pytest.mark.parametrize("reference", ["&#x110000;", "&#xD800;", "&#xFFFFFFFF;", "&#99999999999;"])
def test_an_impossible_reference_costs_no_entry(reference: str) -> None:
    feed = parse(rss(f"<title>eins{reference}</title>", "<title>zwei</title>"))

    assert [entry.title for entry in feed.entries] == ["eins", "zwei"]


def test_a_declaration_that_feedparser_stumbles_over_costs_no_entry() -> None:
    feed = parse(rss("<title>x</title>", head=r'<!DOCTYPE rss [<!ENTITY a "C:\data">]>'))

    assert [entry.title for entry in feed.entries] == ["x"]


def test_entities_are_neither_expanded_nor_fetched(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("hush")
    head = f'<!DOCTYPE rss [<!ENTITY x SYSTEM "file://{tmp_path}/secret">]>'

    feed = parse(rss("<title>a&x;b</title>", head=head))

    assert "hush" not in feed.entries[0].title


def test_a_body_is_never_taken_for_the_name_of_a_file(tmp_path: Path) -> None:
    (tmp_path / "feed").write_bytes(rss("<title>x</title>"))

    with pytest.raises(NotAFeed):
        parse(str(tmp_path / "feed").encode())


def test_an_ill_formed_feed_with_entries_is_accepted() -> None:
    body = rss("<title>A & B</title>", "<title>zwei</title>").removesuffix(b"</channel></rss>")

    assert [entry.title for entry in parse(body).entries] == ["A & B", "zwei"]


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1", "windows-1252", "utf-16"])
def test_umlauts_are_right_in_every_declared_charset(charset: str) -> None:
    head = f'<?xml version="1.0" encoding="{charset}"?>'
    body = rss("<title>Größe</title>", head=head).decode().encode(charset)

    assert parse(body, "application/rss+xml").entries[0].title == "Größe"


@pytest.mark.parametrize("charset", ["iso-8859-1", "utf-16", "us-ascii", "no-such-charset"])
def test_a_wrong_charset_of_the_server_does_not_spoil_utf_8(charset: str) -> None:
    body = rss("<title>Größe – Maß</title>")

    assert parse(body, f"text/xml; charset={charset}").entries[0].title == "Größe – Maß"


def test_the_servers_charset_counts_where_the_body_is_not_utf_8() -> None:
    body = rss("<title>Größe</title>").decode().encode("iso-8859-15")

    feed = parse(body, "text/xml; charset=iso-8859-15")

    assert feed.entries[0].title == "Größe"


def test_a_feed_without_entries_is_a_feed() -> None:
    assert parse(rss()) == ParsedFeed("Z", ())


@pytest.mark.parametrize(
    ("body", "looks"),
    [
        (b"", "empty"),
        (b" \n", "empty"),
        (b"<!DOCTYPE html><html><body>Seite</body></html>", "an HTML page"),
        (b'<?xml version="1.0"?><!-- x --><HTML><body/></HTML>', "an HTML page"),
        (b"%PDF-1.7", "a PDF"),
        (b"\x1f\x8b\x08 packed", "compressed"),
        (b'{"a": 1}', "no JSON Feed"),
        (b"{" * 100_000, "no JSON Feed"),
        (b"<opml/>", "neither RSS nor Atom"),
        (b"Hallo", "no feed"),
        (b"\0\0\0\0", "no feed"),
    ],
)
def test_what_is_no_feed_is_told_with_what_it_looks_like(body: bytes, looks: str) -> None:
    with pytest.raises(NotAFeed, match=looks):
        parse(body, "text/xml")


@settings(max_examples=60)
@given(
    st.binary()
    | st.text(alphabet="<>/&;#x10!-[]{}\"' item rss title\x00ä", max_size=300).map(
        lambda text: rss(f"<title>{text}</title>")
    ),
    st.sampled_from(["", "text/xml; charset=utf-7", "text/html", "x; charset=\x00"]),
)
def test_any_bytes_are_a_feed_or_none(body: bytes, content_type: str) -> None:
    try:
        feed = parse(body, content_type)
    except NotAFeed:
        return
    for entry in feed.entries:
        f"{entry.key}{entry.title}{entry.text}".encode()
        assert "\x00" not in entry.title


@pytest.mark.corpus
@pytest.mark.skipif(not FEEDS.is_dir(), reason=f"no corpus at {FEEDS}")
@pytest.mark.filterwarnings("ignore::DeprecationWarning:feedparser")
def test_real_feeds_yield_what_feedparser_alone_yields() -> None:
    differing = []
    for file in [file for file in sorted(FEEDS.iterdir()) if file.suffix != ".json"][::4]:
        body = file.read_bytes()
        theirs = feedparser.parse(io.BytesIO(body))
        ours = parse(body).entries
        expected = [
            Entry(
                key=" ".join(entry.get("id", mine.key).split()),
                link=http_url(entry.link, URL) if entry.get("link") else None,
                title=plain(entry.get("title", "")),
                text=mine.text,
                published=mine.published,
                whole_day=mine.whole_day,
            )
            for entry, mine in zip(theirs.entries, ours, strict=False)
        ]
        if len(theirs.entries) != len(ours) or list(ours) != expected:
            differing.append(file.name)

    assert differing == []


@pytest.mark.corpus
@pytest.mark.skipif(not FEEDS.is_dir(), reason=f"no corpus at {FEEDS}")
def test_real_json_feeds_are_read_unless_they_are_cut_off() -> None:
    counts = {}
    for file in FEEDS.glob("*__*.json"):
        try:
            counts[file.name] = len(parse(file.read_bytes()).entries)
        except NotAFeed:
            counts[file.name] = 0

    assert [name for name, count in counts.items() if not count] == [
        "Ranchero-Software__allthis-partial.json"
    ]
