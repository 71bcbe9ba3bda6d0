"""What the lines of a chat's lists lack that come nearest to an article, or what excludes it."""

import asyncio
from collections.abc import Sequence

from bot.alerts.html import escape, one_line, shorten
from bot.model import Article
from bot.store import chats
from bot.store.chats import Chat
from bot.telegram.desk import Desk
from bot.text.languages import rules_for
from bot.watch.explain import why_not
from bot.watch.personal import is_exclusion
from bot.watch.watchlist import Watchlist
from bot.wording import Sentences

MOST_LISTS, MOST_MISSES, LARGEST = 8, 3, 300
"""How many lists are looked at, and lines named; a list with more lines would take too long."""
LABEL, QUERY, REASON = 40, 80, 200


async def misses(desk: Desk, chat: Chat, article: Article, words: Sentences) -> Sequence[str]:
    """Return what the lines lack that come nearest, of the lists that are on in a chat; as HTML."""
    async with desk.store.read() as connection:
        on = await chats.subscribed(connection, chat.id)
    lists = [w for w in desk.library.matcher.watchlists if w.name in on]
    small = [each for each in lists if len(each.queries) <= LARGEST][:MOST_LISTS]
    found = await asyncio.to_thread(_misses, small, article)
    if not found:
        return ()
    reader = desk.reader(chat)
    return [words.own.test_nearest] + [
        f"• <b>{_cut(reader.label(name), LABEL)}</b>, <code>{_cut(query, QUERY)}</code>: "
        f"{_cut('; '.join(map(words.watch.reasons, reasons)), REASON)}"
        for name, query, reasons in found
    ]


def _misses(
    lists: Sequence[Watchlist], article: Article
) -> Sequence[tuple[str, str, Sequence[str]]]:
    """Return list, query and reasons; first what is excluded, then what lacks the least."""
    found = [
        (each.name, missing.query.text, missing.reasons)
        for each in lists
        if not is_exclusion(each.name)
        for missing in why_not(each, article, rules_for)
        if missing.is_near
    ]
    found.sort(key=lambda miss: (len(miss[2]), "; " not in miss[2][0]))
    excluded = [miss for miss in found if " excludes it" in miss[2][0]]
    near = [miss for miss in found if miss not in excluded]
    return [*excluded, *near][:MOST_MISSES]


def _cut(text: str, most: int) -> str:
    return escape(shorten(one_line(text), most))
