"""/healthz over HTTP: what it says of the daemon, to whom it is open, and what asks it."""

import asyncio
import logging
from urllib.parse import urlsplit

import httpx
import pytest

from bot.web import server
from tests.web_kit import EVERYWHERE, serving


async def test_healthz_says_whether_all_is_well_and_how_long_ago_what_moved() -> None:
    async with serving(EVERYWHERE, "a-token") as client:
        answer = await client.get("/healthz")

        assert answer.json() == {
            "ok": True,
            "faults": [],
            "database": True,
            "telegram": True,
            "seconds_since": {
                "start": 0,
                "tick": 0,
                "feed_read": None,
                "telegram_poll": None,
                "delivery": None,
                "watchlists": None,
                "canary": None,
            },
        }


async def connection(
    client: httpx.AsyncClient,
) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """Connect to the server, and say nothing yet."""
    where = urlsplit(str(client.base_url))
    return await asyncio.open_connection(where.hostname, where.port)


async def test_who_connects_and_asks_for_nothing_is_hung_up_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(server, "SILENCE", 0.05)
    async with serving() as client:
        reader, writer = await connection(client)
        async with asyncio.timeout(10):
            assert await reader.read() == b""
        writer.close()
        assert (await client.get("/healthz")).status_code == 200


@pytest.mark.parametrize(
    "later",
    [
        pytest.param(b"GET /healthz HTTP/1.1\r\nHost", id="a second request that never ends"),
        pytest.param(b"\r\n", id="nothing"),
    ],
)
async def test_who_was_answered_and_asks_for_nothing_whole_is_hung_up_on(
    monkeypatch: pytest.MonkeyPatch, later: bytes
) -> None:
    monkeypatch.setattr(server, "SILENCE", 0.05)
    async with serving() as client:
        reader, writer = await connection(client)
        writer.write(b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n")
        async with asyncio.timeout(10):
            answer = await reader.readuntil(b"}}")
            writer.write(later)
            await reader.read()
        writer.close()

    assert answer.startswith(b"HTTP/1.1 200")


async def test_who_announces_a_body_and_never_sends_it_is_hung_up_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(server, "SILENCE", 0.05)
    async with serving() as client:
        reader, writer = await connection(client)
        writer.write(b"POST /healthz HTTP/1.1\r\nHost: a\r\nContent-Length: 9000\r\n\r\nx")
        async with asyncio.timeout(10):
            answer = await reader.readuntil(b"\r\n\r\n")
            writer.write(b"x")
            await reader.read()
        writer.close()

    assert answer.startswith(b"HTTP/1.1 405")


@pytest.mark.parametrize(
    "sent",
    [
        b"\x16\x03\x01 this is TLS\r\n\r\n",
        b"GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n",
        b"GET /" + b"x" * 100_000,
    ],
)
async def test_what_strangers_send_is_not_worth_a_line_of_the_log(
    caplog: pytest.LogCaptureFixture, sent: bytes
) -> None:
    async with serving() as client:
        reader, writer = await connection(client)
        writer.write(sent)
        async with asyncio.timeout(10):
            await reader.read(1)
        writer.close()
        assert (await client.get("/healthz")).status_code == 200

    assert [each for each in caplog.records if each.levelno >= logging.WARNING] == []
