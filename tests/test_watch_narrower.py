"""Narrower forms of a query can be read, and hold on nothing that the query does not hold on."""

import pytest

from bot.text.languages import rules_for
from bot.watch.language import parse_query
from bot.watch.matcher import Matcher
from bot.watch.narrower import narrower
from tests.test_archive import SOME

QUERIES = (
    *("Nordkorea", "Gas", "Kim Jong Un", '"Kim Jong-un"', "=KCNA", "Weiz*", "*preise", "Haus"),
    *("Weizen | Parade", "Nordkorea & Soldat", "Moskau NEAR/9 Soldaten", "/Sold[a-z]+/", "H&M"),
    *("Soldat:innen", "1.000 Zuschauer", "北朝鮮"),
)


def forms(query: str) -> tuple[str, ...]:
    return tuple(form.text for form in narrower(parse_query(query).queries[0]))


def held(query: str) -> set[int]:
    matcher = Matcher([parse_query(query)], rules_for)
    return {number for number, each in enumerate(SOME) if matcher.match(each)}


def test_a_word_is_narrowed_to_its_form_to_two_places_and_to_the_title() -> None:
    assert forms("Nordkorea") == ('"Nordkorea"', "ATLEAST/2 Nordkorea", "title:Nordkorea")


def test_alternatives_are_narrowed_to_the_title_as_a_whole() -> None:
    assert forms("Weizen | Parade") == ("title:(Weizen | Parade)",)


@pytest.mark.parametrize("query", ["title:Gas", "Gas & !Gasse", "text:Gas & Strom"])
def test_what_excludes_or_says_where_it_stands_has_no_narrower_form(query: str) -> None:
    assert forms(query) == ()


@pytest.mark.parametrize("query", QUERIES)
def test_a_narrower_form_holds_only_where_the_query_does(query: str) -> None:
    assert forms(query)
    for form in forms(query):
        assert held(form) <= held(query)
