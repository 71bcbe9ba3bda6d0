"""What a course counts: by the reader's days, events once a day and once in all."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.model import Article, FoundArticle
from bot.pipeline.archive import Event
from bot.pipeline.trend import Stretch, counted

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)


def article(title: str, hours: float = 0, at: datetime = NOW) -> FoundArticle:
    published = at - timedelta(hours=hours)
    shown = Article(title, "", "page", "de")
    return FoundArticle(1, "Depesche", None, shown, published, published, old=False, late=False)


def test_a_day_begins_at_the_readers_midnight() -> None:
    late = datetime(2026, 11, 25, 23, 30, tzinfo=UTC)

    berlin = counted([Event([article("A", at=late)])], Stretch(2, NOW, BERLIN))
    london = counted([Event([article("A", at=late)])], Stretch(2, NOW, ZoneInfo("Europe/London")))

    assert [day.articles for day in berlin.days] == [0, 1]
    assert [day.articles for day in london.days] == [1, 0]


def test_a_story_of_two_days_counts_on_both_and_once_in_all() -> None:
    event = Event([article("C", 1), article("B", 2), article("A", 26)], story=7)

    found = counted([event], Stretch(3, NOW, BERLIN))

    assert [(day.stories, day.articles) for day in found.days] == [(0, 0), (1, 1), (1, 2)]
    assert (found.stories, found.articles) == (1, 3)


def test_a_day_is_named_by_the_first_article_of_what_most_report() -> None:
    small = Event([article("Randnotiz", 1)])
    large = Event([article("Folge", 1), article("Parade", 3)], story=7)

    [day] = counted([small, large], Stretch(1, NOW, BERLIN)).days

    assert day.top == "Parade"


def test_what_is_dated_in_the_future_or_before_is_not_counted() -> None:
    found = counted([Event([article("A", -48), article("B", 999)])], Stretch(2, NOW, BERLIN))

    assert (found.articles, found.stories) == (0, 0)


def test_every_day_is_there_once_where_the_clock_changes() -> None:
    after_change = datetime(2026, 10, 26, 12, tzinfo=UTC)

    stretch = Stretch(3, after_change, BERLIN)

    assert [day.day for day in stretch.dates] == [24, 25, 26]
    assert stretch.since == datetime(2026, 10, 23, 22, tzinfo=UTC)
