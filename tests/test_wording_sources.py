"""What is said of feeds: every error in both languages, and lengths of time as people say them."""

from datetime import timedelta

import pytest

from bot.errors import (
    Held,
    NotAFeed,
    Refused,
    SourceError,
    UserError,
    WorkerDied,
    WorkerError,
    WorkerTimeout,
)
from bot.feeds.opml import read_opml
from bot.feeds.parse import parse_feed
from bot.net.failures import _MEANINGS
from bot.net.unpacking import too_big
from bot.pipeline.tools import in_words
from bot.wording import LANGUAGES, Sentences
from bot.wording.de import GERMAN
from bot.wording.en import ENGLISH

FILES = (
    b"",
    b"<rss/>",
    b"<opml><body/></opml>",
    b'<opml><outline xmlUrl="ftp://x"/></opml>',
    b'<!DOCTYPE a [<!ENTITY b "c">]><opml/>',
)
BODIES = (b"", b"%PDF-1.7", b"PK\x03\x04", b"[1]", b"<html>", b"<kml/>", b"Guten Tag")
RAISED: tuple[SourceError | WorkerError, ...] = (
    *(Refused(status) for status in (400, 401, 403, 404, 410, 418, 429, 500, 503)),
    Held("bote.example", timedelta(minutes=5)),
    too_big(5_000_000),
    WorkerTimeout(),
    WorkerDied(),
)


def no_feed(body: bytes) -> str:
    """What is said of a body that is no feed."""
    with pytest.raises(NotAFeed) as raised:
        parse_feed(body, "", "https://bote.example/")
    return str(raised.value)


def no_opml(content: bytes) -> str:
    """What is said of a file that is no OPML."""
    with pytest.raises(UserError) as raised:
        read_opml(content)
    return raised.value.faults[0].what


SAID = [
    *(words.format("bote.example") for _, _, words in _MEANINGS),
    *map(in_words, RAISED),
    *map(no_feed, BODIES),
    *map(no_opml, FILES),
]


@pytest.mark.parametrize("said", SAID)
def test_every_error_of_a_feed_has_german_words(said: str) -> None:
    german = GERMAN.sources.error(said)

    assert german != said
    assert ("bote.example" in said) == ("bote.example" in german)
    assert "{" not in german


@pytest.mark.parametrize("said", SAID)
def test_every_error_of_a_feed_has_english_words_that_fit(said: str) -> None:
    english = ENGLISH.sources.error(said)

    assert ("bote.example" in said) == ("bote.example" in english)
    assert "{" not in english


@pytest.mark.parametrize("words", LANGUAGES.values(), ids=LANGUAGES)
def test_an_error_that_nobody_knows_is_shown_as_it_is(words: Sentences) -> None:
    assert words.sources.error("{host} <b>?") == "{host} <b>?"


def test_the_particular_goes_before_the_general() -> None:
    assert "nichts" in GERMAN.sources.error("HTTP 404")
    assert "gestört (HTTP 502)" in GERMAN.sources.error("HTTP 502")
    assert "lehnt" in GERMAN.sources.error("HTTP 418")
    assert "rechtzeitig" in GERMAN.sources.error("no connection to bote.example in time")


@pytest.mark.parametrize(
    ("length", "german", "english"),
    [
        (timedelta(0), "0 Sekunden", "0 seconds"),
        (timedelta(seconds=1), "eine Sekunde", "one second"),
        (timedelta(seconds=119), "119 Sekunden", "119 seconds"),
        (timedelta(minutes=2), "2 Minuten", "2 minutes"),
        (timedelta(hours=3), "3 Stunden", "3 hours"),
        (timedelta(days=4), "4 Tage", "4 days"),
        (timedelta(seconds=-5), "0 Sekunden", "0 seconds"),
    ],
)
def test_a_length_of_time_is_said_as_people_say_it(
    length: timedelta, german: str, english: str
) -> None:
    assert GERMAN.sources.length(length) == german
    assert ENGLISH.sources.length(length) == english


@pytest.mark.parametrize(
    ("length", "german", "english"),
    [
        (timedelta(seconds=30), "gerade eben", "just now"),
        (timedelta(minutes=3), "vor 3 Minuten", "3 minutes ago"),
        (timedelta(hours=3), "vor 3 Stunden", "3 hours ago"),
        (timedelta(days=4), "vor 4 Tagen", "4 days ago"),
    ],
)
def test_what_was_is_said_as_people_say_it(length: timedelta, german: str, english: str) -> None:
    assert GERMAN.sources.ago(length) == german
    assert ENGLISH.sources.ago(length) == english


@pytest.mark.parametrize(
    ("count", "german", "english"),
    [
        (0, "noch leer", "empty so far"),
        (1, "ein Artikel", "one article"),
        (2, "2 Artikel", "2 articles"),
    ],
)
def test_a_feed_without_articles_is_not_said_to_have_zero(
    count: int, german: str, english: str
) -> None:
    assert GERMAN.sources.entries(count) == german
    assert ENGLISH.sources.entries(count) == english
