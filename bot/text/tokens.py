"""Cuts text into words that know their place in it."""

import re
import sys
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from bot.text.fold import DASHES, INVISIBLE


class Token(NamedTuple):
    """One word (a named tuple: they are made by the hundred for every article).

    `start` and `end` are code-point offsets into the text as given, `end` exclusive, and `text`
    is what stands there. A hyphenated word has its words as `parts`; a gender form (Soldat:innen)
    has the one part "Soldat"; any other word has none.
    """

    start: int
    end: int
    text: str
    parts: "tuple[Token, ...]" = ()

    @property
    def is_hyphenated(self) -> bool:
        """Whether this is several words joined by hyphens."""
        return len(self.parts) > 1


def _ranges_of_marks() -> str:
    """Return all combining marks as the inside of a character class: `re` has no name for them."""
    marks = [n for n in range(0x300, sys.maxunicode >> 3) if unicodedata.category(chr(n))[0] == "M"]
    runs: list[list[int]] = []
    for mark in marks:
        if runs and mark == runs[-1][1] + 1:
            runs[-1][1] = mark
        else:
            runs.append([mark, mark])
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in runs)


MARKS = _ranges_of_marks()
"""All combining marks, as the inside of a regex character class."""

# Possessive quantifiers (++, *+) never give back what they took: the time stays linear.
_LETTERS = rf"[^\W_]++(?:[{MARKS}]++[^\W_]*+)*+"
_RUN = rf"{_LETTERS}(?:[{INVISIBLE}&]*+{_LETTERS})*+"
_GENDER = r"[:*_]in(?:nen)?[^\W_]*+"
_GENITIVE = rf"['\u2019]s(?![^\W_{MARKS}])"
_WORD = rf"{_RUN}(?:{_GENDER}|{_GENITIVE})?+"
_JOINT = rf"[{INVISIBLE}]*+[{DASHES}'\u2019][{INVISIBLE}]*+"
_MOST_PARTS = 10  # a longer chain is an address or a machine's name: it is cut into several tokens

_TOKEN = re.compile(rf"{_WORD}(?:{_JOINT}{_WORD}){{0,{_MOST_PARTS - 1}}}+")
_PART = re.compile(_WORD)
_GENDER_MARK = re.compile("[:*_]")


def tokenise(text: str) -> list[Token]:
    """Return the words of a text, in order, in time linear in its length.

    Letters, digits, combining marks, and soft hyphens or zero-width characters between them,
    belong to a word; so does `&` between letters (H&M) and a final 's.
    """
    return [_token(found.start(), found.group()) for found in _TOKEN.finditer(text)]


def as_token(word: str) -> Token | None:
    """Return the text of one token as a token at 0; None if it is not exactly that."""
    found = _TOKEN.fullmatch(word)
    return _token(0, word) if found else None


def words(tokens: list[Token]) -> list[Token]:
    """Return the single words in order: hyphenated tokens are replaced by their parts."""
    return [word for token in tokens for word in (token.parts if token.is_hyphenated else (token,))]


def _token(start: int, text: str) -> Token:
    if text.isalnum():
        return Token(start, start + len(text), text)
    parts = tuple(_parts(start, text))
    return parts[0] if len(parts) == 1 else Token(start, start + len(text), text, parts)


def _parts(start: int, text: str) -> Iterator[Token]:
    for found in _PART.finditer(text):
        begin, part = start + found.start(), found.group()
        mark = _GENDER_MARK.search(part)
        if mark:
            stem = Token(begin, begin + mark.start(), part[: mark.start()])
            yield Token(begin, begin + len(part), part, (stem,))
        else:
            yield Token(begin, begin + len(part), part)
