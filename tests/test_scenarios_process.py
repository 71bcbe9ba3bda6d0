"""Acceptance: the process ends, or is killed, while messages are on their way."""

import asyncio
import os
import signal
import socket
import time
from datetime import timedelta
from pathlib import Path

import pytest

from bot import clock
from bot.sandbox import membership
from bot.sandbox.faults import Fault
from bot.sandbox.transcript import breaches
from bot.sandbox.world import BOT
from bot.store import Store, chats, feeds
from bot.web.server import ask
from tests.harness import PERSON, Bot, parade, running, until

TITLE, LATER = "Nordkoreaner auf dem Roten Platz", "Nordkorea meldet sich"
TOKEN = "12345:sandbox"
LINE = "⚠️ Vielleicht nicht angekommen: "
STEPS = ("delivery.beginning", "delivery.begun", "delivery.answered", "delivery.recorded")
FIRST = 2001
FAST, SLOW = "200", "0.1"
STOPS_WITHIN = 8
WELL, REFUSED = "", "Telegram refuses the token; copy it again from @BotFather"
PARADE = "Auf dem Roten Platz beginnt am Freitag um zehn Uhr die jährliche Siegesparade"


async def serve(bot: Bot, people: int) -> range:
    """Have people served who want to hear of Nordkorea, the first of the parade as well.

    No limit of Telegram's counts.
    """
    served = range(FIRST, FIRST + people)
    bot.sandbox.world.limits.change(everywhere=0, private=0)
    now = clock.now() - timedelta(minutes=1)
    store = await Store.open("sqlite:///data/ausguck.db", bot.folder)
    async with store.write() as tx:
        await feeds.configure(tx, [feeds.Source(f"{bot.sandbox.feeds}/depesche.xml")], now)
        for person in served:
            membership.add_chat(bot.sandbox.world, person, "private", "de").opened = True
            await chats.put(tx, chats.Chat(person, "private", "de", "active", admin=False), now)
            await chats.subscribe(tx, person, "nordkorea", now)
        await chats.subscribe(tx, FIRST, "siegesparade", now)
    await store.close()
    return served


def pace(bot: Bot, messages: str) -> None:
    bot.environ["AUSGUCK_TELEGRAM__PACE"] = messages


def rings(bot: Bot, person: int, title: str = TITLE) -> int:
    """Return how many alerts of the article a person has got."""
    return sum(title in alert["text"].split("\n")[1] for alert in bot.alerts(person))


def named(bot: Bot, person: int) -> int:
    """Return how many messages say that it may not have arrived."""
    return sum(f"{LINE}{TITLE}" in text for text in bot.texts(person))


async def all_told(bot: Bot, people: range, title: str) -> None:
    await until(lambda: all(rings(bot, person, title) for person in people), f"all told: {title}")


async def test_scenario_08_killed_at_every_step_of_the_delivery_nothing_is_lost_or_doubled(
    tmp_path: Path,
) -> None:
    async with running(tmp_path) as bot:
        people = await serve(bot, 50)
        pace(bot, FAST)
        bot.publish(TITLE, parade())
        for step in STEPS:
            await bot.start(killed_at=step)
            assert await bot.dead() == -signal.SIGKILL

        await bot.start()
        await bot.ready()
        bot.publish(LATER, parade())
        await all_told(bot, people, LATER)

        told = {person: (rings(bot, person), named(bot, person)) for person in people}
        assert set(told.values()) <= {(1, 0), (0, 1), (1, 1)}
        assert (1, 0) in told.values()
        assert breaches(bot.sandbox.world.transcript.after(0)) == []


@pytest.mark.parametrize(("fault", "expected"), [("late", (1, 0)), ("hang_after", (1, 1))])
async def test_scenario_25_asked_to_end_with_a_hundred_waiting_it_ends_in_order_and_loses_none(
    tmp_path: Path, fault: str, expected: tuple[int, int]
) -> None:
    async with running(tmp_path) as bot:
        people = await serve(bot, 101)
        pace(bot, SLOW)
        bot.sandbox.faults.order(Fault("sendMessage", fault, FIRST, pause=1.5))
        bot.publish(TITLE, parade())
        await bot.start()
        await until(lambda: '"delivery.begun"' in bot.log(), "the call in flight")
        assert bot.alerts(FIRST + 1) == []

        began = time.monotonic()
        assert await bot.stop() == 0
        assert time.monotonic() - began < STOPS_WITHIN
        assert [person for person in people if person != FIRST and rings(bot, person)] == []

        pace(bot, FAST)
        await bot.start()
        await all_told(bot, people[1:], TITLE)
        bot.publish(PARADE, f"<p>{PARADE}.</p>")
        await all_told(bot, people[:1], PARADE)
        assert [rings(bot, person) for person in people[1:]] == [1] * 100
        assert (rings(bot, FIRST), named(bot, FIRST)) == expected
        assert sum(named(bot, person) for person in people[1:]) == 0
        assert breaches(bot.sandbox.world.transcript.after(0)) == []


