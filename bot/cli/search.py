"""`ausguck search QUERY`: what was read and matches, the same as a watchlist would alert."""

import re
import sys
from argparse import Namespace
from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any

from bot import clock
from bot.alerts import finds
from bot.alerts.html import plain, shorten
from bot.alerts.snippet import snippet
from bot.cli import DONE, NO, complain, json_line, printable
from bot.cli.archived import asked
from bot.cli.settings import configured
from bot.model import FoundArticle
from bot.pipeline import archive
from bot.pipeline.archive import Answer, Event, Wanted
from bot.watch.language import parse_query

MOST_OUTLETS = 10
LONG_TITLE = 300
_TAG = re.compile("(</?b>)")
_MARKS = {"<b>": "\x1b[1m", "</b>": "\x1b[0m"}


def search(arguments: Namespace) -> int:
    """Print what matches, newest first, articles of one story together; NO where nothing does."""
    config, now = configured(arguments), clock.now()
    since = now - timedelta(days=arguments.days)
    best_at = now if arguments.best else None
    wanted = Wanted(parse_query(arguments.query), since, arguments.most, best_at)
    answer = asked(config, lambda store: archive.look(store, wanted))
    events = answer.events[: arguments.most]
    for event in events:
        if arguments.json:
            for each in event.articles:
                print(json_line(_as_json(each, event)))
        else:
            _print(event)
    for remark in _remarks(answer, wanted, len(events)):
        complain(remark)
    return DONE if events else NO


def _remarks(answer: Answer, wanted: Wanted, shown: int) -> Iterator[str]:
    """Say what the results do not show: more, what is kept no more, what is not there yet."""
    if answer.text_since is None:
        return
    if len(answer.events) > shown or (answer.more and wanted.best_at is None):
        yield f"there is more than these {shown} events: --most shows more of them"
    elif answer.more:
        yield "there is more: only the newest articles that may match were sorted"
    if wanted.since < answer.text_since:
        yield f"there are texts since {answer.text_since:%Y-%m-%d %H:%M} UTC, and none before"
    if answer.being_filled:
        yield "the index was damaged and is being made anew: not everything is found yet"


def _print(event: Event) -> None:
    newest, *others = event.articles
    title = _shown(finds.title(newest, LONG_TITLE))
    print(f"{newest.published:%Y-%m-%d %H:%M} UTC  {printable(newest.outlet)}: {title}")
    print(f"  {_shown(' '.join(snippet(newest.article, newest.matches).split()))}")
    if newest.link:
        print(f"  {printable(newest.link)}")
    if others:
        print(f"  also: {shorten(', '.join(map(printable, _outlets(others))), 200)}")


def _shown(html: str) -> str:
    """Return our own HTML as text; on a terminal what is bold is so there."""
    marks = _MARKS if sys.stdout.isatty() else dict.fromkeys(_MARKS, "")
    return "".join(marks.get(part) or printable(plain(part)) for part in _TAG.split(html))


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
