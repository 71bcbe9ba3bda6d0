"""A feed as written, of whichever format, and how it becomes plain entries."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.feeds.identity import entry_key
from bot.feeds.plain import MAX_TEXT, MAX_TITLE, clean, plain
from bot.feeds.urls import http_url
from bot.model import Entry, ParsedFeed

MAX_ENTRIES = 500
MAX_TEXTS = 4
_UNDATED = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class RawEntry:
    """One item as written: marked-up, perhaps relative, perhaps empty."""

    id: str
    link: str
    title: str
    texts: tuple[str, ...]
    published: datetime | None


@dataclass(frozen=True, slots=True)
class RawFeed:
    """A feed as written."""

    title: str
    entries: tuple[RawEntry, ...]


def finish(raw: RawFeed, url: str) -> ParsedFeed:
    """Make a feed plain: the newest 500 entries, each key once.

    Args:
        raw: as written.
        url: where it was found; relative links are relative to it.
    """
    entries: dict[str, Entry] = {}
    for written in _newest(raw.entries):
        entry = _finish(written, url)
        entries.setdefault(entry.key, entry)
    return ParsedFeed(plain(raw.title)[:MAX_TITLE], tuple(entries.values()))


def _finish(raw: RawEntry, url: str) -> Entry:
    title = plain(raw.title)[:MAX_TITLE]
    text = max(map(plain, raw.texts[:MAX_TEXTS]), key=len, default="")[:MAX_TEXT]
    link = http_url(clean(raw.link), url) if raw.link.strip() else None
    key = entry_key(clean(raw.id), link, title, text)
    return Entry(key, link, title, text, raw.published)


def _newest(entries: tuple[RawEntry, ...]) -> Iterable[RawEntry]:
    """Return the newest in the publisher's order; where one has no date, the first ones."""
    if len(entries) <= MAX_ENTRIES or not all(entry.published for entry in entries):
        return entries[:MAX_ENTRIES]
    by_date = sorted(range(len(entries)), key=lambda n: entries[n].published or _UNDATED)
    return [entries[n] for n in sorted(by_date[-MAX_ENTRIES:])]
