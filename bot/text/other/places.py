"""States and regions outside German: which words and phrases stand for a place."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

from bot.text import states

_COMMON_LETTERS = 3  # Korea and Korean, but not Arabia and Emirates

_NO_ENDING = frozenset({""})

ADJECTIVE, NAME = "adjective or inhabitant of", "another name of"


def is_adjective(stems: Iterable[str], word: str, language: str) -> bool:
    """Return whether a folded word is one of these adjectives or inhabitants with an ending."""
    endings = states.ENDINGS.get(language, _NO_ENDING)
    return any(word.startswith(stem) and word[len(stem) :] in endings for stem in stems)


def without_endings(word: str, language: str) -> Iterator[str]:
    """Yield what of a folded word may stand in the table as an adjective or inhabitant."""
    for ending in states.ENDINGS.get(language, ()):
        if ending and len(word) > len(ending) and word.endswith(ending):
            yield word.removesuffix(ending)


def is_word(others: Iterable[str], word: str, keyword: str) -> bool:
    """Return whether a folded word is one of other places, in any form: Nigeria is not Niger."""
    return any(
        word == other or (len(other) > len(keyword) and word.startswith(other[:-1]))
        for other in others
    )


def is_named(phrases: Iterable[states.Words], parts: Sequence[str]) -> bool:
    """Return whether one of the phrases is in a hyphenated word: Guinea-Bissau is not Guinea."""
    text = f" {' '.join(parts)} "
    return len(parts) > 1 and any(f" {' '.join(phrase)} " in text for phrase in phrases)


def turns_into(name: str, word: str, language: str) -> bool:
    """Return whether phrases for a place differ in these last words only: North Korea, Korean.

    Args:
        name: The last word of the one, folded.
        word: The last word of the other, folded, perhaps with an ending.
        language: Of both.
    """
    return is_adjective(last_words(name, language), word, language)


def last_words(name: str, language: str) -> frozenset[str]:
    """Return the last words of other phrases for places whose name has this last word."""
    return _last_words(language).get(name, frozenset())


@cache
def _last_words(language: str) -> Mapping[str, frozenset[str]]:
    if language not in states.LANGUAGES:
        return {}
    found: dict[str, set[str]] = defaultdict(set)
    for state in states.all_states():
        phrases = state.languages[language].phrases
        for one in phrases:
            found[one[-1]].update(
                other[-1]
                for other in phrases
                if one[:-1] == other[:-1]
                and one[-1][:_COMMON_LETTERS] == other[-1][:_COMMON_LETTERS]
            )
    return {name: frozenset(others - {name}) for name, others in found.items()}
