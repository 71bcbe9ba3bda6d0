"""What people bring from other search languages: each is a fault that says what to write here."""

import re
from typing import NamedTuple

from bot.watch.places import Spot


class _Habit(NamedTuple):
    pattern: re.Pattern[str]
    what: str
    remedy: str


def _habit(pattern: str, what: str, remedy: str) -> _Habit:
    return _Habit(re.compile(pattern), what, remedy)


_NAME = '; a name goes into "quotes"'
_HABITS = (
    _habit(r"(?<!\S)\+", "+ is no operator", f"write A & B{_NAME}"),
    _habit("~[0-9]*", "~ is no operator", f"inflection is known without it; write Word{_NAME}"),
    _habit(r"\?", "? is no wildcard", f"write Siegespar*, or leave it out{_NAME}"),
    _habit(r"[\[\]{}]", "these brackets mean nothing here", f"write ( and ){_NAME}"),
    _habit(r"(?<!\S)/(?!\S)", "a / stands between words", "write | for either, & for both"),
    _habit(r"(?<!\S)[wWnN]/[0-9]+(?!\S)", "this is no operator", "did you mean NEAR/10?"),
    _habit(
        r"(?i)(?<!\S)(?:in(?:title|titel)|all(?:in)?title|headline|überschrift|titre):",
        "this is no prefix",
        f"did you mean title: ?{_NAME}",
    ),
    _habit(
        r"(?i)(?<!\S)(?:in(?:text|body)|allintext|body|content|inhalt):",
        "this is no prefix",
        f"did you mean text: ?{_NAME}",
    ),
    _habit(
        r"(?i)(?<!\S)(?:site|(?:in)?url|source|quelle|feed|domain|link):(?=\S)",
        "this is no prefix",
        f"write a line @feeds Tagesschau, NDR to keep to feeds{_NAME}",
    ),
    _habit(
        r"(?i)(?<!\S)(?:lang|language|sprache):(?=\S)",
        "this is no prefix",
        f"write a line @lang de to set the language{_NAME}",
    ),
    _habit(
        r"(?i)(?<!\S)(?:tags?|filetype|author|autor|before|after|date|datum):(?=\S)",
        "this is no prefix",
        f"there are title: and text: only{_NAME}",
    ),
)
# Most words have none of these characters and need not be looked at eleven times.
_SUSPICIOUS = re.compile(r"[+~?\[\]{}/:]")


def habits(text: str, start: int) -> list[Spot]:
    """Return what of other search languages is in some words.

    Args:
        text: Words as written.
        start: Where they stand in their line.
    """
    if not _SUSPICIOUS.search(text):
        return []
    return [
        Spot(start + found.start(), what, remedy)
        for pattern, what, remedy in _HABITS
        for found in pattern.finditer(text)
    ]
