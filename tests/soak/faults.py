"""Takes the database from the real daemon for a minute, while a publisher numbers its articles.

    .venv/bin/python -m tests.soak.faults    a minute locked, a minute full; a part of `make soak`

It is judged from outside, by what came into the chat: every article is one alert, whenever it was
published. The disk is a small one of our own, for which it has to be root.
"""

import argparse
import asyncio
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from pathlib import Path

from bot.sandbox.transcript import breaches
from tests.faults_kit import fill, locked, small_disk
from tests.harness import CONFIG, Bot, running, until

EACH = 2.0
"""Seconds between two articles."""
PATIENCE = 180.0
SETTINGS = """
[alerts]
burst = 100000
"""
Wrong = Callable[[Bot, float], Awaitable[None]]


async def is_locked(bot: Bot, seconds: float) -> None:
    """Another process holds the lock."""
    with locked(bot.folder / "data" / "ausguck.db", seconds):
        await asyncio.sleep(seconds)


async def is_full(bot: Bot, seconds: float) -> None:
    """Nothing more fits on the disk."""
    filler = fill(bot.folder / "data")
    await asyncio.sleep(seconds)
    filler.unlink()


async def perform(folder: Path, wrong: Wrong, seconds: float) -> list[str]:
    """Publish while something is wrong, and before and after it; return what came of it that is."""
    with small_disk(folder / "data"):
        async with running(folder) as bot:
            bot.write(CONFIG + SETTINGS)
            await bot.arrange("nordkorea")
            await bot.start()
            await bot.ready()
            titles: list[str] = []
            publishing = asyncio.create_task(_publish(bot, titles))
            await asyncio.sleep(5)
            began = time.monotonic()
            await wrong(bot, seconds)
            ended = time.monotonic()
            await asyncio.sleep(5)
            publishing.cancel()
            await until(lambda: len(_told(bot, titles)) == len(titles), "the alerts", PATIENCE)
            sys.stdout.write(
                f"{wrong.__name__} for {ended - began:.0f} s: {len(titles)} articles, all told "
                f"{time.monotonic() - ended:.0f} s later\n"
            )
            code = await bot.stop()
            return [*_judge(bot, titles), *([f"it ended with {code}"] if code else [])]


async def _publish(bot: Bot, titles: list[str]) -> None:
    while True:
        title = f"Nordkorea {len(titles):04d}"
        bot.publish(title, "<p>In Nordkorea regnet es seit Tagen.</p>")
        titles.append(title)
        await asyncio.sleep(EACH)


def _told(bot: Bot, titles: list[str]) -> Counter[str]:
    texts = bot.texts()
    return Counter(title for title in titles for text in texts if title in text)


def _judge(bot: Bot, titles: list[str]) -> list[str]:
    told = _told(bot, titles)
    found = [f"{title} was told {told[title]} times" for title in titles if told[title] != 1]
    found += breaches(bot.sandbox.world.transcript.after(0))
    for event in ("database.trouble", "database.recovered"):
        if (times := bot.log().count(f'"{event}"')) != 1:
            found.append(f"the log says {event} {times} times")
    return found + ["the log has a traceback"] * ("Traceback" in bot.log())


def main() -> int:
    """Perform both and print; return 1 where anything was found."""
    parser = argparse.ArgumentParser(description="Take the database away for a while.")
    parser.add_argument("--seconds", type=float, default=60)
    asked = parser.parse_args()
    found = []
    for wrong in (is_locked, is_full):
        with tempfile.TemporaryDirectory() as folder:
            found += asyncio.run(perform(Path(folder), wrong, asked.seconds))
    sys.stdout.write("\n".join([*found, ""]))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
