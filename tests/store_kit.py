"""What the tests of the store share: a migrated file, and short ways to fill it."""

import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from bot.model import Article, Feed, Match, Span
from bot.store import Store, Transaction, alerts, chats, entries, feeds, listing, migrate
from bot.store.alerts import Told
from bot.store.chats import Chat
from bot.store.entries import Done, Waiting
from bot.store.feeds import Source
from bot.store.listing import Kept, Listing, NewEntry

NOW = datetime(2025, 5, 9, 8, 0, tzinfo=UTC)
SECOND, MINUTE, HOUR, DAY = (
    timedelta(seconds=1),
    timedelta(minutes=1),
    timedelta(hours=1),
    timedelta(days=1),
)
URL = "https://depesche.example/feed.xml"
PERSON = 1001
GROUP = -1002


@cache
def migrated() -> bytes:
    """An empty database of ours: alembic has to run only once for all tests."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "ausguck.db"
        migrate.upgrade(place)
        return place.read_bytes()


@asynccontextmanager
async def opened(folder: Path) -> AsyncIterator[Store]:
    """A store of its own, empty."""
    (folder / "ausguck.db").write_bytes(migrated())
    store = await Store.open("sqlite:///ausguck.db", folder)
    try:
        yield store
    finally:
        await store.close()


async def a_feed(tx: Transaction, url: str = URL, name: str = "Depesche") -> Feed:
    """A feed that was just claimed."""
    await feeds.add(tx, Source(url, name), NOW)
    [feed] = await feeds.claim_all(tx, NOW, HOUR, url)
    return feed


def new_entry(key: str = "k1", **more: object) -> NewEntry:
    """An entry as a poll finds it."""
    link = f"https://depesche.example/{key}"
    given: dict[str, object] = {
        "key": key,
        "subject": link,
        "link": link,
        "title": f"Titel {key}",
        "text": "Vorspann.",
        "digest": f"digest of {key}",
        "published": NOW,
        "dated": True,
        "old": False,
        "late": False,
    }
    return NewEntry(**{**given, **more})  # type: ignore[arg-type]  # the caller knows the fields


async def an_entry(tx: Transaction, feed: Feed, key: str = "k1", **more: object) -> int:
    """An entry that is written down and was not read yet."""
    [entry_id] = (await keep(tx, feed, new_entry(key, **more))).new
    return entry_id


async def keep(
    tx: Transaction, feed: Feed, *found: NewEntry, now: datetime = NOW, complete: bool = True
) -> Kept:
    """Keep what a poll found."""
    return await listing.keep(tx, feed.id, Listing(found, complete), now)


async def waiting(tx: Transaction, entry_id: int) -> Waiting:
    """The entry, which is still to be read."""
    [found] = await entries.waiting(tx, [entry_id])
    return found


async def was_read(tx: Transaction, entry: Waiting, again: datetime | None = None) -> bool:
    """Give an entry back that was read; whether it was still the same."""
    return bool(await entries.were_read(tx, [Done(entry, again, entry.attempts + 1)]))


async def a_read_entry(
    tx: Transaction, feed: Feed, key: str = "k1", lists: tuple[str, ...] = (), **more: object
) -> int:
    """An entry with its article, matched by the lists."""
    entry_id = await an_entry(tx, feed, key, **more)
    article = Article(f"Titel {key}", "Der ganze Text.", "page", "de")
    await entries.keep_articles(tx, [(entry_id, article)], NOW)
    await alerts.keep_matches(tx, {entry_id: [a_match(name) for name in lists]}, NOW)
    return entry_id


def a_match(watchlist: str, query: str = "Text") -> Match:
    """A match with one place."""
    return Match(watchlist, query, 1, (Span("text", 10, 14, "Text", "the word itself"),))


async def a_chat(tx: Transaction, chat_id: int = PERSON, state: str = "active") -> Chat:
    """A private chat, or a group where the id is negative."""
    chat = Chat(chat_id, "private" if chat_id > 0 else "group", "de", state, admin=False)
    await chats.put(tx, chat, NOW)
    return chat


def told(chat_id: int = PERSON, *watchlists: str) -> Told:
    """A decision to alert at once."""
    return Told(chat_id, watchlists or ("nordkorea",), "now", "it is new")
