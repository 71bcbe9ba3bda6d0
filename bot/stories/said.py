"""What an article says that a later one of its story may say otherwise: names, numbers, places."""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cache, lru_cache
from typing import NamedTuple

from bot.model import Article
from bot.stories.facts import READ, Facts, facts, numbers
from bot.stories.gates import is_correction, without_outlet
from bot.stories.stopwords import EMPTY
from bot.text.fold import fold
from bot.text.languages import code_of
from bot.text.stems import is_unknown, parts, stem

_COUNT_OF = re.compile(
    r"[Zz]ahl der ([^\W\d_]{3,})\b[^.\d]{0,60} auf (?:[^\W\d_]+ )?(\d{1,3}(?:\.\d{3})*)\b"
)
"""„Die Zahl der Toten stieg auf mindestens 31“."""
_MEASURES = (
    *("Sekunden", "Minuten", "Stunden", "Tage", "Wochen", "Monate", "Jahre", "Jahren", "jährige"),
    *("Meter", "Kilometer", "Grad", "Euro", "Dollar", "Cent", "Millionen", "Milliarden", "Mal"),
    *("seconds", "minutes", "hours", "days", "weeks", "months", "years", "metres", "miles"),
    *("degrees", "euros", "dollars", "percent", "million", "billion", "times"),
)
"""A text has many of these, of different things: only those in its title are told apart."""
_WORD = re.compile(r"[^\W\d_][\w-]+")
_GENITIVE = re.compile(r"(?<=[^s])s$")
_GERMAN = "de"
_USUAL, _WORDS = 40, 20_000
"""Code points of words that are remembered, and how many of them are."""


class Said(NamedTuple):
    """What `bot.alerts.growth` compares."""

    correction: bool
    names: tuple[str, ...]
    words: frozenset[str]
    numbers: Mapping[str, str]
    places: tuple[str, ...]
    days: tuple[str, ...]


def said_by(articles: Iterable[tuple[Article, datetime]]) -> list[Said]:
    """Return what articles say, each given with when it was published: for a worker."""
    return [said(each.title, each.text, when, each.language) for each, when in articles]


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
        _numbers(title, text, found, code),
        found.towns,
        tuple(f"{day}.{month}." for month, day in found.dates),
    )


def _numbers(title: str, text: str, found: Facts, language: str) -> Mapping[str, str]:
    """Return how many of what there are."""
    measures = _measures(language)
    counted = {what: number for what, number in found.numbers if what not in measures}
    headed = dict(sorted(numbers(title, language)))
    risen = {
        stem(fold(what), language): number
        for what, number in _COUNT_OF.findall(f"{title}. {text[:READ]}")
    }
    # „Die Zahl der Toten ist auf 31 gestiegen“ counts nothing that has risen.
    others = {what: n for what, n in {**counted, **headed}.items() if n not in risen.values()}
    return {**others, **risen}


@cache
def _measures(language: str) -> frozenset[str]:
    return frozenset(stem(fold(word), language) for word in _MEASURES)


def _names(text: str, language: str) -> tuple[str, ...]:
    """Return the words with a capital that the dictionary lacks, without a genitive's s."""
    if language != _GERMAN:
        return ()
    words = (word for word in _WORD.findall(text) if word[0].isupper())
    found = [_name(word) if len(word) <= _USUAL else _read_name(word) for word in words]
    return tuple(dict.fromkeys(filter(None, found)))


def _read_name(word: str) -> str:
    """Return a word with a capital in German as a name; empty: it is none."""
    name = fold(word)
    is_name = is_unknown(name, _GERMAN) and name not in EMPTY and not parts(word, _GERMAN)
    return _GENITIVE.sub("", name) if is_name else ""


_name = lru_cache(maxsize=_WORDS)(_read_name)
