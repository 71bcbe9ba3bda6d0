"""What Telegram is sent: the words, the links, the buttons, and that it always fits.

The judge is the sandbox's reading of Telegram's HTML, which shares no line with the composer.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from string import Formatter
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.alerts import collected, compose
from bot.alerts.compose import Button, Controls, Message
from bot.alerts.telling import Reader, Telling
from bot.model import Article, FoundArticle, Match, Span, TextFrom
from bot.sandbox.formatting import format_text
from bot.sandbox.html import parse_html
from bot.store.digests import MOST_COLLECTED, MOST_NAMED
from bot.wording import LANGUAGES, sentences

LIMIT = 3_500
"""Code points; Telegram's own limit is 4,096."""
MOST_ENTITIES = 100
PUBLISHED = datetime(2025, 5, 9, 6, 14, tzinfo=UTC)
LINK = "https://depesche.example/1"
HOSTILE_LINKS = ["javascript:alert(1)", "data:text/html,x", "tg://user?id=1", "ftp://a.example/"]

READER = Reader(sentences("de"), ZoneInfo("Europe/Berlin"), {"nordkorea": "Nordkorea"})


def found(
    title: str = "Parade in Moskau", text: str = "", *, link: str | None = LINK, **more: object
) -> FoundArticle:
    given: dict[str, object] = {
        "entry_id": 1,
        "outlet": "Depesche",
        "link": link,
        "article": Article(title, text, "page", "de"),
        "published": PUBLISHED,
        "seen": PUBLISHED,
        "old": False,
        "late": False,
    }
    return FoundArticle(**{**given, **more})  # type: ignore[arg-type]  # the caller knows the fields


def alert_of(
    article: FoundArticle, lists: Sequence[str], reader: Reader, controls: Controls | None = None
) -> Message:
    """The alert for one article that nobody else reports."""
    return compose.alert(Telling(article, lists), reader, controls)


def alone(*articles: FoundArticle) -> list[Telling]:
    return [Telling(article, ("nordkorea",)) for article in articles]


def shown(message: Message) -> str:
    return parse_html(message.html)[0]


def links(message: Message) -> list[str | None]:
    return [entity.url for entity in parse_html(message.html)[1] if entity.kind == "text_link"]


# The alert.


def test_an_alert_has_its_lists_title_outlet_time_and_passage() -> None:
    text = "Soldaten aus Nordkorea marschieren."
    match = Match("nordkorea", "Nordkorea", 1, (Span("text", 13, 22, "Nordkorea", ""),))
    article = found(text=text, matches=(match,))

    assert alert_of(article, ["nordkorea", "ohne_namen"], READER).html == (
        "🔔 <b>Nordkorea</b> · <b>ohne_namen</b>\n"
        f'<b><a href="{LINK}">Parade in Moskau</a></b>\n'
        "<i>Depesche · 9. Mai 2025, 08:14 Uhr</i>\n"
        "<blockquote>Soldaten aus <b>Nordkorea</b> marschieren.</blockquote>"
    )


def test_an_alert_leads_to_its_article_by_title_button_and_preview() -> None:
    message = alert_of(found(), ["nordkorea"], READER)

    assert links(message) == [LINK]
    assert message.buttons == ((Button("↗️ Artikel", url=LINK),),)
    assert message.preview == LINK
    assert not message.silent


@pytest.mark.parametrize("url", [None, *HOSTILE_LINKS])
def test_what_is_no_web_address_becomes_no_link_no_button_and_no_preview(url: str | None) -> None:
    message = alert_of(found(link=url), ["nordkorea"], READER)

    assert links(message) == []
    assert message.buttons == ()
    assert message.preview is None
    assert "Parade in Moskau" in shown(message)


@pytest.mark.parametrize(
    ("text_from", "line"),
    [
        ("page", None),
        ("feed", "🗒 Ich konnte nur den Vorspann lesen."),
        ("title", "🗒 Ich konnte nur die Überschrift lesen."),
    ],
)
def test_an_alert_says_when_less_than_the_page_was_read(
    text_from: TextFrom, line: str | None
) -> None:
    article = replace(found(), article=Article("Titel", "", text_from))

    last = shown(alert_of(article, ["nordkorea"], READER)).splitlines()[-1]

    assert last == (line or "Depesche · 9. Mai 2025, 08:14 Uhr")


@pytest.mark.parametrize(("title", "expected"), [("", LINK), (" \n", LINK), ("\u202e", LINK)])
def test_an_article_without_a_title_is_called_by_its_address(title: str, expected: str) -> None:
    assert shown(alert_of(found(title), ["nordkorea"], READER)).splitlines()[1] == expected


def test_an_article_with_neither_title_nor_address_still_has_a_line() -> None:
    assert shown(alert_of(found("", link=None), [], READER)).splitlines()[1] == "–"


