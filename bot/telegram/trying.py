"""`/test`: which lists match a text or a page, and why; and what the nearest of them lacks."""

import asyncio
from collections.abc import Iterator, Sequence

from bot.alerts.compose import Message
from bot.alerts.html import escape, one_line, shorten
from bot.articles.language import in_its_language
from bot.errors import SourceError, WorkerError
from bot.feeds.urls import http_url
from bot.model import Article, Match
from bot.pipeline.tools import in_words
from bot.store import own
from bot.telegram import readings
from bot.telegram.desk import Desk
from bot.telegram.misses import misses
from bot.telegram.talk import Command, Part, Talk
from bot.watch.personal import exclusion
from bot.wording import Sentences

MOST_LISTS, MOST_QUERIES, MOST_PLACES = 8, 2, 3
TITLE, LABEL, QUERY, REASON = 120, 40, 80, 200


class Trying(Part):
    """Tries lists on a text."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def commands(self) -> Sequence[Command]:
        """Return what can be typed."""
        return (Command(("test", "probe"), self.test, quotes=True),)

    async def test(self, talk: Talk) -> Message:
        """Say which lists match what was written, or what its link leads to."""
        answered = talk.said.reply_to_message if talk.said else None
        written = talk.written or (answered.text or answered.caption or "" if answered else "")
        if not written:
            return Message(talk.words.own.how_to_test)
        url = http_url(written)
        if url is None:
            article = in_its_language(Article("", written, "feed"), self._desk.language)
        else:
            try:
                page = await self._desk.articles.read(url)
            except (SourceError, WorkerError) as error:
                said = escape(shorten(talk.words.sources.error(in_words(error)), REASON))
                return Message(talk.words.own.test_unreadable.format(error=said))
            article = Article(page.title, page.text, "page", page.language)
        return Message("\n".join(await self._said(talk, article)))

    async def _said(self, talk: Talk, article: Article) -> Sequence[str]:
        chat, words = talk.chat, talk.words.own
        lists = self._desk.lists(chat)
        async with self._desk.store.read() as connection:
            mine = await own.list_name(connection, chat.id)
            excluded = {
                exclusion(each.id): each for each in await own.excluded(connection, chat.id)
            }
        matches = await asyncio.to_thread(self._desk.library.matcher.match, article)
        found = [m for m in matches if m.watchlist in lists or m.watchlist == mine]
        barred = {
            excluded[match.watchlist].watchlist: excluded[match.watchlist].line
            for match in matches
            if match.watchlist in excluded
        }
        lines = [words.test_title.format(title=_cut(article.title or article.text, TITLE))]
        for name in list(dict.fromkeys(match.watchlist for match in found))[:MOST_LISTS]:
            label = _cut(self._desk.reader(chat).label(name), LABEL)
            if name in barred:
                line = _cut(barred[name], QUERY)
                lines.append(words.test_excluded.format(label=label, line=line))
                continue
            of_list = [match for match in found if match.watchlist == name]
            lines += _matched(of_list[:MOST_QUERIES], label, talk.words)
        if not found:
            lines += [words.test_nothing, *await misses(self._desk, chat, article, talk.words)]
        return lines


def _matched(found: Sequence[Match], label: str, words: Sentences) -> Iterator[str]:
    for match in found:
        query = _cut(match.query, QUERY)
        yield words.own.test_matches.format(label=label, query=query)
        for span in match.spans[:MOST_PLACES]:
            yield f"  {readings.place(span, words)}"


def _cut(text: str, most: int) -> str:
    return escape(shorten(one_line(text), most))
