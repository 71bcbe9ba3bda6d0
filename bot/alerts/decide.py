"""Decides what one chat is told of one article, and why. Touches nothing, knows no clock.

The rules, in order; the first that holds decides:

1. the chat is not served (paused by /stop, asleep, waiting for access)  silent
2. the chat excludes it from this list                                  silent
3. the chat was told of this article before                             silent
4. the feed listed it at its first successful poll, and the watchlist
   matched it already in that form                                      silent
5. it is dated more than `alerts.catch_up` ago                          silent
6. the chat was told of its story                                       edit, or answer
7. it was found, or read, only after a gap in polling                   catch-up digest
8. otherwise                                                            now
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from bot.alerts.news import STORED

Action = Literal["now", "catch_up", "silent", "edit", "answer"]

# "Late" begins where a reader would say so (design decision 9).
SHORTEST_GAP = timedelta(hours=3)
OF_STORY = "the chat was told of its story"
EXCLUDED = "it is excluded here: "


@dataclass(frozen=True, slots=True)
class Decision:
    """What is done, and the reason in words that `/why` can show."""

    action: Action
    reason: str


@dataclass(frozen=True, slots=True)
class Told:
    """What a chat was told of the story of an article."""

    news: str = ""
    """What is new about this article, in words; empty: it reports the same."""


@dataclass(frozen=True, slots=True)
class Case:
    """All that the decision for one article and one chat depends on."""

    served: bool
    told_before: bool
    old: bool
    published: datetime
    late: bool
    excluded: str = ""
    """The line by which the chat excludes it from the list in question."""
    story: Told | None = None
    """What the chat was told of its story; None: nothing."""


def decide(case: Case, now: datetime, catch_up: timedelta) -> Decision:
    """Return what is done and why; `catch_up` is the age past which news is no news."""
    if reason := _silence(case, now, catch_up):
        return Decision("silent", reason)
    if case.story is not None:
        return _of_story(case.story)
    if case.late:
        return Decision("catch_up", "it was found only after a gap in polling")
    return Decision("now", "it is new")


def _of_story(told: Told) -> Decision:
    if told.news:
        return Decision("answer", f"{STORED}{told.news}")
    return Decision("edit", OF_STORY)


def _silence(case: Case, now: datetime, catch_up: timedelta) -> str:
    """Return why nothing is told; empty where something is."""
    if not case.served:
        return "the chat is not served at present"
    if case.excluded:
        return f"{EXCLUDED}{case.excluded}"
    if case.told_before:
        return "the chat was told of this article before"
    if case.old:
        return "the feed listed it when it was first read"
    if case.published < now - catch_up:
        return f"it is dated more than {catch_up.days} days ago"
    return ""


def is_late(since: datetime | None, now: datetime, interval: timedelta) -> bool:
    """Whether what is found now comes after a gap.

    Args:
        since: the last successful poll, or when a page was due to be read; None: never.
        now: when it was found or read.
        interval: the feed's polling interval.
    """
    return since is not None and now - since > max(SHORTEST_GAP, 2 * interval)
