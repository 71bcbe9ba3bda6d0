"""`/trend`: how often something came up, day by day, as a picture."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta

import structlog
from telegram.error import TelegramError

from bot.alerts.compose import Message
from bot.alerts.html import bold, escape, link, one_line, shorten
from bot.charts.trend import Trend, peaks, png
from bot.errors import WatchlistError
from bot.pipeline import archive
from bot.pipeline.trend import DAYS, MOST_DAYS, Course, Stretch, course
from bot.telegram import readings
from bot.telegram.desk import Desk
from bot.telegram.documents import answer_picture
from bot.telegram.searching import LONGEST, PATIENCE, QUERY
from bot.telegram.talk import Command, Part, Talk
from bot.telegram.within import split
from bot.watch.language import parse_query
from bot.watch.watchlist import Watchlist
from bot.wording import Sentences

log = structlog.get_logger()

TITLE = 90
"""With three of these and the query, the words below the picture stay under Telegram's 1,024."""
MARKS = ("①", "②", "③")


class Trends(Part):
    """One method for the command."""

    def __init__(self, desk: Desk, keep: timedelta) -> None:
        """Nothing is drawn yet.

        Args:
            desk: the tools.
            keep: for how long titles are kept.
        """
        self._desk = desk
        self._most = max(1, min(MOST_DAYS, keep // timedelta(days=1)))

    def commands(self) -> Sequence[Command]:
        """Return what can be typed."""
        return (Command(("trend", "verlauf"), self.trend, quotes=True),)

    async def trend(self, talk: Talk) -> Message | None:
        """Draw what matches: "Nordkorea & Weizen 90d"."""
        words, (query, said) = talk.words.reports, split(talk.written)
        days = min(DAYS, self._most) if said is None else said
        shown = escape(shorten(one_line(query), QUERY))
        if not query or len(query) > LONGEST or not days:
            return Message(words.how_to_trend)
        if days > self._most:
            return Message(words.trend_too_long.format(most=self._most, query=shown))
        try:
            wanted = parse_query(query)
        except WatchlistError as error:
            return Message(readings.faults(error.faults, talk.words))
        return await self._drawn(talk, query, wanted, days)

    async def _drawn(self, talk: Talk, query: str, wanted: Watchlist, days: int) -> Message | None:
        words, shown = talk.words, escape(shorten(one_line(query), QUERY))
        stretch = Stretch(days, self._desk.now(), self._desk.zone_of(talk.chat))
        try:
            async with asyncio.timeout(PATIENCE):
                found = await course(self._desk.store, wanted, stretch)
        except TimeoutError:
            return Message(words.reports.trend_slow)
        except archive.Damaged:
            return Message(words.own.search_damaged)
        if not found.articles:
            within = words.reports.within(days)
            return Message(words.reports.trend_nothing.format(query=shown, within=within))
        drawn = picture(one_line(query), found, words)
        content = await asyncio.to_thread(png, drawn, words.reports)
        try:
            await answer_picture(talk, content, caption(shown, found, words))
        except TelegramError as error:
            log.warning("trend.not_sent", chat=talk.home.id, error=error.message)
            return Message(words.reports.trend_not_sent)
        return None


def picture(title: str, found: Course, words: Sentences) -> Trend:
    """Return what is drawn of what was found."""
    said = words.reports
    totals = f"{said.articles(found.articles)}, {said.stories(found.stories)}"
    return Trend(title, f"{said.days(len(found.days))}: {totals}", found.days)


def caption(query: str, found: Course, words: Sentences) -> str:
    """Return in words what the picture shows, as HTML; for those too who do not see it."""
    said = words.reports
    lines = [
        said.trend_title.format(
            query=query,
            within=said.within(len(found.days)),
            articles=said.articles(found.articles),
            stories=said.stories(found.stories),
        ),
        "",
        bold(said.trend_peaks),
    ]
    for mark, at in zip(MARKS, peaks(found.days), strict=False):
        day, top = found.days[at], found.tops[at]
        if top is not None:
            title = shorten(one_line(top.article.title) or top.outlet, TITLE)
            named = {"mark": mark, "date": said.day(day.date), "story": link(title, top.link)}
            lines.append(said.trend_peak.format(**named, articles=said.articles(day.articles)))
    return "\n".join(lines)
