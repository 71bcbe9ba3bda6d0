"""Runs the real bot against the real sandbox, over HTTP, in a folder of its own."""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Any, TypeVar

from bot import clock
from bot.sandbox import people
from bot.sandbox.recorded import Publication, Published
from bot.sandbox.server import Sandbox
from bot.store import Store, chats, entries, feeds, outbox
from tests.processes import Start, launch

ROOT = Path(__file__).parent.parent
FIXTURES = Path(__file__).parent / "fixtures"
PERSON = 1001
PATIENCE = 20.0
T = TypeVar("T")

CONFIG = """
[telegram]
token = "12345:sandbox"
api_base = "{api}"
access = "open"
[poll]
per_host_gap = "0"
[net]
allow = ["127.0.0.0/8"]
[stories]
mode = "off"
[web]
listen = "127.0.0.1:0"
[log]
level = "debug"
format = "json"
[[feeds]]
url = "{feeds}/depesche.xml"
name = "Depesche"
every = "1s"
"""

LISTS = {
    "nordkorea.txt": "@label Nordkorea\nNordkorea\n",
    "siegesparade.txt": "@label Siegesparade\nSiegesparade\n",
}


async def until(condition: Callable[[], T], what: str, patience: float = PATIENCE) -> T:
    """Wait for something that is seen from outside; return its value once it is true."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        if value := condition():
            return value
        await asyncio.sleep(0.03)
    raise AssertionError(f"waited {patience} s in vain for: {what}")


@dataclass
class Bot:
    """`ausguck run` in a folder with its own config, watchlists and data."""

    sandbox: Sandbox
    folder: Path
    process: ForkServerProcess | None = None
    environ: dict[str, str] = field(default_factory=dict)

    def write(self, config: str = CONFIG, lists: dict[str, str] | None = None) -> None:
        """Write the config and the watchlists."""
        text = config.format(api=self.sandbox.bot_api, feeds=self.sandbox.feeds)
        (self.folder / "config.toml").write_text(text, encoding="utf-8")
        (self.folder / "watchlists").mkdir(exist_ok=True)
        for name, content in (LISTS if lists is None else lists).items():
            (self.folder / "watchlists" / name).write_text(content, encoding="utf-8")

    async def start(self, *, killed_at: str = "") -> None:
        """Start the daemon; `killed_at` names the step at which it kills itself."""
        arguments = ("run", "--config", str(self.folder / "config.toml"))
        self.process = launch(
            Start(arguments, self.folder / "log.jsonl", ROOT, killed_at, self.environ)
        )

    async def ready(self) -> None:
        """Wait until it is in Telegram."""
        await until(lambda: '"telegram.ready"' in self.log(), "telegram.ready")

    async def dead(self) -> int:
        """Wait for its end and return the exit code; a signal's number is negative."""
        process = self.process
        assert process is not None
        await until(lambda: process.exitcode is not None, "the daemon's end")
        return process.exitcode or 0

    def kill(self) -> None:
        """End it as a power cut would."""
        assert self.process is not None
        self.process.kill()

    async def stop(self) -> int:
        """Ask it to end and return the exit code."""
        if self.process is None:
            return 0
        if self.process.exitcode is None:
            self.process.terminate()
        return await self.dead()

    def log(self) -> str:
        """Return all that it ever wrote."""
        path = self.folder / "log.jsonl"
        return path.read_text(encoding="utf-8") if path.exists() else ""

    def events(self, name: str) -> list[dict[str, Any]]:
        """Return the lines of its log with an event of this name."""
        lines = [json.loads(line) for line in self.log().splitlines() if line.startswith("{")]
        return [event for event in lines if event["event"] == name]

    # What a person does and sees in Telegram.

    def say(self, text: str, chat: int = PERSON) -> None:
        """A person writes."""
        people.say(self.sandbox.world, self.sandbox.world.chats[chat], {"text": text})

    def messages(self, chat: int = PERSON) -> list[dict[str, Any]]:
        """Return what the bot wrote into a chat, as its people see it now."""
        found = self.sandbox.world.chats[chat].messages.values()
        return [message for message in found if message.get("from", {}).get("is_bot")]

    def texts(self, chat: int = PERSON) -> list[str]:
        """Return the words of it."""
        return [message["text"] for message in self.messages(chat)]

    def alerts(self, chat: int = PERSON) -> list[dict[str, Any]]:
        """Return the messages that ring as alerts."""
        return [message for message in self.messages(chat) if message["text"].startswith("🔔")]

    def calls(self, method: str) -> list[dict[str, Any]]:
        """Return the Bot API calls of one method so far."""
        entries = self.sandbox.world.transcript.after(0)
        return [entry for entry in entries if entry["method"].lower() == method.lower()]

    async def press(self, label: str, chat: int = PERSON) -> str:
        """Press the newest button whose text contains `label`; return the answer."""
        found = await until(lambda: self._button(label, chat), f"a button {label}")
        assert found is not None
        number, data = found
        world = self.sandbox.world
        pressed = people.press(world, world.chats[chat], number, data)
        await until(lambda: pressed.answer is not None, "an answer to the button")
        return str(pressed.answer)

    def _button(self, label: str, chat: int) -> tuple[int, str] | None:
        for message in reversed(self.messages(chat)):
            for row in message.get("reply_markup", {}).get("inline_keyboard", []):
                for button in row:
                    if label in button["text"] and "callback_data" in button:
                        return message["message_id"], button["callback_data"]
        return None

    async def subscribe(self, *labels: str) -> None:
        """Send /start and switch the lists on, by their buttons."""
        self.say("/start")
        for label in labels:
            await self.press(f"▫️ {label}")
        await until(lambda: len(self.texts()) >= 1 + len(labels), "the answers")

    # What a publisher does.

    def publish(self, title: str, html: str, id_: str | None = None) -> Published:
        """Publish an article into the feed."""
        return self.sandbox.press.publish("depesche", Publication(title, html, id_))

    async def polled(self) -> None:
        """Wait until the feed was fetched once from beginning to end from now on."""
        fetched = self.log().count('"poll.fetched"')
        await until(lambda: self.log().count('"poll.fetched"') > fetched + 1, "a poll")

    async def settled(self) -> None:
        """Wait until nothing is left to read or to send, as the daemon itself sees it."""
        store = await Store.open("sqlite:///data/ausguck.db", self.folder)
        try:
            async with asyncio.timeout(PATIENCE):
                while not await _is_settled(store):  # noqa: ASYNC110 - seen from outside
                    await asyncio.sleep(0.05)
        finally:
            await store.close()

    async def arrange(self, *watchlists: str) -> None:
        """Have the person subscribed and the feed added a minute ago, without running the bot."""
        now = clock.now() - timedelta(minutes=1)
        store = await Store.open("sqlite:///data/ausguck.db", self.folder)
        async with store.write() as tx:
            await feeds.configure(tx, [feeds.Source(f"{self.sandbox.feeds}/depesche.xml")], now)
            await chats.put(tx, chats.Chat(PERSON, "private", "de", "active", admin=True), now)
            for name in watchlists:
                await chats.subscribe(tx, PERSON, name, now)
        await store.close()


async def _is_settled(store: Store) -> bool:
    async with store.read() as connection:
        counts = await outbox.counts(connection)
        waiting = await entries.unread(connection, clock.now())
    return not waiting and not counts.get("pending") and not counts.get("sending")


def parade() -> str:
    """The article that started the project, in our own words."""
    return (FIXTURES / "parade.html").read_text(encoding="utf-8")


@asynccontextmanager
async def running(folder: Path, **start: str) -> AsyncIterator[Bot]:
    """A sandbox and a bot that is written down but not started."""
    async with Sandbox() as sandbox:
        sandbox.press.publish("depesche", Publication("Alt", "<p>Eine alte Meldung.</p>", id="old"))
        bot = Bot(sandbox, folder)
        bot.write()
        try:
            yield bot
        finally:
            await bot.stop()
