"""The sandbox's press: feeds with validators, and articles that are published while it runs."""

import re
from calendar import timegm
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import feedparser
import pytest
import trafilatura
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.press_data import Outlet, load_outlets
from bot.sandbox.press_feeds import Entry, atom, rss
from bot.sandbox.recorded import Document, Press, Publication

BASE = "http://127.0.0.1:8799"
START = datetime(2025, 5, 9, 6, 14, 30, tzinfo=UTC)


class HandClock:
    """A clock that a test moves by hand."""

    def __init__(self) -> None:
        self.moment = START

    def __call__(self) -> datetime:
        return self.moment


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def press(clock: HandClock) -> Press:
    return Press(base_url=BASE, now=clock)


def feed(press: Press, name: str) -> Document:
    document = press.feed(name)
    assert document is not None
    return document


def parsed(press: Press, name: str) -> feedparser.FeedParserDict:
    result = feedparser.parse(feed(press, name).body)
    assert not result.bozo, result.get("bozo_exception")
    return result


def moment(entry: feedparser.FeedParserDict) -> datetime:
    return datetime.fromtimestamp(timegm(entry.published_parsed), UTC)


def page(press: Press, url: str) -> str:
    document = press.page(url.removeprefix(f"{BASE}/articles/"))
    assert document is not None
    return document.body.decode()


def extracted(html: str) -> str:
    return trafilatura.extract(html, include_comments=False) or ""


# Feeds


def test_feedparser_reads_every_entry_of_every_feed(press: Press) -> None:
    for outlet in load_outlets():
        older = {article.title: article for article in outlet.recordings if not article.live}

        result = parsed(press, outlet.name)

        assert result.feed.title == outlet.title
        assert {entry.title for entry in result.entries} == set(older)
        for entry in result.entries:
            article = older[entry.title]
            dated = moment(entry)
            assert entry.id == f"urn:newsroom:{outlet.name}:{article.slug}"
            assert entry.link == f"{BASE}/articles/{outlet.name}/{article.slug}"
            assert dated == START - timedelta(minutes=article.age_minutes)
            assert entry.summary == article.summary


def test_a_feed_begins_with_its_newest_entry(press: Press) -> None:
    press.publish_next()

    for name in press.feed_names():
        dates = [entry.published_parsed for entry in parsed(press, name).entries]
        assert dates == sorted(dates, reverse=True)


def test_validators_stay_while_nothing_is_published(press: Press, clock: HandClock) -> None:
    before = [feed(press, name) for name in press.feed_names()]
    clock.moment += timedelta(hours=3)

    assert [feed(press, name) for name in press.feed_names()] == before


def test_both_validators_change_with_each_of_two_articles_in_one_second(press: Press) -> None:
    seen = [feed(press, "kontor")]
    for title in ("Erstens", "Zweitens"):
        press.publish("kontor", Publication(title, "<p>Text</p>"))
        seen.append(feed(press, "kontor"))

    assert len({document.etag for document in seen}) == 3
    assert len({document.last_modified for document in seen}) == 3


def test_publishing_the_very_same_again_changes_no_validator(press: Press) -> None:
    same = Publication("Titel", "<p>Text</p>", id="a", published="2025-05-09T08:00:00+02:00")
    press.publish("kontor", same)
    before = feed(press, "kontor")

    press.publish("kontor", same)

    assert feed(press, "kontor") == before


def test_an_etag_is_quoted_and_a_last_modified_is_an_http_date(press: Press) -> None:
    document = feed(press, "falkenrode")

    assert re.fullmatch(r'"[0-9a-f]+"', document.etag)
    assert document.last_modified == "Fri, 09 May 2025 03:04:30 GMT"
    assert document.content_type == "application/rss+xml; charset=utf-8"


def test_an_unknown_feed_and_an_unknown_page_are_none(press: Press) -> None:
    assert press.feed("nirgends") is None
    assert press.page("kontor/nirgends") is None


# The recorded live articles


def test_the_outlets_take_turns_with_their_live_articles(press: Press) -> None:
    outlets = []
    while published := press.publish_next():
        outlets.append(published.url.split("/")[-2])

    assert outlets == [*press.feed_names(), *press.feed_names()]
    assert press.publish_next() is None


def test_a_live_article_is_dated_now_and_its_page_is_there(press: Press, clock: HandClock) -> None:
    clock.moment += timedelta(minutes=5)

    published = press.publish_next()

    assert published is not None
    newest = parsed(press, "falkenrode").entries[0]
    assert (newest.id, newest.link) == (published.id, published.url)
    assert moment(newest) == clock.moment
    assert "Nordkoreas Soldaten" in page(press, published.url)


def test_a_live_article_has_no_page_before_it_is_published(press: Press) -> None:
    assert press.page("falkenrode/nordkoreas-soldaten-roter-platz") is None


def test_after_a_reset_all_is_as_at_the_start(press: Press) -> None:
    before = {name: feed(press, name) for name in press.feed_names()}
    first = press.publish_next()
    press.publish("eigener", Publication("Titel", "<p>Text</p>"))

    press.reset()

    assert {name: feed(press, name) for name in press.feed_names()} == before
    assert press.publish_next() == first


# Articles that someone publishes


