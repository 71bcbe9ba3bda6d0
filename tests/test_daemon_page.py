"""The daemon from outside: its status page, and a list of it as a feed."""

import asyncio
import re
import socket
import urllib.request
from pathlib import Path

import feedparser

from bot.store import Store, atom
from tests.harness import Bot, parade, running, until


def free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port: int = listening.getsockname()[1]
        return port


def read(address: str) -> bytes:
    """Return what stands there; nothing where nothing does."""
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:
            body: bytes = answer.read()
            return body
    except OSError:
        return b""


async def shared(bot: Bot) -> None:
    """Have a list as a feed."""
    store = await Store.open("sqlite:///data/ausguck.db", bot.folder)
    async with store.write() as tx:
        await atom.put_secret(tx, "nordkorea", "secret")
    await store.close()


async def test_what_was_told_stands_on_the_page_and_in_the_feed_of_its_list(
    tmp_path: Path,
) -> None:
    async with running(tmp_path) as bot:
        place = f"http://127.0.0.1:{free_port()}"
        bot.environ["AUSGUCK_WEB__LISTEN"] = place.removeprefix("http://")
        await bot.arrange("nordkorea")
        await shared(bot)
        await bot.start()
        await bot.ready()
        bot.publish(title="Parade in Moskau", html=parade())
        await until(bot.texts, "the alert")
        await bot.settled()

        page = await asyncio.to_thread(read, f"{place}/?lang=de")
        feed = await asyncio.to_thread(read, f"{place}/feeds/nordkorea/secret.atom")

    assert re.search(r"<bdi>Parade in Moskau</bdi>.*an einen Chat", page.decode(), re.DOTALL)
    assert [entry.title for entry in feedparser.parse(feed).entries] == ["Parade in Moskau"]
