"""What is new about a story, as it is stored and as people read it."""

import pytest

from bot.alerts import compose
from bot.alerts.growth import Change, Growth
from bot.alerts.news import STORED, news
from bot.alerts.telling import Telling
from bot.model import Article
from tests.alerts_kit import READER, found, shown

ARTICLE = Article(
    "Berichtigung: nicht 19, sondern 13 Länder in Bad Wendungen",
    "Von den 13 Ländern, sagte Selenskyjs Sprecher in Rostock, kommen 10.",
    "page",
    "de",
)


@pytest.mark.parametrize(
    ("change", "value", "expected"),
    [
        ("correction", "", "it corrects an earlier report"),
        ("number", "13 land", "another number, 13 Länder"),
        ("number", "14 land", "another number, 14"),
        ("place", "rostock", "another place, Rostock"),
        ("place", "nowhere", "another place, nowhere"),
        ("name", "selenskyj", "a new name, Selenskyj"),
        ("day", "10.5.", "another day, 10.5."),
        ("step", "5", "5 outlets report it by now"),
    ],
)
def test_what_is_new_is_written_as_the_article_writes_it(
    change: Change, value: str, expected: str
) -> None:
    assert news(Growth("answer", change, value), ARTICLE) == expected


def test_where_nothing_is_new_nothing_is_said() -> None:
    assert news(Growth("edit"), ARTICLE) == ""


def test_an_alert_says_what_is_new_about_its_story() -> None:
    telling = Telling(found(), ("nordkorea",), news=f"{STORED}another number, 13 Länder")
    assert "\n🆕 Andere Zahl: 13 Länder\n" in shown(compose.alert(telling, READER)) + "\n"


def test_an_alert_names_another_event_that_has_to_do_with_it() -> None:
    telling = Telling(found(), ("nordkorea",), related=found("Parade <2024>"))
    assert shown(compose.alert(telling, READER)).endswith("↪️ siehe auch: Parade <2024>")


def test_hostile_news_are_shown_as_they_are() -> None:
    telling = Telling(found(), ("nordkorea",), news=f"{STORED}a new name, <b>x</b>")
    assert "Neuer Name: <b>x</b>" in shown(compose.alert(telling, READER))