def test_only_the_places_of_the_lists_that_are_told_are_shown() -> None:
    text = "Nordkorea und Siegesparade."
    matches = (
        Match("nordkorea", "Nordkorea", 1, (Span("text", 0, 9, "Nordkorea", ""),)),
        Match("andere", "Siegesparade", 1, (Span("text", 14, 26, "Siegesparade", ""),)),
    )

    html = alert_of(found(text=text, matches=matches), ["nordkorea"], READER).html

    assert "<blockquote><b>Nordkorea</b> und Siegesparade.</blockquote>" in html


def test_many_lists_are_counted_after_the_eighth() -> None:
    message = alert_of(found(), [f"liste{n}" for n in range(11)], READER)

    assert shown(message).splitlines()[0].endswith("liste7 · +3")


# The time.


@pytest.mark.parametrize(
    ("instant", "local"),
    [
        (datetime(2025, 1, 1, 0, 0, tzinfo=UTC), "1. Januar 2025, 01:00 Uhr"),
        (datetime(2025, 3, 30, 0, 59, tzinfo=UTC), "30. März 2025, 01:59 Uhr"),
        (datetime(2025, 3, 30, 1, 0, tzinfo=UTC), "30. März 2025, 03:00 Uhr"),
        (datetime(2025, 10, 26, 0, 30, tzinfo=UTC), "26. Oktober 2025, 02:30 Uhr"),
        (datetime(2025, 10, 26, 1, 30, tzinfo=UTC), "26. Oktober 2025, 02:30 Uhr"),
        (datetime(2025, 12, 31, 23, 0, tzinfo=UTC), "1. Januar 2026, 00:00 Uhr"),
    ],
)
def test_times_are_those_of_the_readers_zone_summer_and_winter(
    instant: datetime, local: str
) -> None:
    assert READER.time(instant) == local
    assert local in shown(alert_of(found(published=instant), ["nordkorea"], READER))


def test_an_english_reader_gets_english_words() -> None:
    message = alert_of(found(), ["nordkorea"], replace(READER, words=sentences("en")))

    assert "9 May 2025, 08:14" in shown(message)
    assert message.buttons[0][0].text == "↗️ Article"


# Other messages.


def test_a_digest_names_all_its_articles() -> None:
    message = collected.catch_up(alone(found("Eins"), found("Zwei", link=None)), READER)

    assert shown(message) == (
        "🕰 Nachgereicht: Ich konnte eine Zeit lang keine Quellen lesen und habe diese 2 Artikel "
        "erst jetzt gefunden:\n\n"
        "• Eins\n  Depesche · 9. Mai 2025, 08:14 Uhr\n"
        "• Zwei\n  Depesche · 9. Mai 2025, 08:14 Uhr"
    )
    assert links(message) == [LINK]
    assert message.preview is None


def test_what_was_found_lately_is_shown_without_a_sound_ten_at_most() -> None:
    message = collected.recent("nordkorea", [found(f"Artikel {n}") for n in range(12)], READER)

    lines = shown(message).splitlines()
    assert lines[0] == "Zu Nordkorea erschienen in den letzten 24 Stunden 12 Artikel:"
    assert len([line for line in lines if line.startswith("•")]) == 10
    assert lines[-1] == "… und 2 weitere."
    assert message.silent


def test_nothing_found_lately_is_said_without_a_sound() -> None:
    message = collected.recent("nordkorea", [], READER)

    assert shown(message) == (
        "Zu Nordkorea gab es in den letzten 24 Stunden nichts. Ich halte Ausschau."
    )
    assert message.silent


def test_a_message_names_what_may_not_have_arrived() -> None:
    alert = alert_of(found("Neu"), ["nordkorea"], READER)

    message = compose.with_doubts(alert, [found("Alt & gut"), found("Älter", link=None)], READER)

    assert shown(message).endswith(
        "Uhr\n\n⚠️ Vielleicht nicht angekommen: Alt & gut\n⚠️ Vielleicht nicht angekommen: Älter"
    )
    assert links(message) == [LINK, LINK]
    assert (message.buttons, message.preview) == (alert.buttons, alert.preview)


def test_without_doubts_a_message_stays_as_it_is() -> None:
    alert = alert_of(found(), ["nordkorea"], READER)

    assert compose.with_doubts(alert, [], READER) is alert


def test_a_notice_shows_what_it_is_about_as_it_is_written() -> None:
    message = compose.notice("list_broken", {"name": "A&B", "faults": "a.txt:1: <x>"}, READER)

    assert shown(message) == (
        "⚠️ Die Wortliste A&B hat einen Fehler. Die letzte gute Fassung gilt weiter, "
        "bis er behoben ist.\na.txt:1: <x>"
    )


# It always fits.


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
    check(collected.recent(lists[0], [article] * 100, reader))
    for count in (1, MOST_NAMED, MOST_NAMED + 1, MOST_COLLECTED):
        told = [Telling(article, (lists[n],)) for n in range(count)]
        check(collected.digest(told, reader, burst=True))
    check(collected.back(alone(*[article] * 500), reader))
    check(compose.with_doubts(compose.doubt(reader), [article] * MOST_COLLECTED, reader))
    for message in (
        alert_of(article, lists, reader, Controls(1 << 62, can_be_claimed=True)),
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
