"""Finds copies of one text: shortened, reordered, with another head, edited by each house.

A sketch is a sample of a text's runs of five words; the same runs are in the sample of every text,
so a copy is known by how many of the shorter text's are in the longer one's. (Resemblance, which
MinHash estimates, falls when a copy is shortened: it finds a fifth of such copies.)
"""

import re
from array import array
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple
from zlib import crc32

from bot.text.fold import fold

RUN = 5
"""Words of a run."""

SAMPLE = 8
"""One run of so many is kept; some 45 of a usual article."""

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


_TOO_SHORT = Sketch()


class Overlap(NamedTuple):
    """What two texts have in common, as far as their samples tell."""

    share: float = 0.0
    """Of the shorter text."""
    runs: int = 0
    leads: float = 0.0
    """The smaller share that one's beginning has in the other text. A text that only has some
    paragraphs of another begins with something else."""


def sketch(text: str) -> Sketch:
    """Return the sample of a text."""
    words = [fold(word) for word in _WORD.findall(text[:READ])]
    runs = (" ".join(words[at : at + RUN]) for at in range(len(words) - RUN + 1))
    numbers = [crc32(run.encode("utf-8", "surrogatepass")) for run in runs]
    found = _sample(numbers)
    return Sketch(found, _sample(numbers[:LEAD])) if len(found) >= LEAST else _TOO_SHORT


def overlap(one: Sketch, other: Sketch) -> Overlap:
    """Return what two texts have in common."""
    shorter = min(len(one.all), len(other.all))
    mine, theirs = set(one.all), set(other.all)
    runs = len(mine & theirs)
    if not runs:
        return Overlap()
    return Overlap(runs / shorter, runs, min(_inside(one, theirs), _inside(other, mine)))


def indexed(found: Sketch) -> Iterator[int]:
    """Yield the runs of a sketch by which a copy may be looked up.

    They are above all 32-bit numbers, so that they can be kept beside those of other things.
    """
    return (number | 1 << 32 for number in found.all if number % INDEXED == 0)


def _sample(numbers: Iterable[int]) -> Sequence[int]:
    found = sorted({number for number in numbers if number % SAMPLE == 0})
    return array("I", found) if found else ()


def _inside(one: Sketch, other: AbstractSet[int]) -> float:
    return sum(run in other for run in one.lead) / len(one.lead) if one.lead else 1.0
