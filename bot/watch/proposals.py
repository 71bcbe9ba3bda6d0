"""Which exclusions would keep articles like this one away: words of its title, then of its text."""

from collections import Counter
from collections.abc import Iterator, Sequence

from bot.errors import WatchlistError
from bot.model import Article, Match
from bot.text.fold import fold
from bot.text.stems import frequent, is_unknown
from bot.text.tokens import Token, tokenise
from bot.watch.language import parse_query
from bot.watch.matcher import Matcher
from bot.watch.segment import RulesFor

MOST_OF_TITLE, MOST_OF_TEXT = 4, 2
_SHORTEST, _LONGEST = 4, 40
_LONG = 10
_OFTEN = 3
"""A word of the text must stand there so often to be what the article is about."""


def proposals(article: Article, matches: Sequence[Match], rules: RulesFor) -> tuple[str, ...]:
    """Return lines, as one would write them, that hold on this article.

    The words that it was found for are not among them: excluding those would end the alerts. What
    is in the title comes first, as that narrows the least.

    Args:
        article: the one that is not relevant.
        matches: what it was found for.
        rules: returns the rules of a language by its code.
    """
    found_for = {fold(word) for m in matches for s in m.spans for word in s.text.split()}
    title = _words(article.title, found_for)
    text = Counter(fold(token.text) for token in tokenise(article.text))
    # What the text speaks of again and again says most; then the longer word is the rarer one.
    title.sort(key=lambda word: (-min(text[fold(word)], _OFTEN), -len(word)))
    often = [
        word
        for word in _words(article.text, found_for | {fold(each) for each in title})
        # An everyday noun of the text would exclude far too much.
        if text[fold(word)] >= _OFTEN and (_is_name(word) or len(word) >= _LONG)
    ]
    often.sort(key=lambda word: -text[fold(word)])
    lines = [
        *_holding([f"title:{word}" for word in title], article, rules, MOST_OF_TITLE),
        *_holding(often, article, rules, MOST_OF_TEXT),
    ]
    return tuple(lines)


def _words(text: str, without: set[str]) -> list[str]:
    """Return names and nouns, each once, in their order: words with a capital."""
    told: dict[str, str] = {}
    for token in tokenise(text):
        if _is_telling(token) and fold(token.text) not in without:
            told.setdefault(fold(token.text), token.text)
    return list(told.values())


def _is_name(word: str) -> bool:
    """Whether the dictionary does not have the word."""
    return is_unknown(fold(word), "de")


def _is_telling(token: Token) -> bool:
    word = token.text
    if not (word[0].isupper() and _SHORTEST <= len(word) <= _LONGEST):
        return False
    # What only begins a headline with a capital says nothing.
    return not any(fold(word) in frequent(language) for language in ("de", "en"))


def _holding(lines: Sequence[str], article: Article, rules: RulesFor, most: int) -> Iterator[str]:
    for line in lines:
        if most and _holds(line, article, rules):
            most -= 1
            yield line


def _holds(line: str, article: Article, rules: RulesFor) -> bool:
    try:
        return bool(Matcher([parse_query(line)], rules).match(article))
    except WatchlistError:
        return False  # a word that the language takes for something else
