"""How often something came up, day by day: what was found, counted for a picture."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.charts.trend import Day
from bot.model import FoundArticle
from bot.pipeline import archive
from bot.pipeline.archive import Event
from bot.store import Store
from bot.watch.watchlist import Watchlist

DAYS, MOST_DAYS = 30, 90
"""A bar for more than 90 days would be thinner than can be seen on a phone."""
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Course:
    """What was found, day by day."""

    days: Sequence[Day]
    tops: Sequence[FoundArticle | None]
    """By the same places: the first article of the event that most articles of the day report."""
    stories: int
    """Each once, though it may be told of on several days."""

    @property
    def articles(self) -> int:
        """How many there are."""
        return sum(day.articles for day in self.days)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days up to today, as a calendar has them."""

    days: int
    now: datetime
    zone: ZoneInfo

    @property
    def dates(self) -> Sequence[date]:
        """The days, the oldest first."""
        today = self.now.astimezone(self.zone).date()
        return [today - DAY * back for back in reversed(range(self.days))]

    @property
    def since(self) -> datetime:
        """When the first of them begins."""
        return datetime.combine(self.dates[0], time(), self.zone)


async def course(store: Store, watchlist: Watchlist, stretch: Stretch) -> Course:
    """Count what a watchlist matches, in each day of a stretch.

    Raises:
        Damaged: the index was; see `bot.pipeline.archive`.
    """
    events = await archive.events(store, watchlist, stretch.since, _without_text)
    return counted(events, stretch)


def _without_text(found: FoundArticle) -> FoundArticle:
    return replace(found, article=replace(found.article, text=""), matches=())


def counted(events: Sequence[Event], stretch: Stretch) -> Course:
    """Count events and their articles by the days on which the articles came."""
    on_day: defaultdict[date, Counter[int]] = defaultdict(Counter)
    for number, event in enumerate(events):
        for each in event.articles:
            on_day[each.published.astimezone(stretch.zone).date()][number] += 1
    dates = stretch.dates
    tops = [_top(events, on_day[day]) for day in dates]
    days = [
        Day(day, len(on_day[day]), on_day[day].total(), top.article.title if top else "")
        for day, top in zip(dates, tops, strict=True)
    ]
    return Course(days, tops, len({number for day in dates for number in on_day[day]}))


def _top(events: Sequence[Event], counts: Mapping[int, int]) -> FoundArticle | None:
    """Return by what the largest event of a day is named; of several, the first to come."""
    if not counts:
        return None
    firsts = {number: events[number].articles[-1] for number in counts}
    number = min(counts, key=lambda each: (-counts[each], firsts[each].published))
    return firsts[number]
