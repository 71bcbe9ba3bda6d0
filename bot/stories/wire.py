"""Finds copies of one text: shortened, reordered, with another head, edited by each house.

A sketch is a sample of a text's runs of five words; the same runs are in the sample of every text,
so a copy is known by how many of the shorter text's are in the longer one's. (Resemblance, which
MinHash estimates, falls when a copy is shortened: it finds a fifth of such copies.)
"""

import re
from array import array
from collections.abc import Sequence
from zlib import crc32

from bot.text.fold import fold

RUN = 5
"""Words of a run."""

SAMPLE = 8
"""One run of so many is kept; some 45 of a usual article."""

READ = 20_000
"""Code points of a text that count."""

_WORD = re.compile(r"\w+")
Sketch = Sequence[int]


def sketch(text: str) -> Sketch:
    """Return the sample of a text's runs of words, sorted, each once."""
    words = [fold(word) for word in _WORD.findall(text[:READ])]
    runs = (" ".join(words[at : at + RUN]) for at in range(len(words) - RUN + 1))
    numbers = {crc32(run.encode("utf-8", "surrogatepass")) for run in runs}
    return array("I", sorted(number for number in numbers if number % SAMPLE == 0))


def overlap(one: Sketch, other: Sketch) -> tuple[float, int]:
    """Return which share of the shorter text is in the longer one, and how many runs that is."""
    shorter = min(len(one), len(other))
    if not shorter:
        return 0.0, 0
    hits = len(set(one).intersection(other))
    return hits / shorter, hits
