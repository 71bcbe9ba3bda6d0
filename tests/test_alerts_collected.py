"""What a chat is told at once after a mute: which events, and in which order."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.alerts import collected
from bot.alerts.telling import Reader, Telling
from bot.model import Article, FoundArticle
from bot.wording import sentences

NOON = datetime(2025, 5, 9, 12, tzinfo=UTC)
READER = Reader(sentences("de"), ZoneInfo("Europe/Berlin"), {"nordkorea": "Nordkorea"})


def report(title: str, outlet: str = "Depesche", minutes: int = 0) -> FoundArticle:
    published = NOON + timedelta(minutes=minutes)
    article = Article(title, "", "page", "de")
    return FoundArticle(
        1, outlet, "https://depesche.example/1", article, published, published, False, False
    )


def event(title: str, *others: str, minutes: int = 0) -> Telling:
    also = tuple(report(title, outlet) for outlet in others)
    return Telling(report(title, minutes=minutes), ("nordkorea",), also)


def titles(told: list[Telling]) -> list[str]:
    lines = collected.back(told, READER).html.splitlines()
    return [line.split('">')[1].split("<")[0] for line in lines if line.startswith("•")]


def test_after_a_mute_what_most_outlets_reported_comes_first() -> None:
    told = [event("Eins"), event("Drei", "Kontor", "Bote"), event("Zwei", "Kontor")]

    assert titles(told) == ["Drei", "Zwei", "Eins"]


def test_after_a_mute_of_what_as_many_reported_the_newest_comes_first() -> None:
    told = [event("Früh"), event("Spät", minutes=10)]

    assert titles(told) == ["Spät", "Früh"]


def test_after_a_long_mute_the_twenty_that_most_reported_are_named_and_the_rest_counted() -> None:
    told = [event(f"Klein {n}", minutes=n) for n in range(25)]
    told[3] = event("Groß", "Kontor", "Bote")

    named = titles(told)

    assert (named[0], len(named)) == ("Groß", 20)
    assert "5" in collected.back(told, READER).html.splitlines()[-1]
