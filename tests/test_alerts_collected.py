"""Messages that name several articles: which, in which order, and with how much sound."""

from datetime import timedelta

from bot.alerts import collected
from bot.alerts.telling import Telling
from tests.alerts_kit import LINK, PUBLISHED, READER, alone, found, links, shown


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
    message = collected.recent(
        "nordkorea", alone(*(found(f"Artikel {n}") for n in range(12))), READER
    )

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


def event(title: str, *others: str, minutes: int = 0) -> Telling:
    first = found(title, published=PUBLISHED + timedelta(minutes=minutes))
    return Telling(first, ("nordkorea",), tuple(found(title, outlet=each) for each in others))


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
