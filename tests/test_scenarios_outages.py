"""Acceptance: the clock is set, network or Telegram are gone: nothing is lost, nothing doubled."""

import asyncio
import sqlite3
from contextlib import closing
from datetime import datetime, timedelta, tzinfo
from pathlib import Path

import pytest

from bot import clock
from bot.net import hosts
from bot.sandbox.transcript import breaches
from tests.harness import until
from tests.outage_kit import Served, Shifted, served

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
TEXT = "<p>In Nordkorea regnet es seit Tagen.</p>"


def no_rule_is_broken(bot: Served) -> bool:
    return breaches(bot.sandbox.world.transcript.after(0)) == []


async def pass_by(bot: Served, length: timedelta, steps: int = 12) -> None:
    """Let time go by; in each step everything has its turn that is due."""
    for _ in range(steps):
        bot.clock.ahead += length / steps
        await asyncio.sleep(0.3)


async def test_with_the_clock_set_back_an_hour_news_is_told_at_once_and_once(
    tmp_path: Path,
) -> None:
    async with served(tmp_path) as bot:
        bot.publish("Nordkorea vorher", TEXT)
        await bot.alerted("Nordkorea vorher")

        bot.clock.ahead -= HOUR
        bot.publish("Nordkorea nachher", TEXT)

        await bot.alerted("Nordkorea nachher")
        assert [bot.rings(title) for title in ("Nordkorea vorher", "Nordkorea nachher")] == [1, 1]
        assert no_rule_is_broken(bot)


async def test_apscheduler_does_not_sleep_until_the_systems_clock_is_where_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wall = Shifted()

    class Wall(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return wall().astimezone(tz)

    # The system's clock cannot be set by a test: the library and we are shown another one.
    monkeypatch.setattr("apscheduler.schedulers.base.datetime", Wall)
    monkeypatch.setattr(clock, "now", wall)
    async with served(tmp_path) as bot:
        wall.ahead = bot.clock.ahead = -HOUR
        bot.publish("Nordkorea nachher", TEXT)

        await bot.alerted("Nordkorea nachher")


async def test_with_the_clock_set_forward_a_day_news_is_late_and_told_once(
    tmp_path: Path,
) -> None:
    async with served(tmp_path) as bot:
        bot.publish("Nordkorea vorher", TEXT)
        await bot.alerted("Nordkorea vorher")

        bot.clock.ahead += DAY
        bot.publish("Nordkorea nachher", TEXT)
        bot.publish("Nordkorea noch einmal", TEXT)
        await until(lambda: waiting(tmp_path) == 2, "both are collected")
        bot.clock.ahead += timedelta(minutes=3)

        await until(lambda: len(bot.texts()) == 2, "the digest")
        digest = bot.texts()[1]
        assert "Nordkorea nachher" in digest
        assert "Nordkorea noch einmal" in digest
        bot.publish("Nordkorea zuletzt", TEXT)
        await bot.alerted("Nordkorea zuletzt")
        assert len(bot.texts()) == 3
        assert no_rule_is_broken(bot)


def waiting(folder: Path) -> int:
    """Return how many alerts are collected for a digest."""
    question = "SELECT count(*) FROM alerts JOIN outbox o ON o.id = outbox_id WHERE kind='catch_up'"
    with closing(sqlite3.connect(folder / "data" / "ausguck.db", timeout=20)) as connection:
        return int(connection.execute(question).fetchone()[0])


async def test_after_an_hour_without_network_what_was_published_is_told_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # By the loop's clock, which nobody sets, a dead host is left alone for a minute.
    monkeypatch.setattr(hosts, "HOLD", timedelta(seconds=1))
    async with served(tmp_path) as bot:
        bot.publish("Nordkorea vorher", TEXT)
        await bot.alerted("Nordkorea vorher")
        await bot.feeds.cut()
        await bot.telegram.cut()

        bot.publish("Nordkorea währenddessen", TEXT)
        await pass_by(bot, HOUR)
        assert bot.rings("Nordkorea währenddessen") == 0
        await bot.feeds.mend()
        await bot.telegram.mend()
        await pass_by(bot, HOUR / 4)

        await bot.alerted("Nordkorea währenddessen")
        bot.publish("Nordkorea nachher", TEXT)
        await bot.alerted("Nordkorea nachher")
        assert bot.rings("Nordkorea währenddessen") == 1
        assert no_rule_is_broken(bot)


async def test_after_an_hour_without_telegram_what_was_found_is_told_once(
    tmp_path: Path,
) -> None:
    async with served(tmp_path) as bot:
        bot.publish("Nordkorea vorher", TEXT)
        await bot.alerted("Nordkorea vorher")
        await bot.telegram.cut()

        titles = ("Nordkorea eins", "Nordkorea zwei", "Nordkorea drei")
        for title in titles:
            bot.publish(title, TEXT)
            await pass_by(bot, HOUR / 3, 4)
        assert len(bot.texts()) == 1
        bot.say("/help")
        await bot.telegram.mend()
        await pass_by(bot, HOUR / 4)

        told = await until(lambda: found(bot, titles), "all three")
        assert told == [1, 1, 1]
        await until(lambda: [text for text in bot.texts() if "/lists" in text], "the answer", 60)
        assert no_rule_is_broken(bot)


def found(bot: Served, titles: tuple[str, ...]) -> list[int]:
    """Return in how many messages each title is; nothing until all of them are in one."""
    counts = [sum(title in text for text in bot.texts()) for title in titles]
    return counts if all(counts) else []
