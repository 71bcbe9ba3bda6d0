"""What an article is about, as weighted terms: stems of its words, parts of compounds.

A term is kept as a number of 32 bits (CRC-32 of its text), so that a window of many articles stays
small; of 300,000 terms some ten share theirs with another, which does no harm.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
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
_REMEMBERED = 30_000
_TITLE_COUNTS = 2.0
_PART_COUNTS = 0.6
_NAME_COUNTS = 2.0
_SHORTEST_WORD = 2
_IDEOGRAPH = re.compile("[\u3040-\u30ff\u3400-\u9fff]")

Word = tuple[str, float]
"""A term's text and how much it counts."""


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
    at any time: those of the title, then those that come more than once, then the first ones.

    Args:
        title: as written.
        text: as written; may be empty.
        language: its code.
    """
    counted: Counter[str] = Counter()
    groups: dict[str, list[str]] = {}
    in_title = dict(_read(title, language, groups, counted, _TITLE_COUNTS))
    in_text = dict(_read(text[:READ], language, groups, counted, 1.0))
    order = list(in_title)
    rest = [each for each in in_text if each not in in_title]
    rest.sort(key=lambda each: counted[each] < _TITLE_COUNTS)
    most = MOST if len(text) >= SHORT else MOST_OF_TITLE
    chosen = [*order, *rest][:most]
    return Terms(
        tuple(map(number, chosen)),
        tuple(counted[each] for each in chosen),
        {number(each): tuple(groups[each]) for each in chosen},
    )


def number(term: str) -> int:
    """Return the number of a term."""
    return crc32(term.encode("utf-8", "surrogatepass"))


def _read(
    text: str, language: str, groups: dict[str, list[str]], counted: Counter[str], weight: float
) -> Iterator[tuple[str, None]]:
    for chunk in text.split():
        read = _remembered if len(chunk) <= _LONGEST_CHUNK else _of_chunk
        for whole, found in read(chunk, language):
            for term, counts in found:
                counted[term] += weight * counts  # type: ignore[assignment]
                known = groups.setdefault(term, [])
                if whole not in known:
                    known.append(whole)
                yield term, None


def _of_chunk(chunk: str, language: str) -> tuple[tuple[str, tuple[Word, ...]], ...]:
    """Return the words of what stands between two spaces, each with its terms."""
    return tuple(
        (found[0][0], tuple(found))
        for token in words(tokenise(chunk))
        if (found := list(_of_word(token.text, language)))
    )


_remembered = lru_cache(maxsize=_REMEMBERED)(_of_chunk)


def _of_word(word: str, language: str) -> Iterable[Word]:
    folded = fold(word)
    if len(folded) < _SHORTEST_WORD or folded in EMPTY or folded in frequent(language):
        return
    if _IDEOGRAPH.search(folded):
        yield from ((folded[at : at + 2], 1.0) for at in range(len(folded) - 1))
        return
    whole = stem(folded, language)
    inner = parts(unicodedata.normalize("NFC", word), language)
    is_name = not inner and not word[:1].islower() and is_unknown(folded, language)
    yield whole, _NAME_COUNTS if is_name else 1.0
    for part in inner:
        if (stemmed := stem(part, language)) != whole and part not in EMPTY:
            yield stemmed, _PART_COUNTS
