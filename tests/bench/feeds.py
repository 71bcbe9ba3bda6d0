"""Our reading of feeds against feedparser's own, on real feeds: what they say, and at what cost.

    .venv/bin/python -m tests.bench.feeds

Equality is asked of id, link, title and date of every entry; feedparser is run as it comes. Times
are CPU times of one process, the two in turns on each feed, the best of three. Ours includes all
that is done to an entry: plain text, safe links, identity.
"""

import io
import sys
import time
import warnings
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import feedparser

from bot.errors import NotAFeed
from bot.feeds.dates import ZONES, from_parsed
from bot.feeds.parse import parse_feed, warm_up
from bot.feeds.plain import clean, plain
from bot.feeds.urls import http_url
from bot.model import Entry
from tests.bench.corpus import CORPUS, needed

ROUNDS = 3
URL = "https://zeitung.example/feed.xml"
OURS_TO_KNOW = {zone.upper() for zone in ZONES} - {"", "Z", "GMT", "UT", "UTC"}
"""Zones that feedparser takes for UTC."""


@dataclass
class Tally:
    """What came of it."""

    feeds: int = 0
    entries: int = 0
    zones: int = 0
    ours: float = 0.0
    theirs: float = 0.0
    differing: list[str] = field(default_factory=list)


def main() -> int:
    """Measure and print; return 1 where something differs."""
    needed()
    warnings.simplefilter("ignore")
    warm_up()
    handlers = list(feedparser.datetimes._date_handlers)
    tally = Tally()
    for path in sorted((CORPUS / "feeds").iterdir()):
        if path.suffix != ".json":
            _compare(path, tally, handlers)
    print(f"feeds                                        {tally.feeds:>8}")
    print(f"entries                                      {tally.entries:>8}")
    print(f"entries whose zone feedparser does not know  {tally.zones:>8}")
    print(f"entries that differ otherwise                {len(tally.differing):>8}")
    print(f"CPU s, feedparser as it comes                {tally.theirs:>8.2f}")
    print(f"CPU s, ours                                  {tally.ours:>8.2f}")
    print(f"times its speed                              {tally.theirs / tally.ours:>8.2f}")
    for line in tally.differing:
        print(line)
    return 1 if tally.differing else 0


def _compare(path: Path, tally: Tally, handlers: list[Any]) -> None:
    body = path.read_bytes()
    # The handler that we registered is taken out: feedparser is compared as it comes.
    feedparser.datetimes._date_handlers[:] = handlers[1:]
    feedparser.api.PREFERRED_XML_PARSERS = []
    theirs, seconds = _timed(lambda: feedparser.parse(io.BytesIO(body)))
    feedparser.datetimes._date_handlers[:] = handlers
    feedparser.api.PREFERRED_XML_PARSERS = ["bot.feeds.expat"]
    tally.theirs += seconds
    ours, seconds = _timed(lambda: _parsed(body))
    tally.ours += seconds
    tally.feeds += 1
    tally.entries += len(theirs.entries)
    listed = _once(theirs.entries)
    if len(ours) != len(listed):
        tally.differing.append(f"{path.name}: {len(ours)} entries, not {len(listed)}")
    for number, (mine, entry) in enumerate(zip(ours, listed, strict=False)):
        zone, differs = _differs(mine, entry)
        tally.zones += zone
        if differs:
            tally.differing.append(f"{path.name}, entry {number}: {differs}")


def _parsed(body: bytes) -> tuple[Entry, ...]:
    try:
        return parse_feed(body, "", URL).entries
    except NotAFeed:
        return ()


def _once(entries: list[Any]) -> list[Any]:
    """Leave out what a feed lists a second time: the same id and the same link."""
    known: set[tuple[str, str]] = set()
    listed = []
    for entry in entries:
        identity = (entry.get("id", ""), entry.get("link", ""))
        if identity not in known or not identity[0]:
            listed.append(entry)
        known.add(identity)
    return listed


def _differs(mine: Entry, entry: Any) -> tuple[bool, str]:  # noqa: ANN401 - it has no types
    """Return whether feedparser misses the zone, and what differs apart from that."""
    dates = [dict.get(entry, f"{kind}_parsed") for kind in ("published", "updated", "created")]
    date = next(filter(None, map(from_parsed, dates)), None)
    written = next((dict.get(entry, k) for k in ("published", "updated") if k in entry), "") or ""
    zone = written.rpartition(" ")[2].upper() in OURS_TO_KNOW
    pairs = {
        "id": (mine.key, clean(entry["id"]) if entry.get("id") else mine.key),
        "link": (mine.link, http_url(clean(entry["link"]), URL) if entry.get("link") else None),
        "title": (mine.title, plain(entry.get("title", ""))),
        "date": (mine.published, mine.published if zone else date),
    }
    return zone, "; ".join(f"{k}: {a!r}, not {b!r}" for k, (a, b) in pairs.items() if a != b)


def _timed(work: Callable[[], Any]) -> tuple[Any, float]:
    best = float("inf")
    for _ in range(ROUNDS):
        began = time.process_time()
        value = work()
        best = min(best, time.process_time() - began)
    return value, best


if __name__ == "__main__":
    sys.exit(main())
