"""Walls and other pages that are no article are recognised, and nothing behind them is read."""

import json

import pytest

from bot.articles import walls
from bot.articles.extract import extract_page
from bot.errors import NotAnArticle
from tests.test_articles import SENTENCES

WALL = (
    "Weiterlesen mit Werbung oder im PUR-Abo",
    (
        "Besuchen Sie unser Angebot wie gewohnt mit Werbung und Tracking. Ihre Zustimmung können "
        "Sie jederzeit im Privacy Center widerrufen."
    ),
    "Wir und unsere 187 Partner verarbeiten Daten mit Hilfe von Cookies, wenn Sie einwilligen.",
)
ROBOTS = ("Checking your browser", "Verify you are human by completing the CAPTCHA below.")
ABOUT_WALLS = (
    (
        "Der Bundesgerichtshof hat über Pur-Abos entschieden: Wer eine Zeitung ohne Tracking lesen "
        "will, muss dafür bezahlen dürfen."
    ),
    "Nach dem Urteil muss die Einwilligung in Cookies jederzeit widerrufen werden können.",
    *SENTENCES,
)


def page(*paragraphs: str, head: str = "", title: str = "Nachrichten") -> bytes:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f"<html lang=de><head><title>{title}</title>{head}</head><body><main><article>"
        f"<h1>{title}</h1>{body}</article></main></body></html>"
    ).encode()


@pytest.mark.parametrize("text", [WALL, WALL[1:], ROBOTS], ids=["Pur-Abo", "cookies", "robots"])
def test_the_text_of_a_wall_is_no_article(text: tuple[str, ...]) -> None:
    with pytest.raises(NotAnArticle, match="consent wall"):
        extract_page(page(*text))


def test_an_article_about_walls_is_one() -> None:
    assert SENTENCES[0] in extract_page(page(*ABOUT_WALLS)).text


def test_an_article_with_a_walls_text_beside_it_is_one() -> None:
    assert SENTENCES[0] in extract_page(page(*SENTENCES, *WALL)).text


@pytest.mark.parametrize(
    "url",
    [
        "https://www.spiegel.de/consent-a-?targetUrl=https%3A%2F%2Fwww.spiegel.de%2Fa",
        "https://www.zeit.de/zustimmung?url=https%3A%2F%2Fwww.zeit.de%2Fpolitik",
        "https://consent.google.com/ml?continue=https://news.google.com/",
        "https://consent.yahoo.com/v2/collectConsent?sessionId=1",
    ],
)
def test_a_walls_address_is_known(url: str) -> None:
    assert walls.is_wall(url)
    assert walls.never_an_article(url)


@pytest.mark.parametrize(
    "url",
    [
        "https://www.zeit.de/politik/2025/zustimmung-zur-wahl",
        "https://www.zeit.de/zustimmungswerte",
        "https://zeitung.example/politik/consent-a-debate",
        "https://zeitung.example/consentement",
        "https://zeitung.example/news.google.com/rss/articles/1",
        "https://zeitung.example/pdf",
    ],
)
def test_the_address_of_an_article_is_not_taken_for_one(url: str) -> None:
    assert walls.never_an_article(url) == ""


@pytest.mark.parametrize(
    "url",
    [
        "https://news.google.com/rss/articles/CBMiX2h0dHBz?oc=5",
        "https://news.google.com/articles/CBMiX2h0dHBz",
        "https://www.youtube.com/watch?v=1",
        "https://youtu.be/1",
        "https://zeitung.example/bericht.PDF",
        "https://zeitung.example/ton.mp3?download",
    ],
)
def test_what_never_has_an_article_is_not_even_fetched(url: str) -> None:
    assert walls.never_an_article(url)


@pytest.mark.parametrize(
    ("url", "own"),
    [
        ("https://www.google.com/amp/s/zeitung.example/a.amp", "https://zeitung.example/a.amp"),
        ("https://www.google.com/amp/zeitung.example/a?b=1", "http://zeitung.example/a?b=1"),
        (
            "https://zeitung-example.cdn.ampproject.org/c/s/zeitung.example/a",
            "https://zeitung.example/a",
        ),
        (
            "https://www.google.com/url?q=https://zeitung.example/a&sa=U",
            "https://zeitung.example/a",
        ),
        ("https://www.google.com/url?q=javascript:1", "https://www.google.com/url?q=javascript:1"),
        ("https://zeitung.example/amp/s/a.b/c", "https://zeitung.example/amp/s/a.b/c"),
    ],
)
def test_a_page_in_an_amp_cache_is_read_at_its_publishers(url: str, own: str) -> None:
    assert walls.publishers_own(url) == own


def test_what_an_amp_page_asks_its_reader_is_left_out() -> None:
    asked = f"<amp-consent><p>{WALL[1]}</p></amp-consent>"

    assert "Privacy Center" not in extract_page(page(asked, *SENTENCES)).text


@pytest.mark.parametrize(
    "title", ["404 – nicht gefunden", "Seite nicht gefunden", "Page not found"]
)
def test_a_page_that_says_there_is_none_is_no_article(title: str) -> None:
    with pytest.raises(NotAnArticle, match="does not exist"):
        extract_page(page(*SENTENCES, title=title))


def linked(data: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="og:type" content="video.other">',
        linked({"@type": "VideoObject", "name": "Parade"}),
        linked({"@type": "PodcastEpisode"}),
    ],
)
def test_a_video_with_a_few_words_is_no_article(head: str) -> None:
    with pytest.raises(NotAnArticle, match="video or audio"):
        extract_page(page(*SENTENCES, head=head))


@pytest.mark.parametrize(
    "head",
    [
        linked({"@type": "NewsArticle", "video": {"@type": "VideoObject"}}),
        '<meta property="og:type" content="article">' + linked({"@type": "VideoObject"}),
    ],
)
def test_an_article_with_a_video_is_one(head: str) -> None:
    assert extract_page(page(*SENTENCES, head=head)).text


@pytest.mark.parametrize(
    ("expected", "another"),
    [
        ("Parade in Moskau mit Soldaten", False),
        ("Nordkoreanischer Soldat in Moskaus Parade", False),
        ("Erdbeben erschüttert Griechenland", True),
        ("Eilmeldung", False),
        ("", False),
    ],
)
def test_a_page_without_a_word_of_the_feeds_title_is_another_one(
    expected: str, another: bool
) -> None:
    assert walls.is_another(expected, "Parade", "\n".join(SENTENCES)) is another
