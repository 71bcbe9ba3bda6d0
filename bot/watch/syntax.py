"""Reads one query: words, a phrase, "these words", or an expression with operators."""

from collections.abc import Sequence
from dataclasses import replace

from bot.watch.grammar import Builder
from bot.watch.lexer import OPERATORS, Piece, cut
from bot.watch.places import Spot
from bot.watch.query import Node, Term
from bot.watch.structure import Structure
from bot.watch.visible import visible
from bot.watch.written import Read, read_quoted, read_regex, read_words, simple

_MOST_SPOTS = 20  # of one line: it is no query then, and more would help nobody
_READERS = {"WORDS": read_words, "QUOTED": read_quoted, "REGEX": read_regex}


def read_query(
    line: str, start: int, *, is_exclusion: bool = False
) -> tuple[Node | None, list[Spot]]:
    """Read a query that stands in a line.

    Args:
        line: The line without its comment.
        start: Where the query itself begins in it: after a `-` that makes it an exclusion.
        is_exclusion: Whether there is such a `-`. What it excludes is one term or stands in
            parentheses: how far it would reach otherwise, two readers would not agree.

    Returns:
        The query's tree and no spots, or no tree and everything that is wrong with it.
    """
    word = line[start:].strip()
    if word.isalnum() and word not in OPERATORS and not word.endswith("nen"):
        at = line.index(word, start)
        return simple(word, at, at + len(word)), []
    text, places = visible(line)
    shift = start if len(text) == len(line) else sum(place < start for place in places[:-1])
    node, spots = _read(text, shift, places, is_exclusion=is_exclusion)
    if not spots:
        return node, []
    told = sorted({spot._replace(at=places[min(spot.at, len(text))]) for spot in spots})
    return None, told[:_MOST_SPOTS]


def _read(
    text: str, start: int, places: Sequence[int], *, is_exclusion: bool
) -> tuple[Node | None, list[Spot]]:
    text = " " * start + text[start:]  # what stands before is no part of the query
    pieces, spots = cut(text, start)
    if not pieces:
        return None, [Spot(start, "there is no word here", "write a word, or # before a comment")]
    faulty = {spot.at for spot in spots}
    terms: dict[int, Term] = {}
    for piece in pieces:
        if piece.type in _READERS:
            term, wrong = _read_term(text, piece) if piece.start not in faulty else (None, [])
            spots += wrong
            terms[piece.start] = _placed(term or _stand_in(piece), places)
            if term is None:
                faulty.add(piece.start)
    structure = Structure(text, faulty, is_exclusion=is_exclusion)
    structure.check(pieces)
    spots += structure.spots
    if not structure.is_sound:
        return None, spots
    builder = Builder(text, terms)
    node = builder.build(structure.pieces, is_exclusion=is_exclusion)
    return node, spots + builder.spots


def _read_term(text: str, piece: Piece) -> Read:
    return _READERS[piece.type](text[piece.start : piece.end].rstrip(), piece.start)


def _stand_in(piece: Piece) -> Term:
    """Stands for a faulty term, so that what is wrong around it can be told, too."""
    return Term("word", ("?",), piece.start, piece.end)


def _placed(term: Term, places: Sequence[int]) -> Term:
    """Return a term with its place in the line as written."""
    if isinstance(places, range):
        return term
    return replace(term, start=places[term.start], end=places[term.end])
