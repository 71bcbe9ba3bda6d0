"""Why a place counts, and what an article lacks for a query, in words."""

import pytest

from bot.model import Article, Span
from bot.text.languages import rules_for
from bot.watch.explain import sentence, why_not
from bot.watch.language import parse

TITLE = "Südkorea rüstet auf"
TEXT = "Nordkoreanische Soldaten marschieren. Weit weg stehen, wie man hört, russische Truppen."

APART = "one is in the title, the other in the text"


def reasons(watchlist: str) -> list[tuple[str, ...]]:
    found = why_not(parse(watchlist, "list.txt", "list"), Article(TITLE, TEXT, "page"), rules_for)
    return [each.reasons for each in found]


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        ("the word Nordkorea", "'X' is the word Nordkorea"),
        ("adjective of Nordkorea", "'X' is the adjective of Nordkorea"),
        ("inflected form of Nordkorea", "'X' is an inflected form of Nordkorea"),
        ("begins with Nordkorea", "'X' begins with Nordkorea"),
        ("these words, inflected or not", "'X' is these words, inflected or not"),
    ],
)
def test_a_rule_is_told_as_a_sentence(rule: str, told: str) -> None:
    assert sentence(Span("text", 0, 1, "X", rule)) == told


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("Japan", "there is no Japan"),
        ("Südkoreaner", "there is no Südkoreaner; 'Südkorea' is another word"),
        ("Nordkorea & Japan", "there is no Japan"),
        ("Soldat & !Truppen", "there is 'Truppen', which !Truppen excludes"),
        (
            "Nordkorea NEAR/3 Truppen",
            "Nordkorea is wanted within 3 words of Truppen; the nearest was 10 words away",
        ),
        (
            "Südkorea NEAR/3 Truppen",
            f"Südkorea is wanted within 3 words of Truppen; {APART}",
        ),
        (
            "Nordkorea NEAR/1 Truppen",
            "Nordkorea is wanted next to Truppen; the nearest was 10 words away",
        ),
        (
            "Soldat NEAR/3 Soldaten",
            "Soldat is wanted within 3 words of Soldaten; both are the same word",
        ),
        ("Koreano", "there is no Koreano; other words are Nordkoreanische, Südkorea"),
        ("ATLEAST/3 Soldat", "Soldat is wanted 3 times; it is there once"),
        (
            "ATLEAST/9 (Soldat | Truppen)",
            "Soldat | Truppen is wanted 9 times; it is there 2 times",
        ),
        ("ATLEAST/3 Japan", "there is no Japan"),
        ("title:(Südkorea & Soldat)", "not all of Südkorea & Soldat is in the title"),
        ("title:Soldat", "Soldat is in the text, but the query wants it in the title"),
        ("Soldat\n-Truppen", "line 2 (-Truppen) excludes it, for 'Truppen'"),
    ],
)
def test_what_is_missing_is_named(query: str, reason: str) -> None:
    assert reasons(query) == [(reason,)]


def test_of_alternatives_each_one_is_named() -> None:
    assert reasons("Japan | China") == [("there is no Japan", "there is no China")]


def test_a_line_that_holds_lacks_nothing() -> None:
    assert reasons("Nordkorea\nSoldat & Truppen") == []
