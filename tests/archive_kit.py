"""What the tests of the archive share: articles, kept as if they had been read."""

from collections.abc import Sequence

from sqlalchemy import text

from bot.model import Article
from bot.pipeline import archive
from bot.store import Store, entries
from bot.watch.language import parse_query
from tests.store_kit import DAY, NOW, a_feed, an_entry


async def kept(store: Store, written: Sequence[Article]) -> list[int]:
    """Keep articles as if they had been read; return their entries."""
    async with store.write() as tx:
        feed = await a_feed(tx)
        ids = [await an_entry(tx, feed, key=f"k{n}") for n in range(len(written))]
        await entries.keep_articles(tx, list(zip(ids, written, strict=True)), NOW)
    return ids


async def found_by(store: Store, query: str) -> set[int]:
    """Return the entries that a search finds."""
    return {e.entry_id for e in await archive.search(store, parse_query(query), NOW - 9 * DAY)}


async def damage(store: Store, how: str = "DELETE FROM archive_data WHERE id > 10") -> None:
    """A disk has lost, or changed, what the index says."""
    async with store.write() as tx:
        await tx.execute(text(how))
