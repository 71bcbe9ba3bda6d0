"""`ausguck backtest`: what a watchlist or a query would have alerted, had it been there."""

from argparse import Namespace
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from bot import clock
from bot.alerts.rehearsal import Rehearsed
from bot.cli import DONE, NO, json_line, printable
from bot.cli.archived import asked
from bot.cli.settings import configured, named_watchlist
from bot.config import Config
from bot.errors import Fault, UserError
from bot.pipeline import backtest as testing
from bot.pipeline.backtest import Backtest
from bot.store import Store
from bot.watch.language import parse_query
from bot.watch.watchlist import Watchlist
from bot.workers import Workers


def backtest(arguments: Namespace) -> int:
    """Print what would have been told, oldest first; NO where nothing would have been.

    As JSON also what would not, each with the reason.
    """
    config = configured(arguments)
    watchlist = _chosen(arguments, config)
    since = clock.now() - timedelta(days=arguments.days)
    how = testing.terms(config)

    async def ask(store: Store) -> Backtest:
        workers = Workers()
        try:
            return await testing.backtest(store, watchlist, since, how, workers)
        finally:
            await workers.close()

    found = asked(config, ask)
    if arguments.json:
        for each in found.rehearsed:
            print(json_line(_as_json(each)))
    else:
        for line in _lines(found, arguments.days):
            print(line)
    return DONE if found.told else NO


def _chosen(arguments: Namespace, config: Config) -> Watchlist:
    if (arguments.query is None) == (arguments.watchlist is None):
        what, remedy = "one of the two is wanted", "name a watchlist, or write --query Q"
        raise UserError(Fault("backtest", what, remedy))
    if arguments.query is not None:
        return parse_query(arguments.query)
    return named_watchlist(config, arguments.watchlist)


def _lines(found: Backtest, days: int) -> Iterator[str]:
    for each in found.told:
        title = printable(f"{each.found.outlet}: {each.found.article.title}")
        yield f"{each.at:%Y-%m-%d %H:%M} UTC  {title}"
        if each.found.link:
            yield f"  {printable(each.found.link)}"
        if each.decision.action != "now":
            yield f"  {each.decision.reason}"
    told, events = len(found.told), found.events
    yield f"{days} days: alerts {told}, events {events}, articles that match {len(found.rehearsed)}"
    left = Counter(each.decision.reason for each in found.rehearsed if not each.is_told)
    for reason, count in left.most_common():
        yield f"  {count} not told: {reason}"


def _as_json(each: Rehearsed) -> dict[str, Any]:
    found = each.found
    return {
        "at": each.at.isoformat(),
        "action": each.decision.action,
        "reason": each.decision.reason,
        "story": each.story,
        "url": found.link,
        "title": found.article.title,
        "outlet": found.outlet,
        "published": found.published.isoformat(),
        "lines": [match.line for match in found.matches],
        "spans": [span._asdict() for match in found.matches for span in match.spans],
    }
