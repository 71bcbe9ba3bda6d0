"""Reads the settings of a watchlist: the lines that begin with @."""

import re
from collections.abc import Callable, Iterable
from difflib import get_close_matches
from typing import Any

from bot.watch.languages import is_language, meant_language
from bot.watch.places import Spot
from bot.watch.watchlist import Settings

_LABEL_LENGTH = 100
_CHAT_ID = re.compile(r"-?\d{1,20}")
_SETTING = re.compile(r"@(\S*)\s*")


class SettingsReader:
    """Collects the settings of one watchlist, line by line."""

    def __init__(self) -> None:
        self._values: dict[str, Any] = {}

    def read(self, line: str, start: int) -> list[Spot]:
        """Read one setting.

        Args:
            line: The line without its comment.
            start: Where its @ stands.

        Returns:
            What is wrong with it.
        """
        found = _SETTING.match(line, start)
        name = found[1].casefold() if found else ""
        value_at = found.end() if found else start
        value = line[value_at:].strip()
        if name not in _READERS:
            what = f"there is no setting @{name[:_LABEL_LENGTH]}"
            return [Spot(start, what, _nearest(name))]
        if name in self._values:
            return [Spot(start, f"@{name} is set twice", "keep one of them")]
        if not value:
            return [Spot(start, f"@{name} has no value", _READERS[name][1])]
        try:
            self._values[name] = _READERS[name][0](value)
        except ValueError:
            self._values[name] = None  # set, if badly: a second line is told so
            remedy = _meant(name, value) or _READERS[name][1]
            return [Spot(value_at, f"this is no value for @{name}", remedy)]
        return []

    def settings(self) -> Settings:
        """Return what was read; the rest has its defaults."""
        return Settings(**self._values)


def _label(value: str) -> str:
    if len(value) > _LABEL_LENGTH:
        raise ValueError(value)
    return value


def _language(value: str) -> str:
    if not is_language(value.casefold()):
        raise ValueError(value)
    return value.casefold()


def _names(value: str) -> tuple[str, ...]:
    return _some(part.strip() for part in re.split("[,;]", value))


def _words(value: str) -> tuple[str, ...]:
    return _some(re.split(r"[,;\s]+", value))


def _some(values: Iterable[str]) -> tuple[str, ...]:
    found = tuple(filter(None, values))
    if not found:
        raise ValueError(values)
    return found


def _one_of(*allowed: str) -> Callable[[str], str]:
    def read(value: str) -> str:
        if value.casefold() not in allowed:
            raise ValueError(value)
        return value.casefold()

    return read


def _visible(value: str) -> tuple[str, ...]:
    chosen = tuple(word.casefold() for word in _words(value))
    if len(chosen) == 1 and chosen[0] in {"all", "admins"}:
        return chosen
    if not all(map(_CHAT_ID.fullmatch, chosen)):
        raise ValueError(value)
    return chosen


_STORIES = ("story", "wire", "off")
_ALERTS = ("urgent", "now", "quiet", "digest")

_READERS: dict[str, tuple[Callable[[str], Any], str]] = {
    "label": (_label, f"write @label NAME, at most {_LABEL_LENGTH} characters"),
    "lang": (_language, "write a language code: @lang de"),
    "feeds": (_names, "write names of feeds with commas between: @feeds Tagesschau, NDR"),
    "tags": (_names, "write tags with commas between: @tags politik, ausland"),
    "ignore": (_words, "write word forms: @ignore Auswahl Wortwahl"),
    "stories": (_one_of(*_STORIES), "write story, wire or off"),
    "alert": (_one_of(*_ALERTS), "write urgent, now, quiet or digest"),
    "visible": (_visible, "write all, admins or chat ids"),
}
_CHOICES = {"stories": _STORIES, "alert": _ALERTS, "visible": ("all", "admins")}
# The settings as people call them in German, and values that no likeness of letters leads to.
_NAMES = {
    "name": "label",
    "titel": "label",
    "title": "label",
    "sprache": "lang",
    "language": "lang",
    "quellen": "feeds",
    "sources": "feeds",
    "ignoriere": "ignore",
    "sichtbar": "visible",
    "alarm": "alert",
}
_VALUES = {
    "dringend": "urgent",
    "eilig": "urgent",
    "sofort": "now",
    "still": "quiet",
    "silent": "quiet",
    "leise": "quiet",
    "täglich": "digest",
    "daily": "digest",
    "alle": "all",
    "admin": "admins",
    "aus": "off",
    "none": "off",
}


def _nearest(name: str) -> str:
    near = get_close_matches(name[:_LABEL_LENGTH], _READERS, n=1)
    meant = _NAMES.get(name) or (near[0] if near else "")
    if meant:
        return f"did you mean @{meant}?"
    settings = " @".join(_READERS)
    return f"the settings are @{settings}; a name that begins with @ is written without it"


def _meant(name: str, value: str) -> str:
    """Return a question after the value that was probably meant, or an empty text."""
    folded = value.casefold()[:_LABEL_LENGTH]
    if name == "lang":
        code = meant_language(folded)
        return f"did you mean @lang {code}?" if code else ""
    choices = _CHOICES.get(name, ())
    near = get_close_matches(folded, choices, n=1)
    meant = _VALUES.get(folded, near[0] if near else "")
    return f"did you mean {meant}?" if meant in choices else ""
