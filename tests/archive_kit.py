"""What the tests of the archive share: articles, kept as if they had been read."""

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

from sqlalchemy import text

from bot.model import Article
from bot.pipeline import archive
from bot.store import Store, entries
from bot.watch.language import parse_query
from tests.store_kit import DAY, NOW, a_feed, an_entry

PAGE = 4096


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


def lose(place: Path, find: Callable[[Path, bytes], int]) -> None:
    """A disk has lost the page of a closed database that is around some place of the file."""
    with closing(sqlite3.connect(place)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    content = bytearray(place.read_bytes())
    at = find(place, bytes(content)) // PAGE * PAGE
    content[at : at + 16] = b"\xff" * 16
    place.write_bytes(content)


def of_a_text(_: Path, content: bytes) -> int:
    """The text around the word Mitte."""
    return content.index(b" Mitte ")


def of_an_index(place: Path, _: bytes) -> int:
    """What tells which articles are to be taken in."""
    with closing(sqlite3.connect(place)) as connection:
        question = "SELECT rootpage FROM sqlite_master WHERE name = 'articles_text'"
        (page,) = connection.execute(question).fetchone()
    return (int(page) - 1) * PAGE
