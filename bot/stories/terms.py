"""What an article is about, as weighted terms: stems of its words, parts of compounds.

A term is kept as a number of 32 bits (CRC-32 of its text), so that a window of many articles stays
small; of 300,000 terms some ten share theirs with another, which does no harm.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple
from zlib import crc32

from bot.stories.stopwords import EMPTY
from bot.text.fold import fold
from bot.text.stems import frequent, is_unknown, parts, stem
from bot.text.tokens import tokenise, words

READ = 3_000
"""Code points of a text that count: news says what matters first."""

MOST, MOST_OF_TITLE = 80, 24
"""Terms that are kept of an article with a text, and of one that is a title with a teaser."""

SHORT = 400
"""A text of fewer code points is a teaser."""

_LONGEST_CHUNK = 60
_REMEMBERED, _MEMORIES = 15_000, 6
_TITLE_COUNTS = 2.0
_PART_COUNTS = 0.6
_NAME_COUNTS = 2.0
_SHORTEST_WORD = 2
_IDEOGRAPH = re.compile("[\u3040-\u30ff\u3400-\u9fff]")

Word = tuple[int, float, str]
"""A term, how much it counts, and the stem of the word that it is of."""

Inside = Callable[[str, str], Sequence[str]]
"""Given a word and its language, the words that it is made of."""


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of one article, the most important first."""

    numbers: tuple[int, ...]
    counts: tuple[float, ...]
    """How often each is there, the title counting twice, parts of compounds less than words."""
    words: dict[int, tuple[str, ...]]
    """For each term the words, as stems, that it is of."""


def terms(title: str, text: str, language: str) -> Terms:
    """Return the terms of an article.

    Chosen without regard to what other articles say, so that the same article has the same terms
    at any time: those of the title, then those that come more than once, then the first ones. Of
    a whole text, compounds are not taken apart: it says the same in other words as well.

    Args:
        title: as written.
        text: as written; may be empty.
        language: its code.
    """
    is_long = len(text) >= SHORT
    found = _Found({}, {})
    found.read(title, language, _TITLE_COUNTS, parts)
    of_title = len(found.counts)
    found.read(text[:READ], language, 1.0, _whole if is_long else parts)
    order = list(found.counts)
    rest = sorted(order[of_title:], key=lambda each: found.counts[each] < _TITLE_COUNTS)
    chosen = [*order[:of_title], *rest][: MOST if is_long else MOST_OF_TITLE]
    return Terms(
        tuple(chosen),
        tuple(found.counts[each] for each in chosen),
        {each: tuple(found.words[each]) for each in chosen},
    )


def number(term: str) -> int:
    """Return the number of a term."""
    return crc32(term.encode("utf-8", "surrogatepass"))


class _Found(NamedTuple):
    """Terms while a text is read: how often they come, and of which words they are."""

    counts: dict[int, float]
    words: dict[int, list[str]]

    def read(self, text: str, language: str, weight: float, inside: Inside) -> None:
        """Add the terms of a text, each counting with a weight, and of what is inside words."""
        counts, all_words = self.counts, self.words
        # Most chunks are of frequent words, which have no terms.
        for found in filter(None, map(_chunks(language, inside).__getitem__, text.split())):
            for term, count, whole in found:
                if term not in counts:
                    counts[term] = weight * count
                    all_words[term] = [whole]
                    continue
                counts[term] += weight * count
                if whole not in all_words[term]:
                    all_words[term].append(whole)


def _whole(_word: str, _language: str) -> tuple[str, ...]:
    """Take no word apart."""
    return ()


class _Chunks(dict[str, tuple[Word, ...]]):
    """The terms of what stands between two spaces, remembered; one of titles, one of texts."""

    def __init__(self, language: str, inside: Inside) -> None:
        self._language, self._inside = language, inside

    def __missing__(self, chunk: str) -> tuple[Word, ...]:
        found = _of_chunk(chunk, self._language, self._inside)
        if len(chunk) <= _LONGEST_CHUNK:
            if len(self) >= _REMEMBERED:
                self.clear()
            self[chunk] = found
        return found


_chunks = lru_cache(maxsize=_MEMORIES)(_Chunks)


def _of_chunk(chunk: str, language: str, inside: Inside) -> tuple[Word, ...]:
    """Return the terms of what stands between two spaces."""
    return tuple(
        each for token in words(tokenise(chunk)) for each in _of_word(token.text, language, inside)
    )


def _of_word(word: str, language: str, inside: Inside) -> Iterator[Word]:
    folded = fold(word)
    if len(folded) < _SHORTEST_WORD or folded in EMPTY or folded in frequent(language):
        return
    if _IDEOGRAPH.search(folded):
        for at in range(len(folded) - 1):
            yield number(folded[at : at + 2]), 1.0, folded[at : at + 2]
        return
    whole = stem(folded, language)
    inner = inside(unicodedata.normalize("NFC", word), language)
    is_name = not inner and not word[:1].islower() and is_unknown(folded, language)
    yield number(whole), _NAME_COUNTS if is_name else 1.0, whole
    for part in inner:
        if (stemmed := stem(part, language)) != whole and part not in EMPTY:
            yield number(stemmed), _PART_COUNTS, whole
