"""What stands between two spaces of a text: the terms in it and their places."""

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from bot.text.tokens import Token, tokenise
from bot.watch.index import Hits
from bot.watch.rows import Seconds


class Place(NamedTuple):
    """Where a term stands in a field: offsets in the text and numbers of words from 0."""

    start: int
    end: int
    """Exclusive."""
    first: int
    """The number of its first word; of the next one where it lies between words."""
    last: int
    """The number of its last word."""
    rule: str


class Single(NamedTuple):
    """A word of which others may be looked for beside it."""

    start: int
    end: int
    """Exclusive."""
    elements: tuple[int, ...]
    """The words of rows that it stands for."""
    follows: tuple[Seconds, ...]
    """What is looked for after it."""


class Found(NamedTuple):
    """A term in a chunk: its place, counted from where the chunk begins, and what stands there."""

    term: int
    start: int
    end: int
    first: int
    last: int
    rule: str
    text: str


class Chunk(NamedTuple):
    """What stands between two spaces."""

    terms: tuple[Found, ...]
    """By place. Words in a row are not among them."""
    words: tuple[Single, ...]


# What may stand before and after a word, and cannot join it with another.
_BEFORE, _AFTER = """"(„“”»«""", """"),.;:!?“”»«"""
_UNKNOWN = Single(0, 0, (), ())
_NOTHING, ONE_WORD = Chunk((), ()), Chunk((), (_UNKNOWN,))
"""Nearly all chunks are the second: one word, and nobody looks for it."""


def chunk(
    text: str, find: Callable[[str], Hits], *, elements: bool, among: Callable[[str], bool]
) -> Chunk:
    """Return what stands between two spaces.

    Args:
        text: It, as it stands.
        find: Returns what one word counts for.
        elements: Whether words of rows and single quoted or exact ones are looked for at all.
        among: Whether a word, as it stands, need be looked at: it or a part of it may count.
    """
    bare = text.lstrip(_BEFORE).rstrip(_AFTER)
    if bare.isalnum() and not among(bare):
        return ONE_WORD  # nearly all are such, where it is known which words can count
    terms: list[Found] = []
    words: list[Single] = []
    for token in tokenise(text):
        first = len(words)
        last = first + len(token.parts) - 1 if token.is_hyphenated else first
        if among(token.text):
            hits = find(token.text)
            terms += _found(hits.terms, token, first, last)
            singles = _singles(token, hits, find) if elements else ()
            for at, (word, single) in enumerate(singles, first):
                terms += _found(single.words, word, at, at)
                words.append(_single(word, single))
        words += [_UNKNOWN] * (last + 1 - len(words))
    if not terms and (not words or words == [_UNKNOWN]):
        return ONE_WORD if words else _NOTHING
    return Chunk(tuple(terms), tuple(words))


def _found(terms: Mapping[int, str], token: Token, first: int, last: int) -> list[Found]:
    return [
        Found(term, token.start, token.end, first, last, why, token.text)
        for term, why in terms.items()
    ]


def _single(word: Token, hits: Hits) -> Single:
    return Single(word.start, word.end, *hits[2:]) if hits.elements else _UNKNOWN


def _singles(token: Token, hits: Hits, find: Callable[[str], Hits]) -> Iterator[tuple[Token, Hits]]:
    if token.is_hyphenated:
        for part in token.parts:
            yield part, find(part.text)
    else:
        yield token, hits
