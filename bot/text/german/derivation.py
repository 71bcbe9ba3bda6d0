"""Words that are derived from others: Polizei: Polizist, polizeilich. All words here are folded.

A rule proposes, the dictionary decides: Polizist is a word, Kriegist is none. For persons it must
have the woman too: there is a Bankerin, so Banker comes from Bank; there is no Posterin.
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from bot.text.german import tables
from bot.text.german.inflection import umlauted
from bot.text.german.lexicon import ADJECTIVE, NOUN, VERB, Entry, german

Suffixes = frozenset[str]

_PERSONS = frozenset({"er", "ler", "ner", "ist"})
_ADJECTIVES = frozenset(
    {
        *("ig", "lich", "isch", "erisch", "tisch", "istisch", "alisch", "haft"),
        *("ell", "iell", "aer", "al", "iv", "ativ"),
    }
)
_SMALL_ONES = frozenset({"chen", "lein"})
_NOUNS = frozenset({"ismus", "ur", "tum", "isierung", "ierung", "ling", "it", "heit"})
_VERBS = frozenset({"ieren", "isieren"})
_MOST = _ADJECTIVES | _NOUNS | _VERBS | _PERSONS


class Cut(NamedTuple):
    """A rule: what may go from the end of a noun, and what may then come."""

    end: str
    letters: int
    """The fewest that must be left."""
    suffixes: Suffixes


class Stem(NamedTuple):
    """What a cut leaves of a noun."""

    text: str
    suffixes: Suffixes
    is_umlauted: bool = False


_CUTS = (
    Cut("", 3, _MOST),
    Cut("e", 4, _MOST),
    Cut("", 4, _SMALL_ONES),
    Cut("e", 4, _SMALL_ONES),
    Cut("en", 4, frozenset({"lich", "isch"})),
    Cut("ei", 4, frozenset({"ist"})),
    Cut("ik", 4, frozenset({"iker", "isch", "alisch"})),
    Cut("ie", 4, frozenset({"isch", "iker", "ell", "iell", "e", ""})),
    Cut("ion", 4, frozenset({"aer", "ell", "iv", "ieren", "or", "eur"})),
    Cut("ation", 4, frozenset({"ant", "antisch", "ieren", "or", "ativ"})),
    Cut("ition", 5, frozenset({"ieren"})),
    Cut("ismus", 3, frozenset({"ist", "istisch", "it", "itisch", "isch"})),
    Cut("alitaet", 4, frozenset({"ell"})),
    Cut("itaet", 5, frozenset({"aer", "isch"})),
    Cut("at", 5, frozenset({"ieren"})),
    Cut("or", 5, frozenset({"ur"})),
    Cut("ium", 5, frozenset({"iell"})),
)
_CUTS_BY_LETTER = {
    letter: tuple(cut for cut in _CUTS if letter.endswith(cut.end[-1:]))
    for letter in ("", *{cut.end[-1:] for cut in _CUTS})
}
"""The rules for a noun with this last letter, in their order; "": with any other."""
_TABLE = "derived.txt"
_NOT = "-"
_WOMAN = "in"
_NEEDS_UMLAUT = "ling"  # Flucht: Flüchtling; without, too much would be one
_PREFIXES = ("be", "ver", "ent")
_PREFIXED_LETTERS = 4
_VERBS_END = ("en", "n")
_DONE = frozenset({"en", "n", "ung", "igen", "igung"})
_DOER = "er"
_FRONT_LETTERS = 3
_BACK_LETTERS = 4


def is_derived(noun: str, word: Entry) -> bool:
    """Return whether the word with this base form is derived from a noun: polizist from polizei.

    The table of exceptions goes before the rules, which know suffixes (Kandidat: Kandidatur), the
    woman (Polizistin), and what is done with a thing (Steuer: versteuern).
    """
    lemma = word.lemma
    if lemma == noun:
        return False
    exceptions = tables.rows(_TABLE).get(noun, ())
    if lemma in exceptions:
        return True
    if _NOT + lemma in exceptions:
        return False
    woman = lemma.removesuffix(_WOMAN)
    if word.kind == NOUN and woman != lemma and _is_suffixed(noun, Entry(NOUN, woman)):
        return True
    return _is_suffixed(noun, word) or _is_prefixed(noun, word)


def irregular(noun: str) -> tuple[str, ...]:
    """Return the base forms that are derived from a noun by no rule: mord: moerder, ermorden."""
    exceptions = tables.rows(_TABLE).get(noun, ())
    return tuple(word for word in exceptions if not word.startswith(_NOT))


def root(noun: str) -> str:
    """Return the shortest of a noun's stems, with which all the others begin: polizei: poliz."""
    size = len(noun)
    for cut in _CUTS_BY_LETTER.get(noun[-1:], ()):
        left = len(noun) - len(cut.end)
        if cut.letters <= left < size and noun.endswith(cut.end):
            size = left
    return noun[:size]


