"""Why a word counts for a keyword: English words that go before the keyword, and no others."""

from typing import Final

ITSELF: Final = "the word"
INFLECTED: Final = "inflected form of"
BEGINS: Final = "begins with"
ENDS: Final = "ends with"
CONTAINS: Final = "contains"
DERIVED: Final = "derived from"
ADJECTIVE: Final = "adjective of"
INHABITANT: Final = "inhabitant of"
NAME: Final = "another name of"
SPELLING: Final = "another spelling of"

ALL: Final = frozenset(
    {
        ITSELF,
        INFLECTED,
        BEGINS,
        ENDS,
        CONTAINS,
        DERIVED,
        ADJECTIVE,
        INHABITANT,
        NAME,
        SPELLING,
    }
)


def of_part(start: int, end: int, length: int) -> str:
    """Return how a word of a length (in letters, or in parts) holds its part [start, end)."""
    if start == 0:
        return BEGINS
    return ENDS if end == length else CONTAINS
