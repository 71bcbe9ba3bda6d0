"""Reads a document: all that is compared, and nothing else is kept of it."""

import re
from datetime import UTC, datetime, timedelta
from sys import intern

from bot.stories import gates
from bot.stories.facts import facts
from bot.stories.identity import content, keys
from bot.stories.terms import SHORT, Terms, number, terms
from bot.stories.values import Document
from bot.stories.window import Level, Row
from bot.stories.wire import sketch
from bot.text.detect import detect
from bot.text.fold import fold
from bot.text.languages import code_of

_SOME_TEXT = 40
"""A text of fewer code points says nothing beyond the title."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_HOUR = timedelta(hours=1)
_WORD = re.compile(r"\w+")


def hours(instant: datetime) -> float:
    """Return an instant as hours since 1970."""
    return (instant - _EPOCH) / _HOUR


def day(time: float) -> int:
    """Return the day, counted in UTC, of a time in hours."""
    return int(time // 24)


def read(document: Document, number_: int, time: float, clock: float) -> tuple[Row, Terms]:
    """Return a document as a row that has no story yet, and its terms with their words.

    Args:
        document: the document.
        number_: of the row.
        time: its date, in hours.
        clock: when it arrived, in hours.
    """
    language = code_of(document.language or detect(f"{document.title} {document.text}"))
    title = gates.without_outlet(document.title)
    found = terms(title, document.text, language)
    row = Row(
        number=number_,
        id=document.id,
        outlet=intern(document.outlet),
        language=intern(language),
        keys=keys(document),
        content=content(document),
        time=time,
        clock=clock,
        level=_level(document.text),
        kind=gates.kind(document.title, document.url),
        heading=_heading(gates.without_times(title)),
        terms=(),
        counts=b"",
        words=0,
        sketch=sketch(document.text),
        facts=facts(document.title, document.text, language, _EPOCH + time * _HOUR),
        correction=gates.is_correction(document.title, document.text),
    )
    row.take(found)
    return row, found


def _level(text: str) -> Level:
    if len(text) >= SHORT:
        return Level.TEXT
    return Level.TEASER if len(text.strip()) >= _SOME_TEXT else Level.HEADLINE


def _heading(title: str) -> int:
    return number(" ".join(fold(word) for word in _WORD.findall(title)))
