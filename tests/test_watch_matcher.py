"""Matching: which articles a watchlist's lines find, and where. Words by simple rules."""

import unicodedata
from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.model import Article, Match, Span
from bot.watch.language import parse
from bot.watch.matcher import Matcher
from bot.watch.query import Node, Not, Term
from bot.watch.watchlist import Query, Settings, Watchlist
from tests.standin import StandIn

RULES = StandIn()


def nfd(text: str) -> str:
    return unicodedata.normalize("NFD", text)


def matcher_of(*sources: str) -> Matcher:
    lists = [parse(source, "liste.txt", f"liste{n}") for n, source in enumerate(sources)]
    return Matcher(lists, lambda _: RULES)


def matches(source: str, text: str, title: str = "") -> tuple[Match, ...]:
    return matcher_of(source).match(Article(title, text, "page"))


def spans(source: str, text: str, title: str = "") -> list[Span]:
    return [span for each in matches(source, text, title) for span in each.spans]


def texts(source: str, text: str, title: str = "") -> list[str]:
    return [span.text for span in spans(source, text, title)]


@pytest.mark.parametrize(
    ("query", "text", "expected"),
    [
        ("Kim", "bei Kim, Kims Haus; akim", ["Kim", "Kims"]),
        ("Gipfel", "der USA-Gipfel-Plan", ["USA-Gipfel-Plan"]),
        ("Kim Jong Un", "bei Kim Jong-uns Bruder", ["Kim Jong-uns"]),
        ("Kim Jong Un", "Kim traf Jong Un", []),
        ("Kim Jongun Paek Un", "Kim Jongun Paek und Jongun Paek Un", []),
        ("Kim Jongun Paek Un", "Kim Kim Jongun Paek Uns", ["Kim Jongun Paek Uns"]),
        ("Kim Kim", "Kim Kim Kim", ["Kim Kim", "Kim Kim"]),
        ('"Kim Jong Un"', "kim jong\u00a0un; Kim Jong Uns", ["kim jong\u00a0un"]),
        ('"Süden"', "SUEDEN", ["SUEDEN"]),
        ("=EU", "die EU-Kommission; eu; EUs", ["EU"]),
        ('"EU-Rat"', "im eu Rat", ["eu Rat"]),
        ("Sold*", "Soldat:innen, ein-soldat, Gold", ["Soldat:innen", "ein-soldat"]),
        ("*dat", "Soldat:innen, Mandat, Daten", ["Soldat:innen", "Mandat"]),
        ("北朝鮮", "die北朝鮮人 und 北朝鮮", ["北朝鮮", "北朝鮮"]),
        (
            "김정은",
            unicodedata.normalize("NFD", "김정은이"),
            [unicodedata.normalize("NFD", "김정은")],
        ),
        ("ガス", "ｶﾞｽ", ["ｶﾞｽ"]),
        (
            "/Kim Jong[- ]?Un/",
            "KIM JONG\u2011UN, Kim Jo\u00adngun",
            ["KIM JONG\u2011UN", "Kim Jo\u00adngun"],
        ),
        ("/ä+/", unicodedata.normalize("NFD", "xÄäx"), [unicodedata.normalize("NFD", "Ää")]),
    ],
)
def test_a_term_finds(query: str, text: str, expected: list[str]) -> None:
    assert texts(query, text) == expected


