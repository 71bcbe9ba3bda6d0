"""Reads a document: all that is compared, and nothing else is kept of it."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from sys import intern
from typing import NamedTuple

from bot.stories import gates
from bot.stories.agency import agency
from bot.stories.facts import Facts, facts
from bot.stories.identity import Keys, content, keys
from bot.stories.terms import SHORT, Terms, number, terms
from bot.stories.values import Document
from bot.stories.window import Level, Row
from bot.stories.wire import Sketch, sketch
from bot.text.detect import detect
from bot.text.fold import fold
from bot.text.languages import code_of

_SOME_TEXT = 40
"""A text of fewer code points says nothing beyond the title."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_HOUR = timedelta(hours=1)
_WORD = re.compile(r"\w+")


class Reading(NamedTuple):
    """What is compared of a document, in plain values: see `Row` for what they are."""

    id: str
    outlet: str
    language: str
    keys: Keys
    content: int
    published: float | None
    """The publisher's date, in hours since 1970."""
    seen: float | None
    """When it was found, in hours since 1970."""
    level: Level
    kind: gates.Kind
    heading: int
    terms: Terms
    sketch: Sketch
    facts: Facts
    correction: bool
    agency: str
    """Whose text it is, as far as it says."""

    def row(self, number_: int, clock: float) -> Row:
        """Return a row of the window that has no story yet.

        Args:
            number_: of the row.
            clock: when it arrived, in hours since 1970. No date counts that is later.
        """
        row = Row(
            number=number_,
            id=self.id,
            outlet=intern(self.outlet),
            language=intern(self.language),
            keys=self.keys,
            content=self.content,
            time=clock if self.published is None else min(clock, self.published),
            clock=clock,
            level=self.level,
            kind=self.kind,
            heading=self.heading,
            terms=(),
            counts=b"",
            words=0,
            sketch=self.sketch.packed(),
            facts=self.facts,
            correction=self.correction,
        )
        row.take(self.terms)
        return row


def hours(instant: datetime) -> float:
    """Return an instant as hours since 1970."""
    return (instant - _EPOCH) / _HOUR


def day(time: float) -> int:
    """Return the day, counted in UTC, of a time in hours."""
    return int(time // 24)


def read(document: Document, clock: float) -> Reading:
    """Read a document.

    Args:
        document: the document.
        clock: the time of the latest one before it, in hours since 1970: a day without a year is
            in the year of its date, and that cannot be later. It may be 0 for one that says when it
            was found.
    """
    published = hours(document.published) if document.published else None
    seen = hours(document.seen) if document.seen else published
    latest = clock if seen is None else max(clock, seen)
    time = latest if published is None else min(latest, published)
    language = code_of(document.language or detect(f"{document.title} {document.text}"))
    title = gates.without_outlet(document.title)
    return Reading(
        document.id,
        document.outlet,
        language,
        keys(document),
        content(document),
        published,
        seen,
        _level(document.text),
        gates.kind(document.title, document.url),
        _heading(gates.without_times(title)),
        terms(title, document.text, language),
        sketch(document.text),
        facts(document.title, document.text, language, _EPOCH + time * _HOUR),
        gates.is_correction(document.title, document.text),
        agency(document.text, document.url),
    )


def read_all(documents: Iterable[Document]) -> list[Reading]:
    """Read documents that say when they were found."""
    return [read(each, 0.0) for each in documents]


def _level(text: str) -> Level:
    if len(text) >= SHORT:
        return Level.TEXT
    return Level.TEASER if len(text.strip()) >= _SOME_TEXT else Level.HEADLINE


def _heading(title: str) -> int:
    return number(" ".join(fold(word) for word in _WORD.findall(title)))
