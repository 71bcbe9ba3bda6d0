"""What an article says that a later one of its story may say otherwise: names, numbers, places."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from bot.stories.facts import facts
from bot.stories.gates import is_correction, without_outlet
from bot.stories.stopwords import EMPTY
from bot.text.fold import fold
from bot.text.languages import code_of
from bot.text.stems import is_unknown, parts

READ = 3_000
_WORD = re.compile(r"[^\W\d_][\w-]+")
_GENITIVE = re.compile(r"(?<=[^s])s$")
_GERMAN = "de"


class Said(NamedTuple):
    """What `bot.alerts.growth` compares."""

    correction: bool
    names: tuple[str, ...]
    words: frozenset[str]
    numbers: Mapping[str, str]
    places: tuple[str, ...]
    days: tuple[str, ...]


def said(title: str, text: str, published: datetime, language: str | None = None) -> Said:
    """Return what an article says.

    Args:
        title: as written.
        text: as written.
        published: when; a day without a year is in that year.
        language: its code. Names are told from other words only in German, by its dictionary.
    """
    code = code_of(language)
    found = facts(title, text, code, published)
    names = _names(without_outlet(title), code)
    return Said(
        is_correction(title, text),
        names,
        frozenset((*names, *_names(text[:READ], code))),
        dict(found.numbers),
        found.towns,
        tuple(f"{day}.{month}." for month, day in found.dates),
    )


def _names(text: str, language: str) -> tuple[str, ...]:
    """Return the words with a capital that the dictionary lacks, without a genitive's s."""
    if language != _GERMAN:
        return ()
    found = (word for word in _WORD.findall(text) if word[0].isupper())
    folded = {fold(word): word for word in found}
    return tuple(
        dict.fromkeys(
            _GENITIVE.sub("", name)
            for name, word in folded.items()
            if is_unknown(name, language) and name not in EMPTY and not parts(word, language)
        )
    )
