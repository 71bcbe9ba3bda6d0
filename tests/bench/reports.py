"""How long a trend and a press review take, and how much memory and space their files.

    .venv/bin/python -m tests.bench.reports [ARTICLES]

Over the archive that `tests.bench.archive` fills; the press review is that of a list that matches
much, 24 hours of it.
"""

import asyncio
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.charts.trend import Trend, png
from bot.pages import review as pages
from bot.pipeline import archive
from bot.pipeline.review import Frame, gathered, made
from bot.pipeline.trend import Stretch as Days
from bot.pipeline.trend import course
from bot.store import Store, alerts, chats, reviews
from bot.store.reviews import Stretch
from bot.text.languages import rules_for
from bot.watch.language import parse, parse_query
from bot.watch.matcher import Matcher
from bot.wording import sentences
from tests.bench import corpus
from tests.bench.archive import NOW, fill

QUERIES = ("Nordkorea", "Regierung & Opposition", "Ukraine & Waffen", "Bundestag")
WORDS, ZONE, CHAT = sentences("de"), ZoneInfo("Europe/Berlin"), 1001


def main() -> None:
    """Print a line for each query, and for the press review."""
    corpus.needed()
    asyncio.run(measure(int(sys.argv[1]) if len(sys.argv) > 1 else 30_000))


async def measure(count: int) -> None:
    """Fill an archive, then draw and write."""
    with tempfile.TemporaryDirectory() as folder:
        store = await Store.open("sqlite:///a.db", Path(folder))
        await fill(store, count)
        await archive.catch_up(store)
        for query in QUERIES:
            await trend(store, query)
        await review(store)
        await store.close()


@contextmanager
def timed(what: str) -> Iterator[None]:
    """Print how long it took."""
    begun = time.perf_counter()
    yield
    print(f"{what}: {(time.perf_counter() - begun) * 1000:.0f} ms")


async def trend(store: Store, query: str) -> None:
    """Count and draw 30 days."""
    with timed(f"/trend {query}: counting"):
        found = await course(store, parse_query(query), Days(30, NOW, ZONE))
    with timed(f"/trend {query}: drawing {found.articles} articles"):
        content = png(Trend(query, "", found.days), WORDS.reports)
    print(f"  {len(content) // 1000} kB")


async def review(store: Store) -> None:
    """Gather and write what came of a list in 24 hours."""
    watchlist = parse("Regierung\nBundestag\nUkraine\n", "viel.txt", "viel")
    found = await archive.search(store, watchlist, NOW - timedelta(days=1))
    matcher = Matcher([watchlist], rules_for)
    async with store.write() as tx:
        await chats.put(tx, chats.Chat(CHAT, "private", "de", "active", admin=False), NOW)
        for each in found:
            await alerts.keep_matches(
                tx, {each.entry_id: matcher.match(each.article)}, each.published
            )
    stretch = Stretch(NOW - timedelta(days=1), NOW)
    with timed("press review: counting"):
        async with store.read() as connection:
            counts = await reviews.counts(connection, CHAT, "viel", stretch)
    with timed(f"press review: gathering {counts.articles} articles"):
        what = await gathered(store, CHAT, "viel", stretch)
    put = made(what, Frame("Viel", WORDS, ZONE, stretch.since, stretch.until))
    with timed("press review: the page"):
        page = pages.page(put, WORDS.reports, "de")
    with timed("press review: the table"):
        table = pages.table(put, WORDS.reports)
    print(f"  page {len(page.encode()) // 1000} kB, table {len(table) // 1000} kB")


if __name__ == "__main__":
    main()
