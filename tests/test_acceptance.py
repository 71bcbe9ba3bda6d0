"""The forty cases that any keyword matcher for German news is to get right."""

import unicodedata

import pytest

from bot.articles.language import in_its_language
from bot.model import Article
from bot.text.languages import rules_for
from bot.watch.language import parse
from bot.watch.matcher import Matcher

YES: list[tuple[str, ...]] = [
    ("Nordkorea", "Nordkoreas Teilnahme", "nordkoreanische Soldaten", "Nordkoreanerinnen"),
    ("Nordkorea", "USA-Nordkorea-Gipfel", "Nordkoreakonflikt"),
    ("Siegesparade", "Siegesparaden", "Siegesparade-Proben"),
    ("Siegestag", "des Siegestags"),
    ("Parade", "Militärparade"),
    ("Militärparade", "Militaerparade", "MILITÄRPARADE"),
    ("Militärparade", unicodedata.normalize("NFD", "Militärparade")),
    ("Weißrussland", "Weissrussland"),
    ("Gas", "Erdgas", "Gaspreis", "Abgas"),
    ("Krieg", "Bürgerkriegsflüchtlinge"),
    ("Steuer", "Mehrwertsteuer", "versteuert"),
    ("Nordkorea-Konflikt", "Nordkorea\u2011Konflikt"),
    ("Soldaten", "Soldat:innen", "Soldat*innen", "Soldat_innen", "SoldatInnen"),
    ("Deutscher Bundestag", "des Deutschen Bundestages"),
    ("A & B & !C", "A und B"),
    ('"Kim Jong Un"', "Kim Jong\u00a0Un"),
    ("Polizei", "Polizist", "Polizisten"),
    ("Kandidat", "Kandidatur"),
]
NO: list[tuple[str, ...]] = [
    ("Nordkorea", "Südkorea"),
    ("Siegesparade", "Siegesfeier"),
    ("Parade", "Paradies", "Paradoxon"),
    ("Russland", "Weißrussland", "Borussia Dortmund"),
    ("Niger", "weniger", "Nigeria"),
    ("Mali", "ehemaligen", "Somalia", "Normalität"),
    ("Iran", "Miranda"),
    ("Gas", "Gasse", "Gastgeber", "Las Vegas", "Ligaspiel"),
    ("Krieg", "Sie kriegen das hin"),
    ("Steuer", "die Steuerung", "Wir steuern um"),
    ("Wahl\n@ignore Auswahl", "eine Auswahl"),
    ("Wahl\n-Auswahl", "eine Auswahl und eine Wahl"),
    ("=EU", "neu", "Eule"),
    ("Ei", "Polizei", "Partei"),
    ("A & B & !C", "A und B mit C"),
    ('"Kim Jong Un"', "Kim traf Un"),
]
FOREIGN: list[tuple[str, str, str]] = [
    ("en", "North Korea", "North Korea’s army"),
    ("en", "North Korea", "North Korean troops"),
    ("ru", "Северная Корея", "в Северной Корее"),
    ("ru", "Россия", "российские войска"),
    ("uk", "Україна", "в Україні"),
    ("ko", "북한", "북한군이"),
    ("ja", "パレード", "\uff8a\uff9f\uff9a\uff70\uff84\uff9e"),
]
Case = tuple[str, str]


def hits(watchlist: str, text: str, language: str | None = None) -> list[str]:
    """What is marked in a text."""
    matcher = Matcher([parse(watchlist, "list.txt", "list")], rules_for)
    article = in_its_language(Article("", text, "page", language), "de")
    return [span.text for match in matcher.match(article) for span in match.spans]


@pytest.mark.parametrize("case", [(row[0], text) for row in YES for text in row[1:]])
def test_it_alerts(case: Case) -> None:
    assert hits(*case)


@pytest.mark.parametrize("case", [(row[0], text) for row in NO for text in row[1:]])
def test_it_does_not_alert(case: Case) -> None:
    assert hits(*case) == []


@pytest.mark.parametrize(("language", "query", "text"), FOREIGN)
def test_it_alerts_in_other_languages(language: str, query: str, text: str) -> None:
    assert hits(query, text, language)


def test_a_span_covers_the_soft_hyphens_of_the_original() -> None:
    assert hits("Militärparade", "Die Mili\u00adtär\u00adparade") == ["Mili\u00adtär\u00adparade"]
