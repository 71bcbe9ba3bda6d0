"""How fast the archive is searched, how large its index is, and what taking an article in costs.

    .venv/bin/python -m tests.bench.archive [ARTICLES]

The articles of the corpus are multiplied, each copy with a tenth of its words replaced by words of
others, and dated over 30 days. Beside each search stands the same without the index: the matcher
over every article.
"""

import asyncio
import random
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import text

from bot.model import Article
from bot.pipeline import archive
from bot.store import Store, entries, feeds, listing
from bot.store.listing import Listing, NewEntry
from bot.watch.language import parse_query
from tests.bench import corpus

ARTICLES = 180_000
PAGE = 20
NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
QUERIES = (
    "Nordkorea", "Siegesparade", "Ukraine & Waffen", "Bundestag", "Klima*", "Gas",
    "Kim Jong Un", "title:Merkel", "Polizei NEAR/10 Wien", "Regierung & Opposition",
    "Flüchtling", '"Europäische Union"', "*parade", "Bank -Sparkasse", "Weizen | Mais",
)  # fmt: skip


def main() -> None:
    """Print a line for the index and one for each query."""
    corpus.needed()
    asyncio.run(measure(int(sys.argv[1]) if len(sys.argv) > 1 else ARTICLES))


async def measure(count: int) -> None:
    """Fill an archive, then search it."""
    with tempfile.TemporaryDirectory() as folder:
        store = await Store.open("sqlite:///a.db", Path(folder))
        await fill(store, count)
        begun = time.process_time()
        await archive.catch_up(store)
        cost = (time.process_time() - begun) / count * 1000
        print(f"taken in: {cost:.2f} ms CPU for each of {count} articles")
        await sizes(store)
        took = [await ask(store, each) for each in QUERIES]
        took.sort()
        print(f"median {took[len(took) // 2]:.0f} ms, slowest {took[-1]:.0f} ms")
        await store.close()


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


async def ask(store: Store, query: str) -> float:
    """Search for a query; return how long it took, in milliseconds."""
    watchlist, since = parse_query(query), NOW - timedelta(days=31)
    begun = time.perf_counter()
    found = await archive.latest(store, watchlist, since, PAGE)
    took = (time.perf_counter() - begun) * 1000
    print(f"  {query:25} {len(found):6} found, {took:7.0f} ms")
    return took


if __name__ == "__main__":
    main()
