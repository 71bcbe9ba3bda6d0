"""What lies in the database of a bot in Telegram: arranged before a test, looked at after it."""

import asyncio
import sqlite3
from contextlib import closing
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from bot.model import Article, Match, Span
from bot.pipeline.tell import Reading, tell
from bot.sandbox.membership import SUPERGROUP
from bot.sandbox.world import PERSON
from bot.store import Store, alerts, chats, entries, feeds, listing
from bot.store.entries import Done
from bot.store.listing import Listing, NewEntry
from tests.harness import until
from tests.sandbox_kit import Hand

FEED = "https://depesche.example/feed.xml"
TEXT = "Soldaten aus Nordkorea marschierten am Freitag über den Platz."
SPAN = Span("text", 13, 22, "Nordkorea", "exact")
PATIENCE = 8.0


@dataclass(kw_only=True)
class Records:
    """An open store, and its file."""

    store: Store
    place: Path
    clock: Hand = field(default_factory=Hand)
    published: int = 0

    async def serve(
        self, chat: int = PERSON, *lists: str, admin: bool = False, kind: str = ""
    ) -> None:
        """Have a chat served, with these lists switched on."""
        kind = kind or ("private" if chat > 0 else "group" if chat > SUPERGROUP else "supergroup")
        async with self.store.write() as tx:
            await chats.put(tx, chats.Chat(chat, kind, "de", "active", admin), self.clock())
            for name in lists:
                await chats.subscribe(tx, chat, name, self.clock())

    async def set_state(self, chat: int, state: str) -> None:
        """Put a chat into a state."""
        async with self.store.write() as tx:
            await chats.set_state(tx, chat, state)

    async def publish(
        self,
        title: str,
        *lists: str,
        link: str | None = "",
        hours: float = 0,
        text: str = TEXT,
        spans: tuple[Span, ...] = (SPAN,),
    ) -> str:
        """An article was read and these lists matched it; the pipeline decides who is told.

        Args:
            title: its title.
            lists: names of the lists that match; `nordkorea` where none is named.
            link: its link, or None; by default one of its own.
            hours: its age.
            text: its text.
            spans: what each of the lists found in it.

        Returns:
            The link.
        """
        now, self.published = self.clock(), self.published + 1
        link = f"https://depesche.example/{self.published}" if link == "" else link
        key, dated = f"id-{self.published}", now - timedelta(hours=hours)
        said = (key, link or key, link, title, "", key, dated)
        new = NewEntry(*said, dated=True, old=False, late=False)
        async with self.store.write() as tx:
            await feeds.add(tx, feeds.Source(FEED, "Depesche"), now)
            [feed] = await feeds.claim_all(tx, now + timedelta(hours=1), timedelta(), FEED)
            [entry_id] = (await listing.keep(tx, feed.id, Listing((new,), complete=False), now)).new
            [entry] = await entries.waiting(tx, [entry_id])
            await entries.were_read(tx, [Done(entry, None, 1)])
            article = Article(title, text, "page", "de")
            await entries.keep_articles(tx, [(entry_id, article)], now)
            found = [Match(name, "Nordkorea", 1, spans) for name in lists or ("nordkorea",)]
            await alerts.keep_matches(tx, {entry_id: found}, now)
            await tell(tx, Reading(entry, found, now, timedelta(days=7)), frozenset())
        return link or ""

    def rows(self, table: str) -> list[dict[str, Any]]:
        """Return a table as it is written in the file."""
        with closing(sqlite3.connect(self.place)) as connection:
            connection.row_factory = sqlite3.Row
            return [dict(row) for row in connection.execute(f"SELECT * FROM {table}")]

    def tables(self) -> list[str]:
        """Return the names of all tables."""
        return [row["name"] for row in self.rows("sqlite_master") if row["type"] == "table"]

    def states(self) -> list[str]:
        """Return the states of the outbox, oldest message first."""
        return [row["state"] for row in sorted(self.rows("outbox"), key=lambda row: row["id"])]

    async def delivered(self, *states: str) -> None:
        """Wait until the outbox has come to exactly these states."""
        try:
            await until(lambda: self.states() == list(states), str(states), PATIENCE)
        except AssertionError as error:
            raise AssertionError(f"{error}; it is {self.rows('outbox')}") from None

    async def settled(self, patience: float = PATIENCE) -> None:
        """Wait until nothing is due any more, but in chats that are held."""
        await until(lambda: not self._due(), "everything that is due", patience)

    async def recorded(self) -> None:
        """Wait until the bot has noted what it sent, for a moment: some tests keep it from that."""
        for _ in range(50):
            if not any(row["state"] == "sending" for row in self.rows("outbox")):
                return
            await asyncio.sleep(0.02)

    def _due(self) -> list[int]:
        now = int(self.clock().timestamp() * 1_000_000)
        held = [row["id"] for row in self.rows("chats") if (row["held_until"] or 0) > now]
        waiting = [row for row in self.rows("outbox") if row["state"] in ("pending", "sending")]
        return [row["id"] for row in waiting if row["due"] <= now and row["chat_id"] not in held]

    def lists(self, chat: int = PERSON) -> set[str]:
        """Return the lists that are on in a chat."""
        return {row["watchlist"] for row in self.rows("subscriptions") if row["chat_id"] == chat}

    def state(self, chat: int = PERSON) -> str | None:
        """Return the state of a chat, None if it is not known."""
        return next((row["state"] for row in self.rows("chats") if row["id"] == chat), None)

    def is_held(self) -> bool:
        """Whether any chat waits for a later try."""
        now = int(self.clock().timestamp() * 1_000_000)
        return any((row["held_until"] or 0) > now for row in self.rows("chats"))
