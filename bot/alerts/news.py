"""What is new about a further article of a story, so that it is worth a sound of its own. Pure."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

PAUSE = timedelta(hours=6)
"""After so long without an article of the story, the next one is news again."""
MANY = (5, 20)
"""How many outlets report it, when that is news in itself."""
SETTLED = timedelta(minutes=30)
"""Copies of an agency's text come within minutes: together they are no news."""


@dataclass(frozen=True, slots=True)
class Article:
    """An article that joins a story which a chat was told of."""

    outlet: str
    lists: Collection[str]
    """Those that match it, and that the chat wants."""
    is_correction: bool


@dataclass(frozen=True, slots=True)
class Known:
    """What the chat was told of the story."""

    outlets: Collection[str]
    lists: Collection[str]
    first: datetime
    """When the first article of it was told."""
    latest: datetime
    """When the last one was."""


def news(article: Article, known: Known, now: datetime) -> str:
    """Return what is new about an article, in words that `/why` can show; empty: nothing is."""
    if article.is_correction:
        return "it corrects an earlier report"
    if not set(article.lists) <= set(known.lists):
        return "another list matches it"
    if now - known.latest >= PAUSE:
        return "it is reported again after a while"
    outlets = {*known.outlets, article.outlet}
    grows = len(outlets) in MANY and article.outlet not in known.outlets
    if grows and now - known.first >= SETTLED:
        return f"{len(outlets)} outlets report it by now"
    return ""
