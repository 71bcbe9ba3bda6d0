"""Acceptance: another process uses the token, or Telegram does not take it any more."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import aiohttp
import pytest

from bot.sandbox.faults import Fault
from bot.web.health import Vitals, faults
from tests.sandbox_kit import call
from tests.telegram_kit import GROUP, PERSON, TOKEN, Service, until, working

CONFLICT = "another process uses this token"
REFUSED = "Telegram refuses the token"


def health(bot: Service) -> list[str]:
    """Return what the health page says is wrong."""
    assert bot.telegram is not None
    now = bot.clock()
    well = Vitals(started=now, last_tick=now, database=True)
    return faults(replace(well, telegram=bot.telegram.line.trouble(now)), now)


def is_open(bot: Service) -> bool:
    """Whether the bot may send."""
    assert bot.telegram is not None
    return bot.telegram.line.is_open


async def held(bot: Service) -> None:
    await until(lambda: not is_open(bot), "the line to be closed")


async def looked(bot: Service) -> None:
    """Give the delivery its time to look into the outbox, and to send what it should not."""
    await asyncio.sleep(0.6)


# Two processes with one token.


@asynccontextmanager
async def another(bot: Service) -> AsyncIterator[aiohttp.ClientSession]:
    """Another process that uses the token."""
    async with aiohttp.ClientSession(bot.sandbox.bot_api) as http:
        yield http


async def polls_once(bot: Service, http: aiohttp.ClientSession) -> None:
    """The other process asks for updates until that takes a poll away from ours."""
    other = asyncio.create_task(_keep_polling(http))
    assert bot.telegram is not None
    line, now = bot.telegram.line, bot.clock()
    await until(lambda: line.conflict_last == now, "the conflict")
    other.cancel()


async def _keep_polling(http: aiohttp.ClientSession) -> None:
    while True:
        await call(http, "getUpdates", timeout=30)
        await asyncio.sleep(0.05)


async def polled_again(bot: Service) -> None:
    """Our process has completed a poll."""
    asked = len(bot.texts())
    bot.say("/help")
    await until(lambda: len(bot.texts()) > asked, "an answer")


async def test_scenario_21_while_another_process_polls_nothing_is_sent(tmp_path: Path) -> None:
    async with working(tmp_path) as bot, another(bot) as http:
        await bot.serve(GROUP, "nordkorea")
        await polls_once(bot, http)
        await held(bot)
        await bot.publish("Eins")

        bot.clock.move(59)
        await polled_again(bot)
        await looked(bot)
        assert bot.titles(GROUP) == []

        bot.clock.move(1)
        await polled_again(bot)
        await until(lambda: bot.titles(GROUP) == ["Eins"], "the alert, once")


async def test_scenario_21_each_disturbance_begins_the_minute_anew(tmp_path: Path) -> None:
    async with working(tmp_path) as bot, another(bot) as http:
        await bot.serve(GROUP, "nordkorea")
        await polls_once(bot, http)
        await polled_again(bot)
        bot.clock.move(50)
        await polls_once(bot, http)
        await bot.publish("Eins")

        bot.clock.move(50)
        await polled_again(bot)
        await looked(bot)

        assert bot.titles(GROUP) == []


async def test_scenario_21_after_five_minutes_it_is_said(tmp_path: Path) -> None:
    async with working(tmp_path) as bot, another(bot) as http:
        await polls_once(bot, http)
        await held(bot)
        bot.clock.move(299)
        await polls_once(bot, http)
        assert health(bot) == []

        bot.clock.move(1)

        [said] = health(bot)
        assert CONFLICT in said


# The token is refused.


def revoke(bot: Service) -> None:
    """Every call is answered with 401, the polls too."""
    for method in ("*", "getUpdates"):
        bot.sandbox.faults.order(Fault(method, "401", times=0))


async def test_scenario_22_a_token_revoked_while_running_stops_sending_until_it_is_taken_again(
    tmp_path: Path,
) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(GROUP, "nordkorea")
        revoke(bot)
        await bot.publish("Eins")
        await held(bot)
        [said] = health(bot)
        assert REFUSED in said
        tried = len(bot.calls("sendMessage"))
        await bot.publish("Zwei")
        await looked(bot)
        assert len(bot.calls("sendMessage")) == tried <= 1

        bot.sandbox.faults.clear()

        await until(lambda: bot.titles(GROUP) == ["Eins", "Zwei"], "the alerts")
        assert health(bot) == []
        assert "Was ich kann" in (await bot.ask("/help"))["text"]


async def test_scenario_22_a_refused_token_is_tried_gently(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        revoke(bot)
        bot.say("/help")
        await held(bot)
        before = len(bot.calls("getUpdates")) + len(bot.calls("getMe"))

        await asyncio.sleep(1.5)

        assert len(bot.calls("getUpdates")) + len(bot.calls("getMe")) - before <= 4
        bot.sandbox.faults.clear()


async def test_scenario_22_another_token_in_its_file_is_taken_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "token"
    file.write_text(f"{TOKEN}\n", encoding="utf-8")
    monkeypatch.setenv("AUSGUCK_TELEGRAM__TOKEN_FILE", str(file))
    async with working(tmp_path) as bot:
        await bot.serve(GROUP, "nordkorea")
        revoke(bot)
        await bot.publish("Eins")
        await held(bot)

        bot.sandbox.faults.clear()
        bot.sandbox.faults.order(Fault("sendMessage", "401", times=1))
        connected = len(bot.calls("deleteWebhook"))
        file.write_text("67890:another-secret\n", encoding="utf-8")
        assert bot.telegram is not None
        bot.telegram.look_again()

        await until(lambda: len(bot.calls("deleteWebhook")) > connected, "the new connection")
        await until(lambda: bot.titles(GROUP) == ["Eins"], "the alert")
        assert "Was ich kann" in (await bot.ask("/help"))["text"]


async def test_scenario_22_a_token_file_that_is_broken_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "token"
    file.write_text(TOKEN, encoding="utf-8")
    monkeypatch.setenv("AUSGUCK_TELEGRAM__TOKEN_FILE", str(file))
    async with working(tmp_path) as bot:
        await bot.serve(GROUP, "nordkorea")
        assert bot.telegram is not None

        file.unlink()
        bot.telegram.look_again()
        await looked(bot)
        await bot.publish("Eins")

        await until(lambda: bot.titles(GROUP) == ["Eins"], "the alert")
        assert len(bot.calls("deleteWebhook")) == 1


# An update that nobody can read.


async def test_scenario_22_an_update_that_cannot_be_read_is_skipped(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        broken = {"message_id": "x", "date": 10**18, "chat": {"id": PERSON, "type": "private"}}
        bot.update({"message": broken})
        polls = len(bot.calls("getUpdates"))

        answer = await bot.ask("/help")

        assert "Was ich kann" in answer["text"]
        assert len(bot.calls("getUpdates")) - polls <= 3


# Silence.


async def test_scenario_22_a_telegram_that_is_silent_is_said_to_be_out_of_reach(
    tmp_path: Path,
) -> None:
    async with working(tmp_path) as bot:
        await polled_again(bot)
        assert health(bot) == []

        bot.clock.move(181)

        assert health(bot) == ["Telegram cannot be reached"]
        await polled_again(bot)
        assert health(bot) == []
