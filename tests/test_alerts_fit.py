"""Whatever publishers write, a message is well formed, fits, and shows titles as they are.

The judge is the sandbox's reading of Telegram's HTML, which shares no line with the composer.
"""

from dataclasses import replace
from datetime import UTC, datetime
from string import Formatter
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.alerts import collected, compose
from bot.alerts.compose import Controls, Message
from bot.alerts.news import STORED
from bot.alerts.telling import Reader, Telling
from bot.model import Article, FoundArticle, Match, Span
from bot.sandbox.formatting import format_text
from bot.sandbox.html import parse_html
from bot.store.digests import MOST_COLLECTED, MOST_NAMED
from bot.wording import LANGUAGES, sentences
from tests.alerts_kit import HOSTILE_LINKS, LINK, READER, alert_of, alone, found, shown

LIMIT = 3_500
"""Code points; Telegram's own limit is 4,096."""
MOST_ENTITIES = 100


def check(message: Message) -> None:
    """As strictly as Telegram: well formed, short enough, no more entities than it keeps."""
    text, entities = parse_html(message.html)
    assert len(text) <= LIMIT
    assert len(format_text(message.html, "HTML").text) > 0
    assert len(entities) <= MOST_ENTITIES
    assert {e.url for e in entities if e.kind == "text_link"} <= {None, LINK}


HUGE = "W" * 50_000
WORDS = "Wort " * 10_000
SIGNS = "<&>\"'" * 10_000


def huge(title: str) -> FoundArticle:
    """An article of which every second character is a place of one of 30 lists."""
    spans = tuple(Span("text", n, n + 1, "W", "") for n in range(0, 50_000, 2))
    matches = tuple(Match(f"liste{n}", "W", 1, spans[n * 800 :]) for n in range(30))
    return found(title, title, outlet=title, matches=matches)


def _parameters(sentence: str) -> list[str]:
    return [name for _, name, _, _ in Formatter().parse(sentence) if name]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("title", [HUGE, WORDS, SIGNS], ids=["one word", "words", "signs"])
def test_the_largest_messages_fit_with_all_the_doubts_that_they_can_name(
    language: str, title: str
) -> None:
    lists = [f"liste{n}" for n in range(30)]
    labels = dict.fromkeys(lists, title)
    reader = Reader(sentences(language), ZoneInfo("Europe/Berlin"), labels)
    article = replace(huge(title), published=datetime(2025, 9, 30, tzinfo=UTC))
    many = [article] * MOST_NAMED
    notices = [
        compose.notice(key, dict.fromkeys(_parameters(sentence), title), reader)
        for key, sentence in reader.words.notices.items()
    ]
    check(collected.recent(lists[0], alone(*[article] * 100), reader))
    for count in (1, MOST_NAMED, MOST_NAMED + 1, MOST_COLLECTED):
        told = [Telling(article, (lists[n],)) for n in range(count)]
        check(collected.digest(told, reader, burst=True))
    check(collected.back(alone(*[article] * 500), reader))
    check(compose.with_doubts(compose.doubt(reader), [article] * MOST_COLLECTED, reader))
    for message in (
        alert_of(article, lists, reader, Controls(1 << 62, can_be_claimed=True)),
        compose.alert(
            Telling(article, lists, many, title, f"{STORED}a new name, {title}", article), reader
        ),
        alert_of(replace(article, article=Article(title, title, "feed")), lists, reader),
        collected.catch_up(alone(*many), reader),
        compose.doubt(reader),
        *notices,
    ):
        check(compose.with_doubts(message, many, reader))


titles = st.text(min_size=1, max_size=150) | st.text(
    alphabet='<>&"/ab; #x\n', min_size=1, max_size=150
)


@st.composite
def articles(draw: st.DrawFn) -> FoundArticle:
    text = draw(st.text(max_size=600))
    places = draw(st.lists(st.tuples(st.integers(0, 600), st.integers(1, 80)), max_size=8))
    spans = tuple(Span("text", a, a + b, text[a : a + b], "") for a, b in places if a < len(text))
    match = Match("nordkorea", "x", 1, spans)
    link = draw(st.sampled_from([LINK, None, *HOSTILE_LINKS]))
    return found("x" + draw(titles), text, link=link, outlet=draw(titles), matches=(match,))


def one_line(text: str) -> str:
    """A title as people see it, told in another way than by the code that is tested."""
    invisible = set(map(chr, [*range(0x202A, 0x202F), *range(0x2066, 0x206A)])) | set(
        "\0\u200e\u200f\u061c"
    )
    return " ".join("".join(char for char in text if char not in invisible).split())


@given(articles())
def test_any_article_becomes_an_alert_that_shows_its_title_as_it_is(article: FoundArticle) -> None:
    message = alert_of(article, ["nordkorea"], READER)

    check(message)
    assert shown(message).split("\n")[1] == one_line(article.article.title)


@given(st.lists(articles(), min_size=1, max_size=4))
def test_any_articles_become_a_digest_that_shows_their_titles(many: list[FoundArticle]) -> None:
    message = compose.with_doubts(collected.catch_up(alone(*many), READER), many, READER)

    check(message)
    text = shown(message)
    for article in many:
        begin = one_line(article.article.title)[:50]
        assert f"• {begin}" in text
        assert f"angekommen: {begin}" in text
