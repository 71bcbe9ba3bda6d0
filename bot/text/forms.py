"""German word forms by rule, without a lexicon. All words here are folded."""

import re
from collections.abc import Iterator

ENDINGS = ("s", "n", "e", "en", "er", "es", "em", "ns", "nen", "in", "innen", "'s")
"""What inflection may add to a word; feminine forms and the English genitive count with it."""

_ADJECTIVE_ENDINGS = frozenset({"e", "en", "er", "es", "em"})

# What a keyword itself may end in, and the fewest letters that must remain: below that, other
# words are hit (Reise: Reis, Hamas: Hama). -er leads to adjectives only (Berliner is not Berlin).
_KEYWORD_ENDINGS = {"en": 4, "e": 5, "s": 6, "er": 5, "es": 5, "em": 5}

_SHORTEST_PART = 3
_VERB_ENDINGS = frozenset({"ten", "tet", "test", "end", "ende", "enden", "ender", "endes", "endem"})
_NOUN_SUFFIX = "ung"  # die Steuerung is no Steuer
_OTHER_COUNTRY = re.compile("weissruss(land|isch)|nigeria")  # not Russland, not Niger

# Countries and regions, by the end of their names: the end that goes, the fewest letters that must
# remain (below, ordinary words are hit: Kartei is no Karte), and what takes the end's place.
_REGIONS = (
    ("land", 2, ("isch", "laendisch", "laender")),
    ("enland", 5, ("isch", "e", "in")),
    ("ien", 3, ("isch", "er", "ier", "ienisch", "iener")),
    ("ien", 4, ("e", "in")),
    ("a", 3, ("anisch", "aner", "esisch", "ese", "esin", "aeisch", "aeer")),
    ("o", 3, ("anisch", "aner", "olesisch", "olese", "arisch", "are", "inisch", "iner")),
    ("ei", 5, ("isch", "e", "in")),
    ("e", 6, ("isch", "er")),
    ("en", 3, ("isch",)),
    ("en", 5, ("e", "in", "er")),
    ("an", 2, ("anisch", "aner", "ani", "anesisch", "anese")),
    ("el", 4, ("elisch", "eli")),
    ("ak", 2, ("akisch", "aker", "aki")),
    ("i", 3, ("isch", "ier")),
)
# Their people are called by the bare stem: der Russe. Neuland has no Neue.
_BARE_LANDS = re.compile("((?:weiss)?russ|finn|lett|est|ir)land")


def stems(word: str) -> Iterator[str]:
    """Yield a word and all that remains of it without an inflection ending.

    Two words that are forms of each other by `is_form` have one of these in common.
    """
    yield word
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) > len(ending) + 1:
            yield word[: -len(ending)]


def is_form(keyword: str, word: str) -> bool:
    """Return whether a word is the keyword or an inflected form of it."""
    if word.startswith(keyword):
        return word == keyword or (len(keyword) > 1 and word[len(keyword) :] in ENDINGS)
    if keyword.endswith("en") and word == keyword[:-1]:
        return True
    return any(_shares_stem(keyword, word, ending) for ending in _KEYWORD_ENDINGS)


def is_adjective_form(keyword: str, word: str) -> bool:
    """Return whether two words differ in the ending of an adjective only: roter, roten.

    Looser than `is_form`, for words inside a phrase, where the others rule out an accident.
    """
    return any(
        keyword.endswith(ending)
        and len(stem := keyword.removesuffix(ending)) >= _SHORTEST_PART
        and word.removeprefix(stem) in _ADJECTIVE_ENDINGS
        for ending in _ADJECTIVE_ENDINGS
    )


def _shares_stem(keyword: str, word: str, ending: str) -> bool:
    stem = keyword.removesuffix(ending)
    if stem == keyword or len(stem) < _KEYWORD_ENDINGS[ending] or not word.startswith(stem):
        return False
    rest = word[len(stem) :]
    if not rest:
        return ending in {"en", "e", "s"}
    return ending in _ADJECTIVE_ENDINGS and rest in _ADJECTIVE_ENDINGS


def region_stems(name: str) -> Iterator[str]:
    """Yield what the adjective and the inhabitants of a country may be called.

    Nordkorea: nordkoreanisch, nordkoreaner; Russland: russisch, russe. Most of what comes is no
    word at all and so does no harm. Adjectives end in -sch.
    """
    for end, letters, replacements in _REGIONS:
        stem = name.removesuffix(end)
        if stem != name and len(stem) >= letters:
            yield from (stem + replacement for replacement in replacements)
    if name.endswith("schland"):
        yield name.removesuffix("land")
    if people := _BARE_LANDS.fullmatch(name):
        yield from (people[1] + "e", people[1] + "in")


def compound_rule(word: str, keyword: str, at: int) -> str | None:
    """Return how a closed compound holds a keyword that stands in it at an index.

    Returns:
        "begins with", "ends with", "contains", or None if it is no meaningful part.
    """
    front, rest = word[:at], word[at + len(keyword) :]
    if (front and len(front) < _SHORTEST_PART) or _OTHER_COUNTRY.match(front[-5:] + word[at:]):
        return None
    if not rest or rest in ENDINGS:
        return "ends with" if front else None
    if len(rest) < _SHORTEST_PART or rest in _VERB_ENDINGS or rest.startswith(_NOUN_SUFFIX):
        return None
    return "contains" if front else "begins with"
