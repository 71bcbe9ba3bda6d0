"""Names of lists without a file: a chat's own, and what it wants to hear nothing of.

Both are watchlists to the matcher. Their names have a slash, which no file's name has.
"""

_OWN, _EXCLUSION = "own/", "not/"


def own(number: int) -> str:
    """Return the name of a chat's own list, by the number of its row."""
    return f"{_OWN}{number}"


def exclusion(number: int) -> str:
    """Return the name of an exclusion: it matches what the chat wants to hear nothing of."""
    return f"{_EXCLUSION}{number}"


def is_own(watchlist: str) -> bool:
    """Tell whether it is a chat's own list."""
    return watchlist.startswith(_OWN)


def is_exclusion(watchlist: str) -> bool:
    """Tell whether it is an exclusion of a chat."""
    return watchlist.startswith(_EXCLUSION)


def number_of(watchlist: str) -> int:
    """Return the row of an own list or of an exclusion."""
    return int(watchlist.partition("/")[2])
