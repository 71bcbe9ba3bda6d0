"""How large the database's files become when texts are forgotten after a while.

    .venv/bin/python -m tests.bench.growth

Months of articles are written and forgotten again, in small transactions as the daemon does it,
through the connections that it has. What grows for ever would show in the last line.
"""

import asyncio
import random
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import text

from bot.store import Store
from tests.store_kit import migrated

DAYS, KEPT, A_DAY = 120, 30, 1_000
TOGETHER = 50
ENTRY = (
    "INSERT INTO entries"
    " (id, feed_id, key, subject, title, text, digest, published, seen, old, late)"
    " VALUES (:id, 1, :key, :key, 'Titel', '', :key, 0, 0, 0, 0)"
)
ARTICLE = (
    "INSERT INTO articles (entry_id, title, text, text_from, read) VALUES (:id, 'T', :t, 'page', 0)"
)
FEED = (
    "INSERT INTO feeds (id, url, name, origin, tags, added, next_due)"
    " VALUES (1, 'https://a.example/', 'A', 'store', '[]', 0, 0)"
)


async def _day(store: Store, day: int, sizes: Sequence[int]) -> None:
    for start in range(0, A_DAY, TOGETHER):
        ids = [day * A_DAY + start + n for n in range(TOGETHER)]
        rows = [{"id": i, "key": f"k{i}", "t": "x" * random.choice(sizes)} for i in ids]
        async with store.write() as tx:
            await tx.execute(text(ENTRY), rows)
            await tx.execute(text(ARTICLE), rows)
    for start in range(0, A_DAY, TOGETHER):
        first = (day - KEPT) * A_DAY + start
        async with store.write() as tx:
            gone = {"first": first, "last": first + TOGETHER - 1}
            forget = "DELETE FROM articles WHERE entry_id BETWEEN :first AND :last"
            await tx.execute(text(forget), gone)


async def _run(folder: Path) -> None:
    place = folder / "ausguck.db"
    place.write_bytes(migrated())
    store = await Store.open("sqlite:///ausguck.db", folder)
    sizes = [random.randint(500, 12_000) for _ in range(1_000)]
    async with store.write() as tx:
        await tx.execute(text(FEED))
    most = 0
    for day in range(1, DAYS + 1):
        await _day(store, day, sizes)
        log = folder / "ausguck.db-wal"
        most = max(most, log.stat().st_size)
        if day % 30 == 0:
            file = place.stat().st_size / 1e6
            sys.stdout.write(f"day {day}: file {file:.1f} MB, log at most {most / 1e6:.1f} MB\n")
    await store.close()


if __name__ == "__main__":
    random.seed(1)
    with tempfile.TemporaryDirectory() as made:
        asyncio.run(_run(Path(made)))
