"""The words to whose forms a keyword leads: itself, its base form, and of a place its people."""

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from bot.text import names, states
from bot.text.fold import fold
from bot.text.german import relations, tables
from bot.text.german.inflection import bases
from bot.text.german.lexicon import NOUN, german
from bot.text.german.word import Word

_HOMOGRAPHS = "homographs.txt"
_CAPITALS = 2


class Member(NamedTuple):
    """A base form, folded."""

    lemma: str
    why: str
    """How its forms are related to the keyword; "" for the keyword's own."""
    is_adjective: bool = False


class Family(NamedTuple):
    """A keyword, prepared. (A named tuple: a hundred thousand are made for a large list.)"""

    key: Word
    """The keyword without hyphens; small if it is no noun."""
    members: tuple[Member, ...]
    homographs: tuple[str, ...]
    """How words begin in which the keyword's letters are another word: rechtsextrem."""
    abbreviations: frozenset[str]
    """Other, short names of a place, which count as they are written only: US is not us."""
    is_capital: bool
    """Whether it has two letters, both capital: the US is not "us" then."""
    is_place: bool
    is_name: bool
    """Whether it is a place, or a word that the dictionary does not know as a common one."""


@lru_cache(maxsize=10_000)
def family(keyword: str) -> Family:
    """Return the family of a keyword as written."""
    folded = fold(keyword)
    text = folded.replace("-", "")
    kinds = german().kinds(text)
    key = Word(text, keyword[:1].islower() and kinds != NOUN)
    own = sorted(bases(key))
    members = [Member(base, "") for base in own]
    spellings = names.variants(folded)
    members += [Member(n.replace(" ", ""), relations.SPELLING) for n in sorted(spellings)]
    place = states.forms(folded, "de")
    if place:
        members += _of_place(text, place)
    short = place.abbreviations if place else ()
    other = tables.rows(_HOMOGRAPHS)
    return Family(
        key,
        tuple(members),
        homographs=tuple(beginning for base in own for beginning in other.get(base, ())),
        abbreviations=frozenset(name for name in short if fold(name) != text),
        is_capital=len(text) <= _CAPITALS and keyword.isupper(),
        is_place=bool(place),
        is_name=bool(place or spellings or not kinds),
    )


def _of_place(key: str, place: states.Forms) -> Iterator[Member]:
    yield from (Member(name, relations.NAME) for name in place.names if name != key)
    for adjective in place.adjectives:
        yield Member(adjective, relations.ADJECTIVE, is_adjective=True)
    yield from (Member(each, relations.INHABITANT) for each in place.people)
