"""Cuts a query into pieces: runs of words, quotes, regular expressions, operators."""

import re
from typing import Literal, NamedTuple, get_args

from bot.text.fold import DASHES
from bot.watch.places import Spot

Type = Literal[
    "WORDS", "QUOTED", "REGEX", "NOT", "MINUS", "FIELD", "ATLEAST", "NEAR", "AND", "OR",
    "LPAR", "RPAR", "NOTHING",
]  # fmt: skip
"""What a piece is. MINUS is the - of `A -B`; NOTHING is a fault that stands for no term."""

OPERATORS = frozenset({"AND", "UND", "OR", "ODER", "NOT", "NICHT", "NEAR", "ATLEAST"})
"""Words that are operators when they stand alone in capitals."""

DOUBLE_QUOTES = '"„“”‟»«″〝〞＂'
_HIGHEST = 100  # the greatest n of NEAR/n and ATLEAST/n; more is a typing error


class Piece(NamedTuple):
    """A part of a line: `start` and `end` are code points from 0, `end` exclusive."""

    type: Type
    start: int
    end: int
    number: int = 0
    """The n of NEAR/n and ATLEAST/n."""


# Where a term or an operator in letters can begin: not right behind a word or a quote.
_BEGIN = rf"(?<![^\s()&|!:{DASHES}])"
_AFTER = r"(?![^\s()])"
_COMMA = "[,;،؛、，；]"

# The first that fits is taken. Each either takes what it has read or fails within a character or
# two, or reads up to a character that ends the search of the next as well: the time is linear.
_PIECE = re.compile(
    rf"""
    (?P<SPACE>\s+)
    | (?P<DOUBLED>&&+|\|\|+)
    | (?P<AND>(?<![^\s()])&|&(?![^\s()])|{_BEGIN}(?:AND|UND){_AFTER})
    | (?P<OR>(?<![^\s()])\||\|(?![^\s()])|{_BEGIN}(?:OR|ODER){_AFTER})
    | (?P<GLUED>[&|])
    | (?P<NOT>{_BEGIN}(?:!(?=\S)|(?:NOT|NICHT){_AFTER}))
    | (?P<LONE_NOT>{_BEGIN}!(?!\S))
    | (?P<MINUS>{_BEGIN}[{DASHES}](?=[^\s{DASHES}]))
    | (?P<DASH>{_BEGIN}[{DASHES}]+)
    | (?P<COUNTED>{_BEGIN}(?:(?i:NEAR|ATLEAST)[/~][^\s()]*|(?:NEAR|ATLEAST):?[0-9]*{_AFTER}))
    | (?P<FIELD>{_BEGIN}(?i:titel|title|text):)
    | (?P<QUOTED>[{DOUBLE_QUOTES}][^{DOUBLE_QUOTES}]*[{DOUBLE_QUOTES}]
        | ‚(?:[^‚‘’']|['’](?=\w))*[‘’'] | ‹[^‹›]*› | ›[^‹›]*‹)
    | (?P<REGEX>{_BEGIN}/(?=\S)(?:[^/\\]|\\.|/(?![\s)&|,;{DOUBLE_QUOTES}]|$))*+/)
    | (?P<OPEN_REGEX>{_BEGIN}/(?=\S).*)
    | (?P<OPEN_QUOTE>[{DOUBLE_QUOTES}‚‹›].*)
    | (?P<LPAR>\()
    | (?P<RPAR>\))
    | (?P<WORDS>(?:[^\s()|&{_COMMA[1:-1]}{DOUBLE_QUOTES}‚‹›]++
        | &(?![\s()&|{DOUBLE_QUOTES}]|$) | (?<=[0-9]),(?=[0-9]))++)
    | (?P<COMMA>{_COMMA})
    """,
    re.VERBOSE | re.DOTALL,
)

