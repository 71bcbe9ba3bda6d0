"""Text in a normal form of which every character still knows its place in the original."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from bot.text.fold import DASHES, INVISIBLE
from bot.text.tokens import MARKS

_DASH = re.compile(f"[{DASHES}]")
_INVISIBLE = re.compile(f"[{INVISIBLE}]")
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Aligned:
    """A text in a normal form, and where its characters stood."""

    text: str
    _places: tuple[list[int], list[int]] | None = None

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Return where a stretch of one character or more stood: code points, end exclusive."""
        if self._places is None:
            return start, end
        return self._places[0][start], self._places[1][end - 1]


def visible(text: str) -> Aligned:
    """Return a text in NFC without invisible characters, all dashes as "-".

    Lone surrogates, which no library for patterns accepts, become U+FFFD.
    """
    if text.isascii():
        return Aligned(text)
    unified = _SURROGATE.sub("\ufffd", _DASH.sub("-", text))
    if not _INVISIBLE.search(unified) and unicodedata.is_normalized("NFC", unified):
        return Aligned(unified)
    return _aligned(unified, lambda part: unicodedata.normalize("NFC", part))


def folded(text: str) -> Aligned:
    """Return a text in NFKC without invisible characters and case."""
    return _aligned(text, _folded)


def _folded(text: str) -> str:
    wide = unicodedata.normalize("NFKC", text).casefold()
    return unicodedata.normalize("NFKC", _INVISIBLE.sub("", wide))


def _aligned(text: str, normal: Callable[[str], str]) -> Aligned:
    kept: Iterable[int] = range(len(text))
    bare = _INVISIBLE.sub("", text)
    if len(bare) < len(text):
        dropped = {found.start() for found in _INVISIBLE.finditer(text)}
        kept = [place for place in kept if place not in dropped]
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    places = list(kept)
    for first, last in _stretches(bare, normal):
        piece = normal(bare[first:last])
        pieces.append(piece)
        if last - first == len(piece):
            starts += places[first:last]
            ends += (place + 1 for place in places[first:last])
        else:
            starts += [places[first]] * len(piece)
            ends += [places[last - 1] + 1] * len(piece)
    return Aligned("".join(pieces), (starts, ends))


def _stretches(text: str, normal: Callable[[str], str]) -> Iterator[tuple[int, int]]:
    """Cut a text where its parts can be normalised on their own: long where nothing changes."""
    here = 0
    for found in chain(_JOINING.finditer(text), (None,)):
        until = found.start() if found else len(text)
        if text[here:until] == normal(text[here:until]):
            yield here, until
        else:
            yield from ((place, place + 1) for place in range(here, until))
        if found:
            yield found.span()
            here = found.end()


# A character with all that may become one with it: marks, the vowels and final consonants of
# Hangul, the half-width sound marks of kana. Half-width Hangul letters become one under NFKC.
_JOINS = f"{MARKS}\u1160-\u11ff\uff9e\uff9f"
_JOINING = re.compile(f"[^{_JOINS}]?[{_JOINS}]+|[\uffa1-\uffdc]+", re.DOTALL)
