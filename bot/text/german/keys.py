"""Under what keywords are found for a word, so that not every keyword must be compared with it.

A keyword's keys are the beginnings of its family's stems, the base forms that no beginning leads
to, and how a name sounds. A word's probes are all its pieces, its base forms, and how it sounds.
"""

from collections.abc import Iterator
from functools import lru_cache

from bot.text import names
from bot.text.fold import fold
from bot.text.german.derivation import irregular, root
from bot.text.german.family import Family
from bot.text.german.inflection import umlauted
from bot.text.german.lexicon import NOUN, german
from bot.text.german.whole import sounds

_SHORTEST, _LONGEST = 3, 12  # letters of a piece; a shorter keyword is found as a whole part only
_LEMMA, _SOUND = "=", "~"

# The end of a base form, and what forms may have instead: Museum, Museen.
_UNLIKE = {
    "um": ("en", "a"),
    "a": ("en", "ata"),
    "o": ("en", "i"),
    "on": ("a", "en"),
    "us": ("en", "i", "era", "ora"),
    "is": ("en",),
    "os": ("en",),
    "ix": ("izen",),
    "ex": ("izes",),
    "aal": ("aele",),
    "mann": ("leute",),
}
_UNLIKE_ENDS = tuple(_UNLIKE)
_VERBS = ("eln", "ern")  # der Hagel begins without their -n


def keys_of(family: Family) -> set[str]:
    """Return the keys of a keyword."""
    key = family.key.folded
    found = {_LEMMA + member.lemma for member in family.members if not member.why}
    for word in irregular(key):
        found.add(_LEMMA + word)
        found.add(word[:_LONGEST])
    for member in family.members:
        found.update(_beginnings(member.lemma))
        if not member.why and member.lemma.endswith(_UNLIKE_ENDS):
            found.update(_unlike(member.lemma))
    if family.key.is_small and key.endswith(_VERBS):
        found.add(key[:-1][:_LONGEST])
    if family.abbreviations:
        found.update(map(fold, family.abbreviations))
    if family.is_name and (sound := names.sound(key)):
        found.add(_SOUND + sound)
    return found


def probes_of(parts: list[str]) -> set[str]:
    """Return the probes of a word.

    Args:
        parts: Its parts between hyphens, folded.
    """
    words = {*parts, "".join(parts)}
    found = set(words)
    for part in words:
        found.update([part[piece] for piece in _pieces(len(part))])
        entries = german().entries(part)
        found.update([_LEMMA + entry.lemma for entry in entries])
        if not entries:
            found.update([_SOUND + sound for sound in sounds(part) if sound])
    return found


def _beginnings(lemma: str) -> Iterator[str]:
    """Yield what forms and derivations of a base form begin with: haus, haeus."""
    bare = root(lemma)
    if len(bare) > _SHORTEST:
        bare = bare.removesuffix("e")
    yield bare[:_LONGEST]
    if changed := umlauted(bare):
        yield changed[:_LONGEST]


def _unlike(lemma: str) -> Iterator[str]:
    """Yield what forms begin with that do not begin as the base form does: museum: museen."""
    if not german().kinds(lemma) & NOUN:
        return
    for end, others in _UNLIKE.items():
        if lemma.endswith(end):
            forms = [lemma.removesuffix(end) + other for other in others]
            yield from (f[:_LONGEST] for f in forms if (NOUN, lemma) in german().entries(f))


@lru_cache(maxsize=128)
def _pieces(size: int) -> tuple[slice, ...]:
    """Return where the pieces of a word of a size are."""
    return tuple(
        slice(start, end)
        for start in range(size - _SHORTEST + 1)
        for end in range(start + _SHORTEST, min(start + _LONGEST, size) + 1)
    )
