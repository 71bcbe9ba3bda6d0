"""Which messages that may not have arrived another one names."""

from datetime import datetime

from bot.alerts.compose import Doubted
from bot.alerts.telling import Reader
from bot.store import Transaction, alerts, outbox, reviews
from bot.store.digests import MOST_NAMED
from bot.store.outbox import Letter
from bot.telegram import papers
from bot.telegram.post import tellings

FULL = frozenset({"digest", "return", reviews.FILE})
"""Messages without room for naming others."""


async def doubted(
    tx: Transaction, letter: Letter, reader: Reader, now: datetime
) -> tuple[list[Letter], list[Doubted]]:
    """Return as many of the chat's uncertain messages as this one can name, and their articles.

    A change makes no sound, so that it names no others than the message did that it changes.
    """
    letters: list[Letter] = []
    articles: list[Doubted] = []
    if letter.kind == "edit" and letter.edits is not None:
        for before in await outbox.carried_by(tx, letter.edits):
            articles += await _articles(tx, before, reader)
    if letter.kind in {"edit", *FULL}:
        return letters, articles
    for each in await outbox.doubts(tx, letter.chat_id):
        named = await _articles(tx, each, reader)
        if not named:
            await outbox.dead(tx, each.id, "its articles are gone", now)
            continue
        # A message of its own may name a whole digest; beside others there is less room.
        is_first_of_its_own = letter.kind == "doubt" and not letters
        if not is_first_of_its_own and len(articles) + len(named) > MOST_NAMED:
            break
        letters.append(each)
        articles += named
    return letters, articles


async def _articles(tx: Transaction, letter: Letter, reader: Reader) -> list[Doubted]:
    if review := await papers.named(tx, letter, reader):
        return [review]
    carried = await alerts.carried(tx, letter.id)
    return [each.found for each in tellings([(a, a.watchlists) for a in carried], {})]
