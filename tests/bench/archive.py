"""How fast the archive is searched, how large its index is, and what taking an article in costs.

    .venv/bin/python -m tests.bench.archive [ARTICLES] [FOLDER]

The articles of the corpus are multiplied, each copy with a tenth of its words replaced by words of
others, and dated over 30 days. With a folder the database stays there, and is used again. CPU time
is that of the whole process; wall time is a hint, as others may use the machine as well.
"""

import asyncio
import gc
import random
import sys
import tempfile
import time
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import text

from bot.model import Article
from bot.pipeline import archive
from bot.store import Store, entries, feeds, listing, upkeep
from bot.store.listing import Listing, NewEntry
from bot.telegram import searching
from bot.watch.language import parse_query
from tests.bench import corpus

ARTICLES = 180_000
CHAT, PAGE = searching.PAGE + 1, 20
"""Events of a page in a chat, and one that tells of another page; and of one that is larger."""
NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
QUERIES = (
    "Nordkorea", "Siegesparade", "Ukraine & Waffen", "Bundestag", "Klima*", "Gas",
    "Kim Jong Un", "title:Merkel", "Polizei NEAR/10 Wien", "Regierung & Opposition",
    "Flüchtling", '"Europäische Union"', "*parade", "Bank -Sparkasse", "Weizen | Mais",
    "Haus", "Bayern München", "title:Regierung & Wahl", "=EU", "Putin", "Wirtschaft & !Politik",
    "ATLEAST/3 Trainer", "Wahl NEAR/5 Präsident", "Griechenland & (Schulden | Krise)", "Feuerwehr",
)  # fmt: skip


class Took(NamedTuple):
    """Milliseconds."""

    cpu: float
    wall: float
    gap: float
    """The longest time in which nothing else had a turn, as far as this process was at work."""


def main() -> None:
    """Print a line for the index and one for each query."""
    corpus.needed()
    count = int(sys.argv[1]) if len(sys.argv) > 1 else ARTICLES
    if len(sys.argv) > 2:
        asyncio.run(measure(count, Path(sys.argv[2])))
        return
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(measure(count, Path(folder)))


def yardstick() -> float:
    """Return the CPU seconds of ten million rounds of a loop: how fast the machine is right now."""
    begun, total = time.process_time(), 0
    for each in range(10_000_000):
        total += each
    return time.process_time() - begun


