"""Says what a chat that was told of a story learns of another article of it. Touches nothing."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.alerts.decide import Told
from bot.alerts.growth import Pace, Said, growth
from bot.alerts.news import news
from bot.model import Article

AGAIN = ("duplicate", "update")
"""Verdicts on what is known already: the same article in another feed, or changed."""
COLLECT = timedelta(minutes=2)
"""Late articles of one outage are collected for so long before their digest goes out."""
CONTRADICTS = frozenset({"correction", "number"})
"""What else is new goes into an alert that still waits; this does not: it would say both."""
SETTLED = timedelta(minutes=30)
"""Copies of an agency's text come within minutes: that there are many is no news then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Thread:
    """What a chat was told of a story, or is about to be."""

    kind: str
    """Of the first message of it: see `bot.store.outbox.Letter`."""
    state: str
    """Of the same."""
    first: datetime
    """When the first article of it was told."""
    said: tuple[Said, ...]
    """What was told, in order."""
    muted_until: datetime | None = None
    """Until when the chat wants to hear no news of it."""


def is_one(mode: str, verdict: str) -> bool:
    """Tell whether a list in this mode has an article told with the others of its story.

    Args:
        mode: the list's: story, wire or off.
        verdict: by which the article joined the story: see `bot.stories.values.Verdict`.
    """
    match mode:
        case "story":
            return True
        case "wire":
            return verdict in {"wire", *AGAIN}
        case _:
            return False


def told_of(thread: Thread, new: Said, article: Article, pace: Pace) -> Told:
    """Return what the chat was told of the story, with what is new about an article of it."""
    if thread.muted_until is not None and thread.muted_until > new.at:
        return Told()
    is_early = new.at - thread.first < SETTLED
    grown = growth(thread.said, new, replace(pace, steps=()) if is_early else pace)
    if thread.state == "pending" and not (thread.kind == "alert" and grown.change in CONTRADICTS):
        return Told()
    return Told(news(grown, article))