@pytest.mark.parametrize(
    ("query", "text", "expected"),
    [
        ("Kim & Putin", "Putin und Kim", ["Putin", "Kim"]),
        ("Kim & Putin", "Kim allein", []),
        ("Kim | Putin", "Kim allein", ["Kim"]),
        ("Kim & (Putin | Moskau)", "Moskau lobt Kim", ["Moskau", "Kim"]),
        ("Kim & !Putin", "Kim allein", ["Kim"]),
        ("Kim & !Putin", "Kim und Putin", []),
        ("Kim NEAR/2 Putin", "Kim und Putin. Aber dann kam Kim", ["Kim", "Putin"]),
        ("Kim NEAR/2 Putin", "Putin und Kim", ["Putin", "Kim"]),
        ("Kim NEAR/2 Putin", "Kim und auch Putin", []),
        ("Kim NEAR/2 Putin", "Kim-A-B Putin", ["Kim-A-B", "Putin"]),
        ("Kim NEAR/5 Kims", "Kims", []),
        ("ATLEAST/2 Kim", "Kim und Kims", ["Kim", "Kims"]),
        ("ATLEAST/2 Kim", "Kim", []),
        ("ATLEAST/2 (Kim | Kims)", "Kims", []),
        ("ATLEAST/2 (Kim | Putin)", "Kim und Putin", ["Kim", "Putin"]),
    ],
)
def test_terms_are_combined(query: str, text: str, expected: list[str]) -> None:
    assert texts(query, text) == expected


@pytest.mark.parametrize(
    ("query", "title", "text", "expected"),
    [
        ("title:Kim", "Kim", "Kims", ["Kim"]),
        ("text:Kim", "Kim", "Kims", ["Kims"]),
        ("title:Kim & Putin", "Kim", "Putin", ["Kim", "Putin"]),
        ("title:(Kim & Putin)", "Kim", "Putin", []),
        ("Kim & !title:Putin", "Kim", "Putin", ["Kim"]),
        ("Kim NEAR/9 Putin", "Kim", "Putin", []),
        ("Kim Jong", "Kim", "Jong", []),
        ("ATLEAST/2 Kim", "Kim", "Kim", ["Kim", "Kim"]),
    ],
)
def test_title_and_text_are_apart(query: str, title: str, text: str, expected: list[str]) -> None:
    assert texts(query, text, title) == expected


@pytest.mark.parametrize(
    ("query", "text", "rule"),
    [
        ("Kim", "Kim", "the word Kim"),
        ("Kim", "Kims", "begins with Kim"),
        ("Kim Jong", "Kim Jong", "these words, inflected or not"),
        ('"Kim Jong"', "Kim Jong", "exactly these words"),
        ("=EU", "EU", "exactly this form"),
        ("Mär*", "Märkte", "begins with the letters Mär"),
        ("*ände", "Strände", "ends with the letters ände"),
        ("/K.m/", "Kim", "matches the pattern"),
        ("北朝鮮", "北朝鮮", "contains the characters 北朝鮮"),
    ],
)
def test_a_span_says_why_it_counts(query: str, text: str, rule: str) -> None:
    assert spans(query, text) == [Span("text", 0, len(text), text, rule)]


def test_every_place_is_told_in_order_with_the_title_first() -> None:
    (found,) = matches("Kim | Putin", "Kim und Putin, Kims", title="Putin, Kim")

    assert [(span.field, span.start, span.text) for span in found.spans] == [
        ("title", 0, "Putin"),
        ("title", 7, "Kim"),
        ("text", 0, "Kim"),
        ("text", 8, "Putin"),
        ("text", 15, "Kims"),
    ]


def test_places_that_are_one_as_written_are_told_once() -> None:
    # Its normal form is a letter and a mark, which match each on its own.
    letter = "a\u0328\u0301"
    query = Query("", 1, Term("regex", ("[\u0105\u0301]",)))
    matcher = Matcher([Watchlist("liste", (query,), (), Settings(), "")], lambda _: RULES)

    (found,) = matcher.match(Article("", letter, "page"))

    assert [span.text for span in found.spans] == [letter]


def test_a_single_quoted_word_and_a_row_with_it_are_both_found() -> None:
    found = matches('"Kim"\n"Kim Jong"\n"Jong"', "Kim Jong, Kim")

    assert [(each.line, [span.text for span in each.spans]) for each in found] == [
        (1, ["Kim", "Kim"]),
        (2, ["Kim Jong"]),
        (3, ["Jong"]),
    ]


