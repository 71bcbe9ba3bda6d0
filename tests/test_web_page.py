"""The status page over HTTP: what it says, in which language, and what it costs."""

from collections.abc import AsyncIterator
from pathlib import Path
from zoneinfo import ZoneInfo

import httpx
import pytest

from bot.pipeline import archive
from bot.store import Store, health
from bot.telegram.line import Line
from bot.web.reader import reader
from tests.page_kit import newsroom, sicken, the_page, told_alone
from tests.store_kit import DAY, HOUR, NOW, opened
from tests.web_kit import serving


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    async with opened(tmp_path) as store:
        yield store


async def seen(store: Store, way: str = "/", language: str = "de-DE,de;q=0.9") -> httpx.Response:
    async with serving(routes=the_page(store).routes) as client:
        return await client.get(way, headers={"Accept-Language": language})


async def test_it_says_what_was_told_and_why_as_the_chat_says_it(store: Store) -> None:
    await newsroom(store)

    said = (await seen(store)).text

    assert '<h1 class="verdict">Alles in Ordnung</h1>' in said
    assert "Nordkoreas Soldaten bei der Siegesparade in Moskau" in said
    assert "Depesche und 6 weitere Medien" in said
    assert "Der Artikel passt zu Nordkorea; er ist neu" in said
    assert "an 3 Chats gesendet" in said


async def test_it_says_what_waits_and_how_often_each_list_matched(store: Store) -> None:
    await newsroom(store)

    said = (await seen(store)).text

    assert "2 Nachrichten warten." in said
    assert said.count("Sammelmeldung") == 2
    assert "Energie und Netze" in said
    assert "<title>30 Tage: " in said
    assert said.count("<rect") == 4 * 30
    assert "nicht für alle sichtbar" in said


async def test_a_sick_feed_stands_at_the_top_with_its_error_in_words(store: Store) -> None:
    await newsroom(store)
    await sicken(store)

    said = (await seen(store)).text

    top, _, rest = said.partition("Letzte Meldungen")
    assert "2 Quellen brauchen Aufmerksamkeit" in top
    assert "Die letzten 14 Versuche sind gescheitert: der Server der Seite ist gestört" in top
    assert "Hafenbote" not in top
    assert "hafenbote.example hat zu lange nicht geantwortet" in rest
    assert "vielleicht nicht angekommen" in rest


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (Line(NOW - DAY), "Telegram ist gerade nicht zu erreichen"),
        (Line(NOW, barred_since=NOW), "Telegram lehnt den Token ab"),
        (Line(NOW, conflict_since=NOW - DAY), "Ein zweiter Bot benutzt denselben Token"),
    ],
)
async def test_what_is_wrong_with_telegram_or_the_network_stands_at_the_top(
    store: Store, line: Line, expected: str
) -> None:
    await newsroom(store)
    async with store.write() as tx:
        await health.network_is_down(tx, NOW - HOUR)

    async with serving(routes=the_page(store, trouble=line.trouble(NOW)).routes) as client:
        top = (await client.get("/?lang=de")).text.partition("Letzte Meldungen")[0]

    assert expected in top
    assert "Unser eigenes Netz ist gestört, zuerst bemerkt vor 60 Minuten" in top


async def test_where_there_is_nothing_it_says_what_to_do(store: Store) -> None:
    async with serving(routes=the_page(store, {}).routes) as client:
        said = (await client.get("/?lang=en")).text

    assert "How to begin" in said
    assert "<code>/addfeed bbc.co.uk</code>" in said


@pytest.mark.parametrize(
    ("way", "preferred", "expected"),
    [
        ("/", "de-DE,de;q=0.9,en;q=0.8", "de"),
        ("/", "fr,en-GB;q=0.8,de;q=0.3", "en"),
        ("/", "de;q=0, en;q=0.1", "en"),
        ("/", "fr", "en"),
        ("/", "", "en"),
        ("/", "de;q=nonsense", "en"),
        ("/?lang=de", "en", "de"),
        ("/?lang=xx", "de", "de"),
    ],
)
async def test_the_browser_chooses_the_language_unless_the_address_does(
    store: Store, way: str, preferred: str, expected: str
) -> None:
    answer = await seen(store, way, preferred)

    assert f'<html lang="{expected}">' in answer.text
    assert answer.headers["vary"] == "Accept-Language"


