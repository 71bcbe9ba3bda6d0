"""Tells the language of an article by its script, its letters and its most frequent words.

A table in `data/` of some 90 words for each of 40 languages does what models of 40 to 115 MB do:
function words are a third of any article, and the language that has most of them is its language.
Where they do not tell, nothing is guessed: the feed or the page may say, and a wrong language costs
more than none.
"""

import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib import resources
from typing import NamedTuple

from bot.text.fold import INVISIBLE

LONG_ENOUGH = 40
"""Letters of a text in the Latin script from which on its language is told. Of headlines, half are
shorter or have too few words that tell; of those told, two in a thousand are told wrongly."""

_SAMPLE = 1000  # code points, twice: articles begin with notices in other languages
_MARGIN = 5.0  # natural logarithm of the odds against the second best language
_DENSITY = 0.35  # of a language's own words in its text, by weight: below it is some other language

# A word is as frequent as its rank says (Zipf's law); any other word of a text has this share.
_FIRST, _ANY = 0.06, 1e-4
_FOREIGN_LETTER = 2.0  # against a language, for each word with a letter that it does not have

_WORD = re.compile(r"[^\W\d_]+(?:[\u0300-\u036f]+[^\W\d_]*)*")
_SPECIAL = re.compile(r"[^\x00-\x7f]")
_INVISIBLE = re.compile(f"[{INVISIBLE}]")

# Scripts by the ranges of their letters. One that is written in several languages has no code.
_SHARED = "latin", "cyrillic", "arabic"
_SCRIPTS = {
    "latin": "a-z\u00aa\u00ba\u00df-\u024f\u1e00-\u1eff",
    "cyrillic": "\u0400-\u052f",
    "arabic": "\u0600-\u06ff\u0750-\u077f",
    "ja": "\u3041-\u30ff\u31f0-\u31ff\uff66-\uff9f",
    "zh": "\u3400-\u4dbf\u4e00-\u9fff",
    "ko": "\u1100-\u11ff\uac00-\ud7af",
    "el": "\u0370-\u03ff\u1f00-\u1fff",
    "he": "\u0590-\u05ff",
    "hy": "\u0530-\u058f",
    "ka": "\u10a0-\u10ff",
    "hi": "\u0900-\u097f",
    "bn": "\u0980-\u09ff",
    "ta": "\u0b80-\u0bff",
    "te": "\u0c00-\u0c7f",
    "th": "\u0e00-\u0e7f",
    "am": "\u1200-\u137f",
    "km": "\u1780-\u17ff",
}
_LETTERS = {name: re.compile(f"[{ranges}]+") for name, ranges in _SCRIPTS.items()}
_KANA = 0.1  # of the letters of a Japanese text; Chinese has none
_DENSE = {"zh": 3, "ja": 2, "ko": 2}  # so many letters of an alphabet say as much as one of these
_SHORTEST = 2  # letters of a script that tell its language


class _Table(NamedTuple):
    words: Mapping[str, Mapping[str, tuple[tuple[str, float], ...]]]
    """By script and word: the languages it speaks for, and how much."""
    letters: Mapping[str, Mapping[str, frozenset[str]]]
    """By script and letter: the languages that have it."""
    languages: Mapping[str, frozenset[str]]
    """By script: those that are written in it."""


def detect(text: str) -> str | None:
    """Return the language of a text, or None if that is not certain.

    Args:
        text: An article; of a long one, 1,000 code points at its beginning and 1,000 in the middle
            count, so the time does not grow with it.

    Returns:
        An ISO 639-1 code: German "de", Norwegian "nb", Serbian, Croatian and Bosnian in Latin
        letters "hr". None for a text of fewer than 40 letters in the Latin script.
    """
    sample = unicodedata.normalize("NFC", _INVISIBLE.sub("", _sample(text))).lower()
    words = _WORD.findall(sample)
    script, size = _script(sample, sum(map(len, words)))
    if script not in _SHARED:
        return script if size >= _SHORTEST else None
    if script == "latin" and size < LONG_ENOUGH:
        return None
    return _most_likely(script, words)


def _script(sample: str, letters: int) -> tuple[str, int]:
    """Return the script of a text with so many letters in all, and how many of them are its."""
    latin = _size("latin", sample)
    if latin > max(_DENSE.values()) * (letters - latin):
        return "latin", latin  # whatever script the others are of
    sizes = {name: _size(name, sample) for name in _LETTERS}
    script = max(sizes, key=lambda name: sizes[name] * _DENSE.get(name, 1))
    if script == "zh" and sizes["ja"] > _KANA * (sizes["zh"] + sizes["ja"]):
        return "ja", sizes["ja"] + sizes["zh"]
    return script, sizes[script]


def _size(script: str, sample: str) -> int:
    return sum(map(len, _LETTERS[script].findall(sample)))


def _sample(text: str) -> str:
    if len(text) <= 2 * _SAMPLE:
        return text
    middle = len(text) // 2
    return f"{text[:_SAMPLE]} {text[middle : middle + _SAMPLE]}"


def _most_likely(script: str, words: list[str]) -> str | None:
    scores = _scores(script, words)
    (best, most), (_, second) = sorted(scores.items(), key=lambda item: -item[1])[:2]
    is_certain = most - second >= _MARGIN and most >= _DENSITY * len(words)
    return best if is_certain else None


def _scores(script: str, words: Sequence[str]) -> Mapping[str, float]:
    table = _table()
    known, letters, languages = table.words[script], table.letters[script], table.languages[script]
    scores = dict.fromkeys(languages, 0.0)
    # Letters of ASCII tell nothing: in the Latin script every language has them.
    special = Counter("".join(_SPECIAL.findall(word)) for word in words if not word.isascii())
    for word in words:
        for language, weight in known.get(word, ()):
            scores[language] += weight
    for together, count in special.items():
        for language in _without(together, languages, letters):
            scores[language] -= _FOREIGN_LETTER * count
    return scores


def _without(
    word: str, languages: frozenset[str], letters: Mapping[str, frozenset[str]]
) -> frozenset[str]:
    """Return the languages that lack a letter of a word; none if no language has all of them."""
    having = languages
    for letter in word:
        having &= letters.get(letter, languages)
    return languages - having if having else frozenset()


@lru_cache(maxsize=1)
def _table() -> _Table:
    text = resources.files("bot.text.data").joinpath("languages.tsv").read_text(encoding="utf-8")
    words: dict[str, dict[str, list[tuple[str, float]]]] = {s: defaultdict(list) for s in _SHARED}
    letters: dict[str, dict[str, set[str]]] = {s: defaultdict(set) for s in _SHARED}
    for line in text.splitlines():
        if line.startswith("#"):
            continue
        language, alphabet, frequent = line.split("\t")
        script = next(s for s in _SHARED if _LETTERS[s].match(frequent))
        for letter in {*alphabet, *("abcdefghijklmnopqrstuvwxyz" if script == "latin" else "")}:
            letters[script][letter].add(language)
        for rank, word in enumerate(frequent.split()):
            words[script][word].append((language, math.log(_FIRST / (rank + 1) / _ANY)))
    return _Table(
        {s: {word: tuple(speaks) for word, speaks in each.items()} for s, each in words.items()},
        {
            s: {letter: frozenset(having) for letter, having in each.items()}
            for s, each in letters.items()
        },
        {s: frozenset().union(*each.values()) for s, each in letters.items()},
    )
