"""Reduces words to what their forms have in common, to compare whole texts rather than words.

Cruder than the rules by which keywords are matched, and much faster: a wrong stem costs a text one
word of many. Words in German come with the parts of compounds: Eröffnungsfeier is about a Feier.
"""

from functools import lru_cache
from importlib import resources
from itertools import pairwise
from threading import local

import Stemmer

from bot.text.fold import fold
from bot.text.german.lexicon import german
from bot.text.german.splitting import boundaries
from bot.text.german.word import Word
from bot.text.other.stemming import Stems

_GERMAN = "de"
_SHORTEST_PART = 4
_SHORTEST_COMPOUND = 7
_LONGEST = 40
_RARE_MODIFIER = 11.0  # names of towns are seldom, if ever, the first part of a compound
_of_thread = local()


def stem(folded: str, language: str) -> str:
    """Return the stem of a folded word: "basketballern" gives "basketball".

    Args:
        folded: one word.
        language: a code as `bot.text.languages.code_of` gives it; words of a language without a
            stemmer stay whole.
    """
    if language != _GERMAN:
        return _stems(language).of(folded)
    if not hasattr(_of_thread, "german"):
        _of_thread.german = Stemmer.Stemmer("german")
    return str(_of_thread.german.stemWord(folded))


def parts(word: str, language: str) -> tuple[str, ...]:
    """Return the parts of a German compound, folded; none for any other word.

    "Eröffnungsfeier": ("eroeffnungs", "feier"). Parts of fewer than four letters are left out.
    """
    if language != _GERMAN or not _SHORTEST_COMPOUND <= len(word) <= _LONGEST:
        return ()
    read = Word.read(word)
    cuts = boundaries(read)
    if len(cuts) <= 2:
        return ()
    found = (read.folded[start:end] for start, end in pairwise(cuts))
    return tuple(part for part in found if len(part) >= _SHORTEST_PART)


def may_be_a_name(folded: str, language: str) -> bool:
    """Return whether a German word may name a town or a person: no compound ends with it.

    Of other languages nothing is known: any word may.
    """
    if language != _GERMAN:
        return True
    costs = german().costs(folded)
    return not costs.head and not 0 < costs.modifier < _RARE_MODIFIER


def is_unknown(folded: str, language: str) -> bool:
    """Return whether the German dictionary lacks a word: of those in the news, most are names."""
    return language == _GERMAN and not german().kinds(folded)


@lru_cache(maxsize=64)
def frequent(language: str) -> frozenset[str]:
    """Return the most frequent words of a language, folded: they say nothing about a text."""
    table = resources.files("bot.text.data").joinpath("languages.tsv").read_text(encoding="utf-8")
    for line in table.splitlines():
        code, _, rest = line.partition("\t")
        if code == language:
            return frozenset(map(fold, rest.partition("\t")[2].split()))
    return frozenset()


@lru_cache(maxsize=64)
def _stems(language: str) -> Stems:
    return Stems(language)
