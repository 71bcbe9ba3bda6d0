"""The bot's whole presence in Telegram, run in the test's own loop against the strict sandbox.

`bot.telegram.service.Telegram` with python-telegram-bot inside speaks real HTTP with the sandbox
and keeps its state in a real database. Nothing of the bot is replaced; the clock stands still until
a test moves it. The library and the sandbox have the system's time, as Telegram has.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from bot.config import Config
from bot.config.sections import (
    AlertsSection,
    NetSection,
    PollSection,
    StoriesSection,
    TelegramSection,
    WatchSection,
)
from bot.daemon.intake import http_client
from bot.daemon.lists import open_library, tell_admins
from bot.library import Library
from bot.pipeline import Pipeline, Tools
from bot.sandbox.faults import Fault
from bot.sandbox.recorded import Publication
from bot.sandbox.server import Sandbox
from bot.sandbox.world import GROUP, PERSON
from bot.store import Store, entries, feeds
from bot.store.feeds import Source
from bot.telegram.service import Telegram
from bot.watch.files import SETTLE
from bot.watch.matcher import Matcher
from bot.workers import Workers
from tests.harness import until
from tests.hurried import flowing
from tests.sandbox_kit import Hand
from tests.store_kit import migrated
from tests.telegram_people import People
from tests.telegram_records import FEED, PATIENCE, Records

__all__ = ["FEED", "GROUP", "OTHER", "PERSON", "Fault", "Service", "offline", "until", "working"]

LISTS = {
    "nordkorea": "@label Nordkorea\nNordkorea\n",
    "siegesparade": "@label Siegesparade\nSiegesparade\n",
}
OTHER = -2002
FILLER = (
    "Am Abend sprach niemand mehr davon, und die Straßen der kleinen Stadt lagen so ruhig da wie "
    "an jedem anderen Tag im Jahr, während der Regen leise auf die Dächer fiel."
)
"""Text of an article that no list is about."""
TOKEN = "12345:sandbox-secret"


def slug(outlet: str) -> str:
    """Return the name of an outlet's feed in the sandbox."""
    return outlet.casefold().replace(" ", "-")


@dataclass(kw_only=True)
class Service(People, Records):
    """A bot in Telegram, and what people see and do there."""

    config: Config
    tools: Tools
    library: Library
    announced: list[str] = field(default_factory=list)
    telegram: Telegram | None = None
    task: asyncio.Task[None] | None = None
    _latest_link: str = ""

    async def start(self) -> None:
        """Start it, and wait until it has asked for updates."""
        before = len(self.calls("deleteWebhook"))
        self.launch()
        await until(lambda: len(self.calls("deleteWebhook")) > before, "the start", PATIENCE)

    def launch(self) -> None:
        """Start it without waiting for anything."""
        self.telegram = Telegram(self.config, self.tools, self.library, self.announced.append)
        self.task = asyncio.create_task(self.telegram.run())

    @property
    def labels(self) -> dict[str, str]:
        """The watchlists in force, and how they are shown."""
        return {watchlist.name: watchlist.label for watchlist in self.library.watchlists}

    async def told(self, name: str, how: str) -> None:
        """Save one of the lists with an `@alert` line."""
        await self.write(**{name: f"{LISTS[name]}@alert {how}\n"})

    async def write(self, **lists: str) -> None:
        """Save watchlists by their names; they are in force at once."""
        self.library.folder.mkdir(exist_ok=True)
        for name, text in lists.items():
            (self.library.folder / f"{name}.txt").write_text(text, encoding="utf-8")
        await self.library.refresh()

    async def delete(self, name: str) -> None:
        """Delete a watchlist's file, and wait until that is believed."""
        (self.library.folder / f"{name}.txt").unlink()
        await self.library.refresh()
        self.clock.move(SETTLE.total_seconds())
        await self.library.refresh()

    async def stop(self) -> None:
        """End it in order."""
        if self.task is not None:
            self.task.cancel()
            with suppress(asyncio.CancelledError):
                await self.task
            self.task = None

    async def restart(self) -> None:
        """End it and start another on the same database."""
        await self.stop()
        await self.start()

    # What people see they may answer at once; the bot notes it a moment later.

    async def ask(
        self, text: str, chat: int = PERSON, sender: int | None = None, reply_to: int | None = None
    ) -> dict[str, Any]:
        """A person writes; return the bot's next message in that chat."""
        await self.recorded()
        return await super().ask(text, chat, sender, reply_to)

    async def press(self, label: str, chat: int = PERSON, sender: int | None = None) -> str:
        """Press the newest button whose text contains `label`; return the answer."""
        await until(lambda: self._button(label, chat), f"button {label}", PATIENCE)
        await self.recorded()
        return await super().press(label, chat, sender)

    # What a publisher does.

    async def bring(
        self,
        title: str,
        *paragraphs: str,
        outlet: str = "Depesche",
        summary: str = "",
        page: str = "",
        hours: float = 1,
    ) -> str:
        """Have an article published, polled, read and matched as the daemon does; return its link.

        Args:
            title: its title.
            paragraphs: of its page, each long enough that its text is one.
            outlet: the name of its feed.
            summary: its teaser.
            page: the page as a whole, instead of the paragraphs.
            hours: how long all that takes.
        """
        await self.publish_at(title, *paragraphs, outlet=outlet, summary=summary, page=page)
        await self.settled()
        self.clock.move(hours * 3_600)
        await self.poll(outlet)
        return self._latest_link

    async def publish_at(
        self, title: str, *paragraphs: str, outlet: str, summary: str = "", page: str = ""
    ) -> None:
        """Have an outlet publish an article, without polling it."""
        await self.follow(outlet)
        html = page or "".join(f"<p>{each} {FILLER}</p>" for each in paragraphs or ("",))
        article = Publication(title, html, None, self.clock().isoformat(), summary)
        self._latest_link = self.sandbox.press.publish(slug(outlet), article).url

    async def follow(self, outlet: str) -> None:
        """Add an outlet's feed, and poll it for the first time."""
        async with self.store.write() as tx:
            source = Source(f"{self.sandbox.feeds}/{slug(outlet)}.xml", outlet)
            is_new = await feeds.add(tx, source, self.clock() - timedelta(days=1))
        if is_new:
            start = Publication("Anfang", f"<p>{FILLER}</p>")
            self.sandbox.press.publish(slug(outlet), start)
            await self.poll(outlet)

    async def poll(self, *outlets: str) -> None:
        """Poll the feeds of outlets, and read what they bring."""
        pipeline, now, hour = Pipeline(self.tools, self.config), self.clock(), timedelta(hours=1)
        for outlet in outlets:
            async with self.store.write() as tx:
                url = f"{self.sandbox.feeds}/{slug(outlet)}.xml"
                claimed = await feeds.claim_all(tx, now, hour, url)
            for feed in claimed:
                assert (await pipeline.poll(feed)).error is None
        async with self.store.write() as tx:
            ids = await entries.claim_waiting(tx, now, hour, 100)
        for batch in await pipeline.batches(ids):
            await pipeline.read(batch)
        await pipeline.finish()

    async def serve_two(self) -> None:
        """Have two groups served, which want everything."""
        for chat in (GROUP, self.group(OTHER)):
            await self.serve(chat, *LISTS)


