"""Bars so small that they stand in a line of text: where they are, for a picture in SVG."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, GAP, HEIGHT, LEAST = 4, 1, 24, 2
"""Of a bar; between two; of the highest; of the lowest that is any."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar: its left edge, its upper edge, and how high it is."""

    x: int
    y: int
    height: int


@dataclass(frozen=True, slots=True)
class Spark:
    """Bars side by side, the last one at the right."""

    bars: Sequence[Bar]
    width: int
    height: int = HEIGHT


def spark(counts: Sequence[int]) -> Spark:
    """Return a bar for each count, the largest as high as the picture; none for 0."""
    most = max(counts, default=0)
    bars = []
    for n, count in enumerate(counts):
        height = max(LEAST, round(HEIGHT * count / most)) if count > 0 else 0
        bars.append(Bar(n * (WIDTH + GAP), HEIGHT - height, height))
    return Spark(tuple(bars), max(0, len(counts) * (WIDTH + GAP) - GAP))
