"""Which words say how a query was read."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.wording.kinds import Counted


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingWords:
    """How a query was read. `{words}` and `{part}` are plain text."""

    kinds: Mapping[str, str]
    """By the kind of a term."""
    fields: Mapping[str, str]
    """By where it is to stand."""
    either: str
    between: str
    """Two alternatives."""
    both: str
    """Two parts that are both wanted."""
    without: str
    near: str
    beside: str
    """At a distance of one word."""
    times: Counted
    excludes: str
    """Before what an exclusion is about."""
