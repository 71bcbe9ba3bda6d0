"""Matches very many articles, of which an index told before which words can count: in workers."""

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache

from bot.model import FoundArticle, Match
from bot.text.languages import code_of, rules_for
from bot.watch.matcher import Among, Matcher
from bot.watch.needs import LONGEST
from bot.watch.watchlist import Watchlist

Counting = tuple[tuple[str, str], ...]
"""Codes of languages, each with the words that can count in it, one a line; in any other language
all can."""
CanCount = Callable[[str], bool]
"""Whether a word can have to do with whether an article matches."""


def warm_up() -> None:
    """Load what every watchlist needs."""
    rules_for(None)


def sift(
    watchlist: Watchlist, counting: Counting, articles: Iterable[FoundArticle]
) -> dict[int, tuple[Match, ...]]:
    """Return the matches of those articles that match, by their entries.

    The last list is remembered: the next articles are mostly for the same.

    Args:
        watchlist: the list.
        counting: which words can count.
        articles: as they were read.
    """
    return sifted(_matcher(watchlist, counting), articles)


def sifted(matcher: Matcher, articles: Iterable[FoundArticle]) -> dict[int, tuple[Match, ...]]:
    """Return the matches of those articles that match, by their entries."""
    found = ((each.entry_id, matches_of(matcher, each)) for each in articles)
    return {entry_id: matches for entry_id, matches in found if matches}


def matches_of(matcher: Matcher, found: FoundArticle) -> tuple[Match, ...]:
    """Return the matches of an article; one whose text is kept no more is none."""
    if found.article.text_from == "gone":
        return ()
    return matcher.match(found.article, feed=found.outlet, tags=found.tags)


def among(can_count: Mapping[str, CanCount]) -> Among:
    """Return what tells which words can count, given that for some languages' codes."""
    return lambda language: can_count.get(code_of(language), _any)


def one_of(words: frozenset[str]) -> CanCount:
    """Return what tells whether a word can count where these can; no list has very long ones."""
    return lambda word: word in words or len(word) > LONGEST


@lru_cache(maxsize=1)
def _matcher(watchlist: Watchlist, counting: Counting) -> Matcher:
    known = {code: one_of(frozenset(words.split("\n"))) for code, words in counting}
    return Matcher([watchlist], rules_for, among(known))


def _any(_: str) -> bool:
    return True
