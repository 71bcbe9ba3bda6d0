"""Finds a keyword's family inside words that the dictionary can neither find nor split.

Mostly compounds with names: Selenskyjbesuch, prorussisch. All words here are folded.
"""

from collections.abc import Iterator
from itertools import islice

from bot.text.german import relations
from bot.text.german.family import Family, Member
from bot.text.german.inflection import is_adjective, is_inflected
from bot.text.german.lexicon import german
from bot.text.german.parts import LINKS, head, modifier
from bot.text.german.splitting import is_split
from bot.text.german.word import Word

_SIDES = ("nord", "sued", "ost", "west")
_PLACES = frozenset(
    {
        *_SIDES,
        *(a + b for a in _SIDES[:2] for b in _SIDES[2:]),
        *("zentral", "mittel", "inner", "ober", "unter"),
        *("gross", "klein", "gesamt", "rest", "exil", "alt", "neu", "kern", "ganz"),
    }
)
"""What stands before names of places: Nordsyrien, Großbritannien."""

_STANCES = frozenset(
    {
        *("pro", "anti", "ex", "nicht", "un", "halb", "inner", "ausser"),
        *("gesamt", "alt", "neu", "ur", "frueh", "spaet"),
    }
)
"""What stands before adjectives and names: prorussisch, Exjugoslawien."""

_FRONTS = _PLACES | _STANCES
_ADJECTIVE_LETTERS = 7  # empirisch is not irisch
_ENDING_LETTERS = 3  # so many may follow an adjective as its ending
_NAME_LETTERS = 4
_FREE_NAME_LETTERS = 6  # so long a name is no accident, whatever stands before it
_REST_LETTERS = 3
_FREE_REST_LETTERS = 5
_MOST_PLACES = 4  # in a word; one that has a keyword more often is noise


def look_inside(family: Family, word: Word) -> str | None:
    """Return how a word holds one of the family, or None: Exjugoslawien: "ends with"."""
    is_known = bool(german().kinds(word.folded))
    for member in family.members:
        if member.is_adjective:
            found = _adjective(member, word.folded)
        elif is_known:
            found = None
        else:
            found = _noun(family, member, word)
        if found:
            return member.why or found
    return None


def is_front(front: str) -> bool:
    """Return whether a piece may stand before another part: it is one, or a compound."""
    return modifier(front) is not None or is_split(Word(front))


def _adjective(member: Member, word: str) -> str | None:
    at = word.find(member.lemma)
    if at < 0:
        return None
    if at == 0:
        is_longer = len(word) > len(member.lemma) + _ENDING_LETTERS
        return relations.BEGINS if is_longer else None
    front = word[:at]
    may_be = front in _FRONTS or (len(member.lemma) >= _ADJECTIVE_LETTERS and is_front(front))
    return relations.ENDS if may_be and is_adjective(member.lemma, word[at:]) else None


def _noun(family: Family, member: Member, word: Word) -> str | None:
    lemma = member.lemma
    if len(lemma) < _NAME_LETTERS:
        return None
    is_small = word.is_small and not family.key.is_small
    for at in islice(_occurrences(lemma, word.folded), _MOST_PLACES):
        front, rest = word.folded[:at], Word(word.folded[at + len(lemma) :], is_small)
        if front and _ends_with(family, lemma, front, rest):
            return relations.ENDS
        if (not front or front in _FRONTS or is_front(front)) and _is_rest(rest):
            return relations.CONTAINS if front else relations.BEGINS
        if not front and _is_free(lemma, rest):
            return relations.BEGINS
    return None


def _ends_with(family: Family, lemma: str, front: str, rest: Word) -> bool:
    """Whether what follows a name is an ending only, and before it is no accident."""
    if rest.is_small or not is_inflected(lemma, Word(lemma + rest.folded)):
        return False
    if front in _PLACES or len(lemma) >= _FREE_NAME_LETTERS:
        return True
    return not family.is_name and is_front(front)


def _is_free(lemma: str, rest: Word) -> bool:
    """Whether a long name begins a long word, whatever the rest is: Selenskyjversteher."""
    if rest.is_small or len(lemma) < _FREE_NAME_LETTERS:
        return False
    return len(rest.folded) >= _FREE_REST_LETTERS


def _occurrences(lemma: str, word: str) -> Iterator[int]:
    at = word.find(lemma)
    while at >= 0:
        yield at
        at = word.find(lemma, at + 1)


def _is_rest(rest: Word) -> bool:
    """Whether what follows a name ends a compound, perhaps after a link."""
    for link in ("", *LINKS):
        if rest.folded.startswith(link):
            end = Word(rest.folded.removeprefix(link), rest.is_small)
            if len(end.folded) >= _REST_LETTERS and (head(end) is not None or is_split(end)):
                return True
    return False
