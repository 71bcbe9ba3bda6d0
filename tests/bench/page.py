"""How long the status page takes, and a list's feed, in a large and old database.

    .venv/bin/python -m tests.bench.page [ARTICLES]

1,000 feeds, 40 lists, 180,000 articles of 30 days, a third of them matched, each match told in
three chats. Every article has the text of one of ordinary length.
"""

import asyncio
import sqlite3
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from zoneinfo import ZoneInfo

from starlette.requests import Request
from starlette.responses import Response

from bot.store import Store, atom
from bot.watch.language import parse
from bot.web.atom import Atom
from bot.web.page import Page
from bot.wording.de import GERMAN
from tests.store_kit import migrated

ARTICLES, FEEDS, LISTS, CHATS, ROUNDS = 180_000, 1_000, 40, 3, 7
NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
DAYS = timedelta(days=30)
TEXT = "Nordkoreanische Soldaten marschierten am Freitag in Moskau, sagte ein Sprecher. " * 40
MATCH = '[{"field": "text", "start": 0, "end": 16, "text": "Nordkoreanische", "rule": "the word"}]'


def main() -> None:
    """Print the median and the slowest of some rounds."""
    asyncio.run(measure(int(sys.argv[1]) if len(sys.argv) > 1 else ARTICLES))


async def measure(count: int) -> None:
    """Fill a database, then ask for its pages."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "a.db"
        await asyncio.to_thread(fill, place, count)
        store = await Store.open("sqlite:///a.db", Path(folder))
        lists = [parse(f"@label Liste {n}\nNordkorea\n", "x", f"list{n}") for n in range(LISTS)]
        async with store.write() as tx:
            await atom.put_secret(tx, "list0", "secret")
        page = Page(store, lambda: lists, ZoneInfo("Europe/Berlin"), lambda: NOW, lambda: None)
        feed = Atom(store, lambda: lists, GERMAN)
        await timed("page", lambda: page._show(request("/")))
        await timed("page, all feeds", lambda: page._show(request("/", b"feeds=all")))
        names = {"name": "list0", "secret": "secret"}
        await timed("feed of a list", lambda: feed._feed(request("/feeds", names=names)))
        await store.close()


def request(path: str, query: bytes = b"", names: object = None) -> Request:
    """A request as the server makes it."""
    return Request(
        {
            "type": "http",
            "method": "GET",
            "path": path,
            "query_string": query,
            "headers": [(b"host", b"127.0.0.1")],
            "path_params": names or {},
            "scheme": "http",
            "server": ("127.0.0.1", 80),
        }
    )


async def timed(name: str, ask: Callable[[], Awaitable[Response]]) -> None:
    """Ask some times; also for how long of computing the loop was held up at most."""
    took, cost, stalls, size = [], [], [], 0
    for _ in range(ROUNDS):
        watching = asyncio.create_task(stall())
        await asyncio.sleep(0)
        begun, busy = time.perf_counter(), time.process_time()
        size = len((await ask()).body)
        took.append((time.perf_counter() - begun) * 1000)
        cost.append((time.process_time() - busy) * 1000)
        watching.cancel()
        stalls.append(max(WORST, default=0.0) * 1000)
        WORST.clear()
    print(
        f"{name}: median {median(took):.0f} ms, slowest {max(took):.0f} ms, "
        f"{median(cost):.0f} ms CPU, "
        f"loop held up {max(stalls):.0f} ms CPU, {size / 1000:.0f} kB"
    )


WORST: list[float] = []


async def stall() -> None:
    """Note how much the loop's own thread computes before it comes round: not what others do."""
    while True:
        begun = time.thread_time()
        await asyncio.sleep(0.001)
        WORST.append(time.thread_time() - begun)


def fill(place: Path, count: int) -> None:
    """Write all of it, past the store: in half a minute instead of an hour."""
    place.write_bytes(migrated())
    db = sqlite3.connect(place)
    for table, made in tables(count).items():
        rows = list(made)
        blanks = ", ".join("?" * len(rows[0]))
        columns = {
            "feeds": "id, url, name, origin, tags, added, next_due, last_success, rhythm, errors",
            "entries": "id, feed_id, key, subject, link, title, text, digest, published, seen, old,"
            " late",
            "articles": "entry_id, title, text, text_from, language, read",
            "matches": "entry_id, watchlist, query, line, spans, found",
            "members": "entry_id, story, verdict, decision, joined",
            "chats": "id, type, language, state, admin, since",
            "subscriptions": "chat_id, watchlist, since",
            "outbox": "id, chat_id, kind, state, due, changed",
            "alerts": "chat_id, entry_id, subject, watchlists, created, outbox_id, story",
            "decisions": "entry_id, watchlist, chat_id, action, reason, decided",
        }[table]
        db.executemany(f"INSERT INTO {table} ({columns}) VALUES ({blanks})", rows)
    db.commit()
    db.close()


def tables(count: int) -> dict[str, Iterable[tuple[object, ...]]]:
    """Rows by table."""

    def at(n: int) -> int:
        return round((NOW - DAYS * (1 - n / count)).timestamp() * 1_000_000)

    now = at(count)
    hit = range(2, count, 3)
    told = [(n, chat) for n in hit for chat in range(1, CHATS + 1)]
    feeds = (
        (n, f"https://f{n}.example/", f"Blatt {n}", "store", "[]", 0, now, now,
         f"[{now // 60_000_000 - n * 9}]", int(n % 20 == 0))
        for n in range(1, FEEDS + 1)
    )  # fmt: skip
    entries = (
        (n + 1, n % FEEDS + 1, f"k{n}", f"s{n}", f"https://f.example/{n}", f"Titel {n}", TEXT[:300],
         "d", at(n), at(n), 0, 0)
        for n in range(count)
    )  # fmt: skip
    return {
        "feeds": feeds,
        "entries": entries,
        "articles": ((n + 1, f"Titel {n}", TEXT, "page", "de", at(n)) for n in range(count)),
        "matches": ((n, f"list{n % LISTS}", "Nordkorea", 1, MATCH, at(n)) for n in hit),
        "members": ((n, n - n % 6 + 2, "same", "{}", at(n)) for n in range(1, count)),
        "chats": ((n, "private", "de", "active", 0, 0) for n in range(1, CHATS + 1)),
        "subscriptions": ((c, f"list{n}", 0) for c in range(1, CHATS + 1) for n in range(LISTS)),
        "outbox": (
            (i + 1, chat, "alert", "sent" if i < len(told) - 9 else "pending", at(n), at(n))
            for i, (n, chat) in enumerate(told)
        ),
        "alerts": (
            (chat, n, f"s{n}", f'["list{n % LISTS}"]', at(n), i + 1, n - n % 6 + 2)
            for i, (n, chat) in enumerate(told)
        ),
        "decisions": ((n, f"list{n % LISTS}", chat, "now", "it is new", at(n)) for n, chat in told),
    }


if __name__ == "__main__":
    main()
