"""Which words stand on the status page. All plain text; blanks are filled with plain text."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.wording.kinds import Counted


@dataclass(frozen=True, slots=True, kw_only=True)
class PageWords:
    """The status page, and what it found for a search."""

    title: str
    as_of: str
    other_language: str
    """In the other language."""
    day: str
    """A day of the year, with the month's name in short."""
    thousands: str
    """What stands between the thousands of a large number."""
    then: str
    """A day and the time on it."""

    # How it is, in one line.
    well: str
    ill: Counted
    """Given how many feeds need somebody."""
    network_down: str
    troubles: Mapping[str, str]
    """What is wrong with the line to Telegram, by what `bot.telegram.line` says of it."""
    database_down: str

    # Figures.
    feeds: str
    feeds_well: str
    alerts_today: str
    told: str
    not_told: str
    waiting: str
    nothing_waits: str
    unread: Counted
    articles_today: str

    # Where there is nothing yet. What is to be typed stands between backticks.
    begin: str
    begin_feeds: str
    begin_lists: str
    begin_chats: str
    no_alerts: str
    no_alerts_yet: str
    no_lists: str
    no_feeds: str

    # Feeds.
    attention: str
    all_feeds: Counted
    show_all: Counted
    """Given how many feeds are not shown."""
    feed: str
    state: str
    last_read: str
    next_due: str
    last_new: str
    never: str
    now_due: str
    health: Mapping[str, str]
    failures: Counted

    # Watchlists.
    lists: str
    hits: str
    days_30: Counted
    """Given how many articles matched within 30 days."""
    busiest: Counted
    """The same on one day, which is named."""
    last_hit: str
    no_hit: str
    chats: Counted
    more_lists: Counted
    restricted: str

    # Alerts.
    alerts: str
    also: Counted
    """Given how many other outlets report it."""
    sent: Counted
    """Given how many chats."""
    waits: Counted
    uncertain: Counted
    dead: Counted

    # The outbox.
    outbox: str
    outbox_waits: Counted
    outbox_uncertain: Counted
    kinds: Mapping[str, str]
    chat_types: Mapping[str, str]
    doubted: str
    next_letter: str
    attempts: Counted
    more_letters: Counted

    # Search.
    search: str
    search_label: str
    search_hint: str
    within: str
    days: Counted
    button_search: str
    back: str
    found: Counted
    """Given how many days back it is for."""
    nothing_found: Counted
    """The same."""
    fault: str
    too_long: str
    slow: str
    busy: str
    damaged: str
    button_newer: str
    button_older: str

    # A list as a feed for other readers.
    atom_title: str
    atom_also: str
