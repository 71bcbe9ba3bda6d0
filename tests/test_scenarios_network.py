"""Acceptance: answers get lost, nothing gets through, or Telegram is in trouble."""

from functools import partial
from pathlib import Path

import pytest

from bot.alerts.timing import Manner
from bot.sandbox.server import Sandbox
from bot.store import chats
from bot.telegram.delivery import DOUBT_WAIT
from tests.telegram_kit import GROUP, OTHER, Service, offline, until, working

LINE = "⚠️ Vielleicht nicht angekommen: "
ATTEMPTS = 10
"""In each of two chats."""


def copies(bot: Service, title: str, chat: int = GROUP) -> int:
    """Return how many messages tell of an article as an alert."""
    return bot.titles(chat).count(title)


def lines(bot: Service, title: str, chat: int = GROUP) -> int:
    """Return how many messages name it as one that may not have arrived."""
    return sum(f"{LINE}{title}" in text for text in bot.texts(chat))


# The answer is lost.


@pytest.mark.parametrize("fault", ["reset_after", "reset_before"])
async def test_scenario_17_a_lost_answer_is_named_in_the_next_message_and_rings_no_second_time(
    tmp_path: Path, fault: str
) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(GROUP, "nordkorea")
        bot.fault(fault, GROUP)
        await bot.publish("Verloren")
        await until(lambda: bot.calls("sendMessage"), "the call")

        await bot.publish("Danach")
        await until(lambda: copies(bot, "Danach"), "the next alert")
        bot.clock.move(2 * DOUBT_WAIT.total_seconds())
        await bot.publish("Später")
        await until(lambda: copies(bot, "Später"), "a later alert")

        assert copies(bot, "Verloren") == (1 if fault == "reset_after" else 0)
        assert lines(bot, "Verloren") == 1
        assert len(bot.calls("sendMessage", GROUP)) == 3


async def test_scenario_17_with_no_next_message_it_is_named_after_ten_minutes(
    tmp_path: Path,
) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(GROUP, "nordkorea")
        bot.fault("reset_after", GROUP)
        await bot.publish("Verloren")
        await bot.delivered("uncertain")

        bot.clock.move(DOUBT_WAIT.total_seconds())

        await until(lambda: lines(bot, "Verloren") == 1, "the line")
        assert copies(bot, "Verloren") == 1


async def test_scenario_17_a_digest_whose_answer_is_lost_names_all_its_articles(
    tmp_path: Path,
) -> None:
    async with working(tmp_path, burst=1) as bot:
        await bot.serve(GROUP, "nordkorea")
        for title in ("Eins", "Zwei", "Drei"):
            await bot.publish(title)
        await bot.delivered("sent", "dead", "dead", "pending")
        bot.fault("reset_after", GROUP)
        bot.clock.move(600)
        await bot.delivered("sent", "dead", "dead", "uncertain")

        bot.clock.move(DOUBT_WAIT.total_seconds())

        await until(lambda: lines(bot, "Zwei") and lines(bot, "Drei"), "the lines")
        assert lines(bot, "Eins") == 0


async def test_scenario_17_nobody_else_waits_for_an_answer_that_is_lost(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.serve_two()
        bot.fault("hang", GROUP)

        await bot.publish("Eins")

        await until(lambda: copies(bot, "Eins", OTHER), "the other chat's alert")
        assert copies(bot, "Eins") == 0
        bot.sandbox.faults.clear()


# Nothing gets through.


@pytest.mark.parametrize("failure", ["502_html", "invalid_json"])
async def test_scenario_18_what_fails_twenty_times_is_delivered_once_after_that(
    tmp_path: Path, failure: str
) -> None:
    async with working(tmp_path) as bot:
        await bot.serve_two()
        for chat in (GROUP, OTHER):
            bot.fault(failure, chat, times=ATTEMPTS)
            async with bot.store.write() as tx:
                # What waits for ten minutes would be collected, and begin anew as a digest.
                await chats.set_manner(tx, chat, Manner(folding="at_once"))
        await bot.publish("Meldung")
        pauses = []
        for attempt in range(1, ATTEMPTS + 1):
            await until(partial(has_failed, bot, attempt), f"failure {attempt}")
            pauses.append(paused(bot))
            bot.clock.move(max(pauses[-1]))

        await until(lambda: bot.titles(GROUP) == bot.titles(OTHER) == ["Meldung"], "the alerts")

        assert len(bot.calls("sendMessage")) == 2 * (ATTEMPTS + 1)
        wanted = [min(2.0**attempt, 300) for attempt in range(ATTEMPTS)]
        for each, about in zip(pauses, wanted, strict=True):
            assert [0.69 * about <= pause <= 1.31 * about for pause in each] == [True, True], (
                about,
                pauses,
            )
        assert all(one != other for one, other in pauses)


def has_failed(bot: Service, times: int) -> bool:
    """Whether so many calls to each of two chats have failed, and both wait."""
    now = bot.clock().timestamp()
    held = [(row["held_until"] or 0) / 1_000_000 > now for row in bot.rows("chats")]
    return len(bot.calls("sendMessage")) == 2 * times and all(held)


def paused(bot: Service) -> list[float]:
    """Return for how many seconds each chat waits."""
    now = bot.clock().timestamp()
    return [row["held_until"] / 1_000_000 - now for row in bot.rows("chats")]


async def test_scenario_18_while_no_connection_can_be_had_nothing_is_lost_and_nothing_doubled(
    tmp_path: Path,
) -> None:
    async with offline(tmp_path) as bot:
        await bot.start()
        await bot.serve(GROUP, "nordkorea")
        port = int(bot.sandbox.bot_api.rpartition(":")[2])
        await bot.sandbox.__aexit__(None, None, None)
        await bot.publish("Eins")
        await bot.publish("Zwei")
        for _ in range(3):
            await until(bot.is_held, "a refused connection")
            bot.clock.move(max(paused(bot)))
        await until(bot.is_held, "a refused connection")

        async with Sandbox(port=port) as bot.sandbox:
            bot.clock.move(max(paused(bot)))
            await until(lambda: bot.titles(GROUP) == ["Eins", "Zwei"], "the alerts")
            await bot.stop()
            assert bot.breaches() == []


async def test_scenario_18_after_a_long_outage_the_backlog_is_one_digest(tmp_path: Path) -> None:
    async with working(tmp_path, burst=5) as bot:
        await bot.serve(GROUP, "nordkorea")
        bot.fault("502_html", times=1)
        await bot.publish("Eins")
        await until(bot.is_held, "the failure")
        await bot.publish("Zwei")

        bot.clock.move(3_600)

        digest = await bot.message(0, GROUP)
        assert [line for line in digest["text"].splitlines() if "•" in line] == ["• Eins", "• Zwei"]
        assert len(bot.messages(GROUP)) == 1


async def test_scenario_18_startup_never_waits_for_telegram(tmp_path: Path) -> None:
    async with offline(tmp_path) as bot:
        port = int(bot.sandbox.bot_api.rpartition(":")[2])
        await bot.sandbox.__aexit__(None, None, None)
        bot.launch()

        await bot.serve(GROUP, "nordkorea")
        await bot.publish("Meldung")

        async with Sandbox(port=port) as bot.sandbox:
            await until(lambda: bot.titles(GROUP) == ["Meldung"], "the alert")
            await bot.stop()
