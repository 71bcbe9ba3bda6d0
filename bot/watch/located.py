"""Where each term of a query stands in an article: what an explanation of a miss is made from."""

from collections.abc import Sequence
from typing import NamedTuple

from bot.model import Article
from bot.watch.chunk import Place
from bot.watch.matcher import Matcher
from bot.watch.query import Node, Term
from bot.watch.reading import FIELDS
from bot.watch.segment import RulesFor
from bot.watch.terms import taken_apart
from bot.watch.watchlist import Query, Settings, Watchlist


class Located(NamedTuple):
    """A term of a query with all its places."""

    term: Term
    title: Sequence[Place]
    text: Sequence[Place]


def located(
    node: Node, article: Article, settings: Settings, rules: RulesFor
) -> tuple[Located, ...]:
    """Return the terms of a query from left to right, those to be absent too, and their places.

    Args:
        node: The query.
        article: Where to look.
        settings: Those of its watchlist: `@lang` and `@ignore` count.
        rules: Returns the rules of a language by its code.
    """
    matcher = Matcher([Watchlist("", (Query("", 1, node),), (), settings, "")], rules)
    fields = {field.name: field for field in matcher.read(article).fields}
    _, terms = taken_apart(node)
    found: list[Located] = []
    for term, sought in zip(terms, matcher.terms_of_first_line(), strict=True):
        title, text = (fields[name].places(sought) if name in fields else () for name in FIELDS)
        found.append(Located(term, title, text))
    return tuple(found)
