"""Texts that have nothing to do with each other, so that no two of them are one event."""

import random

SYLLABLES = "ba de fi go ku la mo ne pi ro su ta vo we zi".split()  # noqa: SIM905


def apart(number: int) -> str:
    """Return three sentences of invented nouns, others for each number."""
    chance = random.Random(number)
    words = [f"{''.join(chance.choices(SYLLABLES, k=4)).capitalize()}n" for _ in range(18)]
    return " ".join(
        f"{one} und {two} waren bei {three}, {four} mit {five} sowie {six}."
        for one, two, three, four, five, six in zip(*[iter(words)] * 6, strict=True)
    )
