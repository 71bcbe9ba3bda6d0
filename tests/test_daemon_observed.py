"""The daemon from outside: its metrics, and what it takes on while it runs."""

import asyncio
import os
import signal
import urllib.request
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.harness import CONFIG, Bot, parade, running, until
from tests.metrics_kit import by

TITLE = "Nordkoreaner auf dem Roten Platz"


@pytest.fixture
async def bot(tmp_path: Path) -> AsyncIterator[Bot]:
    async with running(tmp_path) as bot:
        yield bot


async def metrics(bot: Bot) -> str:
    [listening] = await until(lambda: bot.events("web.listening"), "the server")

    def ask() -> str:
        with urllib.request.urlopen(f"{listening['address']}metrics", timeout=10) as answer:
            return str(answer.read().decode())

    return await asyncio.to_thread(ask)


def hang_up(bot: Bot) -> None:
    """Send SIGHUP."""
    assert bot.process is not None
    assert bot.process.pid is not None
    os.kill(bot.process.pid, signal.SIGHUP)


async def test_its_metrics_tell_of_an_article_from_its_feed_to_its_alert(bot: Bot) -> None:
    await bot.arrange("nordkorea")
    bot.publish(TITLE, parade())
    await bot.start()
    await until(bot.alerts, "the alert")
    await bot.settled()

    text = await metrics(bot)

    assert by(text, "ausguck_healthy") == {"": 1}
    assert by(text, "ausguck_polls_total")["ok"] >= 1
    assert by(text, "ausguck_parsings_total")["ok"] >= 1
    assert by(text, "ausguck_extractions_total") == {"ok": 2}
    assert by(text, "ausguck_pages_total") == {"article": 2}
    assert by(text, "ausguck_matches_total")["nordkorea"] == 1
    assert by(text, "ausguck_matches_kept")["nordkorea"] == 1
    assert by(text, "ausguck_alerts") == {"sent": 1}
    assert by(text, "ausguck_alert_delay_seconds_count") == {"": 1}
    assert by(text, "ausguck_feeds") == {"active": 1}
    assert by(text, "process_resident_memory_bytes")[""] > 10_000_000


async def test_a_feed_that_is_written_down_is_polled_without_a_restart(bot: Bot) -> None:
    await bot.arrange("nordkorea")
    await bot.start()
    await bot.ready()

    bot.write(CONFIG + f'[[feeds]]\nurl = "{bot.sandbox.feeds}/foyer.xml"\nevery = "1s"\n')

    await until(
        lambda: [each for each in bot.events("poll.stored") if "foyer" in str(each["feed"])],
        "a poll of the new feed",
    )
    assert bot.events("config.reloaded")[0]["changed"] == ["feeds"]


async def test_on_sighup_it_says_what_it_took_on_and_what_needs_a_restart(bot: Bot) -> None:
    await bot.arrange("nordkorea")
    await bot.start()
    await bot.ready()
    starts = len(bot.events("telegram.ready"))

    text = CONFIG.replace("127.0.0.1:0", "127.0.0.1:1").replace('"open"', '"list"')
    bot.write(text)
    hang_up(bot)

    await until(lambda: bot.events("config.needs_restart"), "what is said")
    [reloaded] = bot.events("config.reloaded")
    assert reloaded["changed"] == ["telegram.access"]
    assert bot.events("config.needs_restart")[0]["keys"] == ["web.listen"]
    # It is in Telegram under the new rules, and has lost nothing.
    await until(lambda: len(bot.events("telegram.ready")) > starts, "the new session")
    bot.publish(TITLE, parade())
    await until(bot.alerts, "the alert")
    assert await bot.stop() == 0


async def test_with_a_fault_it_goes_on_as_before(bot: Bot) -> None:
    await bot.arrange("nordkorea")
    await bot.start()
    await bot.ready()

    (bot.folder / "config.toml").write_text("[telegramm]\n", encoding="utf-8")

    await until(lambda: bot.events("config.not_reloaded"), "what is said")
    assert "did you mean telegram?" in str(bot.events("config.fault")[0]["fault"])
    bot.publish(TITLE, parade())
    await until(bot.alerts, "the alert")


async def test_a_log_without_news_says_nothing_once_it_has_started(bot: Bot) -> None:
    bot.write(CONFIG.replace('"debug"', '"info"'))
    await bot.arrange("nordkorea")
    await bot.start()
    await bot.ready()
    await until(lambda: bot.events("poll.round"), "the first round, which brings what is old")
    lines = bot.log().count("\n")
    polls = by(await metrics(bot), "ausguck_polls_total")["unchanged"]

    async def polled() -> float:
        return by(await metrics(bot), "ausguck_polls_total")["unchanged"] - polls

    async with asyncio.timeout(20):
        while await polled() < 3:  # noqa: ASYNC110 - seen from outside
            await asyncio.sleep(0.5)

    assert bot.log().count("\n") == lines, bot.log()