async def test_a_chosen_language_stays_chosen_in_every_link_and_form(store: Store) -> None:
    await newsroom(store)

    said = (await seen(store, "/?lang=en")).text

    assert 'name="lang" value="en"' in said
    assert 'class="brand" href="?lang=en"' in said
    assert 'href="?lang=de"' in said


async def test_search_groups_by_story_and_marks_what_matched(store: Store) -> None:
    await newsroom(store)
    await archive.catch_up(store)

    said = (await seen(store, "/?q=Siegesparade&days=7")).text

    assert "Gefunden zu „Siegesparade“ in 7 Tagen" in said
    assert "Nordkoreas Soldaten bei der <mark>Siegesparade</mark> in Moskau" in said
    assert said.count('<div class="title">') == 1
    assert "und 4 weitere Medien" in said


async def test_search_has_pages(store: Store) -> None:
    await newsroom(store)
    await archive.catch_up(store)

    first = (await seen(store, "/?q=Freitag&days=7&lang=de")).text
    last = (await seen(store, "/?q=Freitag&days=7&page=2")).text

    assert "Ältere" not in first
    assert "Neuere" in last
    assert "?q=Freitag&amp;days=7&amp;page=1" in last


@pytest.mark.parametrize(
    ("query", "status", "expected"),
    [
        ("Nordkorea %26 (x", 400, "Klammer"),
        ("a" * 501, 400, "Höchstens 500 Zeichen"),
        ("Leuchtturm", 200, "Zu „Leuchtturm“ habe ich in den letzten 7 Tagen nichts gelesen."),
        ("Leuchtturm&days=x&page=-1", 200, "in den letzten 7 Tagen"),
        ("Leuchtturm&days=99999999999", 200, "in den letzten 7 Tagen"),
        ("Leuchtturm&days=5000&page=900", 200, "in den letzten 400 Tagen"),
    ],
)
async def test_what_cannot_be_searched_for_is_answered_in_words(
    store: Store, query: str, status: int, expected: str
) -> None:
    answer = await seen(store, f"/?q={query}")

    assert answer.status_code == status
    assert expected in answer.text


async def test_a_search_for_nothing_is_the_page_itself(store: Store) -> None:
    assert "Letzte Meldungen" in (await seen(store, "/?q=+&days=7")).text


async def test_a_database_that_does_not_answer_is_said_in_words(
    store: Store, tmp_path: Path
) -> None:
    await store.close()
    (tmp_path / "ausguck.db").write_bytes(b"no database at all" * 1000)

    answer = await seen(store)

    assert answer.status_code == 503
    assert "Die Datenbank antwortet gerade nicht." in answer.text


async def test_what_a_person_looks_for_alone_is_not_shown(store: Store) -> None:
    await newsroom(store)
    await told_alone(store)

    assert "Ganz privat" not in (await seen(store)).text


async def test_of_many_lists_the_busiest_are_open_and_the_others_folded(store: Store) -> None:
    await newsroom(store)
    lists = {f"liste{n}": "Leuchtturm\n" for n in range(14)} | {"nordkorea": "Nordkorea\n"}

    async with serving(routes=the_page(store, lists).routes) as client:
        said = (await client.get("/?lang=de")).text

    shown, _, folded = said.partition('<details class="more">')
    assert "<bdi>nordkorea</bdi>" in shown
    assert "… und 3 weitere Wortlisten" in folded
    assert folded.count('<li class="list">') == 3


@pytest.mark.parametrize(("count", "expected"), [(5999, "5999"), (12345, "12.345"), (0, "0")])
def test_a_large_number_has_its_thousands_apart(count: int, expected: str) -> None:
    assert reader({}, "de", ZoneInfo("Europe/Berlin"), NOW).number(count) == expected


def test_a_time_is_told_with_its_day_unless_that_is_today() -> None:
    who = reader({}, "de", ZoneInfo("Europe/Berlin"), NOW)

    assert who.at(NOW - HOUR).shown == "09:00"
    assert who.at(NOW - DAY).shown == "8. Mai, 10:00"
    assert who.due(NOW + 20 * HOUR).shown == "10. Mai, 06:00"
    assert who.due(NOW).shown == "gleich"
    assert who.at(NOW).full == "9. Mai 2025, 10:00 Uhr"
