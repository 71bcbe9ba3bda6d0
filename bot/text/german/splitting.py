"""Splits compounds into their parts. All words here are folded."""

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import NamedTuple

from bot.text.german import parts, tables
from bot.text.german.lexicon import NOUN, SMALL, german
from bot.text.german.parts import LINKS, SHORTEST
from bot.text.german.word import Word

Modifiers = Callable[[str], Iterable[tuple[str, float]]]
Head = Callable[[str], float | None]

_OPAQUE = "opaque.txt"
_NOT = "un"
_SHORTEST_FRONT = 2
_NEGATED_LETTERS = 5
# Parts that no list allows as they are too short or a prefix: where they end.
_KNOWN = {"abgas": 2, "abgase": 2, "abwasser": 2, "abwahl": 2, "abluft": 2, "unterhaus": 5}
_LATIN = re.compile("[aik]tor(s|en|in|innen)?$")  # a Diktator is no Tor

# What a split may cost: dearer, it is an accident. Longer words have more parts to pay for. Fitted
# by eye: Glatt-eis (8 letters) costs 17.4, Hei-rat (6) 17.2, Clay-ton (7) 19.2.
_DEAREST, _DEAREST_PER_LETTER, _DEAREST_IF_UNKNOWN = 8.2, 1.2, 2.0


class Split(NamedTuple):
    """A compound's parts, two or more, and what they cost together."""

    cost: float
    parts: tuple[str, ...]


def cheapest(word: str, modifiers: Modifiers, head: Head) -> Split | None:
    """Return the cheapest split of a word into modifiers and a head, or None.

    Args:
        word: The word: "kriegsfluechtling".
        modifiers: Gives the parts that a text begins with, each with what it costs.
        head: Gives what a part costs as the last one, or None or 0 if it cannot be.
    """
    size = len(word)
    best: dict[int, Split] = {0: Split(0.0, ())}
    found: Split | None = None
    for start in range(size - SHORTEST + 1):
        before = best.pop(start, None)
        if before is None:
            continue
        for part, cost in modifiers(word[start : size - SHORTEST]):
            known = best.get(start + len(part))
            if known is None or before.cost + cost < known.cost:
                best[start + len(part)] = Split(before.cost + cost, (*before.parts, part))
        last = head(word[start:]) if start else None
        if last and (found is None or before.cost + last < found.cost):
            found = Split(before.cost + last, (*before.parts, word[start:]))
    return found


@lru_cache(maxsize=10_000)
def boundaries(word: Word) -> tuple[int, ...]:
    """Return where the smallest parts of a word begin and end, from 0 to its length.

    "kriegsfluechtling": 0, 6, 17. A word that cannot be split, or could be by accident only, has
    just these two. A small word ends with no noun.
    """
    text, size = word.folded, len(word.folded)
    base = _base(word)
    if not tables.words(_OPAQUE).isdisjoint((text, base)) or _LATIN.search(text):
        return 0, size
    if base in _KNOWN:
        return 0, _KNOWN[base], size
    # Glattbügeln, which the dictionary gives as a base form of bügeln, has this inside it: no end.
    if base != text and base[:_SHORTEST_FRONT] == text[:_SHORTEST_FRONT]:
        inner = boundaries(word._replace(folded=base))
        if len(inner) > 2 and text.startswith(base[: inner[-2]]):
            return (*inner[:-1], size)
    split = _split(word)
    if split:
        return _inside(split.parts, word)
    return (0, len(_NOT), size) if _is_negation(text) else (0, size)


def is_split(word: Word) -> bool:
    """Return whether a word has parts."""
    return len(boundaries(word)) > 2


def _split(word: Word) -> Split | None:
    """Return the cheapest split that is no accident."""
    text = word.folded
    split = cheapest(text, parts.modifiers, _head(word))
    if split is None and not word.is_small:
        # Adjectives may be written as nouns: die Kriegsmüden.
        split = cheapest(text, parts.modifiers, _head(Word(text, is_small=True)))
    dearest = _DEAREST + _DEAREST_PER_LETTER * len(text)
    if not german().kinds(text):
        dearest += _DEAREST_IF_UNKNOWN
    return split if split and split.cost <= dearest else None


def _head(word: Word) -> Head:
    return lambda part: parts.head(Word(part, word.is_small))


def _inside(found: tuple[str, ...], word: Word) -> tuple[int, ...]:
    """Return the boundaries of a split word with those inside its parts."""
    cuts, at = [0], 0
    for part in found[:-1]:
        cuts += [at + inner for inner in boundaries(Word(_unlinked(part)))[1:-1]]
        at += len(part)
        cuts.append(at)
    cuts += [at + inner for inner in boundaries(Word(found[-1], word.is_small))[1:]]
    return tuple(cuts)


def _unlinked(part: str) -> str:
    """Return a modifier without what links it: kriegs: krieg."""
    lexicon = german()
    if not lexicon.kinds(part):
        for link in LINKS:
            if part.endswith(link) and lexicon.kinds(part.removesuffix(link)):
                return part.removesuffix(link)
    return part


def _base(word: Word) -> str:
    """Return a word's base form that is its own, if the dictionary has one: kriege: krieg."""
    wanted, lexicon = SMALL if word.is_small else NOUN, german()
    own = [
        entry.lemma
        for entry in lexicon.entries(word.folded)
        if entry.kind & wanted and entry in lexicon.entries(entry.lemma)
    ]
    return word.folded if not own or word.folded in own else own[0]


def _is_negation(word: str) -> bool:
    rest = word.removeprefix(_NOT)
    return rest != word and len(rest) >= _NEGATED_LETTERS and bool(german().kinds(rest) & NOUN)
