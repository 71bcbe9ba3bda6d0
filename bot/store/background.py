"""A sample of what was read: which words its articles have, to compare others with."""

import zlib
from array import array
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.schema import archived, entries


class Sampled(NamedTuple):
    """An article of the index."""

    entry_id: int
    packed: bytes
    """The numbers of its words; see `numbers`."""


async def sample(tx: AsyncConnection, since: datetime, most: int) -> tuple[Sequence[Sampled], int]:
    """Return about so many of the index's articles since then, evenly from all of the time.

    Returns:
        The articles, and for how many each of them stands.
    """
    joined = entries.join(archived, archived.c.entry_id == entries.c.id)
    dated = entries.c.published >= since
    count = await tx.scalar(select(func.count()).select_from(joined).where(dated)) or 0
    step = max(1, -(-count // most))
    some = select(entries.c.id, archived.c.words).select_from(joined)
    rows = await tx.execute(some.where(dated, entries.c.id % step == 0))
    return [Sampled(row.id, row.words) for row in rows], step


def numbers(packed: bytes) -> frozenset[int]:
    """Return the numbers of an article's words."""
    found = array("I")
    found.frombytes(zlib.decompress(packed))
    return frozenset(found)
