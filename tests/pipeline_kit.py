"""What the tests of the pipeline share: the bot's intake, and a publisher's site before it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

from sqlalchemy import select

from bot.config import Config
from bot.config.sections import StoriesSection
from bot.model import FoundArticle
from bot.net import Fetcher
from bot.pipeline import Pipeline, Polled, Tools
from bot.store import Store, alerts, chats, entries, feeds, outbox, pending
from bot.store.alerts import Alert
from bot.store.feeds import FeedState, Source
from bot.store.schema import articles, decisions
from bot.store.schema import entries as entries_table
from bot.store.schema import outbox as outbox_table
from bot.text.languages import rules_for
from bot.watch.language import parse
from bot.watch.matcher import Matcher
from bot.workers import Workers
from tests.publisher_kit import Answer, Item, Site, page, publisher, rss
from tests.store_kit import HOUR, NOW, PERSON, a_chat, opened

LISTS = ("nordkorea", "siegesparade")
NEWS = "Soldaten aus Nordkorea marschieren über den Roten Platz."
WEATHER = "Das Wetter bleibt in den nächsten Tagen wechselhaft und kühl."


def matching(lists: dict[str, str]) -> Matcher:
    """A matcher of lists with one query each."""
    return Matcher(
        (parse(f"{query}\n", f"{name}.txt", name) for name, query in lists.items()), rules_for
    )


class World:
    """The bot's intake, a clock that stands still until it is moved, and one site."""

    def __init__(self, store: Store, fetcher: Fetcher, workers: Workers, site: Site) -> None:
        self.store = store
        self.site = site
        self.now = NOW
        self._matcher = matching({name: name for name in LISTS})

        async def in_force() -> Matcher:
            return self._matcher

        self._tools = Tools(store, fetcher, workers, in_force, lambda: self.now)
        self.pipeline = Pipeline(self._tools, Config(stories=StoriesSection(mode="off")))

    def configure(self, config: Config) -> None:
        self.pipeline = Pipeline(self._tools, config)

    def watch(self, query: str, name: str = "nordkorea") -> None:
        """Make this the only query of the only list."""
        self._matcher = matching({name: query})

    def url(self, name: str = "feed") -> str:
        return f"{self.site.base}/{name}.xml"

    def publish(self, *items: Item, feed: str = "feed") -> None:
        """Put a feed with these items on the site; each has a page with news unless it has one."""
        body = rss(self.site.base, list(items))
        self.site.answers[f"/{feed}.xml"] = Answer(body, content_type="application/rss+xml")
        for item in items:
            self.site.answers.setdefault(item.link or f"/{item.key}", page(NEWS))

    async def subscribe(self, *lists: str, chat: int = PERSON) -> None:
        async with self.store.write() as tx:
            await a_chat(tx, chat)
            for name in lists:
                await chats.subscribe(tx, chat, name, self.now)

    async def set_state(self, state: str) -> None:
        async with self.store.write() as tx:
            await chats.set_state(tx, PERSON, state)

    async def add_feed(self, name: str = "feed", every: timedelta | None = None) -> None:
        async with self.store.write() as tx:
            await feeds.add(tx, Source(self.url(name), name, every), self.now)

    async def follow(self, *names: str) -> None:
        """Add feeds that were empty when they were polled first, a minute ago."""
        for name in names or ("feed",):
            await self.add_feed(name)
            self.publish(feed=name)
            await self.poll(name)
        self.now += timedelta(minutes=1)

    async def poll(self, name: str = "feed") -> Polled:
        """Poll one feed, and read what it has brought."""
        polled = await self._polled(name)
        await self.read_due()
        return polled

    async def found(self, name: str = "feed") -> tuple[int, ...]:
        """Poll one feed; return the entries that it has brought, in its order."""
        return (await self._polled(name)).entry_ids

    async def _polled(self, name: str) -> Polled:
        async with self.store.write() as tx:
            [feed] = await feeds.claim_all(tx, self.now, HOUR, self.url(name))
        return await self.pipeline.poll(feed)

    async def read_due(self) -> int:
        """Read what is due to be read; return how many entries."""
        async with self.store.write() as tx:
            ids = await entries.claim_waiting(tx, self.now, HOUR, 100)
        await self.read(*ids)
        return len(ids)

    async def read(self, *ids: int) -> None:
        """Read entries that were claimed."""
        for batch in await self.pipeline.batches(ids):
            await self.pipeline.read(batch)

    # What came of it.

    async def told(self, kind: str = "alert") -> list[list[Alert]]:
        """What waits in the outbox: the alerts of each message of a kind."""
        found = []
        async with self.store.write() as tx:
            later = self.now + HOUR
            while letter := await outbox.next_due(tx, later):
                await pending.withdraw(tx, letter.id)
                if letter.kind == kind and (carried := await alerts.carried(tx, letter.id)):
                    found.append(list(carried))
                await outbox.begin(tx, letter, later)
            await tx.rollback()
        return found

    async def told_soon(self) -> list[list[Alert]]:
        """The same, as soon as there is something."""
        async with asyncio.timeout(10):
            while not (told := await self.told()):  # noqa: ASYNC110 - watched from outside
                await asyncio.sleep(0.01)
        return told

    async def send_all(self) -> None:
        """Let Telegram have confirmed all that waits."""
        async with self.store.write() as tx:
            while letter := await outbox.next_due(tx, self.now):
                await outbox.begin(tx, letter, self.now)
                await outbox.sent(tx, letter.id, letter.id, self.now)

    async def kinds(self) -> list[str]:
        """The kinds of all messages, in the order in which they were posted."""
        async with self.store.read() as connection:
            ids = select(outbox_table.c.kind).order_by(outbox_table.c.id)
            return list((await connection.scalars(ids)).all())

    async def titles(self, kind: str = "alert") -> list[str]:
        """The titles of the articles that are to be told."""
        return [alert.found.article.title for letter in await self.told(kind) for alert in letter]

    async def reasons(self) -> list[tuple[str, str]]:
        """What was decided, and why, in the order of the entries and lists."""
        async with self.store.read() as connection:
            rows = await connection.execute(
                select(decisions).order_by(decisions.c.entry_id, decisions.c.watchlist)
            )
            return [(row.action, row.reason) for row in rows]

    async def article(self, key: str = "a") -> tuple[str, str]:
        """Where an entry's text came from, and the text."""
        wanted = select(articles).join(entries_table, articles.c.entry_id == entries_table.c.id)
        async with self.store.read() as connection:
            row = (await connection.execute(wanted.where(entries_table.c.key == key))).one()
            return row.text_from, row.text

    async def tried(self, key: str) -> int:
        """How often an entry was tried to be read in vain."""
        attempts = select(entries_table.c.attempts).where(entries_table.c.key == key)
        async with self.store.read() as connection:
            return int(await connection.scalar(attempts) or 0)

    async def matched(self, watchlist: str = "nordkorea") -> list[FoundArticle]:
        """The articles that a list matched."""
        async with self.store.read() as connection:
            return list(await alerts.recent(connection, watchlist, NOW - timedelta(days=999)))

    async def feed(self, name: str = "feed") -> FeedState:
        async with self.store.read() as connection:
            found = await feeds.find(connection, self.url(name))
        assert found is not None
        return found


@asynccontextmanager
async def a_world(folder: Path, workers: Workers) -> AsyncIterator[World]:
    """Everything real but the time: SQLite in a file, HTTP on the loopback, worker processes."""
    fetcher = Fetcher(allow=["127.0.0.0/8"], per_host_gap=timedelta(0))
    async with publisher() as site, fetcher, opened(folder) as store:
        yield World(store, fetcher, workers, site)


async def followed(world: World, answer: Answer, item: Item | None = None) -> None:
    """Follow a feed that then lists one entry, whose page gives this answer."""
    await world.follow()
    world.site.answers["/a"] = answer
    world.publish(item or Item("a", "Eilmeldung"))
    await world.poll()


async def due_after(world: World, *pauses: timedelta) -> list[int]:
    """How many entries were due after each pause, and none a second before."""
    found = []
    for pause in pauses:
        world.now += pause - timedelta(seconds=1)
        assert await world.read_due() == 0
        world.now += timedelta(seconds=1)
        found.append(await world.read_due())
    return found
