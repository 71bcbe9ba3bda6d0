"""When a word counts for a keyword: `bot.text.rules.Rules` for every language but German.

Of 308 forms of 122 keywords in 13 languages, and of 162 words that only look like them, fold
equality finds 17 forms and hits 5 others; Snowball 218 and 23; the dictionary 262 and 6; either of
the two 279 and 24; the dictionary, and Snowball where it does not know one of the words, 274 and 8.
So the last is done here. With the table of states for adjectives and inhabitants, and with capitals
for names and abbreviations, it is 305 and 1. The rules were made on those; of keywords written down
afterwards, 106 of 113 forms were found, and 2 of 67 other words hit.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from bot.text import states
from bot.text.fold import DASHES, fold, plain
from bot.text.other import places
from bot.text.other.analysis import Analysis, analyser, is_form

ITSELF, INFLECTED = "the word", "inflected form of"

_LONGEST_WORD = 80
_LONGEST_ABBREVIATION = 5
_REMEMBERED = 4096
_ALWAYS_CAPITALS = 3  # letters: WHO is not Who, but NATO is Nato, and neither is nato
_DASH = re.compile(f"[{DASHES}/]")
_APOSTROPHE = re.compile("['\u2019\u02bc]")


class _Keyword(NamedTuple):
    """A keyword, prepared."""

    folded: str
    parts: tuple[Analysis, ...]
    """The words of a hyphenated keyword, else one."""
    is_abbreviation: bool
    place: states.Forms | None
    names: tuple[Analysis, ...]
    """What else the place is called."""
    others: states.Others
    """Of a place: what is another."""


class StemRules:
    """Inflection by dictionary and stemmer; places and their people; parts of hyphenated words."""

    def __init__(self, language: str) -> None:
        """Take a language by its ISO 639-1 code.

        One that neither simplemma nor Snowball knows has equality of folded words only. The
        dictionary is loaded when the first word is asked about.
        """
        self._language = language
        self._analyse = analyser(language)
        self._prepared = lru_cache(maxsize=_REMEMBERED)(self._prepare)

    def keys(self, keyword: str) -> Iterable[str]:
        """Return folded and base forms and stems: of its first part, of its place's names."""
        if len(keyword) > _LONGEST_WORD:
            return {fold(keyword)}
        prepared = self._prepared(keyword)
        found = {prepared.folded, *places.last_words(prepared.folded, self._language)}
        for word in (*prepared.parts[:1], *prepared.names):
            found |= word.keys
        if prepared.place:
            found.update(prepared.place.adjectives)
            found.update(map(fold, prepared.place.abbreviations))
        return found

    def probes(self, word: str) -> Iterable[str]:
        """Return folded and base forms and stems of the word and its parts."""
        if len(word) > _LONGEST_WORD:
            return ()
        found: set[str] = set()
        for piece in {word, *(piece for part in _parts(word) for piece in _pieces(part))}:
            analysis = self._analyse(piece)
            found |= analysis.keys
            found.update(places.without_endings(analysis.folded, self._language))
        return found

    def relation(self, keyword: str, word: str) -> str | None:
        """Return why a word, or a part of a hyphenated one, counts for a keyword."""
        if max(len(word), len(keyword)) > _LONGEST_WORD:
            return ITSELF if fold(keyword) == fold(word) else None
        prepared, parts = self._prepared(keyword), _parts(word)
        if places.is_named(prepared.others.phrases, [fold(part) for part in parts]):
            return None
        if len(parts) > 1 and (why := self._why(prepared, [word])):
            return why
        count = len(prepared.parts)
        for start in range(len(parts) - count + 1):
            if why := self._why(prepared, parts[start : start + count]):
                is_part = count < len(parts) and why in {ITSELF, INFLECTED}
                return _where(start, start + count, len(parts)) if is_part else why
        return None

    def inflection(self, keyword: str, word: str) -> bool:
        """Return whether a word is the keyword in some form; "Korean" is one of "Korea".

        That is for "North Korean troops": a state of several words has its adjective at the last.
        """
        if max(len(word), len(keyword)) > _LONGEST_WORD:
            return fold(keyword) == fold(word)
        prepared = self._prepared(keyword)
        if self._is_form(prepared, _parts(word)):
            return True
        last = self._analyse(word).folded
        return places.turns_into(prepared.folded, last, self._language)

    def _prepare(self, keyword: str) -> _Keyword:
        folded, shown = fold(keyword), plain(keyword)
        place = states.forms(folded, self._language)
        return _Keyword(
            folded=folded,
            parts=tuple(map(self._analyse, _parts(keyword))),
            is_abbreviation=shown.isupper() and 1 < len(shown) <= _LONGEST_ABBREVIATION,
            place=place,
            names=tuple(self._analyse(name.capitalize()) for name in place.names) if place else (),
            others=states.others(folded, self._language),
        )

    def _why(self, prepared: _Keyword, words: Sequence[str]) -> str | None:
        """Return why words in a row, as many as the keyword has, count for it."""
        if self._is_form(prepared, words):
            as_it_is = all(
                any(self._analyse(piece).folded == part.folded for piece in _pieces(word))
                for part, word in zip(prepared.parts, words, strict=True)
            )
            return ITSELF if as_it_is else INFLECTED
        if prepared.place is None or len(words) > 1:
            return None
        for word in map(self._analyse, _pieces(words[0])):
            if word.shown in prepared.place.abbreviations:
                return places.NAME
            if any(is_form(name, word) for name in prepared.names):
                return None if self._is_other(prepared, word) else places.NAME
            if places.is_adjective(prepared.place.adjectives, word.folded, self._language):
                return places.ADJECTIVE
        return None

    def _is_form(self, prepared: _Keyword, words: Sequence[str]) -> bool:
        return len(words) == len(prepared.parts) and all(
            any(self._is_form_of(prepared, part, self._analyse(piece)) for piece in _pieces(word))
            for part, word in zip(prepared.parts, words, strict=True)
        )

    def _is_form_of(self, prepared: _Keyword, part: Analysis, word: Analysis) -> bool:
        if prepared.is_abbreviation:
            return _is_abbreviation(part.shown, word.shown)
        return is_form(part, word) and not self._is_other(prepared, word)

    def _is_other(self, prepared: _Keyword, word: Analysis) -> bool:
        return places.is_word(prepared.others.words, word.folded, prepared.folded)


def _parts(word: str) -> list[str]:
    """Return what hyphens divide; a word of nothing else is itself."""
    return [part for part in _DASH.split(plain(word)) if part] or [word]


def _pieces(part: str) -> list[str]:
    """Return a word and what apostrophes divide in it: l'Ukraine, Türkiye'de."""
    pieces = [piece for piece in _APOSTROPHE.split(part) if piece]
    return [part, *pieces] if len(pieces) > 1 else [part]


def _is_abbreviation(keyword: str, word: str) -> bool:
    """Return whether a word is this abbreviation, and not a word of the same letters."""
    for form in (word, word.removesuffix("s")):
        if fold(form) == fold(keyword):
            return form.isupper() or (len(form) > _ALWAYS_CAPITALS and not form.islower())
    return False


def _where(start: int, end: int, length: int) -> str:
    if start == 0:
        return "begins with"
    return "ends with" if end == length else "contains"
