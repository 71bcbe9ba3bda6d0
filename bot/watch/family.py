"""Finds the keywords to whose family a word belongs, at a cost that hardly grows with them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from bot.text.fold import fold
from bot.text.forms import compound_rule, is_form, region_stems, stems
from bot.text.tokens import Token
from bot.watch.memory import Memory

Rules = Mapping[str, str]
"""Keyword as written -> why a word counts for it, in English words."""

_COMPOUND_LETTERS = 5  # shorter keywords stand inside too many other words (Gas in Gasse)
_INFLECTED_LETTERS = 3  # Ei is not in ein
_ADJECTIVE_LETTERS = 7  # an adjective inside another word: prorussisch, but not empirisch (irisch)
_LONGEST_WORD = 100
_NONE: Rules = {}
_NOT_ONLY_NOUNS = frozenset({"adjective of", "begins with"})


class Families:
    """The families of a set of keywords. Fills a memory of words seen; not for several threads."""

    def __init__(self, keywords: Iterable[str]) -> None:
        self._by_key: dict[str, list[str]] = defaultdict(list)
        self._by_stem: dict[str, list[tuple[str, str]]] = defaultdict(list)
        self._by_region: dict[str, list[str]] = defaultdict(list)
        self._by_beginning: dict[str, list[tuple[str, str]]] = defaultdict(list)
        self._remembered = Memory(self._find)
        for keyword in dict.fromkeys(keywords):
            key = fold(keyword)
            for spelling in dict.fromkeys((key, key.replace("-", ""))):
                self._add(keyword, spelling)

    def of(self, token: Token) -> Rules:
        """Return the keywords that a token counts for, each with the reason."""
        return self._remembered(token)

    def _add(self, keyword: str, key: str) -> None:
        self._by_key[key].append(keyword)
        if len(key) >= _INFLECTED_LETTERS:
            for stem in stems(key):
                self._by_stem[stem].append((keyword, key))
            for region in set(region_stems(key)):
                self._by_region[region].append(keyword)
        if len(key) >= _COMPOUND_LETTERS:
            self._add_compound(keyword, key)
            for region in set(region_stems(key)):
                if region.endswith("isch") and len(region) >= _ADJECTIVE_LETTERS:
                    self._add_compound(keyword, region)

    def _add_compound(self, keyword: str, part: str) -> None:
        self._by_beginning[part[:_COMPOUND_LETTERS]].append((part, keyword))

    def _find(self, token: Token) -> Rules:
        if not token.is_hyphenated:
            return self._of_word(token)
        found = {k: why for k, why in self._of_word(token).items() if "-" in fold(k)}
        last = len(token.parts) - 1
        for place, part in enumerate(token.parts):
            for keyword, why in self.of(part).items():
                is_itself = why == _itself(keyword)
                found.setdefault(keyword, _part_rule(keyword, place, last) if is_itself else why)
        return found or _NONE

    def _of_word(self, token: Token) -> Rules:
        word = fold(token.text)
        found = {keyword: _itself(keyword) for keyword in self._by_key.get(word, ())}
        if len(word) <= _LONGEST_WORD:
            for keyword, why in self._related(word, token):
                found.setdefault(keyword, f"{why} {keyword}")
        return found or _NONE

    def _related(self, word: str, token: Token) -> Iterator[tuple[str, str]]:
        """Yield keywords and how they are related: nouns are written with a capital in German."""
        is_noun = not token.text[:1].islower()
        for keyword, why in chain(
            self._inflected(word), self._derived(word), self._compounds(word)
        ):
            if is_noun or why in _NOT_ONLY_NOUNS or not keyword[:1].isupper():
                yield keyword, why
        if token.parts and not token.is_hyphenated:
            for keyword in self.of(token.parts[0]):
                yield keyword, "inflected form of"

    def _inflected(self, word: str) -> Iterator[tuple[str, str]]:
        for stem in stems(word):
            for keyword, key in self._by_stem.get(stem, ()):
                if is_form(key, word):
                    yield keyword, "inflected form of"

    def _derived(self, word: str) -> Iterator[tuple[str, str]]:
        for stem in stems(word):
            for keyword in self._by_region.get(stem, ()):
                yield keyword, "adjective of" if stem.endswith("sch") else "derived from"

    def _compounds(self, word: str) -> Iterator[tuple[str, str]]:
        for at in range(len(word) - _COMPOUND_LETTERS + 1):
            for part, keyword in self._by_beginning.get(word[at : at + _COMPOUND_LETTERS], ()):
                if word.startswith(part, at) and (why := compound_rule(word, part, at)):
                    yield keyword, why if fold(keyword) == part else "adjective of"


def _itself(keyword: str) -> str:
    return f"the word {keyword}"


def _part_rule(keyword: str, place: int, last: int) -> str:
    if place == 0:
        return f"begins with {keyword}"
    return f"ends with {keyword}" if place == last else f"contains {keyword}"