def test_a_new_feed_name_makes_a_new_rss_feed(press: Press) -> None:
    published = press.publish("eigener", Publication("Ein Titel", "<p>Text</p>", summary="Kurz"))

    entry = parsed(press, "eigener").entries[0]
    assert (entry.title, entry.summary, entry.id) == ("Ein Titel", "Kurz", published.id)
    assert moment(entry) == START
    assert "eigener" in press.feed_names()


def test_an_article_with_a_known_id_replaces_the_entry_at_the_same_url(press: Press) -> None:
    first = press.publish("eigener", Publication("Zwei Sätze", "<p>Alt</p>", id="eil-1"))
    press.publish("eigener", Publication("Dazwischen", "<p>Text</p>"))

    second = press.publish("eigener", Publication("Ganzer Bericht", "<p>Neu</p>", id="eil-1"))

    assert second == first
    titles = [entry.title for entry in parsed(press, "eigener").entries]
    assert titles == ["Ganzer Bericht", "Dazwischen"]
    assert "Neu" in page(press, first.url)


def test_two_articles_of_one_title_have_two_addresses(press: Press) -> None:
    one = press.publish("eigener", Publication("Wetter", "<p>Text</p>"))
    two = press.publish("eigener", Publication("Wetter", "<p>Text</p>"))

    assert one.url != two.url
    assert one.id != two.id


@pytest.mark.parametrize(
    "text", ["2025-05-08T20:00:00+02:00", "Thu, 08 May 2025 20:00:00 +0200", "2025-05-08 18:00"]
)
def test_a_date_may_be_iso_or_rfc_822_and_is_utc_without_a_zone(press: Press, text: str) -> None:
    press.publish("eigener", Publication("Titel", "<p>Text</p>", published=text))

    entry = parsed(press, "eigener").entries[0]
    assert entry.published == "Thu, 08 May 2025 18:00:00 GMT"


@pytest.mark.parametrize("name", ["", "Groß", "a/b", "../x", "a" * 61, "neu\n"])
def test_a_bad_feed_name_is_refused(press: Press, name: str) -> None:
    with pytest.raises(ValueError, match="is no feed name: use 1 to 60"):
        press.publish(name, Publication("Titel", "<p>Text</p>"))


def test_an_empty_title_is_refused(press: Press) -> None:
    with pytest.raises(ValueError, match="title is empty"):
        press.publish("eigener", Publication("  ", "<p>Text</p>"))


@pytest.mark.parametrize("text", ["gestern", "2025-13-40", "0001-01-01T00:00:00+23:00"])
def test_an_unreadable_date_is_refused_and_nothing_is_published(press: Press, text: str) -> None:
    with pytest.raises(ValueError, match="is no date: write it as 2025"):
        press.publish("eigener", Publication("Titel", "<p>Text</p>", published=text))

    assert press.feed("eigener") is None


@pytest.mark.parametrize("write", [rss, atom])
@given(text=st.text(st.characters(codec=None)))
def test_any_text_leaves_a_feed_well_formed(write: Callable[..., str], text: str) -> None:
    outlet = Outlet(name="eigener", title=text, description=text)
    entry = Entry(text, BASE, text, START, summary=text, author=text, section=text)

    xml = write(outlet, [entry], url=BASE, changed=START).encode()

    assert not feedparser.parse(xml).bozo


@pytest.mark.parametrize("name", ["kontor", "meridian"])
@pytest.mark.parametrize(
    "title", ["<script>alert(1)</script>", "A & B &amp; C", "]]></title>", '"><img src=x>', "1 < 2"]
)
def test_a_hostile_title_is_escaped_in_feed_and_page(press: Press, name: str, title: str) -> None:
    published = press.publish(name, Publication(title, "<p>Text</p>"))

    entry = feedparser.parse(feed(press, name).body, sanitize_html=False).entries[0]
    assert entry.title == title
    assert "<script>" not in page(press, published.url)
    assert "<img" not in page(press, published.url)


def test_characters_that_xml_forbids_are_left_out(press: Press) -> None:
    press.publish(
        "eigener", Publication("Ein\x00 \x0bTitel\ud800", "<p>Text\ud800</p>", id="\x08a")
    )

    entry = parsed(press, "eigener").entries[0]
    assert (entry.title, entry.id) == ("Ein Titel", "a")


PARAGRAPH = (
    "Zum ersten Mal sind nordkoreanische Soldaten bei der Siegesparade in Moskau mitmarschiert, "
    "wie am Vormittag das Staatsfernsehen des Landes zeigte."
)


@pytest.mark.parametrize("html", [f"<p>{PARAGRAPH}</p>", PARAGRAPH, f"<div>{PARAGRAPH}</div>"])
def test_a_fragment_becomes_a_page_whose_text_trafilatura_finds(press: Press, html: str) -> None:
    published = press.publish("eigener", Publication("Parade", html))

    whole = page(press, published.url)
    assert whole.startswith("<!doctype html>")
    assert PARAGRAPH in extracted(whole)


def test_a_whole_page_is_served_as_it_is(press: Press) -> None:
    html = "<!-- gesichert --><!DOCTYPE html><html><body><p>Text</p></body></html>"

    published = press.publish("eigener", Publication("Parade", html))

    assert page(press, published.url) == html
