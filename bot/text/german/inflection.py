"""Whether a word is another form of the same word. All words here are folded."""

from functools import lru_cache

from bot.text.german.lexicon import ABBREVIATION, ADJECTIVE, NOUN, SMALL, Entry, german
from bot.text.german.word import Word

_NAME_ENDINGS = frozenset({"s", "es", "e", "en", "n", "'s", "ns", "ens", "nen"})
_ADJECTIVE_ENDINGS = frozenset({"e", "en", "er", "es", "em"})
_COMPARISON = frozenset(
    f"{degree}{ending}" for degree in ("er", "st", "est") for ending in ("", *_ADJECTIVE_ENDINGS)
)
_BASE_ENDINGS = ("e", "er")
_SHORTEST = 3


@lru_cache(maxsize=20_000)
def readings(word: Word) -> tuple[Entry, ...]:
    """Return what a word of a text may be by the dictionary; nothing: it does not know it.

    A word that is written small is no noun if it can be another word: "kriege" is a form of
    kriegen, "Kriege" of Krieg.
    """
    entries = german().entries(word.folded)
    wanted = SMALL if word.is_small else NOUN | ABBREVIATION
    return tuple(e for e in entries if e.kind & wanted) or entries


def bases(keyword: Word) -> frozenset[str]:
    """Return a keyword and, if it is an inflected form, its base forms: soldaten: also soldat."""
    text = keyword.folded
    wanted = SMALL if keyword.is_small else NOUN
    lemmas = {entry.lemma for entry in german().entries(text) if entry.kind & wanted}
    found = {text} if text in lemmas else {text, *lemmas}
    if lemmas and not keyword.is_small:
        found.update([base for lemma in tuple(found) for base in _as_adjective(lemma)])
    return frozenset(found)


def _as_adjective(noun: str) -> tuple[str, ...]:
    """Return both base forms of a noun that is declined as an adjective: der Beamte, ein Beamter.

    The dictionary has some forms under one and some under the other. It has Beamtem, but not
    Lehrem: Lehrer is no such form of Lehre.
    """
    if not noun.endswith(_BASE_ENDINGS):
        return ()
    stem = noun.removesuffix("r").removesuffix("e")
    both = stem + "e", stem + "er"
    dative = german().entries(stem + "em")
    return both if any(e.kind == NOUN and e.lemma in both for e in dative) else ()


def umlauted(stem: str) -> str | None:
    """Return a stem with its last a, o, u or au changed as in a plural: haus: haeus.

    None: it has no such vowel, or the last is an umlaut or eu already (kuenst, leut).
    """
    at = max(stem.rfind("a"), stem.rfind("o"), stem.rfind("u"))
    if at < 0 or stem[at - 1 : at + 1] == "eu":
        return None
    if stem[at - 1 : at + 1] == "au":
        at -= 1
    elif stem[at + 1 : at + 2] == "e":
        return None
    return f"{stem[: at + 1]}e{stem[at + 1 :]}"


def is_inflected(base: str, word: Word) -> bool:
    """Return whether a noun or name in a text is a form of a base form: Krieges of krieg.

    The dictionary knows; of what it does not know, endings decide (Selenskyjs).
    """
    text = word.folded
    if text == base:
        return True
    known = readings(word)
    if any(e.lemma == base or _is_feminine(base, e.lemma) for e in known):
        return True
    if _is_feminine(base, text):
        return True
    if len(base) < _SHORTEST:
        return False
    if known:
        # The dictionary has few names in the genitive, and some of them as words of their own.
        return text == base + "s" and len(base) > 4 and all(e.lemma == text for e in known)
    return text.startswith(base) and text[len(base) :] in _NAME_ENDINGS


def is_adjective(base: str, word: str) -> bool:
    """Return whether a word is an adjective's form, also as a noun: russisch: Russischen."""
    if word.startswith(base):
        rest = word[len(base) :]
        is_ending = rest in _ADJECTIVE_ENDINGS or rest in _COMPARISON
        return not rest or (is_ending and len(base) >= _SHORTEST)
    return Entry(ADJECTIVE, base) in german().entries(word)


def is_adjective_form(keyword: str, word: str) -> bool:
    """Return whether two words differ in the ending of an adjective only: roter, roten.

    Looser than the rest, for words inside a phrase, where the others rule out an accident.
    """
    return any(
        keyword.endswith(ending)
        and len(stem := keyword.removesuffix(ending)) >= _SHORTEST
        and word.removeprefix(stem) in _ADJECTIVE_ENDINGS
        for ending in _ADJECTIVE_ENDINGS
    )


def _is_feminine(base: str, word: str) -> bool:
    """Whether a word is the woman: Arzt: Ärztin, Kollege: Kolleginnen."""
    if not word.endswith(("in", "innen")) or len(base) < _SHORTEST:
        return False
    stem = word.removesuffix("nen").removesuffix("in")
    short = base.removesuffix("e")
    return stem in {umlauted(base), umlauted(short)} or (len(base) > 3 and stem in {base, short})