_BOTH_SIDES = 'write A & B, or put the name into "quotes"'
_FAULTY: dict[str, tuple[Type, str, str]] = {
    "LONE_NOT": ("NOTHING", "! stands alone", "write !Word to exclude, or leave it out"),
    "DASH": (
        "NOTHING",
        "a dash stands alone",
        "write A -B to exclude B, A-B for one name, or leave the dash out",
    ),
    "COMMA": (
        "NOTHING",
        "a comma or semicolon stands between words",
        "write one word or phrase per line, or | between them",
    ),
    "OPEN_QUOTE": (
        "QUOTED",
        "the second quote is missing",
        'write "these words", all of it before a # comment',
    ),
    "OPEN_REGEX": (
        "REGEX",
        "this / begins a regular expression that never ends",
        'write /expression/, or "quotes" around a name',
    ),
}
_TYPES: dict[str, Type] = {name: name for name in get_args(Type)}
_EXAMPLES: dict[Type, str] = {"NEAR": "A NEAR/10 B", "ATLEAST": "ATLEAST/3 A"}


def cut(text: str, start: int) -> tuple[list[Piece], list[Spot]]:
    """Return the pieces of a query, and what is wrong with single ones.

    Args:
        text: A line without its comment and without invisible characters.
        start: Where the query begins in it.

    Returns:
        The pieces in order; a faulty one is among them as what was probably meant, so that the
        rest can be read. Words that follow each other are one piece.
    """
    pieces: list[Piece] = []
    spots: list[Spot] = []
    for found in _PIECE.finditer(text, start):
        name = found.lastgroup or ""
        if name == "SPACE":
            continue
        piece, spot = _piece(name, found)
        if spot:
            spots.append(spot)
        if _continues(piece, pieces, text):
            pieces[-1] = pieces[-1]._replace(end=piece.end)
        else:
            pieces.append(piece)
    return pieces, spots


def _continues(piece: Piece, before: list[Piece], text: str) -> bool:
    """Whether a word belongs to the run of words before it; = always begins a term."""
    return (
        piece.type == "WORDS"
        and bool(before)
        and before[-1].type == "WORDS"
        and text[piece.start] != "="
    )


def _piece(name: str, found: re.Match[str]) -> tuple[Piece, Spot | None]:
    start, end = found.span()
    written = found.group()
    if name in _FAULTY:
        type_, what, remedy = _FAULTY[name]
        return Piece(type_, start, end), Spot(start, what, remedy)
    if name in {"DOUBLED", "GLUED"}:
        is_and = written[0] == "&"
        what = f"{written} is no operator" if name == "DOUBLED" else f"{written} has no space by it"
        remedy = _BOTH_SIDES if is_and else "write A | B"
        return Piece("AND" if is_and else "OR", start, end), Spot(start, what, remedy)
    if name == "COUNTED":
        return _counted(start, end, written)
    return Piece(_TYPES[name], start, end), None


def _counted(start: int, end: int, written: str) -> tuple[Piece, Spot | None]:
    """Read NEAR/n or ATLEAST/n, well written or not."""
    word: Type = "NEAR" if written[:4].upper() == "NEAR" else "ATLEAST"
    digits = re.search("[0-9]+", written)
    number = digits[0].lstrip("0") if digits else ""
    count = int(number) if 0 < len(number) <= len(str(_HIGHEST)) else 0
    if written == f"{word}/{count}" and 1 <= count <= _HIGHEST:
        return Piece(word, start, end, count), None
    if not digits:
        what = f"{word} has no number"
        remedy = f'write {_EXAMPLES[word]}, or "quotes" around a name'
    elif not 1 <= count <= _HIGHEST:
        what, remedy = f"the number of {word} is from 1 to {_HIGHEST}", f"write {_EXAMPLES[word]}"
    else:
        what, remedy = f"{written[:20]} is no operator", f"did you mean {word}/{count}?"
    return Piece(word, start, end, 1), Spot(start, what, remedy)
