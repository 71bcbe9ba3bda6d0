"""Matching: which articles a watchlist's lines find, and where."""

import json
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model import Article, Match, Span
from bot.watch.language import parse
from bot.watch.matcher import Matcher

WATCHLISTS = Path(__file__).parents[1] / "watchlists"
CORPUS = Path(__file__).parents[2] / "shared" / "corpus"


def matches(source: str, text: str, title: str = "") -> tuple[Match, ...]:
    return Matcher([parse(source, "liste.txt", "liste")]).match(Article(title, text, "page"))


def spans(source: str, text: str) -> list[Span]:
    return [span for each in matches(source, text) for span in each.spans]


@pytest.mark.parametrize(
    ("entry", "text"),
    [
        ("Nordkorea", "Nordkoreas Teilnahme"),
        ("Nordkorea", "Nordkorea’s Teilnahme"),
        ("Nordkorea", "nordkoreanische Soldaten"),
        ("Nordkorea", "die Nordkoreanerinnen"),
        ("Nordkorea", "der USA-Nordkorea-Gipfel"),
        ("Nordkorea", "der Nordkoreakonflikt"),
        ("Siegesparade", "Siegesparaden"),
        ("Siegesparade", "Siegesparade-Proben"),
        ("Siegestag", "des Siegestags"),
        ("Parade", "die Militärparade"),
        ("Militärparade", "Militaerparade"),
        ("Militärparade", "MILITÄRPARADE"),
        ("Militärparade", "Mili\u00adtär\u00adparade"),
        ("Militärparade", unicodedata.normalize("NFD", "Militärparade")),
        ("Weißrussland", "Weissrussland"),
        ("Russland", "prorussische Kräfte"),
        ("Krieg", "Bürgerkriegsflüchtlinge"),
        ("Steuer", "die Mehrwertsteuer"),
        ("Nordkorea-Konflikt", "Nordkorea\u2011Konflikts"),
        ("Nordkorea-Konflikt", "der Nordkoreakonflikt"),
        ("Soldaten", "Soldat:innen"),
        ("Soldaten", "Soldat*innen-Verband"),
        ("Soldat:innen", "ein Soldat"),
        ("Deutscher Bundestag", "des Deutschen Bundestages"),
        ("Kim Jong Un", "bei Kim Jong-un"),
        ("Kim Jong Un", "Kim Jong Uns Schwester"),
        ("zwei Soldaten", "zwei Soldat:innen"),
        ('"Kim Jong Un"', "kim jong\u00a0un"),
        ('"Süden"', "SUEDEN"),
        ("=EU", "die EU-Kommission"),
        ("H&M", "bei H&M"),
        ("#MeToo", "die MeToo-Debatte"),
        ("Ei", "ein Ei"),
    ],
)
def test_an_entry_finds(entry: str, text: str) -> None:
    assert spans(entry, text)


@pytest.mark.parametrize(
    ("entry", "text"),
    [
        ("Nordkorea", "Südkorea"),
        ("Siegesparade", "Siegesfeier"),
        ("Parade", "Paradies; Paradoxon"),
        ("Russland", "Weißrussland und Weißrussen"),
        ("Russland", "Borussia Dortmund"),
        ("Niger", "weniger; Nigeria"),
        ("Mali", "ehemaligen; Somalia; Normalität"),
        ("Iran", "Miranda"),
        ("Gas", "Gasse; Gastgeber; Las Vegas; Ligaspiel"),
        ("Krieg", "Sie kriegen das hin"),
        ("Steuer", "die Steuerung; steuern; gesteuert"),
        ("=EU", "neu; Eule; eu"),
        ("Ei", "Polizei; Partei; ein; einen"),
        ('"Kim Jong Un"', "Kim traf Un"),
        ('"Soldat"', "Soldaten"),
        ("Deutscher Bundestag", "der Bundestag, ein deutscher"),
        ("Kim Jong Un", ""),
    ],
)
def test_an_entry_leaves_alone(entry: str, text: str) -> None:
    assert spans(entry, text) == []


@pytest.mark.parametrize(
    ("entry", "text", "rule"),
    [
        ("Nordkorea", "Nordkorea", "the word Nordkorea"),
        ("Nordkorea", "Nordkoreas", "inflected form of Nordkorea"),
        ("Nordkorea", "nordkoreanischer", "adjective of Nordkorea"),
        ("Nordkorea", "Nordkoreaner", "derived from Nordkorea"),
        ("Nordkorea", "Nordkorea-Konflikt", "begins with Nordkorea"),
        ("Nordkorea", "USA-Nordkorea-Gipfel", "contains Nordkorea"),
        ("Parade", "Militärparade", "ends with Parade"),
        ("Kim Jong Un", "Kim Jong Un", "these words, inflected or not"),
        ('"Kim Jong Un"', "Kim Jong-un", "exactly these words"),
        ("=EU", "EU", "exactly this form"),
    ],
)
def test_a_span_says_why_it_counts(entry: str, text: str, rule: str) -> None:
    assert spans(entry, text) == [Span("text", 0, len(text), text, rule)]


def test_every_place_is_told_in_order_with_the_title_first() -> None:
    (found,) = matches("Nordkorea", "Kim und Nordkorea, nordkoreanisch", title="Nordkoreas Kim")

    assert [(span.field, span.start, span.text) for span in found.spans] == [
        ("title", 0, "Nordkoreas"),
        ("text", 8, "Nordkorea"),
        ("text", 19, "nordkoreanisch"),
    ]


