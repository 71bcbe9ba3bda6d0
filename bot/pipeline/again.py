"""When a page is read again: after a failure that passes, because it is short, because it grows."""

import re
from datetime import datetime, timedelta
from typing import Protocol

from bot.alerts.compose import FULL_TEXT
from bot.store.entries import Waiting

# A page that fails for a passing reason is tried again after these, then its feed's text stands.
RETRIES = (timedelta(minutes=2), timedelta(minutes=10), timedelta(minutes=60))
# A page that is short, or says that it is not finished, is read again so long after each reading:
# 10, 30 and 120 minutes after the first. Breaking news begins as two sentences.
REREADS = (timedelta(minutes=10), timedelta(minutes=20), timedelta(minutes=90))
TICKER = timedelta(minutes=15)
"""A live ticker is read so often while its feed lists it."""
TICKER_ENDS = timedelta(days=7)
"""Some feeds list a ticker for ever, and some die while they do."""
_EDGE = 400
_UNFINISHED = re.compile(
    r"\bmehr\s+(?:dazu\s+)?in\s+kürze\b|\bin\s+kürze\s+(?:mehr|weitere)\b"
    r"|\bwird\s+(?:\w+\s+)?aktualisiert\b|\b(?:weitere|mehr)\s+(?:\w+\s+)?folg(?:t|en)\b"
    r"|\bmore\s+(?:to\s+follow|soon)\b|\bbreaking\s+news\s+story\b",
    re.IGNORECASE,
)
_TICKER = re.compile(
    r"\blive-?\s?(?:ticker|blog)|\bnews-?\s?(?:ticker|blog)|^\s*live\s*[:+]|[-/]ticker\b|/live[/-]",
    re.IGNORECASE,
)


def retry_at(entry: Waiting, now: datetime) -> datetime | None:
    """Return when to try a page again that failed for a reason that passes; None: no more."""
    if entry.attempts < len(RETRIES):
        return now + RETRIES[entry.attempts]
    return now + TICKER if ticks(entry, now) else None


def reread_at(entry: Waiting, text: str, now: datetime) -> datetime | None:
    """Return when to read a page again that was read; None: it has said what it says.

    Args:
        entry: as it was when it was read.
        text: what its page said.
        now: when it was read.
    """
    if ticks(entry, now):
        return now + TICKER
    if entry.old and not entry.changes:
        return None  # whatever comes, it would not be told
    edges = f"{text[:_EDGE]}\n{text[-_EDGE:]}"
    grows = max(len(text), len(entry.text)) < FULL_TEXT or _UNFINISHED.search(edges)
    if not grows or entry.attempts >= len(REREADS):
        return None
    return now + REREADS[entry.attempts]


class Named(Protocol):
    """What has a title and perhaps a link."""

    @property
    def title(self) -> str:
        """Plain text."""

    @property
    def link(self) -> str | None:
        """An address."""


def is_ticker(entry: Named) -> bool:
    """Tell whether an entry is a live ticker, by its title or its address."""
    return bool(_TICKER.search(entry.title) or _TICKER.search(entry.link or ""))


def ticks(entry: Waiting, now: datetime) -> bool:
    """Tell whether the entry is a live ticker that is still to be read again."""
    return entry.listed and now - entry.seen < TICKER_ENDS and is_ticker(entry)
