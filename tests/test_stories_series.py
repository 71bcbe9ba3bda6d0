"""Live pages, columns and titles that come again draw nothing in, and join nothing."""

import pytest

from bot.stories.gates import kind, without_outlet
from tests.stories_kit import DAY, HOUR, LOCAL, MISSILE, WIRE, decided, document

LIVE = "https://z.example/ausland/ukraine-liveblog-17"


@pytest.mark.parametrize("title", ["Bilder des Tages", "Lottozahlen am Samstag", "Das Wetter"])
def test_case_8_a_column_of_the_next_day_is_another_story(title: str) -> None:
    _, second = decided(
        document("a", title, WIRE, outlet="z"), document("b", title, WIRE, DAY, outlet="z")
    )
    assert (second.verdict, second.story) == ("new", "b")


def test_the_same_column_once_more_on_one_day_is_the_same_story() -> None:
    title = "Lottozahlen am Samstag: Gewinnzahlen"
    first, second = decided(
        document("a", title, outlet="z"), document("b", title, after=HOUR, outlet="z")
    )
    assert second.story == first.story


def test_case_9_a_live_page_is_one_article_however_its_title_changes() -> None:
    titles = ["Kiew meldet Angriff", "Selenskyj in Berlin", "Drohnen über Odessa"]
    pages = [
        document(str(n), f"Liveblog: +++ {title} +++", WIRE, n * HOUR, url=LIVE, outlet="z")
        for n, title in enumerate(titles)
    ]
    assert [each.verdict for each in decided(*pages)] == ["new", "update", "update"]


def test_case_9_nothing_joins_a_live_page() -> None:
    _, second = decided(
        document("a", "Liveblog: +++ Nordkoreas Soldaten in Moskau +++", WIRE, url=LIVE),
        document("b", "Nordkoreas Soldaten bei Siegesparade", WIRE, HOUR),
    )
    assert second.story == "b"


def test_a_live_page_joins_no_story() -> None:
    _, second = decided(
        document("a", "Nordkoreas Soldaten bei Siegesparade", WIRE),
        document("b", "Liveticker: Nordkoreas Soldaten bei Siegesparade", WIRE, HOUR),
    )
    assert (second.verdict, second.story) == ("new", "b")


def test_the_same_title_over_another_text_is_a_column_of_its_outlet() -> None:
    title = "Neues aus der Hauptstadt Russlands und der Welt"
    _, second = decided(
        document("a", title, WIRE, outlet="z"),
        document("b", title, f"{MISSILE} {LOCAL}", DAY, outlet="z"),
    )
    assert (second.verdict, second.story) == ("new", "b")


def test_a_title_on_three_days_is_a_columns() -> None:
    title = "Tipps der Redaktion für Garten und Balkon"
    days = decided(*(document(str(n), title, after=n * DAY, outlet="z") for n in range(3)))
    assert days[2].verdict == "new"


@pytest.mark.parametrize(
    ("title", "url", "expected"),
    [
        ("Krieg im Liveticker: Drohnen über Odessa", "", "live"),
        ("Ukraine", "https://z.example/newsblog-ukraine-1", "live"),
        ("+++ 14:30 Selenskyj in Berlin +++", "", "live"),
        ("Was die Lebensgefahr im Olivenhain bedeutet", "", "report"),
        ("Kommentar: Das war nötig", "", "opinion"),
        ("Das war nötig | Kommentar", "", "opinion"),
        ("Das war nötig", "https://z.example/meinung/das-war-noetig", "opinion"),
        ("Merz kommentiert den Haushalt", "", "report"),
        ("Fotografie: Bilder des Tages", "", "column"),
        ("Unwetter über Bayern", "", "report"),
        ("Deliveroo verlässt Deutschland", "", "report"),
    ],
)
def test_the_kind_is_told_by_title_and_address(title: str, url: str, expected: str) -> None:
    assert kind(title, url) == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Basketballer feiern in Split - WELT", "Basketballer feiern in Split"),
        ("Basketballer feiern in Split | prignitzer.de", "Basketballer feiern in Split"),
        ("Basketballer feiern in Split - Sport - DIE RHEINPFALZ", "Basketballer feiern in Split"),
        ("Basketballer feiern - Schröder will nach Tokio",) * 2,
        ("Der Tag | WELT",) * 2,
    ],
)
def test_the_outlets_name_at_the_end_of_a_title_goes(title: str, expected: str) -> None:
    assert without_outlet(title) == expected
