"""What is told, and for whom."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.model import FoundArticle
from bot.wording import Sentences


@dataclass(frozen=True, slots=True)
class Reader:
    """For whom a message is composed."""

    words: Sentences
    zone: ZoneInfo
    labels: Mapping[str, str]
    """How watchlists are shown: name -> label."""
    modes: Mapping[str, str] = field(default_factory=dict)
    """How watchlists are told, by their files: name -> urgent, now, quiet or digest."""
    hidden: frozenset[str] = frozenset()
    """Watchlists that the reader may not know of."""

    def label(self, watchlist: str) -> str:
        """Return the watchlist's label; its name where it has none."""
        return self.words.own.label if "/" in watchlist else self.labels.get(watchlist, watchlist)

    def time(self, instant: datetime) -> str:
        """Return an instant in the reader's zone and words."""
        return self.words.time(instant.astimezone(self.zone))

    def until(self, instant: datetime) -> str:
        """Return an instant up to which something holds: of the end of a day, that day."""
        local = instant.astimezone(self.zone)
        if local.time() != time():
            return self.words.time(local)
        day, _, _ = self.words.time(local - timedelta(days=1)).rpartition(", ")
        return self.words.through.format(day=day)


class Telling(NamedTuple):
    """What a message tells of one event."""

    found: FoundArticle
    """The article that is told."""
    watchlists: Sequence[str]
    """For which lists."""
    also: Sequence[FoundArticle] = ()
    """Articles of other outlets, or later ones, that report the same."""
    agency: str = ""
    """Whose text it is, where it is an agency's."""
    news: str = ""
    """Why it is told although its story was: the reason of the decision; empty: it was not."""
    related: FoundArticle | None = None
    """An article of another event that has to do with this, and was told."""

    @property
    def link(self) -> str | None:
        """Where the title leads: of copies, to the first that is free to read."""
        free = (each for each in (self.found, *self.also) if not each.article.walled)
        return next(free, self.found).link

    @property
    def outlets(self) -> Sequence[str]:
        """Who reports it, each once, the first of all first."""
        return list(dict.fromkeys(each.outlet for each in (self.found, *self.also)))
