"""Entities that Telegram finds in plain text by itself: URLs, commands, mentions, hashtags.

Written from the expressions in TDLib's `find_entities` (td/telegram/MessageEntity.cpp). Simpler
here: a bare domain counts only with one of the endings in `_ENDINGS`, phone and card numbers are
not looked for.
"""

import re

from bot.sandbox.entities import Entity, units

_ENDINGS = "com|net|org|info|biz|eu|de|at|ch|uk|us|fr|it|es|nl|be|pl|ru|ua|io|tv|me|app|dev|news"
_LAST_CHARS = ".:;,('?!`"
_PAIRS = {")": "(", "]": "[", "}": "{"}
_PATTERNS = (
    ("mention", re.compile(r"(?<!\w)@[A-Za-z0-9_]{4,32}(?!\w)")),
    (
        "bot_command",
        re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/<>@])"),
    ),
    ("hashtag", re.compile(r"(?<![\w#])#(?=\w*[^\W\d_])\w{1,256}(?![\w#])")),
    ("cashtag", re.compile(r"(?<![\w$])\$(?:1INCH|[A-Z]{1,8})(?![\w$])")),
    (
        "email",
        re.compile(r"(?<![\w.@+-])[A-Za-z0-9._+-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"),
    ),
)
_URL = re.compile(
    r"(?:(?:https?|ftp|tonsite)://[^\s/?#<>\"«»]+"
    rf"|(?<![\w@./:-])(?:[\w-]{{1,63}}\.)+(?:{_ENDINGS})(?![\w@.-]*\w))"
    r"(?:[/?#][^\s<>\"«»]*)?",
    re.IGNORECASE,
)


def find_entities(text: str) -> list[Entity]:
    """Returns what Telegram marks in `text` without being told, none overlapping another."""
    spans = [(found.start(), _url_end(found), "url") for found in _URL.finditer(text)]
    spans = [(start, end, kind) for start, end, kind in spans if "." in text[start:end]]
    for kind, pattern in _PATTERNS:
        for found in pattern.finditer(text):
            if all(found.end() <= start or end <= found.start() for start, end, _ in spans):
                spans.append((found.start(), found.end(), kind))
    return [
        Entity(kind, units(text[:start]), units(text[start:end]))
        for start, end, kind in sorted(spans)
    ]


def _url_end(found: re.Match[str]) -> int:
    """Leaves out a closing bracket that was not opened in the URL, and punctuation at its end."""
    url = found[0]
    opened: list[str] = []
    for at, char in enumerate(url):
        if char in _PAIRS.values():
            opened.append(char)
        elif char in _PAIRS and (not opened or opened.pop() != _PAIRS[char]):
            url = url[:at]
            break
    return found.start() + len(url.rstrip(_LAST_CHARS))
