"""Which links of a page may be feeds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.feeds.discover import Candidate, feed_links, home, well_known

PAGE = "https://zeitung.example/start/index.html"
RSS = 'type="application/rss+xml"'


def links(html: str, content_type: str = "text/html; charset=utf-8") -> list[str]:
    return [found.url for found in feed_links(html.encode(), content_type, PAGE)]


@pytest.mark.parametrize(
    "kind",
    [
        "application/rss+xml",
        "application/atom+xml",
        "application/rdf+xml",
        "application/feed+json",
        "text/xml",
        "Application/RSS+XML; charset=utf-8",
    ],
)
def test_a_page_declares_its_feeds(kind: str) -> None:
    html = f'<link rel="alternate" type="{kind}" href="/a" title="Alle Meldungen">'

    assert feed_links(html.encode(), "", PAGE) == (
        Candidate("https://zeitung.example/a", "Alle Meldungen", declared=True),
    )


@pytest.mark.parametrize(
    "html",
    [
        '<link rel="stylesheet" type="text/css" href="/feed.css">',
        '<link rel="alternate" hreflang="en" href="/en">',
        '<link rel="alternate" type="application/json" href="/wp-json/wp/v2/pages/7">',
        '<link rel="alternate" type="application/json+oembed" href="/oembed">',
        f'<link rel="alternate" {RSS} href="/comments/feed/">',
        f'<link rel="alternate" {RSS} href="javascript:alert(1)">',
        f'<link rel="alternate" {RSS} href="">',
        f'<link rel="alternate" {RSS}>',
        '<a href="/sitemap.xml">Übersicht</a>',
        '<a href="/politik/">Politik</a>',
        '<a href="mailto:rss@zeitung.example">RSS</a>',
        '<a href="http://[::1/feed">RSS</a>',
        "<a>RSS</a>",
        "",
    ],
)
def test_what_is_no_feed_is_not_taken_for_one(html: str) -> None:
    assert links(html) == []


@pytest.mark.parametrize(
    ("href", "text"),
    [
        ("/rss", "Abo"),
        ("/politik/rss/", "Abo"),
        ("/feed", "Abo"),
        ("/feeds", "Abo"),
        ("alles.xml", "Abo"),
        ("/index.rdf", "Abo"),
        ("/neu.atom", "Abo"),
        ("https://newsfeed.zeitung.example/index", "Abo"),
        ("/?feed=rss2", "Abo"),
        ("/export?format=rss", "Abo"),
        ("/service/abo", "RSS-Feeds"),
        ("/service/abo", '<img src="x.png" alt="RSS">'),
    ],
)
def test_a_link_that_looks_like_a_feed_may_be_one(href: str, text: str) -> None:
    [found] = feed_links(f'<a href="{href}">{text}</a>'.encode(), "", PAGE)

    assert not found.declared


def test_declared_feeds_come_first_and_each_address_once() -> None:
    html = f'<a href="/b/rss/">B</a><a href="/a">A-Feed</a><link rel=alternate {RSS} href=/a>'

    assert links(html) == ["https://zeitung.example/a", "https://zeitung.example/b/rss/"]


def test_links_to_other_sites_come_last_and_buttons_to_share_are_none() -> None:
    html = (
        '<a href="https://www.facebook.com/dialog/feed?x">1</a>'
        '<a href="https://other.example.org/feed">2</a><a href="https://rss.zeitung.example/">3</a>'
    )

    assert links(html) == ["https://rss.zeitung.example/", "https://other.example.org/feed"]


def test_links_are_relative_to_the_page_or_its_base() -> None:
    html = '<a href="x.xml">1</a>'

    assert links(html) == ["https://zeitung.example/start/x.xml"]
    assert links('<base href="https://b.example/f/">' + html) == ["https://b.example/f/x.xml"]
    assert links('<base href="http://[">' + html) == ["https://zeitung.example/start/x.xml"]


def test_a_page_is_no_feed_of_itself() -> None:
    assert links(f'<link rel="alternate" {RSS} href="{PAGE}">') == []


@pytest.mark.parametrize("charset", ["utf-8", "windows-1252"])
def test_titles_are_read_in_the_charset_of_the_header(charset: str) -> None:
    html = f'<link rel="alternate" {RSS} href="/f" title="Für Köln">'.encode(charset)

    [found] = feed_links(html, f"text/html; charset={charset}", PAGE)

    assert found.title == "Für Köln"


def test_a_page_of_nothing_but_links_is_cut() -> None:
    html = "".join(f'<a href="/{n}/rss">{n}</a>' for n in range(5_000))

    assert len(links(html)) == 100


def test_the_front_page_and_the_customary_places_are_those_of_the_site() -> None:
    assert home("https://zeitung.example/a/b?c=d") == "https://zeitung.example/"
    assert well_known("https://zeitung.example/a/")[0].url == "https://zeitung.example/feed"


@given(st.binary() | st.text(alphabet="<>/=\"' alinkhrefrssbase#?:[]").map(str.encode))
def test_no_page_raises(body: bytes) -> None:
    for found in feed_links(body, "text/html; charset=nonsense", PAGE):
        assert found.url.startswith(("http://", "https://"))
