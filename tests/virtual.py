"""The bot's whole presence in Telegram on a loop that jumps: hours of Telegram in real seconds.

`bot.telegram.service.Telegram` speaks HTTP with the sandbox and writes SQLite on disk, all in one
loop, whose time is the clock of both. It jumps to the next appointment only when nothing is ready
and no thread, of the database or any other, has work: whatever is computed takes no time at all.
"""

import asyncio
import queue
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Sequence
from concurrent.futures import Executor
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple, TypeVar, TypeVarTuple

import aiosqlite.core
import pytest
from pydantic import SecretStr

from bot.config import Config
from bot.config.sections import AlertsSection, TelegramSection, WatchSection
from bot.sandbox.server import Sandbox
from bot.store import chats
from tests.jumping import JumpingLoop
from tests.sandbox_kit import Hand
from tests.store_kit import migrated
from tests.telegram_kit import LISTS, TOKEN, Service, assembled, written

T = TypeVar("T")
Ts = TypeVarTuple("Ts")
_TAG = re.compile("<[^>]*>")
START = datetime(2025, 5, 9, 8, 0, tzinfo=UTC)


class BusyLoop(JumpingLoop):
    """A loop that jumps, but not while a thread works for it."""

    def run_in_executor(
        self, executor: Executor | None, func: Callable[[*Ts], T], *args: *Ts
    ) -> "asyncio.Future[T]":
        future = super().run_in_executor(executor, func, *args)
        self.wait_for(future)
        return future

    def wait_for(self, future: "asyncio.Future[Any]") -> None:
        """Do not jump before this is done."""
        self.working += 1
        future.add_done_callback(self._is_done)

    def _is_done(self, _: object) -> None:
        self.working -= 1


class _Work(queue.SimpleQueue[Any]):
    """What a thread of aiosqlite has to do; the loop is told of it."""

    def put_nowait(self, item: Any) -> None:  # noqa: ANN401 - a future and a function
        loop = asyncio.get_running_loop()
        if item[0] is not None and isinstance(loop, BusyLoop):
            loop.wait_for(item[0])
        super().put_nowait(item)


class Present(Hand):
    """The time of the running loop, as a clock."""

    def __call__(self) -> datetime:
        return START + timedelta(seconds=asyncio.get_running_loop().time())


class Sent(NamedTuple):
    """A message that Telegram got."""

    chat: int
    at: float
    """In seconds of the loop."""
    taken: bool
    title: str


def _pass() -> None:
    """Nothing more."""


@dataclass(kw_only=True)
class Virtual(Service):
    """A bot in Telegram whose clock is the loop's."""

    clock: Hand = field(default_factory=Present)
    sent: list[Sent] = field(default_factory=list)
    looked: int = 0

    async def serve_all(self, wanted: Sequence[tuple[int, str]]) -> None:
        """Have many chats served, each with one list switched on; they may be written to."""
        async with self.store.write() as tx:
            for chat, name in wanted:
                kind = "private" if chat > 0 else "group"
                await chats.put(tx, chats.Chat(chat, kind, "de", "active", admin=False), START)
                await chats.subscribe(tx, chat, name, START)
        for chat, _ in wanted:
            if chat not in self.sandbox.world.chats:
                _ = self.person(chat) if chat > 0 else self.group(chat)

    def look(self) -> None:
        """Note what was sent since the last look."""
        for entry in self.sandbox.world.transcript.after(self.looked):
            self.looked = entry["n"]
            if entry["method"] == "sendMessage":
                at = (datetime.fromisoformat(entry["time"]) - START).total_seconds()
                chat, text = entry["params"]["chat_id"], entry["params"]["text"]
                title = _TAG.sub("", "".join(text.split("\n")[1:2]))
                self.sent.append(Sent(chat, at, bool(entry["result"]["ok"]), title))

    async def has_sent(
        self, messages: int, within: float, then: Callable[[], None] = _pass
    ) -> None:
        """Wait until so many messages are out, at most so many seconds of the loop.

        Args:
            messages: how many.
            within: seconds.
            then: called after each look at what was sent.
        """
        async with asyncio.timeout(within):
            while len(self.sent) < messages:
                await asyncio.sleep(0.5)
                self.look()
                then()


def virtually(work: Callable[[], Coroutine[Any, Any, T]]) -> T:
    """Run the work on a loop that jumps, and return what it returns."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(aiosqlite.core, "SimpleQueue", _Work)
        with asyncio.Runner(loop_factory=BusyLoop) as runner:
            return runner.run(work())


@asynccontextmanager
async def serving(
    folder: Path, arrange: Callable[[Virtual], Awaitable[None]], *, pace: float = 25, burst: int = 5
) -> AsyncIterator[Virtual]:
    """A running bot; what is arranged is so before it starts.

    Leaving it asserts nothing: see `Service.breaches`.
    """
    place = folder / "ausguck.db"
    place.write_bytes(migrated())
    with pytest.MonkeyPatch.context() as patch:
        # Nobody is asked for a certificate here, and reading the system's takes a test's time.
        patch.delenv("SSL_CERT_FILE", raising=False)
        patch.setenv("SSL_CERT_DIR", str(folder))
        async with Sandbox(now=Present()) as sandbox:
            telegram = TelegramSection(
                token=SecretStr(TOKEN), api_base=sandbox.bot_api, access="open", pace=pace
            )
            watch = WatchSection(folder=written(folder / "watchlists", LISTS))
            config = Config(telegram=telegram, alerts=AlertsSection(burst=burst), watch=watch)
            async with assembled(sandbox, config, place, Present()) as parts:
                bot = Virtual(**parts)
                try:
                    await arrange(bot)
                    bot.launch()
                    yield bot
                finally:
                    await bot.stop()
