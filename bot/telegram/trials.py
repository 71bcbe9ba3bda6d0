"""What a list would have done of late: tried within a few seconds, and said in a chat's words."""

import asyncio
from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Literal

from bot.alerts.collected import by_event
from bot.alerts.html import escape, one_line, shorten
from bot.alerts.lines import items
from bot.alerts.rehearsal import Rehearsed
from bot.alerts.telling import Reader, Telling
from bot.pipeline import archive
from bot.pipeline.backtest import Backtest, backtest
from bot.store import arrivals
from bot.telegram.desk import Desk
from bot.watch.language import parse
from bot.watch.narrower import Form
from bot.watch.watchlist import Watchlist
from bot.wording import Sentences

DAYS = 7
PATIENCE = 10.0
"""Seconds: whoever has written something waits for the answer."""
LARGEST = 500
"""Lines of a list: with more of them it would take longer."""
EXAMPLES, QUERY, TITLE = 3, 60, 80
MOST_NARROWER = 2
WORTHWHILE = 0.8
"""A narrower form that leaves more of the alerts than this is not worth a line."""

Untried = Literal["unread", "slow", "damaged"]
"""Nothing was read yet; it took too long; the index was damaged."""


async def tried(desk: Desk, watchlist: Watchlist) -> Backtest | Untried:
    """Try a list on what was read in the last days."""
    if len(watchlist.queries) > LARGEST:
        return "slow"
    async with desk.store.read() as connection:
        if not await arrivals.any_read(connection):
            return "unread"
    since = desk.now() - timedelta(days=DAYS)
    try:
        async with asyncio.timeout(PATIENCE):
            return await backtest(desk.store, watchlist, since, desk.terms, desk.tools.workers)
    except TimeoutError:
        return "slow"
    except archive.Damaged:
        return "damaged"


def said(found: Backtest | Untried, reader: Reader) -> list[str]:
    """Say what a list would have done, with some examples, the latest first."""
    words = reader.words.trials
    match found:
        case "unread":
            return [words.unread]
        case "slow":
            return [words.slow]
        case "damaged":
            return [words.damaged]
    lines = [words.nothing(DAYS)]
    if found.told:
        counted = {
            "days": words.days(DAYS),
            "alerts": words.alerts(len(found.told)),
            "events": words.events(found.events),
        }
        lines = [words.would.format(**counted), *items(_events(found.told)[:EXAMPLES], reader)]
    return [*lines, words.old(found.old)] if found.old else lines


async def narrowed(
    found: Backtest | Untried, forms: Sequence[Form], words: Sentences
) -> dict[Form, str]:
    """Return those of the narrower forms of a query that are worth it, each with what it does."""
    if isinstance(found, str) or not found.told:
        return {}
    return await asyncio.to_thread(lambda: dict(_narrowed(found, forms, words)))


def _narrowed(
    found: Backtest, forms: Sequence[Form], words: Sentences
) -> Iterator[tuple[Form, str]]:
    shown = 0
    for form in forms:
        left = found.narrowed(parse(form.text, "", found.watchlist.name))
        if shown < MOST_NARROWER and left.told and len(left.told) <= WORTHWHILE * len(found.told):
            shown += 1
            yield (
                form,
                words.trials.narrower.format(
                    form=words.trials.forms[form.kind],
                    query=_query(form.text),
                    alerts=words.trials.alerts(len(left.told)),
                    title=_missing(found, left),
                ),
            )


async def without(
    found: Backtest | Untried, exclusions: Sequence[str], words: Sentences
) -> list[str]:
    """Say for each exclusion which alerts of a list it would have kept away."""
    if isinstance(found, str) or not found.told:
        return []
    return await asyncio.to_thread(lambda: [_less(found, each, words) for each in exclusions])


def _less(found: Backtest, exclusion: str, words: Sentences) -> str:
    watchlist = found.watchlist
    source = f"{watchlist.source}\n-{exclusion}"
    left = found.narrowed(parse(source, "", watchlist.name))
    if len(left.told) >= len(found.told):
        return words.trials.less_nothing.format(line=_query(exclusion))
    return words.trials.less.format(
        line=_query(exclusion),
        left=len(left.told),
        alerts=words.trials.alerts(len(found.told)),
        title=_missing(found, left),
    )


def _missing(found: Backtest, left: Backtest) -> str:
    """Return the title of the latest alert that there would not have been."""
    still = {each.found.entry_id for each in left.told}
    gone = [each for each in found.told if each.found.entry_id not in still]
    return escape(shorten(one_line(gone[-1].found.article.title), TITLE)) if gone else "–"


def _query(written: str) -> str:
    return escape(shorten(one_line(written), QUERY))


def _events(told: Sequence[Rehearsed]) -> list[Telling]:
    """Join what was told to events, the latest first, each told by its first article."""
    newest = [each.found for each in reversed(told)]
    stories = {each.found.entry_id: each.story for each in told if each.story is not None}
    return [Telling(each[-1], (), each[-2::-1]) for each in by_event(newest, stories)]
