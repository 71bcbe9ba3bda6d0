"""Reads the word lists in `data/`: plain text, lines that begin with # are comments."""

from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files

DATA = files("bot.text.german") / "data"


@lru_cache
def words(name: str) -> frozenset[str]:
    """Return all words of a list, however they are spread over its lines."""
    return frozenset(word for row in _rows(name) for word in row)


@lru_cache
def rows(name: str) -> Mapping[str, tuple[str, ...]]:
    """Return for the first word of each line the others: "mord moerder" under "mord".

    What a word has on several lines counts together.
    """
    found: dict[str, tuple[str, ...]] = {}
    for first, *rest in _rows(name):
        found[first] = (*found.get(first, ()), *rest)
    return found


def _rows(name: str) -> list[list[str]]:
    text = (DATA / name).read_text(encoding="utf-8")
    return [line.split() for line in text.splitlines() if line.strip() and line[0] != "#"]