def test_every_line_that_holds_is_told_as_written() -> None:
    found = matches("Kim\nPutin # der\n„Nord Korea“\n", "Putin und Nord Korea")

    assert [(each.watchlist, each.query, each.line) for each in found] == [
        ("liste", "Putin", 2),
        ("liste", "„Nord Korea“", 3),
    ]


def test_a_phrase_does_not_span_title_and_text() -> None:
    assert not matches("Kim Jong Un", "Un", title="Kim Jong")


def test_an_exclusion_silences_its_list_only() -> None:
    silenced = parse("Nordkorea\n-Videospiel", "a.txt", "a")
    other = parse("Nordkorea", "b.txt", "b")
    article = Article("Neue Videospiele", "In Nordkorea", "page")

    assert [each.watchlist for each in Matcher([silenced, other]).match(article)] == ["b"]


def test_ignored_forms_do_not_count() -> None:
    source = "Russland\n@ignore Russlandkenner"

    assert [span.text for span in spans(source, "Russlandkennern in Russland")] == ["Russland"]


def test_a_hyphenated_word_is_ignored_only_if_no_other_part_counts() -> None:
    source = "Russland\n@ignore Russlandkenner"

    assert not spans(source, "der Russlandkenner-Klub")
    assert spans(source, "der Russlandkenner-Russland-Klub")


@pytest.mark.parametrize(
    ("settings", "is_for_it"),
    [
        ("@feeds tagesschau", True),
        ("@feeds NDR", False),
        ("@tags Politik", True),
        ("@tags sport", False),
        ("@feeds NDR\n@tags politik", True),
    ],
)
def test_a_list_is_for_its_feeds_or_tags_only(settings: str, is_for_it: bool) -> None:
    matcher = Matcher([parse(f"Nordkorea\n{settings}", "liste.txt", "liste")])
    article = Article("", "Nordkorea", "page")

    found = matcher.match(article, feed="Tagesschau", tags=frozenset({"politik"}))

    assert bool(found) is is_for_it


@pytest.mark.parametrize(
    ("name", "text"), [("nordkorea", "bei Kim Jong-un"), ("siegesparade", "am Siegestag")]
)
def test_the_watchlists_that_come_along_find_what_they_are_named_for(name: str, text: str) -> None:
    source = (WATCHLISTS / f"{name}.txt").read_text(encoding="utf-8")

    assert spans(source, text)
    assert not spans(source, "Videospiel")


def test_no_watchlists_match_nothing() -> None:
    assert Matcher([]).match(Article("Titel", "Text", "page")) == ()


WORDS = [
    "Nordkoreas",
    "nord\u00adkoreanisch",
    "Mili\u00adtär",
    "Kim",
    "Jong-un",
    "Soldat:innen",
    "EU",
]


@given(st.lists(st.sampled_from([*WORDS, " ", "-", "\n", "x"])).map("".join), st.booleans())
def test_a_span_is_the_slice_of_the_original_that_it_names(text: str, decomposed: bool) -> None:
    text = unicodedata.normalize("NFD", text) if decomposed else text
    source = 'Nordkorea\nMilitär\nKim Jong Un\nSoldat\n=EU\n"Kim"\n'

    for span in spans(source, text):
        assert text[span.start : span.end] == span.text


@pytest.fixture(scope="module")
def corpus() -> Path:
    if not CORPUS.is_dir():
        pytest.skip("there is no corpus beside the project")
    return CORPUS


@pytest.mark.corpus
@pytest.mark.parametrize(("entry", "places"), [("Nordkorea", 9), ("Siegesparade", 1)])
def test_the_article_that_began_it_all(corpus: Path, entry: str, places: int) -> None:
    text = (corpus / "seed" / "seed-article.txt").read_text(encoding="utf-8")

    assert len(spans(entry, text)) == places


@pytest.mark.corpus
def test_precision_and_recall_on_labelled_articles_do_not_fall(corpus: Path) -> None:
    verdicts = list(_verdicts(corpus / "matching"))

    right = sum(wanted and found for wanted, found in verdicts)

    assert right / sum(found for _, found in verdicts) >= 0.98
    assert right / sum(wanted for wanted, _ in verdicts) >= 0.80


def _verdicts(folder: Path) -> Iterator[tuple[bool, bool]]:
    """Yield for each labelled place whether it should be found, and whether it is."""
    gold = _documents(folder / "gold-dev.jsonl")
    source = "\n".join(sorted({each["keyword"] for each in gold}))
    matcher = Matcher([parse(source, "gold.txt", "gold")])
    labelled = {each["article"] for each in gold}
    found: set[tuple[str, str, int]] = set()
    for document in _documents(folder / "articles.jsonl"):
        if document["id"] in labelled:
            for match in matcher.match(Article("", document["text"], "page")):
                found |= {(match.query, document["id"], place.start) for place in match.spans}
    for each in gold:
        yield (
            each["verdict"] == "yes",
            (each["keyword"], each["article"], each["start"]) in found,
        )


def _documents(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("Roter Platz", "auf dem Roten Platz"),
        ("Kalter Krieg", "im Kalten Krieg"),
        ("Grüner Wasserstoff", "mit grünem Wasserstoff"),
    ],
)
def test_a_phrase_holds_in_every_form_of_a_short_adjective(query: str, text: str) -> None:
    matcher = Matcher([parse(query, "liste.txt", "liste")])

    assert matcher.match(Article("", text, "page"))
