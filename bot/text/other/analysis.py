"""What is known of a word: its folded form, its base forms, its stem, and whether it is a name."""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from bot.text.fold import fold, plain
from bot.text.other.lemmas import Lemmas
from bot.text.other.stemming import Stems

_POSSESSIVE = re.compile(r"(?:['\u2019\u02bc]s|(?<=s)['\u2019\u02bc])$", re.IGNORECASE)
_NAMES_DECLINE = frozenset({
    "be", "bg", "bs", "cs", "el", "et", "fi", "hr", "hu", "hy", "is", "ka", "la", "lt", "lv", "mk",
    "pl", "ru", "sh", "sk", "sl", "sr", "tr", "uk",
})  # fmt: skip
_TURKISH = str.maketrans({"I": "ı", "İ": "i"})
_REMEMBERED = 8192


class Analysis(NamedTuple):
    """A word. All but `shown` is folded."""

    shown: str
    """As written, without a possessive 's."""
    folded: str
    lemmas: frozenset[str]
    """Base forms in the dictionary; none: it does not know the word."""
    stem: str
    is_name: bool
    """Whether it is written with a capital, and the dictionary knows it in no other way."""
    is_capital: bool
    only_small: bool
    """Whether it may be a name that looks like a word: it is written with a capital, the
    dictionary knows it only without, and the language declines names."""

    @property
    def bases(self) -> frozenset[str]:
        """Base forms, and the word itself, which may be one."""
        return self.lemmas | {self.folded}

    @property
    def keys(self) -> frozenset[str]:
        """All that forms of one word may have in common."""
        return self.bases | {self.stem}


Analyse = Callable[[str], Analysis]


def analyser(language: str) -> Analyse:
    """Return a function that analyses a word as written; it remembers words of late."""
    lemmas, stems = Lemmas(language), Stems(language)
    is_turkic, declines = language in {"tr", "az"}, language in _NAMES_DECLINE

    def analyse(word: str) -> Analysis:
        shown = _POSSESSIVE.sub("", plain(word))
        small = (shown.translate(_TURKISH) if is_turkic else shown).lower()
        is_capital = not shown[:1].islower()
        in_small, in_capitals = lemmas.of(small), lemmas.of(small.capitalize())
        if is_capital and in_capitals and in_small != small:
            in_small = None  # Київ is the city, not a form of кий
        # A word in small letters is a name only where the dictionary has nothing else.
        found = {in_small, in_capitals} if is_capital else {in_small or in_capitals}
        return Analysis(
            shown=shown,
            folded=fold(shown),
            lemmas=frozenset(fold(each) for each in found if each),
            stem=fold(stems.of(small)),
            is_name=is_capital and not (in_small and in_small[:1].islower()),
            is_capital=is_capital,
            only_small=declines and is_capital and bool(in_small) and not in_capitals,
        )

    return lru_cache(maxsize=_REMEMBERED)(analyse)


def is_form(keyword: Analysis, word: Analysis) -> bool:
    """Return whether a word is a keyword or a form of it.

    A base form in common decides. A stem in common counts only where the dictionary does not know
    that they are two words: "university" and "universe" have one, as have "author" and
    "authority". Of a plural in -s the dictionary often says so wrongly ("juges"). Names are known
    worse: "Путина" is one although "путина" is a word.
    """
    if not keyword.bases.isdisjoint(word.bases):
        return True
    if keyword.stem != word.stem:
        return False
    if keyword.is_name:
        return word.only_small or not word.lemmas
    if not (keyword.lemmas and word.lemmas):
        return True
    shorter, longer = sorted((keyword.folded, word.folded), key=len)
    return f"{shorter}s" == longer
