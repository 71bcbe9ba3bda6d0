"""When a German word counts for a keyword: `bot.text.rules.Rules` for German."""

import re
from collections.abc import Iterable
from itertools import combinations

from bot.text import names, states
from bot.text.fold import DASHES, fold, plain
from bot.text.german import relations
from bot.text.german.compounds import part_of
from bot.text.german.family import Family, family
from bot.text.german.inflection import bases, is_adjective, is_adjective_form, is_inflected
from bot.text.german.keys import keys_of, probes_of
from bot.text.german.lexicon import german
from bot.text.german.whole import own, sounds
from bot.text.german.word import Word

_LONGEST_WORD = 80
_DASH = re.compile(f"[{DASHES}/]")


class GermanRules:
    """Inflection, compounds, derivations, places and their people, spellings of names."""

    def keys(self, keyword: str) -> Iterable[str]:
        """Return stems that all of the family have one of, base forms, the sound of a name."""
        return keys_of(family(keyword))

    def probes(self, word: str) -> Iterable[str]:
        """Return all that a key could be: pieces, base forms, the sound."""
        folded = fold(word)
        return probes_of(_DASH.split(folded)) if len(folded) <= _LONGEST_WORD else ()

    def relation(self, keyword: str, word: str) -> str | None:
        """Return why a word counts for a keyword, one of `relations.ALL`, or None.

        A hyphenated word may be the keyword with a hyphen elsewhere, and each of its parts counts
        as a word: "begins with" for Nordkorea in Nordkorea-Konflikt.
        """
        if len(fold(word)) > _LONGEST_WORD:
            return None
        prepared = family(keyword)
        parts = [part for part in _DASH.split(plain(word)) if part]
        if not prepared.abbreviations.isdisjoint(parts):
            return relations.NAME
        if len(parts) < 2:
            return _of_one(prepared, Word.read(word))
        read = [Word.read(part) for part in parts]
        if prepared.is_place and _is_other_place(prepared.key.folded, read):
            return None
        if "".join([part.folded for part in read]).startswith(prepared.homographs):
            return None
        return _of_joined(prepared, read) or _of_a_part(prepared, read)

    def inflection(self, keyword: str, word: str) -> bool:
        """Return whether a word is the keyword in some form or spelling: Soldatinnen, Soldat."""
        key, form = Word(fold(keyword), keyword[:1].islower()), fold(word)
        if key.folded == form or is_adjective_form(key.folded, form):
            return True
        if not key.is_small and (form == key.folded + "s" or _is_respelled(key.folded, form)):
            return True
        return any(
            is_inflected(base, Word(form))
            or is_inflected(base, Word(form, is_small=True))
            or (key.is_small and is_adjective(base, form))
            for base in bases(key)
        )


def _is_respelled(key: str, form: str) -> bool:
    """Whether two names that the dictionary does not know are transliterations of one."""
    if form.removesuffix("s") in names.variants(key):
        return True
    unknown = not (german().kinds(key) or german().kinds(form))
    return unknown and bool(names.sound(key)) and names.sound(key) in sounds(form)


def _of_joined(prepared: Family, parts: list[Word]) -> str | None:
    """Look for the keyword in parts of a hyphenated word together: Nord-Korea-Konflikt."""
    beginnings = tuple(member.lemma for member in prepared.members)
    for start, end in combinations(range(len(parts) + 1), 2):
        joined = "".join([part.folded for part in parts[start:end]])
        if end - start == 1 or not joined.startswith(beginnings):
            continue
        if why := own(prepared, Word(joined, parts[start].is_small)):
            is_all = end - start == len(parts)
            return why if is_all else relations.of_part(start, end, len(parts))
    return None


def _of_a_part(prepared: Family, parts: list[Word]) -> str | None:
    for number, part in enumerate(parts):
        if why := _of_one(prepared, part):
            if why == relations.ITSELF:
                return relations.of_part(number, number + 1, len(parts))
            return why
    return None


def _of_one(prepared: Family, word: Word) -> str | None:
    if word.folded.startswith(prepared.homographs):
        return None
    if prepared.is_place:
        word = _without_other_places(prepared.key.folded, word)
    return own(prepared, word) or part_of(prepared, word)


def _is_other_place(key: str, parts: list[Word]) -> bool:
    """Whether a hyphenated word is the name of another place: Guinea-Bissau is not Guinea."""
    words = tuple(part.folded for part in parts)
    return words in states.others(key, "de").phrases


def _without_other_places(key: str, word: Word) -> Word:
    """Return what is left of a word without the names of other places: Weißrussland."""
    text = word.folded
    for other in states.others(key, "de").words:
        if other not in key:
            text = text.replace(other, "")
    return word._replace(folded=text)
