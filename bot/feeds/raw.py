"""A feed as written, of whichever format, and how it becomes plain entries."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from bot.feeds.identity import entry_key
from bot.feeds.plain import MAX_TEXT, MAX_TITLE, clean, plain
from bot.feeds.urls import canonical, http_url
from bot.model import Entry, ParsedFeed

MAX_ENTRIES = 500
MAX_TEXTS = 4
MEANINGLESS = 3
"""On so many entries, and on all, an id is none."""
_UNDATED = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class RawEntry:
    """One item as written: marked-up, perhaps relative, perhaps empty."""

    id: str
    link: str
    title: str
    texts: tuple[str, ...]
    published: datetime | None
    whole_day: bool = False


@dataclass(frozen=True, slots=True)
class RawFeed:
    """A feed as written."""

    title: str
    entries: tuple[RawEntry, ...]
    complete: bool = True


def finish(raw: RawFeed, url: str) -> ParsedFeed:
    """Make a feed plain: the newest 500 entries, each key once.

    Args:
        raw: as written.
        url: where it was found; relative links are relative to it.
    """
    written = _newest(raw.entries)
    found = [_finish(entry, url) for entry in written]
    entries: dict[str, Entry] = {}
    for entry in _told_apart(found, [bool(entry.id.strip()) for entry in written]):
        entries.setdefault(entry.key, entry)
    title = plain(raw.title)[:MAX_TITLE]
    left_out = len(raw.entries) - len(written)
    return ParsedFeed(title, tuple(entries.values()), raw.complete, left_out)


def _finish(raw: RawEntry, url: str) -> Entry:
    title = plain(raw.title)[:MAX_TITLE]
    text = max(map(plain, raw.texts[:MAX_TEXTS]), key=len, default="")[:MAX_TEXT]
    link = http_url(clean(raw.link), url) if raw.link.strip() else None
    key = entry_key(clean(raw.id), link, title, text)
    return Entry(key, link, title, text, raw.published, raw.whole_day)


def _told_apart(entries: Sequence[Entry], with_id: Sequence[bool]) -> Iterable[Entry]:
    """Give entries whose key is no identity another one.

    An id on entries with different links means nothing: their links count. Nor does an id on all
    of three or more entries, or a link without an id under different titles: their texts count.
    """
    groups: defaultdict[str, list[int]] = defaultdict(list)
    for n, entry in enumerate(entries):
        groups[entry.key].append(n)
    told = list(entries)
    for group in (numbers for numbers in groups.values() if len(numbers) > 1):
        links = {canonical(entries[n].link or "") for n in group}
        titles = {entries[n].title for n in group}
        everywhere = len(group) == len(entries) >= MEANINGLESS
        by_text = len(titles) > 1 and (everywhere or not any(with_id[n] for n in group))
        for n in group:
            link, title, text = entries[n].link, entries[n].title, entries[n].text
            if len(links) > 1:
                told[n] = replace(told[n], key=entry_key("", link, title, text))
            elif by_text:
                told[n] = replace(told[n], key=entry_key("", None, title, text))
    return told


def _newest(entries: tuple[RawEntry, ...]) -> Sequence[RawEntry]:
    """Return the newest in the publisher's order; where one has no date, the first ones."""
    if len(entries) <= MAX_ENTRIES or not all(entry.published for entry in entries):
        return entries[:MAX_ENTRIES]
    by_date = sorted(range(len(entries)), key=lambda n: entries[n].published or _UNDATED)
    return [entries[n] for n in sorted(by_date[-MAX_ENTRIES:])]
