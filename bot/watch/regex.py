"""Regular expressions in watchlists: RE2, whose time is linear in the text whatever is written."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Protocol

import re2

from bot.text.fold import DASHES

_MAX_MEM = 1 << 20  # bytes for one expression; RE2's own default is eight times that
_LONGEST = 1000
_PROBES = ("", "a", "a b")
_ESCAPE_OR_DASH = re.compile(rf"\\(.)|([{DASHES}])", re.DOTALL)
_DASH = re.compile(f"[{DASHES}]")


class Found(Protocol):
    """A match; offsets are code points."""

    def start(self) -> int:
        """Return where it begins."""
        ...

    def end(self) -> int:
        """Return where it ends, exclusive."""
        ...


class Expression(Protocol):
    """What is used of an RE2 expression, which brings no types."""

    def search(self, text: str) -> Found | None:
        """Return the first match."""
        ...

    def finditer(self, text: str) -> Iterator[Found]:
        """Return all matches that do not overlap."""
        ...


def compiled(pattern: str) -> Expression:
    """Return an expression as RE2 runs it, case-insensitive; RE2 keeps the last ones used.

    Args:
        pattern: A pattern in which `trouble` finds nothing wrong.

    Raises:
        re2.error: if RE2 refuses it.
    """
    options = re2.Options()
    options.case_sensitive = False
    options.log_errors = False
    options.max_mem = _MAX_MEM
    expression: Expression = re2.compile(pattern, options)
    return expression


def unified(pattern: str) -> str:
    r"""Return a pattern with all dashes as - (\- where it was another), as in the text."""
    return _ESCAPE_OR_DASH.sub(_unify, pattern)


@lru_cache(maxsize=1024)
def trouble(pattern: str) -> tuple[int, str] | None:
    """Return where in a pattern something is wrong, and what; None if it can be used."""
    if not pattern:
        return 0, "this regular expression is empty"
    if len(pattern) > _LONGEST:
        return _LONGEST, f"this regular expression has more than {_LONGEST} characters"
    try:
        expression = compiled(pattern)
    except UnicodeEncodeError as error:
        return error.start, "this character cannot be in a text"
    except re2.error as error:
        return _refusal(pattern, error.args[0])
    for probe in _PROBES:
        if any(found.start() == found.end() for found in expression.finditer(probe)):
            return 0, "this regular expression matches everywhere: the empty text fits it"
    return None


def _refusal(pattern: str, said: bytes | str) -> tuple[int, str]:
    """RE2 says "missing ]: [a-": the reason, and the part of the pattern it is about."""
    reason = said.decode(errors="replace") if isinstance(said, bytes) else said
    part = reason.partition(": ")[2]
    return max(0, pattern.find(part)) if part else 0, f"RE2 refuses this: {reason}"


def _unify(found: re.Match[str]) -> str:
    escaped, dash = found.groups()
    if dash:
        return "-" if dash == "-" else r"\-"
    return r"\-" if _DASH.match(escaped) else found.group()
