"""Reads one query: words, a phrase, "these words", =This.

The operators of the full language are not there yet: each is a fault, never read as a word.
"""

import re

from bot.text.fold import DASHES
from bot.text.tokens import Token, tokenise, words
from bot.watch.places import Spot
from bot.watch.watchlist import Kind, Query

_QUOTES = '"„“”‟»«″'

_LATER = "operators come with a later version; write one word or phrase per line"
_LATER_EXCLUDE = "operators come with a later version; write -word on a line of its own"
_SEPARATE = "write one word or phrase per line"
_IN_CAPITALS = f'{_LATER}, or put the line into "quotes" if the capitals are a name'

_TROUBLES: tuple[tuple[re.Pattern[str], str, str], ...] = tuple(
    (re.compile(pattern), what, remedy)
    for pattern, what, remedy in (
        # & between letters is a name (H&M); with a space, a parenthesis or the edge it is not.
        (r"(?<![^\s()])&|&(?![^\s()])", "the operator & is not supported yet", _LATER),
        (r"\|", "the operator | is not supported yet", _LATER),
        (r"(?<![^\s(])!", "the operator ! (not) is not supported yet", _LATER_EXCLUDE),
        (
            r"(?<![^\s()])(?:AND|OR|NOT|UND|ODER|NICHT)(?![^\s()])",
            "operators in capitals are not supported yet",
            _IN_CAPITALS,
        ),
        (r"(?<![^\s(])(?:NEAR|ATLEAST)/", "NEAR/ and ATLEAST/ are not supported yet", _LATER),
        (r"[()]", "parentheses are not supported yet", _LATER),
        (r"\*", "the wildcard * is not supported yet", "write the words out, one per line"),
        (r"(?<![^\s(])/(?=\S)", "/regular expressions/ are not supported yet", _LATER),
        (
            r"(?i:(?<![^\s(])(?:title|titel|text):)",
            "title: and text: are not supported yet",
            'leave it out, or put the line into "quotes" if it is part of a name',
        ),
        (
            rf"(?<=\s)[{DASHES}](?=\w)",
            "an exclusion within a query is not supported yet",
            _LATER_EXCLUDE,
        ),
        (
            r"(?<=\s)=|=(?!\w)",
            "= cannot stand here",
            "= begins a line, directly before a word: =EU",
        ),
        (r"(?<!\d)[,;]|[,;](?!\d)", "a comma or semicolon stands between words", _SEPARATE),
        (f"[{_QUOTES}]", "quotes must enclose the whole line", 'write "these words" and no more'),
    )
)


def read_query(line: str, number: int, start: int) -> tuple[Query | None, list[Spot]]:
    """Read a query that stands in a line.

    Args:
        line: The line without its comment.
        number: The line's number from 1.
        start: Where the query itself begins in it: after a `-` that makes it an exclusion.

    Returns:
        The query and no spots, or no query and everything that is wrong with it.
    """
    kind, begin, end = _kind_and_inside(line, start)
    tokens = [token._replace(start=token.start + begin) for token in tokenise(line[begin:end])]
    spots = [] if kind == "quoted" else _troubles(line[start:], start, tokens)
    if kind == "quoted" and (inner := re.search(f"[{_QUOTES}]", line[begin:end])):
        what = "a quote stands within quotes"
        spots.append(Spot(begin + inner.start(), what, 'write one "phrase in quotes" per line'))
    if not tokens and not spots:
        spots.append(Spot(start, "there is no word here", "write a word, or # before a comment"))
    if spots:
        return None, spots
    if kind != "word":
        return Query(line.strip(), number, kind, tuple(t.text for t in words(tokens))), []
    if len(tokens) > 1:
        return Query(line.strip(), number, "phrase", tuple(t.text for t in words(tokens))), []
    return Query(line.strip(), number, "word", (_without_gender_mark(tokens[0]),)), []


def _kind_and_inside(line: str, start: int) -> tuple[Kind, int, int]:
    """Return what a query is by its first character, and where the words in it begin and end."""
    end = len(line.rstrip())
    if line[start] == "=":
        return "exact", start + 1, end
    if line[start] in _QUOTES and end - start > 1 and line[end - 1] in _QUOTES:
        return "quoted", start + 1, end - 1
    return "word", start, end


def _troubles(text: str, start: int, tokens: list[Token]) -> list[Spot]:
    return sorted(
        Spot(start + found.start(), what, remedy)
        for pattern, what, remedy in _TROUBLES
        for found in pattern.finditer(text)
        if not _is_within_word(start + found.start(), tokens)
    )


def _is_within_word(at: int, tokens: list[Token]) -> bool:
    """Whether a character is part of a word: the * of Soldat*innen, the & of H&M."""
    return any(token.start < at < token.start + len(token.text) - 1 for token in tokens)


def _without_gender_mark(token: Token) -> str:
    """Soldat:innen as a keyword means Soldat, whose forms include the others."""
    return token.text if token.is_hyphenated or not token.parts else token.parts[0].text
