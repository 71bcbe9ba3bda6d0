"""What pages are made of: values that are ready to be read, in the reader's words."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.pages.spark import Spark
from bot.wording.page import PageWords


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant: as machines write it, as it is shown, and in full."""

    iso: str
    shown: str
    full: str


@dataclass(frozen=True, slots=True)
class Part:
    """A run of text: what matched, or is to be typed, is marked."""

    text: str
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around every page."""

    language: str
    words: PageWords
    now: Moment
    other_language: str
    """Where the same page is in the other language."""
    asked: str = ""
    """What is searched for."""
    days: int = 7
    choices: Sequence[int] = (1, 7, 30, 90, 365)
    carried: Sequence[tuple[str, str]] = ()
    """What the search's form sends along: names and values."""
    home: str = "?"


@dataclass(frozen=True, slots=True)
class Figure:
    """A number at the top."""

    label: str
    value: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class FeedRow:
    """A feed."""

    name: str
    url: str
    health: str
    """As `bot.feeds.health` calls it."""
    state: str
    """The same in words."""
    error: str
    last_success: Moment | None
    last_new: Moment | None
    next_due: Moment | None
    """None: it is not asked."""


@dataclass(frozen=True, slots=True)
class ListRow:
    """A watchlist."""

    label: str
    total: str
    """How many articles matched."""
    said: str
    """The same, and the busiest day, in words."""
    spark: Spark
    last: str
    chats: str
    restricted: bool


@dataclass(frozen=True, slots=True)
class AlertRow:
    """An event that was told."""

    title: str
    link: str | None
    outlets: str
    at: Moment
    lists: Sequence[str]
    why: str
    state: str
    troubled: bool = False
    """Something about it may not have arrived."""


@dataclass(frozen=True, slots=True)
class LetterRow:
    """A message that is still to be sent."""

    kind: str
    chat: str
    due: Moment
    error: str
    troubled: bool = False


@dataclass(frozen=True, slots=True)
class Outbox:
    """What is still to be sent."""

    summary: str
    letters: Sequence[LetterRow] = ()
    more: str = ""


@dataclass(frozen=True, slots=True)
class Status:
    """The status page."""

    frame: Frame
    verdict: str
    """How it is, in one line."""
    is_well: bool
    """Whether nobody need do anything."""
    alarms: Sequence[str]
    """What is wrong beside the feeds, and beside what the verdict says."""
    figures: Sequence[Figure]
    steps: Sequence[Sequence[Part]]
    """What is to be done first; nothing once it runs."""
    is_empty: bool
    """There is nothing but that to show."""
    sick: Sequence[FeedRow]
    feeds: Sequence[FeedRow]
    feeds_title: str
    feeds_open: bool
    more_feeds: str
    """How many more there are; empty: none."""
    all_feeds: str
    """Where all of them are."""
    lists: Sequence[ListRow]
    more_lists: Sequence[ListRow]
    """Those that are shown when asked for."""
    more_lists_title: str
    lists_left_out: str
    """How many there are beside all these; empty: none."""
    alerts: Sequence[AlertRow]
    no_alerts: Sequence[Part]
    no_lists: Sequence[Part]
    no_feeds: Sequence[Part]
    outbox: Outbox


@dataclass(frozen=True, slots=True)
class FoundRow:
    """An event that was found."""

    title: Sequence[Part]
    link: str | None
    outlets: str
    at: Moment
    passage: Sequence[Part]


@dataclass(frozen=True, slots=True)
class FaultRow:
    """What is wrong with a search."""

    excerpt: str
    """The place, marked on the line below; may be empty."""
    said: str


@dataclass(frozen=True, slots=True)
class Found:
    """The page of a search."""

    frame: Frame
    title: str
    found: Sequence[FoundRow] = ()
    faults: Sequence[FaultRow] = ()
    newer: str = ""
    """Where the page of what is newer is; empty: nowhere."""
    older: str = ""
