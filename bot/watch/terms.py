"""Takes a query apart: its terms, and its shape with the terms left out."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from bot.text.fold import fold, plain
from bot.text.tokens import tokenise, words
from bot.watch.query import And, AtLeast, Near, Node, Not, Only, Or, Term
from bot.watch.watchlist import Settings

# Han, kana and Hangul, the half-width forms too: scripts that write no space between words, or
# whose words carry their particles.
_CJK = re.compile(
    "[\u1100-\u11ff\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3041-\u30ff\u3105-\u318e\u31a0-\u31bf"
    "\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\uff66-\uffdc"
    "\U00016fe0-\U00018aff\U0001b000-\U0001b16f\U00020000-\U0003ffff]"
)

SEQUENCES = {
    "phrase": "these words, inflected or not",
    "quoted": "exactly these words",
    "exact": "exactly this form",
}
"""The kinds of term that are words in a row, and why a span of each counts."""

Shape = tuple[Any, ...]
"""A query without its terms, nested: `("&", (("t", 0), ("!", ("t", 1))))`. Queries are far more
numerous than their shapes. A leaf names the place of its term among the query's terms."""


class Wanted(NamedTuple):
    """A term as it is looked for; what is equal is looked for once."""

    kind: str
    """As in `Term.kind`; "contains" for Chinese, Japanese and Korean of any kind."""
    words: tuple[str, ...]
    language: str
    """Empty: the article's, or of no matter."""
    ignore: tuple[str, ...]


def has_cjk(text: str) -> bool:
    """Return whether a text has Chinese, Japanese or Korean letters."""
    return not text.isascii() and _CJK.search(text) is not None


def is_row(term: Term) -> bool:
    """Return whether a term is found as words in a row."""
    return term.kind in SEQUENCES and not any(map(has_cjk, term.words))


def wanted(term: Term, settings: Settings) -> Wanted:
    """Return what a term of a watchlist with some settings looks for."""
    if term.kind == "regex":
        return Wanted("regex", term.words, "", ())
    if is_row(term):
        single = tuple(_single_words(term.words))
        return Wanted(term.kind, single, settings.lang if term.kind == "phrase" else "", ())
    if any(map(has_cjk, term.words)):
        return Wanted("contains", (" ".join(term.words),), "", ())
    if term.kind == "word":
        return Wanted("word", term.words, settings.lang, settings.ignore)
    return Wanted(term.kind, tuple(map(fold, term.words)), "", ())


def key_of(kind: str, word: str) -> str:
    """Return the form in which a word of a quoted or an exact term is compared."""
    return plain(word) if kind == "exact" else fold(word)


def taken_apart(node: Node) -> tuple[Shape, list[Term]]:
    """Return the shape of a query and its terms from left to right."""
    terms: list[Term] = []
    return _shape(node, terms), terms


def leaves(shape: Shape) -> Iterator[int]:
    """Yield the places of the terms that a shape wants: not those below a "not"."""
    match shape:
        case ("t", at):
            yield at
        case ("&" | "|", parts):
            for part in parts:
                yield from leaves(part)
        case ("near", _, left, right):
            yield from leaves(left)
            yield from leaves(right)
        case ("least" | "only", _, part):
            yield from leaves(part)


def _shape(node: Node, terms: list[Term]) -> Shape:
    shape: Shape
    match node:
        case Term():
            terms.append(node)
            return ("t", len(terms) - 1)
        case And(parts):
            shape = ("&", tuple(_shape(part, terms) for part in parts))
        case Or(parts):
            shape = ("|", tuple(_shape(part, terms) for part in parts))
        case Not(part):
            shape = ("!", _shape(part, terms))
        case Near(distance, left, right):
            shape = ("near", distance, _shape(left, terms), _shape(right, terms))
        case AtLeast(times, part):
            shape = ("least", times, _shape(part, terms))
        case Only(field, part):
            shape = ("only", field, _shape(part, terms))
    return _same(shape)


def _single_words(written: tuple[str, ...]) -> Iterator[str]:
    for word in written:
        for token in words(tokenise(word)):
            yield token.text


@lru_cache(maxsize=4096)
def _same(shape: Shape) -> Shape:
    """Return the one object that stands for all equal shapes: there are 100,000 of a kind."""
    return shape
