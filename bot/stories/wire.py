"""Finds copies of one text: shortened, reordered, with another head, edited by each house.

A sketch is a sample of a text's runs of five words; the same runs are in the sample of every text,
so a copy is known by how many of the shorter text's are in the longer one's. (Resemblance, which
MinHash estimates, falls when a copy is shortened: it finds a fifth of such copies.)
"""

import re
from array import array
from collections.abc import Iterable, Iterator, Sequence, Sized
from typing import NamedTuple
from zlib import crc32

from bot.text.fold import fold

RUN = 5
"""Words of a run."""

SAMPLE, SAMPLE_OF_SHORT = 8, 2
"""One run of so many is kept: some 45 of a usual article, and enough of a short one."""

SHORT = 250
"""Runs of a short text."""

LEAST_TEXT = 250
"""Code points without which a text is a teaser: too little to be called a copy."""

READ = 20_000
"""Code points of a text that count."""

LEAST = 3
"""Runs of a sample that a text needs to be told from others."""

INDEXED = 64
"""One run of so many leads to the texts that have it, for copies whose order was changed."""

LEAD = 100
"""Words at the beginning in which a text says what it is about."""

_WORD = re.compile(r"\w+")


class Sketch(NamedTuple):
    """A sample of a text's runs, as sorted numbers, each once."""

    all: Sequence[int] = ()
    lead: Sequence[int] = ()
    """Those of its beginning."""
    sample: int = SAMPLE
    """One run of so many is in it."""

    def packed(self) -> "Sketch":
        """Return the same in little memory."""
        if not self.all:
            return _TOO_SHORT
        return Sketch(array("I", self.all), array("I", self.lead), self.sample)


_TOO_SHORT = Sketch()


class Overlap(NamedTuple):
    """What two texts have in common, as far as their samples tell."""

    share: float = 0.0
    """Of the shorter text."""
    runs: int = 0
    leads: float = 0.0
    """The smaller share that one's beginning has in the other text. A text that only has some
    paragraphs of another begins with something else."""
    shorter: int = 0
    """Runs in the sample of the shorter text."""


_NOTHING = Overlap()


def sketch(text: str) -> Sketch:
    """Return the sample of a text."""
    if len(text) < LEAST_TEXT:
        return _TOO_SHORT
    words = [fold(word) for word in _WORD.findall(text[:READ])]
    runs = (" ".join(words[at : at + RUN]) for at in range(len(words) - RUN + 1))
    numbers = [crc32(run.encode("utf-8", "surrogatepass")) for run in runs]
    sample = SAMPLE if len(numbers) > SHORT else SAMPLE_OF_SHORT
    found, lead = (_of(some, sample) for some in (numbers, numbers[:LEAD]))
    if len(found) < LEAST:
        return _TOO_SHORT
    return Sketch(tuple(sorted(found)), tuple(sorted(lead)), sample)


class Copies:
    """A new text, which is compared with many."""

    def __init__(self, new: Sketch) -> None:
        """Take its sketch."""
        self._new = new
        self._by_sample: dict[int, tuple[frozenset[int], frozenset[int]]] = {}

    def overlap(self, other: Sketch) -> Overlap:
        """Return what another text has in common with it, by the sparser of their samples."""
        sample = max(self._new.sample, other.sample)
        mine, my_lead = self._sampled(sample)
        theirs = _sampled(other.all, other, sample)
        runs = len(mine.intersection(theirs))
        if not runs:
            return _NOTHING
        shorter = min(len(mine), len(theirs))
        their_lead = _sampled(other.lead, other, sample)
        leads = min(
            _share(my_lead.intersection(theirs), my_lead),
            _share(mine.intersection(their_lead), their_lead),
        )
        return Overlap(runs / shorter, runs, leads, shorter)

    def _sampled(self, sample: int) -> tuple[frozenset[int], frozenset[int]]:
        known = self._by_sample.get(sample)
        if known is None:
            new = self._new
            all_, lead = (_sampled(some, new, sample) for some in (new.all, new.lead))
            known = self._by_sample[sample] = frozenset(all_), frozenset(lead)
        return known


def overlap(one: Sketch, other: Sketch) -> Overlap:
    """Return what two texts have in common, by the sparser of their samples."""
    return Copies(one).overlap(other)


def indexed(found: Sketch) -> Iterator[int]:
    """Yield the runs of a sketch by which a copy may be looked up.

    They are above all 32-bit numbers, so that they can be kept beside those of other things.
    """
    return (number | 1 << 32 for number in found.all if number % INDEXED == 0)


def _of(numbers: Iterable[int], sample: int) -> set[int]:
    return {number for number in numbers if number % sample == 0}


def _sampled(numbers: Sequence[int], of: Sketch, sample: int) -> Sequence[int]:
    """Return those of a sketch's numbers, each once, that a sparser one could have as well."""
    return numbers if of.sample == sample else sorted(_of(numbers, sample))


def _share(found: Sized, of: Sized) -> float:
    return len(found) / len(of) if of else 1.0
