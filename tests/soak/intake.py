"""The same damage over HTTP, through the whole intake: fetched, read, matched and stored."""

import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from random import Random

from structlog.testing import capture_logs

from bot.config import Config
from bot.config.sections import ArticlesSection
from bot.workers import Workers
from tests.hostile_kit import HTML, RSS, Assault, an_assault
from tests.publisher_kit import Item, rss
from tests.soak import material
from tests.soak.mutate import mutated

NEVER = Config(articles=ArticlesSection(fetch="never"))
"""For feeds: their links lead to real publishers."""
ALWAYS = Config(articles=ArticlesSection(fetch="always"))


async def intake(workers: Workers, seeds: Sequence[int], seconds: float) -> tuple[int, list[str]]:
    """Poll a feed that is damaged otherwise each time, or whose entry's page is.

    Returns:
        How many polls there were, and what of them was no error of the feed or of the page.
    """
    feeds, pages = material.feeds(), material.pages()
    ends, polls = time.monotonic() + seconds, 0
    findings: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        async with an_assault(Path(folder), workers) as assault:
            with capture_logs():
                await assault.follow()
            for seed in seeds:
                if time.monotonic() > ends:
                    break
                random = Random(seed)
                with capture_logs() as logs:
                    if seed % 2:
                        body = mutated(feeds[seed // 2 % len(feeds)], random)
                        await _poll_feed(assault, body)
                    else:
                        body = mutated(pages[seed // 2 % len(pages)], random)
                        await _read_page(assault, body, seed)
                polls += 1
                crashed = [log for log in logs if log["event"].endswith("crashed")]
                findings += [f"intake {seed}: {log}" for log in crashed]
    return polls, findings


async def _poll_feed(assault: Assault, body: bytes) -> None:
    assault.world.configure(NEVER)
    await assault.poll(body, kind=RSS)
    while await assault.world.read_due():
        pass


async def _read_page(assault: Assault, body: bytes, seed: int) -> None:
    assault.world.configure(ALWAYS)
    assault.evil.serve(f"/{seed}", body, kind=HTML)
    await assault.poll(rss(assault.evil.base, [Item(str(seed))]))
    del assault.evil.answers[f"/{seed}"]
