"""Which words say what `bot.watch` says: it speaks English, which the command line shows.

A sentence is found again by its English words, so that whoever adds a fault there writes it once,
as text, and adds a pair to each table here; tests/test_wording_watch.py names what is missing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from string import Formatter
from typing import NamedTuple

from bot.errors import Fault

_INNER = "said"


class _Pair(NamedTuple):
    """A sentence with placeholders, cut at them, and what it is in another language."""

    literals: Sequence[str]
    """One more than there are names."""
    names: Sequence[str]
    words: str

    @property
    def fit(self) -> tuple[bool, int]:
        """How well it fits what it fits at all: by how little of that is taken for a value."""
        return _INNER in self.names, sum(map(len, self.literals))


class Phrases:
    """Sentences and their translations: pairs of texts with the same placeholders in braces.

    What stands at a placeholder is taken over as it is, except at `{said}`: that is a sentence of
    the table itself.
    """

    def __init__(self, table: Mapping[str, str]) -> None:
        """Prepare a table: English to the other language. An empty one leaves all as it is."""
        self.table = table
        pairs = (_pair(said, words) for said, words in table.items())
        self._pairs = sorted(pairs, key=lambda pair: pair.fit, reverse=True)

    def __call__(self, said: str) -> str:
        """Return a sentence translated, or as it is if the table lacks it."""
        found = self.find(said)
        return said if found is None else found

    def find(self, said: str) -> str | None:
        """Return a sentence translated; None if the table lacks it. Plain text both."""
        for pair in self._pairs:
            values = self._values(pair, said)
            if values is not None:
                return pair.words.format_map(values)
        return None

    def _values(self, pair: _Pair, said: str) -> Mapping[str, str] | None:
        taken = _taken(pair.literals, said)
        if taken is None:
            return None
        values = dict(zip(pair.names, taken, strict=True))
        if _INNER in values:
            inner = self.find(values[_INNER])
            if inner is None:
                return None
            values[_INNER] = inner
        return values


def _pair(said: str, words: str) -> _Pair:
    literals, names = [""], []
    for literal, name, _, _ in Formatter().parse(said):
        literals[-1] += literal
        if name is not None:
            names.append(name)
            literals.append("")
    return _Pair(literals, names, words)


def _taken(literals: Sequence[str], said: str) -> Sequence[str] | None:
    """Return what stands between literals in a text, in time linear in it; None: it lacks one."""
    first, *others = literals
    if not others:
        return () if said == first else None
    *middle, last = others
    if not (said.startswith(first) and said.endswith(last)):
        return None
    rest = said[len(first) : len(said) - len(last)]
    taken = []
    for literal in middle:
        value, found, rest = rest.partition(literal)
        if not found:
            return None
        taken.append(value)
    return (*taken, rest) if len(said) >= len(first) + len(last) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchWords:
    """What is wrong with a watchlist, what an article lacks, why a place counts. All plain text."""

    faults: Phrases
    """What is wrong or will surprise, and what to do about it: the parts of a `Fault`."""
    reasons: Phrases
    """What an article lacks for a query, or what excludes it."""
    rules: Phrases
    """Why a place counts for a query: short, to stand behind a dash."""
    itself: str
    """The rule of a word that is looked for just as it stands there."""

    def fault(self, fault: Fault) -> Fault:
        """Return a fault with its sentences translated; its place and excerpt stay."""
        return replace(fault, what=self.faults(fault.what), remedy=self.faults(fault.remedy))

    def place(self, text: str, rule: str) -> str:
        """Return why a place counts: "nordkoreanische – Adjektiv zu Nordkorea".

        Args:
            text: What stands there, on one line and as short as it is to be shown.
            rule: As in `Span.rule`.
        """
        return f"{text} – {self.itself if rule == f'the word {text}' else self.rules(rule)}"
