"""The whole daemon in the test's own loop: its clock can be set, its lines can be cut."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from bot import clock
from bot.config import load
from bot.daemon.serve import serve
from bot.sandbox.clock import system_now
from bot.sandbox.recorded import Publication
from bot.sandbox.server import Sandbox
from bot.store import Store, chats, feeds
from tests.harness import PERSON, Bot, until


@dataclass
class Shifted:
    """A clock that goes on like the system's, so much ahead of it."""

    ahead: timedelta = timedelta(0)

    def __call__(self) -> datetime:
        return system_now() + self.ahead


class Wire:
    """A line to a port of this machine, by another port; it can be cut."""

    def __init__(self, to: int) -> None:
        self._to = to
        self.port = 0
        self._server: asyncio.Server | None = None
        self._ends: set[asyncio.StreamWriter] = set()

    async def mend(self) -> None:
        """Let connections through."""
        self._server = await asyncio.start_server(self._carry, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def cut(self) -> None:
        """Break all connections off, and let no other through."""
        if self._server is not None:
            self._server.close()
        for end in self._ends:
            end.transport.abort()
        await asyncio.sleep(0)

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_connection("127.0.0.1", self._to)
        self._ends |= {writer, back}
        try:
            with suppress(OSError, asyncio.CancelledError):
                await asyncio.gather(_pass_on(reader, back), _pass_on(there, writer))
        finally:
            self._ends -= {writer, back}
            for end in (writer, back):
                end.close()


async def _pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while content := await reader.read(2**16):
        writer.write(content)
        await writer.drain()
    writer.close()


@dataclass
class Served(Bot):
    """A daemon that runs here; it serves a person who has a list on."""

    clock: Shifted = field(default_factory=Shifted)
    feeds: Wire = field(default_factory=lambda: Wire(0))
    telegram: Wire = field(default_factory=lambda: Wire(0))

    def rings(self, title: str) -> int:
        """Return how many alerts an article made."""
        return sum(title in alert["text"] for alert in self.alerts())

    async def alerted(self, title: str) -> None:
        """Wait for an article's alert."""
        await until(lambda: self.rings(title), f"the alert: {title}", 40)


@asynccontextmanager
async def served(folder: Path) -> AsyncIterator[Served]:
    """A daemon whose first poll is behind it."""
    async with Sandbox() as sandbox:
        sandbox.press.publish("depesche", Publication("Alt", "<p>Eine alte Meldung.</p>", id="old"))
        port = urlsplit(sandbox.bot_api).port or 0
        bot = Served(sandbox, folder, feeds=Wire(port), telegram=Wire(port))
        await bot.feeds.mend()
        await bot.telegram.mend()
        bot.write()
        file = folder / "config.toml"
        text = file.read_text(encoding="utf-8")
        text = text.replace(f'api_base = "http://127.0.0.1:{port}', _base(bot.telegram, "api_base"))
        text = text.replace(f'url = "http://127.0.0.1:{port}', _base(bot.feeds, "url"))
        file.write_text(text, encoding="utf-8")
        await _subscribe(folder)
        stop = asyncio.Event()
        serving = asyncio.create_task(serve(load(file, {}), lambda _: None, stop, bot.clock))
        try:
            await _first_poll(folder)
            yield bot
        finally:
            stop.set()
            await bot.feeds.cut()
            await serving
            await bot.telegram.cut()


def _base(wire: Wire, key: str) -> str:
    return f'{key} = "http://127.0.0.1:{wire.port}'


async def _subscribe(folder: Path) -> None:
    now = clock.now() - timedelta(minutes=1)
    store = await Store.open("sqlite:///data/ausguck.db", folder)
    async with store.write() as tx:
        await chats.put(tx, chats.Chat(PERSON, "private", "de", "active", admin=True), now)
        await chats.subscribe(tx, PERSON, "nordkorea", now)
    await store.close()


async def _first_poll(folder: Path) -> None:
    store = await Store.open("sqlite:///data/ausguck.db", folder)
    try:
        async with asyncio.timeout(30):
            while True:
                async with store.read() as connection:
                    listed = await feeds.listed(connection)
                if listed and listed[0].last_success:
                    return
                await asyncio.sleep(0.05)
    finally:
        await store.close()
