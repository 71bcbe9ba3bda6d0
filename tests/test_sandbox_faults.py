"""Faults on demand over real HTTP: what the bot gets and what was stored."""

import asyncio
import time
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from bot.sandbox import wire
from bot.sandbox.server import Sandbox
from bot.sandbox.world import GROUP, PERSON
from tests.sandbox_kit import BOT_PATH, call, control, eventually, look, polling, texts


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox() as sandbox:
        yield sandbox


@pytest.fixture
async def http(sandbox: Sandbox) -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(sandbox.bot_api) as session:
        yield session


REPLIES = [
    ("403_blocked", 403, "Forbidden: bot was blocked by the user"),
    ("403_kicked", 403, "Forbidden: bot was kicked from the group chat"),
    ("403_deactivated", 403, "Forbidden: user is deactivated"),
    ("403_deleted", 403, "Forbidden: the group chat was deleted"),
    ("400_not_found", 400, "Bad Request: chat not found"),
    (
        "400_entities",
        400,
        "Bad Request: can't parse entities: Can't find end tag corresponding to start tag \"b\"",
    ),
    ("400_thread", 400, "Bad Request: message thread not found"),
    (
        "400_documents",
        400,
        "Bad Request: not enough rights to send documents to the chat",
    ),
    ("401", 401, "Unauthorized"),
    ("500", 500, "Internal Server Error"),
]


@pytest.mark.parametrize(("name", "status", "text"), REPLIES)
async def test_an_ordered_refusal_strikes_once_and_stores_nothing(
    http: aiohttp.ClientSession, sandbox: Sandbox, name: str, status: int, text: str
) -> None:
    await control(http, "fault", method="sendMessage", fault=name)

    refused = await call(http, "sendMessage", chat_id=GROUP, text="verloren")
    second = await call(http, "sendMessage", chat_id=GROUP, text="angekommen")

    assert (refused["error_code"], refused["description"]) == (status, text)
    assert second["ok"] is True
    assert texts(sandbox.world, GROUP) == ["angekommen"]


async def test_a_429_says_how_long_to_wait(http: aiohttp.ClientSession) -> None:
    await control(http, "fault", method="sendMessage", fault="429", retry_after=43838)

    refused = await call(http, "sendMessage", chat_id=PERSON, text="x")

    assert refused["description"] == "Too Many Requests: retry after 43838"
    assert refused["parameters"] == {"retry_after": 43838}


async def test_an_ordered_migration_is_one_that_the_bot_was_not_told_of(
    http: aiohttp.ClientSession, sandbox: Sandbox
) -> None:
    await control(http, "fault", method="sendMessage", fault="400_migrate")

    refused = await call(http, "sendMessage", chat_id=GROUP, text="x")
    new = refused["parameters"]["migrate_to_chat_id"]

    assert (await call(http, "sendMessage", chat_id=new, text="x"))["ok"] is True
    assert sandbox.world.updates.pending() == 0


async def test_a_fault_can_be_for_one_chat_and_for_several_calls(
    http: aiohttp.ClientSession, sandbox: Sandbox
) -> None:
    await control(http, "fault", method="sendMessage", chat=GROUP, fault="500", times=2)

    replies = [
        (await call(http, "sendMessage", chat_id=chat, text="x"))["ok"]
        for chat in (GROUP, PERSON, GROUP, GROUP)
    ]

    assert replies == [False, True, False, True]


async def test_a_fault_without_end_lasts_until_it_is_cleared(http: aiohttp.ClientSession) -> None:
    await control(http, "fault", method="getMe", fault="401", times=0)
    before = [(await call(http, "getMe"))["ok"] for _ in range(3)]
    await http.delete("/_sandbox/fault")

    assert before == [False, False, False]
    assert (await call(http, "getMe"))["ok"] is True


@pytest.mark.parametrize(
    ("name", "status", "body"),
    [
        ("502_html", 502, wire.BAD_GATEWAY),
        ("invalid_json", 200, '{"ok":true,"result":'),
        ("empty", 200, ""),
    ],
)
async def test_a_spoiled_answer_stores_nothing(
    http: aiohttp.ClientSession, sandbox: Sandbox, name: str, status: int, body: str
) -> None:
    await control(http, "fault", method="sendMessage", fault=name)

    async with http.post(f"{BOT_PATH}/sendMessage", json={"chat_id": 1001, "text": "x"}) as reply:
        assert (reply.status, await reply.text()) == (status, body)

    assert texts(sandbox.world) == []
    assert sandbox.world.transcript.after(0)[0]["result"] == {"fault": name}


@pytest.mark.parametrize(
    ("name", "stored"),
    [
        ("reset_before", False),
        ("reset_after", True),
        ("hang", False),
        ("hang_after", True),
    ],
)
async def test_what_was_stored_of_a_call_without_an_answer_can_be_told(
    http: aiohttp.ClientSession, sandbox: Sandbox, name: str, stored: bool
) -> None:
    await control(http, "fault", method="sendMessage", fault=name)

    with pytest.raises((aiohttp.ClientConnectionError, TimeoutError)):
        await http.post(
            f"{BOT_PATH}/sendMessage",
            json={"chat_id": PERSON, "text": "x"},
            timeout=aiohttp.ClientTimeout(total=0.2),
        )

    assert texts(sandbox.world) == (["x"] if stored else [])
    assert sandbox.world.transcript.after(0)[0]["result"] == {"fault": name}


async def test_a_dripping_answer_arrives_in_the_end(
    http: aiohttp.ClientSession,
) -> None:
    await control(http, "fault", method="sendMessage", fault="drip", pause=0.0001)

    reply = await call(http, "sendMessage", chat_id=PERSON, text="x")

    assert reply["result"]["text"] == "x"


async def test_a_late_answer_arrives_after_its_pause(http: aiohttp.ClientSession) -> None:
    await control(http, "fault", method="sendMessage", fault="late", pause=0.05)
    began = time.monotonic()

    reply = await call(http, "sendMessage", chat_id=PERSON, text="x")

    assert reply["result"]["text"] == "x"
    assert time.monotonic() - began >= 0.05


async def test_it_closes_at_once_with_calls_open() -> None:
    async with Sandbox() as sandbox, aiohttp.ClientSession(sandbox.bot_api) as http:
        for name in ("hang", "hang_after", "drip", "late"):
            fault = {"method": "sendMessage", "fault": name, "chat": GROUP, "pause": 5}
            await control(http, "fault", **fault)
        body = {"chat_id": GROUP, "text": "x"}
        calls: list[asyncio.Task[Any]] = [
            asyncio.create_task(call(http, "sendMessage", **body)) for _ in range(4)
        ]
        calls.append(asyncio.create_task(look(http, "messages?chat=1001&wait=30")))
        calls.append(await polling(http, sandbox.world))
        await eventually(lambda: len(sandbox.world.transcript.after(0)) == 4)
        start = time.monotonic()

        await sandbox.__aexit__(None, None, None)

        assert time.monotonic() - start < 1
        await asyncio.gather(*calls, return_exceptions=True)