def test_every_line_that_holds_is_told_as_written() -> None:
    found = matches("Kim\nPutin # der\n„Nord Korea“\n", "Putin und Nord Korea")

    assert [(each.watchlist, each.query, each.line) for each in found] == [
        ("liste0", "Putin", 2),
        ("liste0", "„Nord Korea“", 3),
    ]


def test_an_exclusion_silences_its_list_only() -> None:
    matcher = matcher_of("Korea\n-Videospiel", "Korea")

    found = matcher.match(Article("Neue Videospiele", "In Korea", "page"))

    assert [each.watchlist for each in found] == ["liste1"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Russlandkenner in Russland", ["Russland"]),
        ("der Russlandkenner-Klub", []),
        ("der Russlandkenner-Russland-Klub", ["Russlandkenner-Russland-Klub"]),
    ],
)
def test_ignored_forms_do_not_count(text: str, expected: list[str]) -> None:
    assert texts("Russland\n@ignore Russlandkenner", text) == expected


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
    matcher = matcher_of(f"Korea\n{settings}")
    article = Article("", "Korea", "page")

    found = matcher.match(article, feed="Tagesschau", tags=frozenset({"politik"}))

    assert bool(found) is is_for_it


class Exactly(StandIn):
    """A language in which only the word itself counts."""

    def relation(self, keyword: str, word: str) -> str | None:
        return "the word" if keyword == word else None


@pytest.mark.parametrize(
    ("setting", "article_is_in", "expected"),
    [
        ("", None, ["Kim", "Kims"]),
        ("", "de", ["Kim", "Kims"]),
        ("", "xx", ["Kim"]),
        ("@lang xx\n", "de", ["Kim"]),
        ("@lang de\n", "xx", ["Kim", "Kims"]),
    ],
)
def test_words_count_by_the_rules_of_the_list_or_else_of_the_article(
    setting: str, article_is_in: str | None, expected: list[str]
) -> None:
    watchlist = Watchlist("liste", (_query("Kim"),), (), Settings(lang=setting[6:8]), "")
    matcher = Matcher([watchlist], {"de": RULES, "xx": Exactly()}.__getitem__)

    found = matcher.match(Article("", "Kim und Kims", "page", article_is_in))

    assert [span.text for each in found for span in each.spans] == expected


def test_no_watchlists_match_nothing() -> None:
    assert Matcher([], lambda _: RULES).match(Article("Titel", "Text", "page")) == ()


def test_a_query_that_only_excludes_holds_on_an_article_without_a_word() -> None:
    query = Query("!Moskau", 1, Not(Term("word", ("Moskau",))))
    matcher = Matcher([Watchlist("liste", (query,), (), Settings(), "")], lambda _: RULES)

    assert matcher.match(Article("", "", "page")) == (Match("liste", "!Moskau", 1, ()),)


@pytest.mark.parametrize(
    ("query", "places"),
    [
        ("Wort", 1000),
        ("Wort Wort", 1000),
        ("Wort NEAR/1 Wort", 1000),
        ("ATLEAST/100 Wort", 1000),
        ("/wort/", 1000),
        ("Wort NEAR/9 Text", 0),
    ],
)
def test_an_endless_article_takes_no_endless_time(query: str, places: int) -> None:
    # A quadratic search would need hours for this; no clock is needed to see that.
    text = "Wort " * 100_000 + "und " * 10 + "Text " * 100_000

    assert len(spans(query, text)) == places


def test_one_matcher_serves_several_threads() -> None:
    matcher = matcher_of("Kim & Putin\nKim Jong Un\nSold*")
    articles = [Article("", f"Kim Jong Un trifft Putin{n} Soldat{n}", "page") for n in range(200)]

    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(matcher.match, articles))

    assert found == [matcher_of("Kim & Putin\nKim Jong Un\nSold*").match(a) for a in articles]


def _query(word: str, line: int = 1) -> Query:
    node: Node = Term("word", (word,))
    return Query(word, line, node)
