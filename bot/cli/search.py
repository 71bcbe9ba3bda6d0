"""`ausguck search QUERY`: what was read and matches, the same as a watchlist would alert."""

from argparse import Namespace
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from bot import clock
from bot.alerts.html import plain, shorten
from bot.alerts.snippet import snippet
from bot.cli import DONE, NO, complain, json_line
from bot.cli.settings import configured, finish
from bot.config import Config
from bot.daemon.intake import open_store
from bot.model import FoundArticle
from bot.pipeline import archive
from bot.pipeline.archive import Event
from bot.watch.language import parse_query
from bot.watch.watchlist import Watchlist

MOST_OUTLETS = 10


def search(arguments: Namespace) -> int:
    """Print what matches, newest first, articles of one story together; NO where nothing does."""
    config, watchlist = configured(arguments), parse_query(arguments.query)
    since = clock.now() - timedelta(days=arguments.days)
    found = finish(_found(config, watchlist, since))
    for event in found:
        if arguments.json:
            for each in event.articles:
                print(json_line(_as_json(each, event)))
        else:
            _print(event)
    return DONE if found else NO


async def _found(config: Config, watchlist: Watchlist, since: datetime) -> list[Event]:
    async with open_store(config, clock.now) as store:
        await archive.catch_up(store)
        try:
            return await archive.latest(store, watchlist, since)
        except archive.Damaged:
            complain("the index was damaged; it is made anew, which takes a while")
            await archive.catch_up(store)
            return await archive.latest(store, watchlist, since)


def _print(event: Event) -> None:
    newest, *others = event.articles
    print(f"{newest.published:%Y-%m-%d %H:%M} UTC  {newest.outlet}: {newest.article.title}")
    print(f"  {' '.join(plain(snippet(newest.article, newest.matches)).split())}")
    if newest.link:
        print(f"  {newest.link}")
    if others:
        print(f"  also: {shorten(', '.join(_outlets(others)), 200)}")


def _outlets(articles: Sequence[FoundArticle]) -> Sequence[str]:
    return list(dict.fromkeys(each.outlet for each in articles))[:MOST_OUTLETS]


def _as_json(each: FoundArticle, event: Event) -> dict[str, Any]:
    return {
        "url": each.link,
        "title": each.article.title,
        "outlet": each.outlet,
        "published": each.published.isoformat(),
        "story": event.story,
        "spans": [span._asdict() for match in each.matches for span in match.spans],
    }