async def test_scenario_25_a_command_that_was_answered_is_not_answered_again(
    tmp_path: Path,
) -> None:
    async with running(tmp_path) as bot:
        await bot.start()
        bot.say("/help")
        await until(bot.texts, "the answer")
        assert await bot.stop() == 0

        await bot.start()
        await until(lambda: bot.log().count('"telegram.ready"') == 2, "the second start")
        bot.say("/lists")
        await until(lambda: len(bot.texts()) > 1, "another answer")

        assert len(bot.texts()) == 2


@pytest.mark.parametrize("level", ["debug", "info", "warning", "error"])
async def test_scenario_25_the_token_is_in_no_log_and_in_no_file(
    tmp_path: Path, level: str
) -> None:
    async with running(tmp_path) as bot:
        bot.environ["AUSGUCK_LOG__LEVEL"] = level
        await bot.arrange("nordkorea")
        for method, fault in (
            ("getMe", "500"),
            ("getUpdates", "502_html"),
            ("getUpdates", "401"),
            ("sendMessage", "invalid_json"),
            ("setMyCommands", "reset_before"),
        ):
            bot.sandbox.faults.order(Fault(method, fault))
        bot.sandbox.world.updates.push_raw({"message": {"message_id": "x"}})
        bot.publish(TITLE, parade())
        await bot.start()
        await until(bot.alerts, "the alert")
        assert await bot.stop() == 0

        secrets = [TOKEN, TOKEN.partition(":")[2] + '"', TOKEN.replace(":", "%3A")]
        data = list((tmp_path / "data").iterdir())
        assert data
        for file in (tmp_path / "log.jsonl", *data):
            content = file.read_bytes()
            assert [secret for secret in secrets if secret.encode() in content] == []


# What the operator sees.


async def test_scenario_14_a_chat_that_is_gone_is_one_line_in_the_log(tmp_path: Path) -> None:
    async with running(tmp_path) as bot:
        people = await serve(bot, 3)
        bot.sandbox.world.chats[FIRST].members[BOT] = "kicked"
        bot.publish(TITLE, parade())
        await bot.start()
        await all_told(bot, people[1:], TITLE)
        bot.publish(LATER, parade())
        await all_told(bot, people[1:], LATER)
        await bot.settled()

        assert bot.log().count("bot was blocked by the user") == 1
        assert len([call for call in bot.calls("sendMessage") if not call["result"]["ok"]]) == 1


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


async def said(port: int) -> list[str]:
    return await asyncio.to_thread(ask, "127.0.0.1", port)


async def until_said(port: int, words: str) -> None:
    """Wait until the health page says nothing but this."""
    async with asyncio.timeout(20):
        while await said(port) != [words] * bool(words):  # noqa: ASYNC110 - seen from outside
            await asyncio.sleep(0.1)


async def test_scenario_22_a_revoked_token_makes_it_unhealthy_until_the_next_one_is_there(
    tmp_path: Path,
) -> None:
    async with running(tmp_path) as bot:
        port, file = free_port(), tmp_path / "token"
        file.write_text(f"\ufeff{TOKEN}\n", encoding="utf-8")
        bot.environ["AUSGUCK_WEB__LISTEN"] = f"127.0.0.1:{port}"
        bot.environ["AUSGUCK_TELEGRAM__TOKEN_FILE"] = str(file)
        await bot.arrange("nordkorea")
        await bot.start()
        await bot.ready()
        await until_said(port, WELL)

        for method in ("*", "getUpdates"):
            bot.sandbox.faults.order(Fault(method, "401", times=0))
        bot.say("/help")
        await until_said(port, REFUSED)
        bot.publish(TITLE, parade())
        await until(lambda: bot.log().count('"read.stored"'), "the article, found all the same")
        assert '"telegram.trouble"' in bot.log() or "telegram.polling" in bot.log()
        bot.sandbox.faults.clear()
        file.write_text("67890:next-secret", encoding="utf-8")
        process = bot.process
        assert process is not None
        assert process.pid is not None
        os.kill(process.pid, signal.SIGHUP)

        await until(bot.alerts, "the alert that waited")
        await until_said(port, WELL)
        assert rings(bot, PERSON) == 1
        assert "next-secret" not in bot.log()
        assert await bot.stop() == 0
