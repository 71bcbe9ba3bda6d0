"""Finds a keyword's family among the parts of a closed compound: Bürgerkriegsflüchtlinge."""

from collections.abc import Iterator
from functools import lru_cache
from itertools import combinations

from bot.text.german import relations
from bot.text.german.derivation import front_of_derived, is_derived
from bot.text.german.family import Family, Member
from bot.text.german.inflection import is_adjective, is_inflected, readings
from bot.text.german.inside import is_front, look_inside
from bot.text.german.lexicon import NOUN, Entry, german
from bot.text.german.parts import LINKS
from bot.text.german.splitting import boundaries
from bot.text.german.word import Word

# Wolfsburg is no Wolf: what ends so is a town or a person far more often than a compound.
_TOWNS = frozenset(
    {
        *("burg", "burgs", "burger", "furt", "furter", "hausen", "bach", "bachs", "horst"),
        *("berger", "bergers"),
    }
)
_WOMAN = "in"
_OWN = ""  # for the relation of a part that is the keyword itself
_LETTERS_WITHOUT_E, _LETTERS_WITHOUT_EN = 5, 6


def part_of(family: Family, word: Word) -> str | None:
    """Return how a word holds one of the family as a part, or None: Militärparade: "ends with".

    Returns:
        A relation; for a member with a relation of its own (russisch to Russland) that.
    """
    cuts = boundaries(word)
    if len(cuts) > 2:
        return _among_parts(family, word, cuts)
    return look_inside(family, word) or _of_a_compound(family, word)


def _among_parts(family: Family, word: Word, cuts: tuple[int, ...]) -> str | None:
    """Look at each part; one that is the keyword's own goes before all others.

    Russlandpolitik begins with Russland, rather than with the Russe that its first part may be.
    """
    size, other = len(word.folded), None
    for start, end in _places(word, cuts):
        part = word.folded[start:end]
        if end == size:
            why = _as_head(family, Word(part, word.is_small))
        else:
            why = _as_modifier(family, part)
        if why == _OWN:
            return relations.of_part(start, end, size)
        other = other or why
    return other


def _places(word: Word, cuts: tuple[int, ...]) -> Iterator[tuple[int, int]]:
    """Yield where parts, and parts of several parts, are that may be the family's."""
    text, size = word.folded, len(word.folded)
    is_base, is_town = german().has(NOUN, text), text[cuts[-2] :] in _TOWNS
    for start, end in combinations(cuts, 2):
        if end < size:
            if not is_town:
                yield start, end
        elif start and (not is_base or _is_base(Word(text[start:], word.is_small))):
            yield start, end


def _is_base(part: Word) -> bool:
    """Whether a part is no inflected form: the end of a base form; Gelsenkirchen is no plural."""
    return any(entry.lemma == part.folded for entry in readings(part))


def _as_head(family: Family, part: Word) -> str | None:
    """Return the relation of the member whose form a last part is; its own may be ""."""
    for member in family.members:
        if member.is_adjective:
            if is_adjective(member.lemma, part.folded):
                return member.why
        elif (not part.is_small or family.key.is_small) and is_inflected(member.lemma, part):
            return member.why
    if any(is_derived(family.key.folded, entry) for entry in readings(part)):
        return relations.DERIVED
    return None


def _as_modifier(family: Family, part: str) -> str | None:
    """Return the relation of the member that stands before another part; its own may be ""."""
    nouns = frozenset(entry.lemma for entry in german().entries(part) if entry.kind == NOUN)
    for member in family.members:
        if _is_linked(member, part, nouns):
            return member.why
    if any(is_derived(family.key.folded, entry) for entry in _as_nouns(part)):
        return relations.DERIVED
    return None


def _is_linked(member: Member, part: str, nouns: frozenset[str]) -> bool:
    """Whether a part is a member's form, or with a link, or without its last letters.

    Args:
        member: The member: krieg, kirche.
        part: The part: kriegs, kirch.
        nouns: The base forms of the part as a noun.
    """
    lemma = member.lemma
    if part == lemma or lemma in nouns:
        return True
    # What the dictionary knows as another word has no link: Eisen, Raten.
    if not nouns and part.startswith(lemma) and part[len(lemma) :] in LINKS:
        return True
    if len(lemma) >= _LETTERS_WITHOUT_E and part == lemma.removesuffix("e"):
        return True
    return len(lemma) >= _LETTERS_WITHOUT_EN and part == lemma.removesuffix("en")


@lru_cache(maxsize=10_000)
def _as_nouns(part: str) -> tuple[Entry, ...]:
    """Return what nouns a part may be, with a link or without: polizisten: polizist."""
    forms = {part, *(part.removesuffix(link) for link in LINKS)}
    entries = {entry for form in forms for entry in german().entries(form)}
    return tuple(entry for entry in entries if entry.kind == NOUN)


def _of_a_compound(family: Family, word: Word) -> str | None:
    """Look for a word that is derived from a compound as a whole: Bürgerrechtlerinnen."""
    for entry in readings(word):
        for lemma in {entry.lemma, entry.lemma.removesuffix(_WOMAN)}:
            front = front_of_derived(family.key.folded, Entry(entry.kind, lemma))
            if front and is_front(front):
                return relations.DERIVED
    return None
