"""What the tests of the pipeline share: a publisher's site, and the bot's intake before it."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.utils import format_datetime
from html import escape
from pathlib import Path

from aiohttp import web
from sqlalchemy import select

from bot.config import Config
from bot.config.sections import StoriesSection
from bot.model import FoundArticle
from bot.net import Fetcher
from bot.pipeline import Pipeline, Polled, Tools
from bot.store import Store, alerts, chats, entries, feeds, outbox
from bot.store.alerts import Alert
from bot.store.feeds import FeedState, Source
from bot.store.schema import articles, decisions
from bot.store.schema import entries as entries_table
from bot.store.schema import outbox as outbox_table
from bot.text.languages import rules_for
from bot.watch.language import parse
from bot.watch.matcher import Matcher
from bot.workers import Workers
from tests.store_kit import HOUR, NOW, PERSON, a_chat, opened

LISTS = ("nordkorea", "siegesparade")
NEWS = "Soldaten aus Nordkorea marschieren über den Roten Platz."
WEATHER = "Das Wetter bleibt in den nächsten Tagen wechselhaft und kühl."
FILLER = (
    "Der Reporter beschreibt die Lage vor Ort ausführlich und nennt mehrere Zeugen. "
    "Am Nachmittag wurde bekannt, dass weitere Einzelheiten erst später folgen sollen. "
)


@dataclass
class Answer:
    """What a path of the site answers."""

    body: bytes = b""
    status: int = 200
    content_type: str = "text/html; charset=utf-8"
    etag: str = ""
    headers: dict[str, str] = field(default_factory=dict)


def page(text: str, title: str = "Titel der Seite") -> Answer:
    """A page with an article on it, long enough to be found."""
    paragraphs = "".join(f"<p>{escape(text)} {FILLER}</p>" for _ in range(4))
    html = f"<html lang=de><title>{title}</title><article><h1>{title}</h1>{paragraphs}</article>"
    return Answer(html.encode())


@dataclass
class Item:
    """An entry in a feed; `link` is a path of the site."""

    key: str
    title: str = "Eine Meldung"
    teaser: str = ""
    dated: datetime | None = None
    link: str | None = None


def rss(base: str, items: list[Item]) -> bytes:
    """The feed as the publisher writes it."""
    written = []
    for item in items:
        date = f"<pubDate>{format_datetime(item.dated)}</pubDate>" if item.dated else ""
        link = escape(base + (item.link or f"/{item.key}"))
        written.append(
            f"<item><guid isPermaLink='false'>{item.key}</guid><link>{link}</link>{date}"
            f"<title>{escape(item.title)}</title><description>{escape(item.teaser)}</description>"
            "</item>"
        )
    return (
        f"<rss version='2.0'><channel><title>F</title>{''.join(written)}</channel></rss>".encode()
    )


@dataclass
class Site:
    """A publisher on the loopback interface."""

    base: str = ""
    answers: dict[str, Answer] = field(default_factory=dict)
    asked: Counter[str] = field(default_factory=Counter)
    held: set[str] = field(default_factory=set)
    """Paths that do not answer before they are released."""
    _released: asyncio.Event = field(default_factory=asyncio.Event)

    def release(self, path: str) -> None:
        self.held.discard(path)
        self._released.set()

    async def answer(self, request: web.Request) -> web.Response:
        self.asked[request.path] += 1
        while request.path in self.held:
            await self._released.wait()
        known = self.answers.get(request.path, Answer(status=404))
        headers = {"Content-Type": known.content_type, **known.headers}
        if known.etag:
            headers["ETag"] = known.etag
            if request.headers.get("If-None-Match") == known.etag:
                return web.Response(status=304, headers=known.headers)
        return web.Response(status=known.status, body=known.body, headers=headers)


@asynccontextmanager
async def publisher() -> AsyncIterator[Site]:
    """Open a site on a free port."""
    site = Site()
    application = web.Application()
    application.router.add_get("/{path:.*}", site.answer)
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    site.base = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield site
    finally:
        await runner.cleanup()


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
                await alerts.withdraw(tx, letter.id)
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


def short(text: str, head: str = "") -> Answer:
    """A page with one paragraph."""
    article = f"<article><h1>Titel</h1><p>{text}</p></article>"
    return Answer(f"<html lang=de><head>{head}</head><body>{article}</body></html>".encode())


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
