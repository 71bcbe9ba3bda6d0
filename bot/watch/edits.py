"""Changes a watchlist's text by a line, and leaves everything else in it as it is."""

import re
from dataclasses import dataclass

from bot.watch.language import comment_of, lines

_SETTING = "@ignore"
_IGNORE = re.compile(rf"(?i)\s*{_SETTING}(?=\s)")


@dataclass(frozen=True, slots=True)
class Add:
    """One more line at the end."""

    line: str


@dataclass(frozen=True, slots=True)
class Replace:
    """A line that says something else; its comment stays."""

    number: int
    """From 1."""
    old: str
    """As it is written, without its comment."""
    new: str
    """Empty: the line goes."""


@dataclass(frozen=True, slots=True)
class Ignore:
    """A word form that does not count, put to those that there are."""

    form: str


Edit = Add | Replace | Ignore


def applied(source: str, edit: Edit) -> str | None:
    """Return the text of a watchlist after a change; None: it has not the line that is meant."""
    match edit:
        case Add(line):
            return _with(source, line)
        case Replace():
            return _replaced(source, edit)
        case Ignore(form):
            number = _ignoring(source)
            if not number:
                return _with(source, shown(edit))
            old = _said(lines(source)[number - 1])
            return _replaced(source, Replace(number, old, f"{old} {form}"))


def shown(edit: Edit) -> str:
    """Return the line that a change brings, as it would be written; of one that goes, itself."""
    match edit:
        case Add(line):
            return line
        case Replace(_, old, new):
            return new or old
        case Ignore(form):
            return " ".join((_SETTING, form))


def _with(source: str, line: str) -> str:
    end = "\r\n" if "\r\n" in source else "\n"
    gap = "" if not source or source.endswith(("\n", "\r")) else end
    return f"{source}{gap}{line}{end}"


def _replaced(source: str, edit: Replace) -> str | None:
    pieces = re.split(r"(\r\n|\r|\n)", source)
    at = 2 * (edit.number - 1)
    if not 0 <= at < len(pieces) or _said(pieces[at]) != edit.old:
        return None
    if not edit.new:
        del pieces[at : at + 2]
        return "".join(pieces)
    pieces[at] = pieces[at].replace(edit.old, edit.new, 1)
    return "".join(pieces)


def _said(whole: str) -> str:
    """Return a line without its comment and the space around it."""
    return whole.removeprefix("\ufeff")[: comment_of(whole.removeprefix("\ufeff"))].strip()


def _ignoring(source: str) -> int:
    """Return the number of the line that begins with @ignore; 0: there is none."""
    numbered = enumerate(lines(source), start=1)
    return next((number for number, line in numbered if _IGNORE.match(line)), 0)
