"""The values that travel through the house. Frozen, and without behaviour worth a test."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import IntEnum
from typing import Literal, NamedTuple

TextFrom = Literal["page", "feed", "title", "gone"]
"""gone: the text was kept for its time, and there is only the title left."""
Field = Literal["title", "text"]


class Rank(IntEnum):
    """Who goes first of the requests that wait for a host's turn."""

    NEWS = 0
    """The page of an entry whose title or teaser matches already."""
    FEED = 1
    PAGE = 2
    OLD = 3
    """The page of an entry that would not be told in any case."""


class Address(NamedTuple):
    """Where Telegram is to put a message: into a chat, and there into a topic."""

    chat_id: int
    thread: int | None = None


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave to ask "changed since?" with. Opaque: sent back byte for byte."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Hints:
    """What a feed's body says about when to come back."""

    ttl: timedelta | None = None
    skip_hours: tuple[int, ...] = ()
    """In UTC."""
    skip_days: tuple[int, ...] = ()
    """0 is Monday."""


@dataclass(frozen=True, slots=True)
class Feed:
    """A URL that is polled."""

    id: int
    url: str
    name: str
    every: timedelta | None
    """The interval set for this feed; None: the configured one."""
    tags: tuple[str, ...]
    added: datetime
    validators: Validators = Validators()
    body_digest: str | None = None
    """Digest of the last body that was read, to leave an unchanged one unread."""
    first_success: datetime | None = None
    last_success: datetime | None = None
    errors: int = 0
    """Failed polls in a row."""
    streak: float = 0.0
    """The same, each weighed by how likely it passes: see `bot.feeds.pacing.weight`."""
    interval: timedelta | None = None
    """Between its polls at the time of the last success; None: there was none."""
    rhythm: tuple[int, ...] = ()
    """When it brought news: see `bot.feeds.rhythm`."""
    hints: Hints = Hints()
    last_full: datetime | None = None
    """When its body last came whole and not as "not modified"."""
    moved_to: str | None = None
    """Where its last answer was permanently redirected to."""
    moved_polls: int = 0
    """How many polls in a row were redirected there."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One item of a feed, as read from its body."""

    key: str
    """Identity within the feed: its id, else its canonical link, else a hash of its text."""
    link: str | None
    """Absolute http(s) URL, or None."""
    title: str
    """Plain text."""
    text: str
    """The longest text that the feed itself carries for it, plain; may be empty."""
    published: datetime | None
    whole_day: bool = False
    """Its date is a day, written without a time or as 00:00: some time on that day is meant."""


@dataclass(frozen=True, slots=True)
class ParsedFeed:
    """What a feed's body says: newest first as the publisher ordered it."""

    title: str
    entries: tuple[Entry, ...]
    complete: bool = True
    """False where the body breaks off before its end."""
    left_out: int = 0
    """How many more it has than are taken of one feed."""
    hints: Hints = Hints()


@dataclass(frozen=True, slots=True)
class Article:
    """An entry with its text."""

    title: str
    text: str
    text_from: TextFrom
    language: str | None = None
    walled: bool = False
    """Its page is behind a paywall, and what the feed says stands in for it."""


class Span(NamedTuple):
    """A place in the original title or text: Unicode code points, `end` exclusive.

    Like `Match` a named tuple: they are made by the hundred for an article.
    """

    field: Field
    start: int
    end: int
    text: str
    rule: str
    """Why this place counts, in English words."""


class Match(NamedTuple):
    """A query that holds on an article."""

    watchlist: str
    query: str
    """The line as written, without its comment."""
    line: int
    """From 1."""
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class FoundArticle:
    """An article with what is known about its entry: all that deciding and composing need."""

    entry_id: int
    outlet: str
    link: str | None
    article: Article
    published: datetime
    """The publisher's date, else when it was first seen."""
    seen: datetime
    old: bool
    """Found by the feed's first successful poll, and not dated after the feed was added."""
    late: bool
    """Found, or read, only after a gap in polling."""
    matches: tuple[Match, ...] = field(default=())
    tags: frozenset[str] = frozenset()
    """Of its feed."""