@asynccontextmanager
async def working(folder: Path, **telegram: Any) -> AsyncIterator[Service]:  # noqa: ANN401 - settings
    """A running bot; `telegram` are keys of the section `[telegram]`, such as access.

    With `burst` so many alerts go out at once; else all of them do. `lists` are watchlists by their
    names, `clock` is another one than a `Hand`, `told` further keys of `[stories]`.

    Leaving it asserts that the bot kept Telegram's rules and told nobody twice.
    """
    async with offline(folder, **telegram) as service:
        await service.start()
        yield service
        await service.stop()
        assert service.breaches() == []


@asynccontextmanager
async def offline(folder: Path, **telegram: Any) -> AsyncIterator[Service]:  # noqa: ANN401 - settings
    """The same, not started."""
    place = folder / "ausguck.db"
    place.write_bytes(migrated())
    with pytest.MonkeyPatch.context() as patch:
        # Nobody is asked for a certificate here, and reading the system's takes a test's time.
        patch.delenv("SSL_CERT_FILE", raising=False)
        patch.setenv("SSL_CERT_DIR", str(folder))
        async with _offline(place, telegram) as service:
            yield service


@asynccontextmanager
async def _offline(place: Path, telegram: dict[str, Any]) -> AsyncIterator[Service]:
    async with Sandbox(now=flowing) as sandbox:
        given = {"token": SecretStr(TOKEN), "api_base": sandbox.bot_api, "access": "open"}
        alerts = AlertsSection(burst=telegram.pop("burst", 1_000))
        clock = telegram.pop("clock", None) or Hand()
        folder = written(place.parent / "watchlists", telegram.pop("lists", LISTS))
        stories = StoriesSection(mode=telegram.pop("stories", "off"), **telegram.pop("told", {}))
        config = Config(
            telegram=TelegramSection(**{**given, **telegram}),
            alerts=alerts,
            stories=stories,
            watch=WatchSection(folder=folder),
            net=NetSection(allow=("127.0.0.0/8",)),
            poll=PollSection(per_host_gap=timedelta(0)),
        )
        async with assembled(sandbox, config, place, clock) as parts:
            service = Service(**parts)
            try:
                yield service
            finally:
                await service.stop()


def written(folder: Path, lists: dict[str, str]) -> Path:
    """Write watchlists, by their names, into a new folder."""
    folder.mkdir()
    for name, text in lists.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


@asynccontextmanager
async def assembled(
    sandbox: Sandbox, config: Config, place: Path, clock: Hand
) -> AsyncIterator[dict[str, Any]]:
    """What a `Service` is made of, opened as the daemon opens it."""
    store = await Store.open(f"sqlite:///{place.name}", place.parent)
    fetcher, workers = http_client(config), Workers()
    library = await open_library(config, store, tell_admins(store, clock), clock)

    async def matcher() -> Matcher:
        return library.matcher

    tools = Tools(store, fetcher, workers, matcher, clock)
    made = {"sandbox": sandbox, "config": config, "tools": tools, "library": library}
    try:
        yield {**made, "store": store, "place": place, "clock": clock}
    finally:
        await workers.close()
        await fetcher.close()
        await store.close()
