"""Where the terms of a query stand."""

from bot.model import Article
from bot.watch.language import parse_query
from bot.watch.located import located
from bot.watch.watchlist import Settings
from tests.standin import StandIn


def test_every_term_is_told_with_the_numbers_of_its_words() -> None:
    (query,) = parse_query("Kim & (Putin | Kim Jong) & !Soldat").queries
    article = Article("Putin", "Der USA-Kim-Gipfel, Kim Jong", "page")

    found = located(query.node, article, Settings(), lambda _: StandIn())

    places = [
        (
            each.term.words,
            [(p.first, p.last) for p in each.title],
            [(p.first, p.last) for p in each.text],
        )
        for each in found
    ]
    assert places == [
        (("Kim",), [], [(1, 3), (4, 4)]),
        (("Putin",), [(0, 0)], []),
        (("Kim", "Jong"), [], [(4, 5)]),
        (("Soldat",), [], []),
    ]


def test_a_query_of_one_word_has_one_term() -> None:
    (query,) = parse_query("Kim").queries

    (found,) = located(query.node, Article("", "bei Kim", "page"), Settings(), lambda _: StandIn())

    assert [place.start for place in found.text] == [4]
