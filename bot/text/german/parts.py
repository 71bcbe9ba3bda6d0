"""What a part of a compound costs, before another part and as the last one.

The dearer a part, the less likely is a split that has it. Costs are negative natural logarithms of
shares; `bot.text.german.make` learns most of them, those below were fitted by eye.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from bot.text.german import tables
from bot.text.german.lexicon import ADJECTIVE, NOUN, VERB, german
from bot.text.german.word import Word

SHORTEST = 3
"""Letters of a part; parts so short must be in a list."""

LINKS = ("s", "es", "n", "en", "er", "e", "ens", "ns")
"""What may stand between two parts: Krieg-s-flucht."""

SHORT_MODIFIERS, SHORT_HEADS = "short_modifiers.txt", "short_heads.txt"
NO_MODIFIERS, NO_HEADS = "no_modifiers.txt", "no_heads.txt"

_UNSEEN = 13.6  # what the rarest part that was learned costs
_ADJECTIVE = 9.5
_PREFIX = 9.0
_PREFIXES = frozenset({"vor", "nach", "wieder", "mit", "unter"})
# The dictionary has far more participles in -ende than ends of something, and no Nahme alone.
_BOUND = {"ende": 12.0, "nahme": 10.0, "nahmen": 10.0}
_SHORT_ADJECTIVES = frozenset({"arm", "neu", "nah", "rot", "los"})
_PARTICIPLE = re.compile(
    "(?:.*end|(?:.*ge|be|ver|ent|er|zer|miss|ueber|unter).+(?:t|en)|.+iert)(?:e[mnrs]?)?$"
)
_SHORT_ENDINGS = re.compile("(e|en|n|er|ern|s|es|nen)$")


def modifiers(text: str) -> Iterator[tuple[str, float]]:
    """Yield the parts that a folded text begins with, and what each costs before another part."""
    for part in german().beginnings(text):
        if len(part) >= SHORTEST and (cost := modifier(part)):
            yield part, cost


@lru_cache(maxsize=10_000)
def modifier(part: str) -> float | None:
    """Return what a folded part costs before another one, or None if it cannot stand there."""
    if part in tables.words(NO_MODIFIERS):
        return _PREFIX if part in _PREFIXES else None
    lexicon = german()
    if cost := lexicon.costs(part).modifier:
        return cost
    if len(part) > SHORTEST and lexicon.kinds(part) & NOUN:
        return _UNSEEN
    if len(part) > SHORTEST + 1 and part.endswith("s") and lexicon.kinds(part[:-1]) & NOUN:
        return _UNSEEN
    return None


def head(part: Word) -> float | None:
    """Return what a part costs as the end of a word, or None if it cannot be one.

    Args:
        part: The part, small if the word is: then it must be an adjective or a participle.
    """
    return _small_head(part.folded) if part.is_small else _noun(part.folded)


def _noun(part: str) -> float | None:
    if part in _BOUND:
        return _BOUND[part]
    if part in tables.words(NO_HEADS):
        return None
    lexicon = german()
    forms = {part, *(entry.lemma for entry in lexicon.entries(part) if entry.kind == NOUN)}
    if len(part) > SHORTEST + 1:
        forms.add(_SHORT_ENDINGS.sub("", part))
    costs = [cost for form in forms if (cost := lexicon.costs(form).head)]
    if costs:
        return min(costs)
    return _UNSEEN if len(part) > SHORTEST and lexicon.kinds(part) & NOUN else None


def _small_head(part: str) -> float | None:
    if part in _SHORT_ADJECTIVES:
        return _ADJECTIVE
    if len(part) <= SHORTEST or part in tables.words(NO_HEADS):
        return None
    kinds = german().kinds(part)
    return _ADJECTIVE if kinds & ADJECTIVE or (kinds & VERB and _PARTICIPLE.match(part)) else None