@lru_cache(maxsize=10_000)
def stems(noun: str) -> tuple[Stem, ...]:
    """Return what is left of a noun by each rule, as it is and umlauted: kunst, kuenst."""
    found = []
    for cut in _CUTS_BY_LETTER.get(noun[-1:], _CUTS_BY_LETTER[""]):
        size = len(noun) - len(cut.end)
        if size >= cut.letters and noun.endswith(cut.end):
            stem = noun[:size]
            found.append(Stem(stem, cut.suffixes))
            if changed := umlauted(stem):
                found.append(Stem(changed, cut.suffixes, is_umlauted=True))
    return tuple(found)


def front_of_derived(noun: str, word: Entry) -> str | None:
    """Return what stands before a noun in a word derived from a compound: buerger.

    The dictionary has the Bürgerrechtler, whom `recht` finds, but no Rechtler.
    """
    for stem in stems(noun):
        at = word.lemma.rfind(stem.text)
        if at < _FRONT_LETTERS or len(stem.text) < _BACK_LETTERS:
            continue
        suffix = word.lemma[at + len(stem.text) :]
        if suffix and suffix in stem.suffixes and _is_of_its_kind(word, suffix):
            return word.lemma[:at]
    return None


def _is_suffixed(noun: str, word: Entry) -> bool:
    for stem in stems(noun):
        if not word.lemma.startswith(stem.text):
            continue
        suffix = word.lemma[len(stem.text) :]
        if suffix in stem.suffixes and (stem.is_umlauted or suffix != _NEEDS_UMLAUT):
            return _is_of_its_kind(word, suffix)
    return False


def _is_of_its_kind(word: Entry, suffix: str) -> bool:
    """Whether a word is what its suffix makes: -isch makes adjectives."""
    if suffix in _ADJECTIVES or suffix.endswith("isch"):
        return word.kind == ADJECTIVE
    if suffix in _VERBS:
        return word.kind == VERB
    return word.kind == NOUN and (suffix in _NOUNS | _SMALL_ONES or _has_woman(word.lemma))


def _has_woman(person: str) -> bool:
    return german().has(NOUN, person.removesuffix("e") + _WOMAN)


def _is_prefixed(noun: str, word: Entry) -> bool:
    """Whether a word is what is done with a thing: Steuer: besteuern, Besteuerung, versteuert."""
    if word.kind == ADJECTIVE or len(noun) < _PREFIXED_LETTERS:
        return False
    for done in _after_prefix(noun, word.lemma):
        if done in _DONE or (done == _DOER and _has_woman(word.lemma)):
            # Besuchen comes from suchen, not from Suche.
            short = noun.removesuffix("e")
            return not any(german().has(VERB, short + ending) for ending in _VERBS_END)
    return False


def _after_prefix(noun: str, lemma: str) -> Iterator[str]:
    """Yield what follows prefix and noun, with the noun's -e and without it."""
    for prefix in _PREFIXES:
        if lemma.startswith(prefix):
            rest = lemma[len(prefix) :]
            for stem in (noun, noun.removesuffix("e")):
                if rest.startswith(stem):
                    yield rest[len(stem) :]
