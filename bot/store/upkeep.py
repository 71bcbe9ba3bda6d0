"""Looks after the archive's index: whether it still says what it was given, and what it needs not.

FTS5's own check sees no content in an index that keeps none, and holds the writer up. What the
index was given stands in `archived`; so some articles are looked for under all of their words.
"""

import json
import zlib
from array import array
from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.archive import PIECE
from bot.store.schema import archived, articles

AT_ONCE = 8
"""So many words of an article, others each time: each may be one of a hundred thousand articles."""
LETTERS = 5
"""So many letters of a word are looked for."""
# Each bound by itself: both in one statement would read the whole table.
_BY_CHANCE = text(
    "SELECT lowest + abs(random()) % (1 + highest - lowest) FROM "
    "(SELECT (SELECT coalesce(min(entry_id), 0) FROM archived) AS lowest, "
    "(SELECT coalesce(max(entry_id), 0) FROM archived) AS highest)"
)
_WORD_BY_CHANCE = text(
    "SELECT id, entry FROM words WHERE id >= 1 + abs(random()) % (SELECT max(id) FROM words) "
    "ORDER BY id LIMIT 1"
)
_HAS_PIECES = text("SELECT 1 FROM pieces WHERE pieces MATCH :piece AND rowid = :id")
_IS_FOUND = text("SELECT 1 FROM archive WHERE archive MATCH :words AND rowid = :id")
# The word with the highest number stays, so that no number is ever given again.
_IDLE = text(
    "SELECT id FROM words WHERE id > :after AND id <= :last AND id < (SELECT max(id) FROM words) "
    "AND NOT EXISTS (SELECT 1 FROM archive WHERE archive MATCH CAST(words.id AS TEXT)) ORDER BY id"
)
_STILL_IDLE = text(
    "SELECT id, entry FROM words WHERE id IN (SELECT value FROM json_each(:ids)) "
    "AND NOT EXISTS (SELECT 1 FROM archive WHERE archive MATCH CAST(words.id AS TEXT))"
)
_TAKE_PIECES = text("INSERT INTO pieces(pieces, rowid, entry) VALUES ('delete', :id, :entry)")
_TAKE_WORD = text("DELETE FROM words WHERE id = :id")
_KNOWN = text("SELECT count(*) FROM words WHERE id IN (SELECT value FROM json_each(:ids))")


async def lost(tx: AsyncConnection, some: int) -> Sequence[int]:
    """Return those of so many articles, taken by chance, that some of their words do not find."""
    found = []
    for _ in range(some):
        start: int = (await tx.scalars(_BY_CHANCE)).one()
        which = select(archived).where(archived.c.entry_id >= start).order_by(archived.c.entry_id)
        row = (await tx.execute(which.limit(1))).one_or_none()
        if row is None:
            break
        words = _words(row.words)
        step = len(words or ()) // AT_ONCE + 1
        asked = {"words": " AND ".join(map(str, (words or ())[start % step :: step]))}
        asked["id"] = row.entry_id
        if words is None or (words and await tx.scalar(_IS_FOUND, asked) is None):
            found.append(row.entry_id)
    return found


async def lost_words(tx: AsyncConnection, some: int) -> Sequence[int]:
    """Return those of so many words, taken by chance, that their own letters do not find."""
    found = []
    for _ in range(some):
        row = (await tx.execute(_WORD_BY_CHANCE)).one_or_none()
        if row is None:
            break
        letters = row.entry.partition(" ")[0][:LETTERS]
        asked = {"piece": f'"{letters}"', "id": row.id}
        is_plain = len(letters) >= PIECE and letters.isalnum()
        if is_plain and await tx.scalar(_HAS_PIECES, asked) is None:
            found.append(row.id)
    return found


def _words(packed: bytes) -> Sequence[int] | None:
    """Return the numbers of an article's words; None: nobody can tell."""
    numbers = array("I")
    try:
        numbers.frombytes(zlib.decompress(packed))
    except (zlib.error, ValueError):
        return None
    return numbers


async def idle_words(tx: AsyncConnection, after: int, some: int) -> tuple[Sequence[int], int]:
    """Return those of the next words after a number that no article has, and the last one seen.

    Args:
        tx: a connection.
        after: the number of the word that was looked at last; 0 to begin.
        some: how many words are looked at.
    """
    numbers = text("SELECT max(id) FROM (SELECT id FROM words WHERE id > :after LIMIT :some)")
    last: int | None = await tx.scalar(numbers, {"after": after, "some": some})
    if last is None:
        return (), 0
    return (await tx.scalars(_IDLE, {"after": after, "last": last})).all(), last


async def drop_words(tx: AsyncConnection, ids: Sequence[int]) -> int:
    """Let words go, as far as no article has them still."""
    rows = (await tx.execute(_STILL_IDLE, {"ids": json.dumps(list(ids))})).all()
    if rows:
        gone = [{"id": row.id, "entry": row.entry} for row in rows]
        await tx.execute(_TAKE_PIECES, gone)
        await tx.execute(_TAKE_WORD, gone)
    return len(rows)


async def are_there(tx: AsyncConnection, numbers: Collection[int]) -> bool:
    """Tell whether all these words are there still."""
    there: int | None = await tx.scalar(_KNOWN, {"ids": json.dumps(list(numbers))})
    return there == len(numbers)


async def has_text_since(tx: AsyncConnection) -> datetime | None:
    """Return since when the texts are kept of what was read; None: there is none."""
    kept = text("articles.text_from <> 'gone'")  # as its index has it
    found: datetime | None = await tx.scalar(select(func.min(articles.c.read)).where(kept))
    return found
