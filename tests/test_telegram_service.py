"""The bot's presence in Telegram: it comes up when it can, and goes on whatever comes."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from bot.config import Config
from bot.config.sections import TelegramSection
from bot.errors import TokenError, Unreachable
from bot.sandbox.faults import Fault
from bot.sandbox.server import Sandbox
from bot.telegram.service import Telegram, username
from bot.telegram.session import STOP_WITHIN
from tests.telegram_kit import PERSON, TOKEN, offline, until, working


async def test_nobody_is_written_to_at_the_start(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(PERSON, "nordkorea", admin=True)

        await bot.restart()

        assert bot.calls("sendMessage") == []


async def test_a_menu_that_cannot_be_set_stops_nothing(tmp_path: Path) -> None:
    async with offline(tmp_path) as bot:
        bot.fault("500", times=6, method="setMyCommands")
        await bot.start()

        assert "Was ich kann" in (await bot.ask("/help"))["text"]


async def test_a_refused_token_is_the_users_mistake(tmp_path: Path) -> None:
    async with offline(tmp_path) as bot:
        bot.fault("401", times=0, method="getMe")
        bot.launch()
        assert bot.task is not None

        with pytest.raises(TokenError, match="Telegram refuses this token; copy it again") as error:
            await bot.task

        assert TOKEN not in str(error.value)
        bot.task = None


async def test_without_a_token_nothing_begins(tmp_path: Path) -> None:
    async with offline(tmp_path) as bot:
        for token in (None, SecretStr("")):
            config = Config(telegram=TelegramSection(token=token))

            with pytest.raises(TokenError, match="there is no token; get one from @BotFather"):
                Telegram(config, bot.tools, bot.library, print)


async def test_out_of_reach_at_the_start_it_keeps_trying(tmp_path: Path) -> None:
    server, requests = await gateway_without_telegram()
    port = server.sockets[0].getsockname()[1]
    async with offline(tmp_path, api_base=f"http://127.0.0.1:{port}") as bot:
        bot.launch()
        await until(lambda: requests, "an attempt")
        server.close()
        await server.wait_closed()

        async with Sandbox(port=port) as bot.sandbox:
            await until(lambda: bot.calls("deleteWebhook"), "the start")
            assert "Was ich kann" in (await bot.ask("/help"))["text"]
            await bot.stop()


async def test_out_of_reach_it_can_be_ended(tmp_path: Path) -> None:
    server, requests = await gateway_without_telegram()
    port = server.sockets[0].getsockname()[1]
    async with server, offline(tmp_path, api_base=f"http://127.0.0.1:{port}") as bot:
        bot.launch()
        await until(lambda: requests, "an attempt")

        async with asyncio.timeout(STOP_WITHIN):
            await bot.stop()


async def gateway_without_telegram() -> tuple[asyncio.Server, list[bytes]]:
    """A port at which every request breaks off, and the requests as they come."""
    requests: list[bytes] = []

    async def break_off(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        requests.append(await reader.readuntil(b"\r\n\r\n"))
        writer.close()

    return await asyncio.start_server(break_off, "127.0.0.1", 0), requests


async def test_an_api_base_may_be_written_with_and_without_its_end(tmp_path: Path) -> None:
    async with offline(tmp_path) as bot:
        for end in ("", "/", "/bot", "/bot/"):
            section = TelegramSection(token=SecretStr(TOKEN), api_base=bot.sandbox.bot_api + end)

            assert await username(Config(telegram=section)) == "ausguck_sandbox_bot"


async def test_asked_for_its_name_an_unreachable_telegram_is_said_to_be_so(tmp_path: Path) -> None:
    async with offline(tmp_path) as bot:
        bot.fault("502_html", times=0, method="getMe")
        with pytest.raises(Unreachable):
            await username(bot.config)

        bot.sandbox.faults.clear()
        bot.fault("401", method="getMe")
        with pytest.raises(TokenError):
            await username(bot.config)


BAD_UPDATES: list[dict[str, Any]] = [
    {"message": {}},
    {"message": None},
    {"message": []},
    {"callback_query": {"id": "1"}},
    {"message": {"message_id": "x", "date": 10**18, "chat": {"id": 1, "type": "private"}}},
    {"something_new": {"x": 1}},
    {"callback_query": {"id": "1", "from": {"id": 1, "is_bot": False, "first_name": "x"}}},
    {
        "message": {
            "message_id": 1,
            "date": 1,
            "chat": {"id": 5, "type": "private"},
            "text": "/start",
        }
    },
]


async def test_updates_that_nobody_understands_do_not_stop_it(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        for body in BAD_UPDATES:
            bot.update(body)

        message = await bot.ask("/help")

        assert "Was ich kann" in message["text"]
        assert len(bot.calls("getUpdates")) < 20


@pytest.mark.parametrize("fault", ["401", "502_html", "invalid_json"])
async def test_a_poll_that_fails_is_followed_by_another(tmp_path: Path, fault: str) -> None:
    async with offline(tmp_path) as bot:
        bot.sandbox.faults.order(Fault("getupdates", fault))
        bot.say("/help")

        await bot.start()

        assert "Was ich kann" in (await bot.message(0))["text"]
        assert len(bot.calls("getUpdates")) < 10


async def test_with_replies_still_waiting_it_ends_in_time(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        for _ in range(2):
            bot.say("/help")
        await bot.message(0)

        async with asyncio.timeout(STOP_WITHIN):
            await bot.stop()

        assert len(bot.texts()) == 2


async def test_a_command_is_not_answered_again_after_a_restart(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.ask("/help")

        await bot.restart()
        await bot.ask("/help", bot.person(2002))

        assert len(bot.texts()) == 1