async def measure(count: int, folder: Path) -> None:
    """Fill an archive, unless it is there, then search it."""
    print(f"yardstick: {yardstick():.2f} s")
    is_there = (folder / "a.db").exists()
    store = await Store.open("sqlite:///a.db", folder)
    if not is_there:
        await fill(store, count)
        begun = time.process_time()
        await archive.catch_up(store)
        cost = (time.process_time() - begun) / count * 1000
        print(f"taken in: {cost:.2f} ms CPU for each of {count} articles")
        await sizes(store)
    async with store.read() as connection:
        print("looked after:", await timed(upkeep.lost(connection, 50)))
    print("nothing new:", await timed(archive.catch_up(store)))
    print("words swept:", await timed(archive.sweep(store)))
    # As in the daemon: the language's rules are loaded, and what is there is there to stay.
    await archive.latest(store, parse_query("Haus"), NOW - timedelta(days=31), PAGE)
    gc.freeze()
    for said, most, best_at in (
        ("newest", CHAT, None),
        ("newest", PAGE, None),
        ("best", CHAT, NOW),
    ):
        print(f"the first {most} events, {said} first:")
        took = [await ask(store, each, most, best_at) for each in QUERIES]
        for name in ("cpu", "wall"):
            each = sorted(getattr(one, name) for one in took)
            middle, worst = each[len(each) // 2], each[len(each) * 95 // 100]
            print(f"  {name}: median {middle:.0f} ms, p95 {worst:.0f}, slowest {each[-1]:.0f}")
        print(f"  longest stall of the event loop {max(one.gap for one in took):.0f} ms")
    await store.close()


async def timed(work: object) -> Took:
    """Return how long some work took, and how long it held everything else up."""
    gaps = [0.0]

    async def tick() -> None:
        while True:
            begun, worked = time.perf_counter(), time.process_time()
            await asyncio.sleep(0.005)
            late = (time.perf_counter() - begun) * 1000 - 5
            gaps.append(min(late, (time.process_time() - worked) * 1000))

    ticking = asyncio.create_task(tick())
    await asyncio.sleep(0.01)
    cpu, wall = time.process_time(), time.perf_counter()
    await work  # type: ignore[misc]  # whatever it is that is to be awaited
    took = (time.process_time() - cpu) * 1000, (time.perf_counter() - wall) * 1000
    await asyncio.sleep(0.01)
    ticking.cancel()
    with suppress(asyncio.CancelledError):
        await ticking
    return Took(*took, max(gaps))


async def ask(store: Store, query: str, most: int, best_at: datetime | None) -> Took:
    """Search for a query; print how long it took."""
    wanted = archive.Wanted(parse_query(query), NOW - timedelta(days=31), most, best_at)
    found: list[archive.Answer] = []

    async def look() -> None:
        found.append(await archive.look(store, wanted))

    took = await timed(look())
    print(
        f"  {query:33} {len(found[0].events):5} found, {took.cpu:6.0f} ms CPU, "
        f"{took.wall:6.0f} ms, stall {took.gap:3.0f}"
    )
    return took


async def fill(store: Store, count: int) -> None:
    """Write the articles."""
    chance, texts = random.Random(7), list(corpus.articles().values())
    vocabulary = [word for each in texts for word in each.split()]
    async with store.write() as tx:
        await feeds.add(tx, feeds.Source("https://depesche.example/feed.xml", "Depesche"), NOW)
        [feed] = await feeds.claim_all(
            tx, NOW + timedelta(hours=1), timedelta(), "https://depesche.example/feed.xml"
        )
    for at in range(0, count, 1_000):
        keys = range(at, min(count, at + 1_000))
        listed = [_entry(n, NOW - timedelta(days=30) * (1 - n / count)) for n in keys]
        async with store.write() as tx:
            ids = (await listing.keep(tx, feed.id, Listing(tuple(listed), complete=False), NOW)).new
            made = [
                (i, _article(texts[n % len(texts)], n >= len(texts), vocabulary, chance))
                for i, n in zip(ids, keys, strict=True)
            ]
            await entries.keep_articles(tx, made, NOW)


def _entry(number: int, dated: datetime) -> NewEntry:
    key = f"https://depesche.example/{number}"
    return NewEntry(key, key, key, str(number), "", key, dated, dated=True, old=False, late=False)


def _article(whole: str, varied: bool, vocabulary: list[str], chance: random.Random) -> Article:
    words = whole.split()
    if varied:
        words = [chance.choice(vocabulary) if chance.random() < 0.1 else word for word in words]
    return Article(" ".join(words[:8]), " ".join(words[8:]), "page", "de")


async def sizes(store: Store) -> None:
    """Print how much the index takes beside the text."""
    async with store.read() as connection:
        pages: dict[str, int] = dict(
            (
                await connection.execute(text("SELECT name, SUM(pgsize) FROM dbstat GROUP BY name"))
            ).all()
        )
        texts = await connection.scalar(
            text("SELECT SUM(length(CAST(title || text AS BLOB))) FROM articles")
        )
        count = await connection.scalar(text("SELECT COUNT(*) FROM words"))
    index = sum(
        size
        for name, size in pages.items()
        if name.startswith(("archive", "words", "archived", "sqlite_autoindex_words"))
    )
    print(
        f"index {index / 1e6:.0f} MB, {index / texts:.0%} of {texts / 1e6:.0f} MB of text; "
        f"{count} words"
    )


if __name__ == "__main__":
    main()
