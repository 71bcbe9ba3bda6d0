"""Two addresses of one page have one canonical form; an unsafe address has no form at all."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.feeds.urls import canonical, http_url, same_article

ADDRESSES = st.text() | st.from_regex(
    r"(?i)\A(https?|ftp)?:?//([a-z@:.\[\]/?#&=%\\ ]|utm_source=|:80|:443){0,30}\Z"
)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("HTTPS://Zeitung.Example/Politik/", "https://zeitung.example/Politik"),
        ("https://z.example", "https://z.example"),
        ("https://z.example/", "https://z.example"),
        ("http://z.example:80/a", "http://z.example/a"),
        ("https://z.example:443/a", "https://z.example/a"),
        ("https://z.example:8443/a", "https://z.example:8443/a"),
        ("http://[::1]:80/a", "http://[::1]/a"),
        ("https://user:word@z.example/a", "https://z.example/a"),
        ("https://z.example/a#ref=rss", "https://z.example/a"),
        ("https://z.example/a?utm_source=x&UTM_Medium=y", "https://z.example/a"),
        (
            "https://z.example/a?fbclid=1&b=2&gclid=3&a=1&wt_mc=4&xtor=5",
            "https://z.example/a?b=2&a=1",
        ),
        ("https://z.example/a?id=%C3%A4&x=", "https://z.example/a?id=%C3%A4&x="),
        ("https://z.example/a?utmost=1", "https://z.example/a?utmost=1"),
        ("https://z.example:99999/a", "https://z.example:99999/a"),
        ("no address", "no address"),
    ],
)
def test_the_canonical_form(url: str, expected: str) -> None:
    assert canonical(url) == expected


@settings(max_examples=50)
@given(ADDRESSES)
def test_the_canonical_form_of_a_canonical_form_is_itself(url: str) -> None:
    assert canonical(canonical(url)) == canonical(url)


@settings(max_examples=50)
@given(ADDRESSES, ADDRESSES)
def test_a_safe_address_is_http_and_has_no_place_to_hide_in(url: str, base: str) -> None:
    safe = http_url(url, base)

    if safe is not None:
        assert safe.startswith(("http://", "https://"))
        assert not set(safe) & set(' \n\t"<>\\\x00')
        assert http_url(safe) == safe


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (" https://z.example/a b\n", "https://z.example/a%20b"),
        ('https://z.example/"><b>', "https://z.example/%22%3E%3Cb%3E"),
        ("https://z.example/straße?q=ä", "https://z.example/straße?q=ä"),
        ("https://bank.example@evil.example/", "https://evil.example/"),
        ("https://", None),
        ("https://[::1", None),
        ("https://z.example:x/", None),
        ("mailto:a@z.example", None),
        ("https://z.example/" + "a" * 5_000, None),
    ],
)
def test_an_address_as_written_is_made_safe_or_none(written: str, expected: str | None) -> None:
    assert http_url(written) == expected


@pytest.mark.parametrize(
    "url",
    [
        "https://z.example/politik/a-1",
        "http://www.z.example/politik/a-1/",
        "https://m.z.example/politik/a-1?utm_source=rss",
        "https://amp.z.example/politik/a-1#top",
        "https://z.example/amp/politik/a-1",
        "https://z.example/politik/a-1/amp/",
        "https://z.example/politik/a-1?amp=1&ref=rss",
        "https://z.example/politik//a-1/index.html",
        "https://www.google.com/amp/s/z.example/politik/a-1",
        "https://z-example.cdn.ampproject.org/c/s/z.example/politik/a-1",
    ],
)
def test_all_addresses_of_an_article_have_one_form(url: str) -> None:
    assert same_article(url) == "https://z.example/politik/a-1"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://z.example/a?id=1", "https://z.example/a?id=2"),
        ("https://z.example/a", "https://y.example/a"),
        ("https://blog.z.example/a", "https://z.example/a"),
        ("https://z.example/amphibien", "https://z.example/hibien"),
        ("https://z.example/A", "https://z.example/a"),
    ],
)
def test_other_articles_have_other_forms(one: str, other: str) -> None:
    assert same_article(one) != same_article(other)


@pytest.mark.parametrize(
    "url", ["", "no address", "https://z.example/", "https://[::1", "mailto:a@b"]
)
def test_what_is_no_article_has_no_form(url: str) -> None:
    assert same_article(url) == ""


@settings(max_examples=50)
@given(ADDRESSES)
def test_the_form_of_an_articles_address_is_its_own(url: str) -> None:
    assert same_article(same_article(url)) == same_article(url)
