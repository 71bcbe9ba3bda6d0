"""Folds one token, so that spellings of the same word compare equal."""

import re
import unicodedata
from functools import lru_cache

INVISIBLE = "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
"""Soft hyphen, zero-width and bidirectional marks, as the inside of a regex character class."""

DASHES = "\\-\u2010-\u2015\u2212\ufe58\ufe63\uff0d"
"""Hyphens, dashes and the minus sign, as the inside of a regex character class."""

_CACHED_LENGTH = 64  # longer tokens are rare, and a cache must not be a way to fill the memory

_INVISIBLE = re.compile(f"[{INVISIBLE}]")
_DASH = re.compile(f"[{DASHES}]")
_SINGLE_QUOTE = re.compile("[\u2018-\u201b\u02bc\u2032\u00b4`]")
_DOUBLE_QUOTE = re.compile("[\u201c-\u201f\u2033\u00ab\u00bb]")
_ACCENTED = re.compile("(.)([\u0300-\u036f]+)", re.DOTALL)
_GENDER_MARK = re.compile("[:*_](?=in)")
_DIAERESIS = "\u0308"


def fold(token: str) -> str:
    """Return the form in which a token is compared.

    Compatibility forms are made ordinary (NFKC), invisible characters dropped, dashes and quotes
    unified, case folded, ß becomes ss, ä ö ü become ae oe ue (also when written as letter and
    mark), other accents go. Never ä to a: "schon" is not "schön". The mark in Soldat:innen goes.

    Args:
        token: One word as written.

    Returns:
        The folded word; empty if the token was nothing but invisible characters.
    """
    return _fold_cached(token) if len(token) <= _CACHED_LENGTH else _fold(token)


def plain(token: str) -> str:
    """Return a token as it looks: NFC without invisible characters, case and accents kept."""
    if token.isascii():
        return token
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", token))


def _fold(token: str) -> str:
    if token.isascii():
        return _GENDER_MARK.sub("", token.lower())
    text = _INVISIBLE.sub("", unicodedata.normalize("NFKC", token))
    text = _SINGLE_QUOTE.sub("'", _DOUBLE_QUOTE.sub('"', _DASH.sub("-", text)))
    text = _ACCENTED.sub(_without_accent, unicodedata.normalize("NFD", text.casefold()))
    return _GENDER_MARK.sub("", unicodedata.normalize("NFKC", text))


_fold_cached = lru_cache(maxsize=16384)(_fold)


def _without_accent(found: re.Match[str]) -> str:
    letter, marks = found.groups()
    umlaut = letter in "aou" and _DIAERESIS in marks
    return f"{letter}e" if umlaut else str(letter)
