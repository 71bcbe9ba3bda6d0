"""The pages' templates: whatever is written in what they show, it stays text."""

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.pages import search_page, status_page
from bot.pages.spark import spark
from bot.pages.values import (
    AlertRow,
    FaultRow,
    FeedRow,
    Figure,
    Found,
    FoundRow,
    Frame,
    LetterRow,
    ListRow,
    Moment,
    Outbox,
    Part,
    Status,
)
from bot.wording import LANGUAGES
from bot.wording.page import PageWords

WORDS = LANGUAGES["en"].page
MOMENT = Moment(datetime(2025, 5, 9, tzinfo=UTC).isoformat(), "09:40", "9 May 2025, 09:40")
HOSTILE = (
    "<script>alert(1)</script>",
    "</title></style><img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)" x="',
    "' onfocus='alert(1)' autofocus='",
    "{{ 7 * 7 }}{% raw %}&lt;b&gt;",
    "\u202egnirts\u202c \u2066oder\u2069",
)
LINKS = (
    *(
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " javascript:alert(1)",
        "java\nscript:alert(1)",
    ),
    *("data:text/html,<script>", "vbscript:x", "//evil.example/", "file:///etc/passwd", "/x", ""),
)
FEED = FeedRow("Depesche", "https://d.example/f", "ill", "ill", "HTTP 503", MOMENT, MOMENT, MOMENT)
ALERT = AlertRow(
    "Parade", "https://d.example/1", "Depesche", MOMENT, ["Korea"], "It is new", "sent"
)
FRAME = Frame("en", WORDS, MOMENT, "?lang=de")


def status(words: PageWords = WORDS, feed: FeedRow = FEED, alert: AlertRow = ALERT) -> Status:
    picture = ListRow("Korea", "3", "3 matches", spark((0, 1, 3)), "last", "", restricted=True)
    letter = LetterRow("Alert", "group", MOMENT, "no answer", troubled=True)
    return Status(
        frame=replace(FRAME, words=words),
        verdict="One feed",
        is_well=False,
        alarms=["no network"],
        figures=[Figure("Alerts", "3", "note")],
        steps=[[Part("first: "), Part("/add", marked=True)]],
        is_empty=False,
        sick=[feed],
        feeds=[feed],
        feeds_title="All",
        feeds_open=True,
        more_feeds="more",
        all_feeds="?feeds=all",
        lists=[picture],
        more_lists=[picture],
        more_lists_title="more",
        lists_left_out="more",
        alerts=[alert],
        no_alerts=[],
        no_lists=[],
        no_feeds=[],
        outbox=Outbox("One waits", [letter], "more"),
    )


def tags(html: str) -> list[str]:
    """The opening tags of a page, with their attributes."""
    return re.findall(r"<[a-z][^>]*>", re.sub(r"(?s)<style>.*?</style>", "", html))


@pytest.mark.parametrize("text", HOSTILE)
def test_whatever_stands_in_a_title_adds_no_tag_and_no_attribute(text: str) -> None:
    feed = replace(FEED, name=text, url=text, error=text)
    alert = replace(ALERT, title=text, outlets=text, lists=[text], why=text)

    tame, spoilt = status_page(status()), status_page(status(feed=feed, alert=alert))

    assert len(tags(spoilt)) == len(tags(tame))
    assert not [tag for tag in tags(spoilt) if re.search(r"\son\w+=|autofocus", _outside(tag))]
    assert "49" not in spoilt


@pytest.mark.parametrize("text", HOSTILE)
def test_whatever_is_searched_for_or_found_stays_text(text: str) -> None:
    def page(said: str) -> str:
        found = FoundRow([Part(said), Part(said, marked=True)], said, said, MOMENT, [Part(said)])
        frame = replace(FRAME, asked=said, other_language=f"?q={said}")
        return search_page(
            Found(frame, said, [found], [FaultRow(said, said)], "?page=1", "?page=3")
        )

    tame, spoilt = page("tame"), page(text)

    assert len(tags(spoilt)) == len(tags(tame))
    assert not [tag for tag in tags(spoilt) if re.search(r"\son\w+=|autofocus", _outside(tag))]


def _outside(tag: str) -> str:
    """A tag without the values of its attributes."""
    return re.sub(r'"[^"]*"', '""', tag)


@pytest.mark.parametrize("link", LINKS)
def test_only_web_addresses_are_links(link: str) -> None:
    html = status_page(status(alert=replace(ALERT, link=link)))

    assert re.findall(r'<a href="[^?]', html) == []
    assert "<bdi>Parade</bdi>" in html


def test_a_link_to_an_article_tells_nothing_about_the_page() -> None:
    html = status_page(status())

    assert '<a href="https://d.example/1" rel="noreferrer noopener"><bdi>Parade</bdi></a>' in html
    assert '<meta name="referrer" content="no-referrer">' in html


def test_what_came_from_outside_cannot_turn_the_text_around_it() -> None:
    html = status_page(status(alert=replace(ALERT, title=HOSTILE[-1])))

    assert f"<bdi>{HOSTILE[-1]}</bdi>" in html


def test_the_page_has_no_script_and_loads_nothing() -> None:
    for html in (status_page(status()), search_page(Found(FRAME, "Nothing"))):
        assert "<script" not in html
        assert re.findall(r"""\ssrc=|@import|url\(|<link(?! rel="icon" href="data:)""", html) == []
        assert 'style="' not in html


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_can_be_made_in_every_language(language: str) -> None:
    words = LANGUAGES[language].page

    html = status_page(status(words))

    assert words.attention in html
    assert words.outbox in html


def test_bars_are_as_high_as_what_they_count() -> None:
    picture = spark((0, 1, 50, 100))

    assert [bar.height for bar in picture.bars] == [0, 2, 12, 24]
    assert [bar.y + bar.height for bar in picture.bars] == [24] * 4
    assert picture.bars[-1].x + 4 == picture.width


def test_of_nothing_there_are_no_bars() -> None:
    assert [bar.height for bar in spark((0, 0)).bars] == [0, 0]
    assert spark(()).width == 0
