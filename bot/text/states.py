"""States and regions: other names, adjectives and inhabitants, from one table in `data/`.

The table has a row for every state and territory (with its ISO 3166 code), for former states,
continents, and the regions that news watch as they do states. All words here are folded. A row's
words stand for the same place, so they match each other; a name inside another row's name (Guinea
in Äquatorialguinea, Russland in Weißrussland) is another place, unless the table's column `within`
says otherwise (Nordkorea is a Korea).
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from bot.text.fold import fold

LANGUAGES = ("de", "en", "fr", "ru", "uk")

_ENDINGS_BY_LANGUAGE = {
    "en": "s 's",
    "fr": "e s es ne nes",
    "ru": "ий ого ому им ом ая ой ую ое ие их ими ою ее ей "
    "а у е ы и ов ам ами ах ин ина ину ином ине ка ки ке ку кой кам ок",
    "uk": "ий ого ому им ім а ої ой ій у ою е і их ими "
    "и ів ам ами ах ові ом ем еві ин ина ину ином ка ки ці ку кою кам ок",
}

ENDINGS: Mapping[str, frozenset[str]] = {
    language: frozenset(["", *fold(endings).split()])
    for language, endings in _ENDINGS_BY_LANGUAGE.items()
}
"""What may follow an adjective or inhabitant of the table, folded (й as и), or "" for nothing;
German has rules of its own, `bot.text.german`."""

_SHORTEST_INSIDE = 4  # shorter names stand inside too many words to mean anything there
_LONGEST_ABBREVIATION = 3
_WORD = re.compile(r"\w+")

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Forms:
    """What a place and its people are called in one language.

    Attributes:
        names: Names of one word, that of the table first.
        adjectives: Stems to which endings come; outside German with the inhabitants among them.
        people: German inhabitants, man and woman, singular: "franzose", "franzoesin".
        phrases: Names, adjectives and inhabitants of several words ("north", "korean"). Hyphens
            and apostrophes divide words as spaces do. The last word may take an ending.
        abbreviations: Short names that count in capitals only, not folded: "US" is not "us".
    """

    names: Words = ()
    adjectives: Words = ()
    people: Words = ()
    phrases: tuple[Words, ...] = ()
    abbreviations: Words = ()

    @property
    def words(self) -> frozenset[str]:
        """All that is one word: names, adjectives, inhabitants."""
        return frozenset((*self.names, *self.adjectives, *self.people))


@dataclass(frozen=True, slots=True)
class State:
    """One row: its code ("" for a region), German name as written, forms in each language."""

    code: str
    name: str
    within: frozenset[str]
    languages: Mapping[str, Forms]


@dataclass(frozen=True, slots=True)
class Others:
    """Words and phrases of other places that contain a word of this one by accident."""

    words: frozenset[str]
    phrases: frozenset[Words]


@lru_cache(maxsize=1)
def all_states() -> tuple[State, ...]:
    """Return the rows of the table in their order. The file is read once."""
    text = resources.files("bot.text.data").joinpath("states.tsv").read_text(encoding="utf-8")
    return tuple(_state(line) for line in text.splitlines() if line and not line.startswith("#"))


def of_name(keyword: str, language: str) -> State | None:
    """Return the place that a keyword names, or None.

    Args:
        keyword: A name, folded: "nordkorea", "cote d'ivoire", "us".
        language: The language of the name; one that the table does not have knows no place.
    """
    return _names().get((language, *_WORD.findall(keyword)))


def forms(keyword: str, language: str) -> Forms | None:
    """Return all that the place named by a folded keyword is called, or None if it is no place."""
    state = of_name(keyword, language)
    return state.languages[language] if state else None


@lru_cache(maxsize=4096)
def others(keyword: str, language: str) -> Others:
    """Return what other places are called that have a word of this one in theirs.

    Russland: weissrussland, weissrussisch; Niger: nigeria; Guinea: ("guinea", "bissau"). None for
    words that the places share (kongolesisch), nor for parts of this place by the table.

    Args:
        keyword: A name, folded. If it names no place, there is nothing to return.
        language: The language of the name.
    """
    state = of_name(keyword, language)
    if not state:
        return Others(frozenset(), frozenset())
    own = state.languages[language]
    parts = {word for word in own.words if len(word) >= _SHORTEST_INSIDE}
    foreign = [
        each.languages[language]
        for each in all_states()
        if each is not state and state.name not in each.within
    ]
    words = {word for each in foreign for word in each.words - own.words if _inside(parts, word)}
    phrases = {
        phrase
        for each in foreign
        for phrase in each.phrases
        if phrase not in own.phrases and _holds(phrase, parts, own.phrases)
    }
    return Others(frozenset(words), frozenset(phrases))


def _inside(parts: set[str], word: str) -> bool:
    return any(part in word for part in parts)


def _holds(phrase: Words, parts: set[str], own: tuple[Words, ...]) -> bool:
    if any(_inside(parts, word) for word in phrase):
        return True
    text = f" {' '.join(phrase)} "
    return any(f" {' '.join(each)} " in text for each in own)


@lru_cache(maxsize=1)
def _names() -> Mapping[Words, State]:
    return {
        (language, *name): state
        for state in all_states()
        for language, found in state.languages.items()
        for name in _names_of(found)
    }


def _names_of(found: Forms) -> Iterator[Words]:
    yield from ((name,) for name in found.names)
    yield from ((fold(name),) for name in found.abbreviations)
    yield from found.phrases


def _state(line: str) -> State:
    code, within, name, same, adjectives, people, *rest = [*line.split("\t"), *[""] * 14][:14]
    languages = {
        "de": _forms([name, *_split(same)], _split(adjectives), _with_women(_split(people)))
    }
    for language, names, called in zip(LANGUAGES[1:], rest[::2], rest[1::2], strict=True):
        languages[language] = _forms(_split(names), _split(called), [])
    return State(code, name, frozenset(_split(within)), languages)


def _split(cell: str) -> list[str]:
    return cell.split("|") if cell else []


def _with_women(people: list[str]) -> list[str]:
    """Return the inhabitants with their feminine forms (irregular ones stand in the table)."""
    return [*people, *(f"{re.sub('[ei]$', '', man)}in" for man in people if man[-2:] != "in")]


def _forms(names: list[str], adjectives: list[str], people: list[str]) -> Forms:
    short = [name for name in names if name.isupper() and len(name) <= _LONGEST_ABBREVIATION]
    groups = [
        [tuple(_WORD.findall(fold(written))) for written in group]
        for group in ([name for name in names if name not in short], adjectives, people)
    ]
    one, two, three = (
        tuple(dict.fromkeys(key[0] for key in group if len(key) == 1)) for group in groups
    )
    phrases = dict.fromkeys(key for group in groups for key in group if len(key) > 1)
    return Forms(one, two, three, tuple(phrases), tuple(short))
