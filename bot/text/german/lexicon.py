"""What the dictionary knows of a German word: its base forms, and how it behaves in compounds.

The data are simplemma's German dictionary (MIT) in folded form, held in tries of about 5 MB
together; `bot.text.german.make` makes them and says how the costs were learned.
"""

from functools import lru_cache
from importlib.resources import as_file
from typing import NamedTuple

import marisa_trie

from bot.text.german.tables import DATA

NOUN, ADJECTIVE, VERB, ABBREVIATION = 1, 2, 4, 8
"""Kinds of an entry. All that is written small and is no verb counts as an adjective."""

SMALL = ADJECTIVE | VERB
"""The kinds of what is written with a small letter."""

WORDS, PARTS, SUFFIXES = "words.marisa", "parts.marisa", "suffixes.txt"
WORD_FORMAT, PART_FORMAT = "<BBH", "<BB"

SCALE = 10
"""A cost as stored is this many times the negative natural logarithm of a share, or 0: never."""

_CACHED = 8192  # a word is asked about many times while it is analysed; some 3 MB


class Entry(NamedTuple):
    """One reading of a form."""

    kind: int
    lemma: str
    """Its base form, folded."""


class Costs(NamedTuple):
    """How dear a part is in a compound; 0: the dictionary has no compound with it there."""

    modifier: float
    """Before another part."""
    head: float
    """As the last part."""


class Lexicon:
    """The tries, loaded. Read-only, for any number of threads."""

    def __init__(self) -> None:
        self._words = marisa_trie.RecordTrie(WORD_FORMAT)
        self._parts = marisa_trie.RecordTrie(PART_FORMAT)
        with as_file(DATA / WORDS) as words, as_file(DATA / PARTS) as parts:
            self._words.load(str(words))
            self._parts.load(str(parts))
        self._suffixes = (DATA / SUFFIXES).read_text(encoding="utf-8").split("\n")
        self._known = lru_cache(maxsize=_CACHED)(self._look_up)

    def entries(self, form: str) -> tuple[Entry, ...]:
        """Return the readings of a folded form; none: the dictionary does not know it.

        "kriege": a Krieg, and something of kriegen.
        """
        return self._known(form)[0]

    def kinds(self, form: str) -> int:
        """Return the kinds of a folded form, added up; 0: the dictionary does not know it."""
        return self._known(form)[1]

    def has(self, kind: int, lemma: str) -> bool:
        """Return whether a folded word is a base form of a kind: "bankerin" is a noun's."""
        return (kind, lemma) in self.entries(lemma)

    def costs(self, part: str) -> Costs:
        """Return what a folded part costs in a compound, in natural logarithms."""
        for modifier, head in self._parts.get(part, ()):
            return Costs(modifier / SCALE, head / SCALE)
        return Costs(0, 0)

    def beginnings(self, text: str) -> set[str]:
        """Return all forms, and all parts of compounds, that a folded text begins with.

        "kriegsflucht": krieg, kriegs. A form counts with an s that links it, too.
        """
        forms: list[str] = self._words.prefixes(text)
        linked = (form + "s" for form in forms if text[len(form) : len(form) + 1] == "s")
        return {*forms, *linked, *self._parts.prefixes(text)}

    def _look_up(self, form: str) -> tuple[tuple[Entry, ...], int]:
        found, kinds = [], 0
        for kind, strip, suffix in self._words.get(form, ()):
            found.append(Entry(kind, form[: len(form) - strip] + self._suffixes[suffix]))
            kinds |= kind
        return tuple(found), kinds


@lru_cache(maxsize=1)
def german() -> Lexicon:
    """Return the lexicon; loaded when it is first asked for."""
    return Lexicon()
