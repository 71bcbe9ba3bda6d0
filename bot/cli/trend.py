"""`ausguck trend QUERY`: how often something came up, a bar for each day."""

from argparse import Namespace
from pathlib import Path
from zoneinfo import ZoneInfo

from bot import clock
from bot.charts.trend import Trend, png
from bot.cli import DONE, NO, complain, json_line
from bot.cli.archived import asked
from bot.cli.settings import configured
from bot.config import Config
from bot.errors import ConfigError, Fault
from bot.pipeline.trend import MOST_DAYS, Course, Stretch, course
from bot.watch.language import parse_query
from bot.wording import sentences

WIDTH = 40
"""Of the longest bar."""


def trend(arguments: Namespace) -> int:
    """Print articles and stories by days, and draw them; NO where nothing matches."""
    config, watchlist = configured(arguments), parse_query(arguments.query)
    if arguments.picture and arguments.days > MOST_DAYS:
        cause = f"a picture shows {MOST_DAYS} days at most"
        raise ConfigError(Fault("--days", cause, "write fewer, or leave --picture out"))
    stretch = Stretch(arguments.days, clock.now(), ZoneInfo(config.alerts.timezone))
    found = asked(config, lambda store: course(store, watchlist, stretch))
    if arguments.json:
        _print_rows(found)
    else:
        _print_bars(found)
    if arguments.picture:
        _draw(arguments.picture, arguments.query, found, config)
    return DONE if found.articles else NO


def _print_rows(found: Course) -> None:
    for day, top in zip(found.days, found.tops, strict=True):
        row = {"date": day.date.isoformat(), "articles": day.articles, "stories": day.stories}
        print(json_line({**row, "top": day.top or None, "url": top.link if top else None}))


def _print_bars(found: Course) -> None:
    most = max((day.articles for day in found.days), default=0)
    for day in found.days:
        inner = _length(day.stories, most)
        bar = "█" * inner + "░" * (_length(day.articles, most) - inner)
        print(f"{day.date:%a %Y-%m-%d} {day.articles:5} {day.stories:5}  {bar}".rstrip())
    complain(f"█ stories: {found.stories}, ░ articles: {found.articles}")


def _length(value: int, most: int) -> int:
    return -(-value * WIDTH // most) if most else 0


def _draw(place: Path, query: str, found: Course, config: Config) -> None:
    words = sentences(config.watch.language).reports
    totals = f"{words.articles(found.articles)}, {words.stories(found.stories)}"
    drawn = Trend(query, f"{words.days(len(found.days))}: {totals}", found.days)
    try:
        place.write_bytes(png(drawn, words))
    except OSError as error:
        cause = error.strerror or "it cannot be written"
        raise ConfigError(Fault(str(place), cause, "name a file that can")) from None
