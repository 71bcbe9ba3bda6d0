"""Whether a whole word is one of a keyword's family: a form, a derivation, a spelling."""

import re

from bot.text import names
from bot.text.german import relations
from bot.text.german.derivation import is_derived
from bot.text.german.family import Family, Member
from bot.text.german.inflection import is_adjective, is_inflected, readings
from bot.text.german.lexicon import NOUN, SMALL, Entry, german
from bot.text.german.word import Word

_PEOPLE = frozenset({"er", "ern", "ers", "erin", "erinnen"})
_PLACE_LETTERS = 4
_COINED = re.compile(
    "(.{4,}?)(?:i?sche?[mnrs]?|ianer(?:in|innen|n|s)?|ismus|isierung(?:en)?|ist(?:en|in|innen)?)"
)


def own(family: Family, word: Word) -> str | None:
    """Return how a whole word is one of the family, or None: Soldatinnen: "inflected form of"."""
    if word.folded == family.key.folded:
        # Das Recht is not "recht gut"; but what is written bundestag is the Bundestag.
        if not word.is_small or family.key.is_small:
            return relations.ITSELF
        return relations.ITSELF if _may_be_noun(word) and not family.is_capital else None
    for member in family.members:
        if _is_form(family, member, word):
            return member.why or relations.INFLECTED
    return _derived(family, word) or _unknown(family, word)


def sounds(word: str) -> set[str]:
    """Return how a folded word sounds that may be a name, perhaps in the genitive; "": no name."""
    return {names.sound(word), names.sound(word.removesuffix("s"))}


def _is_form(family: Family, member: Member, word: Word) -> bool:
    is_small = family.key.is_small
    if (member.is_adjective or is_small) and is_adjective(member.lemma, word.folded):
        return True
    if member.is_adjective or not (is_small or not word.is_small or _may_be_noun(word)):
        return False
    return is_inflected(member.lemma, word)


def _derived(family: Family, word: Word) -> str | None:
    key = family.key.folded
    # What is derived from a place stands in the table of places; romantisch is not from Rom.
    if not family.is_place and any(is_derived(key, entry) for entry in readings(word)):
        return relations.DERIVED
    if family.is_name and len(key) >= _PLACE_LETTERS and word.folded.startswith(key):
        return relations.INHABITANT if word.folded[len(key) :] in _PEOPLE else None
    return None


def _unknown(family: Family, word: Word) -> str | None:
    """Look at a word that the dictionary does not have: migrantisch, trumpsch, Selenski."""
    key, text = family.key.folded, word.folded
    if german().kinds(text):
        return None
    coined = _COINED.fullmatch(text)
    if coined and (coined[1] == key or is_derived(key, Entry(NOUN, coined[1]))):
        return relations.DERIVED
    if family.is_name and not word.is_small and (sounds(text) - {""}) & {names.sound(key)}:
        return relations.SPELLING
    return None


def _may_be_noun(word: Word) -> bool:
    """Whether a word that is written small is no other word by the dictionary."""
    return not german().kinds(word.folded) & SMALL
