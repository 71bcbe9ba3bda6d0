"""What Telegram is sent: the words, the links, the buttons.

The judge is the sandbox's reading of Telegram's HTML, which shares no line with the composer.
"""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.alerts import compose
from bot.alerts.compose import Button
from bot.model import Article, Match, Span, TextFrom
from bot.wording import sentences
from tests.alerts_kit import HOSTILE_LINKS, LINK, READER, alert_of, found, links, shown

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
