"""What the watch says, as German readers hear it: to lines of all kinds, of articles, of words."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import Fault, WatchlistError
from bot.model import Article
from bot.text.languages import rules_for
from bot.watch.check import warnings
from bot.watch.explain import why_not
from bot.watch.language import parse
from bot.watch.matcher import Matcher
from bot.watch.printing import show
from bot.watch.query import Node
from bot.watch.regex import trouble
from bot.wording.de import GERMAN
from bot.wording.en import ENGLISH
from tests import (
    test_watch_check,
    test_watch_explain,
    test_watch_language,
    test_watch_printing,
    test_watch_settings,
    test_watch_syntax,
)
from tests.watch_sentences import german, pairs

ARTICLE = Article(test_watch_explain.TITLE, test_watch_explain.TEXT, "page")


def cases(test: Callable[..., object]) -> Sequence[tuple[Any, ...]]:
    """What another test is tried with."""
    marks = [each for each in getattr(test, "pytestmark", ()) if each.name == "parametrize"]
    return [each if isinstance(each, tuple) else (each,) for mark in marks for each in mark.args[1]]


def complaints(text: str) -> Iterator[Fault]:
    """What is wrong with a watchlist, else what is surprising in it."""
    try:
        yield from warnings([parse(text, "liste.txt", "liste")], lambda _: True)
    except WatchlistError as error:
        yield from error.faults


def untold(text: str) -> list[str]:
    """What is said of a watchlist and has no German words."""
    said = [part for fault in complaints(text) for part in (fault.what, fault.remedy)]
    return [each for each in said if german("faults").find(each) is None]


INPUTS = [
    *(case[0] for case in cases(test_watch_syntax.test_a_fault_says_where_and_what_to_do)),
    *(case[0] for case in cases(test_watch_language.test_what_cannot_be_meant_is_a_fault)),
    *(
        case[0]
        for case in cases(test_watch_settings.test_a_setting_that_cannot_be_is_told_what_to_write)
    ),
    *(case[0] for case in cases(test_watch_check.test_a_line_that_will_surprise_is_warned_of)),
    "K",
]


@pytest.mark.parametrize("text", INPUTS)
def test_a_fault_of_the_tests_has_german_words(text: str) -> None:
    assert list(complaints(text))
    assert untold(text) == []


@given(test_watch_language.FILES | test_watch_printing.TEXTS | test_watch_check.EXPRESSIONS)
def test_a_fault_of_any_text_has_german_words(text: str) -> None:
    assert untold(text) == []


PATTERNS = st.lists(st.sampled_from([*r"a\()[]{}*+?|^$.-:=!<>,1", "(?P<", r"\p", "[["])).map(
    "".join
)


@given(PATTERNS)
def test_what_is_wrong_with_any_regular_expression_has_german_words(pattern: str) -> None:
    wrong = trouble(pattern)

    assert wrong is None or "RE2 refuses this: {reason}" not in pairs("faults", wrong[1])


def reasons(query: str) -> list[str]:
    """Why an article that several of the tests know does not match."""
    found = why_not(parse(query, "liste.txt", "liste"), ARTICLE, rules_for)
    return [reason for each in found for reason in each.reasons]


@settings(max_examples=60, deadline=None)
@given(test_watch_printing.TREES)
def test_what_an_article_lacks_for_any_query_has_german_words(tree: Node) -> None:
    said = reasons(show(tree))

    assert [each for each in said if german("reasons").find(each) is None] == []


@pytest.mark.parametrize("language", ["de", "en", "ru"])
@pytest.mark.parametrize("keyword", ["Nordkorea", "Korea", "USA", "Soldat", "Selenskyj", "Россия"])
def test_why_any_word_counts_has_german_words(keyword: str, language: str) -> None:
    text = (
        "Nordkorea Nordkoreas nordkoreanische Nordkoreaner Nordkorea-Konflikt Anti-Nordkorea Korea "
        "Korean Koreans USA US amerikanisch Amerikaner American Soldaten soldatisch Elitesoldat "
        "Soldatenlied Selenskyjs Zelensky Selenski Россия России российский"
    )
    (found,) = Matcher([parse(f"@lang {language}\n{keyword} | korea*", "", "x")], rules_for).match(
        Article(text, "", "page")
    )

    assert {span.rule for span in found.spans if german("rules").find(span.rule) is None} == set()


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("Kim, Un", "zwischen Wörtern steht ein Komma oder Semikolon"),
        ("A near/5 B", "hier gibt es kein near/5; meinten Sie NEAR/5?"),
        ("A && B", "hier gibt es kein &&; schreiben Sie A & B"),
        ("A & | B", "zwischen & und | steht nichts; schreiben Sie ein Wort dorthin"),
        ("/a(b/", "dieser reguläre Ausdruck geht so nicht: zu einer Klammer fehlt ) in a(b"),
        ("@alert sofort", "das passt nicht zu @alert; meinten Sie now?"),
        ("EU", "ein Wort mit nur 2 Buchstaben passt oft zufällig; mit =EU gilt genau diese"),
        ("Kim\nPutin\nKim", "das steht schon in Zeile 1; löschen Sie eines von beiden"),
        ("x" * 10_001, "diese Zeile hat mehr als 10.000 Zeichen"),
    ],
)
def test_a_fault_is_told_in_german_at_its_place(line: str, told: str) -> None:
    fault = next(complaints(line))

    translated = GERMAN.watch.fault(fault)

    assert told in f"{translated.what}; {translated.remedy}"
    assert (translated.where, translated.line, translated.column, translated.excerpt) == (
        (fault.where, fault.line, fault.column, fault.excerpt)
    )


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("Japan", "Japan kommt nicht vor"),
        ("Südkoreaner", "Südkoreaner kommt nicht vor; „Südkorea“ ist ein anderes Wort"),
        ("Soldat & !Truppen", "„Truppen“ kommt vor, und !Truppen schließt das aus"),
        ("title:Soldat", "Soldat kommt nur im Text vor, nicht wie gewünscht in der Überschrift"),
        ("Soldat\n-Truppen", "Zeile 2 (-Truppen) schließt den Artikel aus, wegen „Truppen“"),
    ],
)
def test_what_an_article_lacks_is_told_in_german(query: str, told: str) -> None:
    assert [GERMAN.watch.reasons(each) for each in reasons(query)] == [told]


@pytest.mark.parametrize(
    ("text", "rule", "in_german", "in_english"),
    [
        ("Nordkorea", "the word Nordkorea", "das Wort selbst", "the word itself"),
        ("l'Ukraine", "the word Ukraine", "das Wort Ukraine", "the word Ukraine"),
        ("Soldaten", "inflected form of Soldat", "eine Form von Soldat", "a form of Soldat"),
        ("koreanisch", "adjective of Korea", "Adjektiv zu Korea", "the adjective of Korea"),
        ("Elitesoldat", "ends with Soldat", "endet auf Soldat", "ends with Soldat"),
        ("Siegespark", "begins with the letters Sieg", "beginnt mit Sieg", "begins with Sieg"),
        ("EU", "exactly this form", "genau diese Schreibweise", "exactly this form"),
    ],
)
def test_why_a_place_counts_is_told_in_few_words(
    text: str, rule: str, in_german: str, in_english: str
) -> None:
    assert GERMAN.watch.place(text, rule) == f"{text} – {in_german}"
    assert ENGLISH.watch.place(text, rule) == f"{text} – {in_english}"


def test_what_has_no_german_words_is_told_in_english() -> None:
    assert GERMAN.watch.faults("this was added yesterday") == "this was added yesterday"
    assert GERMAN.watch.fault(Fault("a.txt", "is new")).remedy == ""


@pytest.mark.parametrize("value", ["{word}", "{0}", "{", "a; b", "", "\n"])
def test_a_value_is_taken_over_whatever_it_is(value: str) -> None:
    assert GERMAN.watch.reasons(f"there is no {value}") == f"{value} kommt nicht vor"
