"""What an error of the library means for the message: certain, in doubt, or to be tried again."""

import asyncio
import socket
from collections.abc import Awaitable, Callable
from datetime import timedelta

import httpx
import pytest
import telegram
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import HTTPXRequest

from bot.sandbox import membership
from bot.sandbox.faults import Fault
from bot.sandbox.server import Sandbox
from bot.sandbox.world import GROUP, PERSON
from bot.telegram.outcome import (
    Again,
    Barred,
    Gone,
    Moved,
    Outcome,
    Refused,
    Threadless,
    Unsure,
    Wait,
    outcome,
)

MOVED = Moved(-1_000_000_001_002)


async def attempt(base: str, chat: int = GROUP, proxy: str | None = None) -> Outcome:
    """Make a real call with little patience and return what became of it."""
    request = HTTPXRequest(read_timeout=0.2, connect_timeout=0.2, proxy=proxy)
    bot = telegram.Bot("1:A", base_url=f"{base}/bot", request=request)
    await request.initialize()
    try:
        with pytest.raises(TelegramError) as failed:
            await bot.send_message(chat, "x")
        return outcome(failed.value)
    finally:
        await request.shutdown()


FAULTS = {
    "429": Wait(timedelta(seconds=7)),
    "403_blocked": Gone("Forbidden: bot was blocked by the user"),
    "403_kicked": Gone("Forbidden: bot was kicked from the group chat"),
    "403_deactivated": Gone("Forbidden: user is deactivated"),
    "403_deleted": Gone("Forbidden: the group chat was deleted"),
    "400_not_found": Gone("Chat not found"),
    "400_thread": Threadless("Message thread not found"),
    "400_migrate": MOVED,
    "409": Again,
    "401": Barred,
    "500": Again,
    "502_html": Again,
    "invalid_json": Again,
    "empty": Again,
    "400_entities": Refused,
    "400_documents": Refused,
    "reset_before": Unsure,
    "reset_after": Unsure,
    "hang": Unsure,
    "hang_after": Unsure,
}


@pytest.mark.parametrize(("fault", "expected"), FAULTS.items())
async def test_every_fault_has_its_outcome(fault: str, expected: Outcome | type) -> None:
    async with Sandbox() as sandbox:
        sandbox.faults.order(Fault("sendMessage", fault, retry_after=7))

        result = await attempt(sandbox.bot_api)

    assert result == expected or (isinstance(expected, type) and type(result) is expected)


async def test_a_chat_without_the_right_to_write_is_gone() -> None:
    async with Sandbox() as sandbox:
        membership.set_member(sandbox.world, sandbox.world.chats[GROUP], "bot", "restricted")

        assert isinstance(await attempt(sandbox.bot_api), Gone)


async def test_a_channel_whose_administrator_the_bot_is_no_more_is_gone() -> None:
    async with Sandbox() as sandbox:
        channel = membership.add_chat(sandbox.world, -8, "channel", title="Kanal")
        membership.set_member(sandbox.world, channel, "bot", "member")

        assert isinstance(await attempt(sandbox.bot_api, -8), Gone)


async def test_a_person_who_never_wrote_is_gone() -> None:
    async with Sandbox() as sandbox:
        sandbox.world.chats[PERSON].opened = False

        assert isinstance(await attempt(sandbox.bot_api, PERSON), Gone)


# Nothing was written: it is safe to try again.


def unused_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


async def test_a_refused_connection_is_tried_again() -> None:
    assert isinstance(await attempt(f"http://127.0.0.1:{unused_port()}"), Again)


async def test_a_name_that_does_not_resolve_is_tried_again() -> None:
    assert isinstance(await attempt("http://telegram.invalid"), Again)


async def test_a_proxy_that_refuses_the_tunnel_is_tried_again() -> None:
    async def refuse(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n")
        await writer.drain()
        writer.close()

    async with serving(refuse) as port:
        result = await attempt("https://telegram.invalid", proxy=f"http://127.0.0.1:{port}")

    assert isinstance(result, Again)


# Something was written and no answer came: nobody knows.


async def test_an_answer_that_is_no_http_is_a_doubt() -> None:
    async def babble(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"Good morning\r\n\r\n")
        await writer.drain()
        writer.close()

    async with serving(babble) as port:
        assert isinstance(await attempt(f"http://127.0.0.1:{port}"), Unsure)


async def test_an_answer_that_breaks_off_is_a_doubt() -> None:
    async def begin(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"ok":true,')
        await writer.drain()
        writer.close()

    async with serving(begin) as port:
        assert isinstance(await attempt(f"http://127.0.0.1:{port}"), Unsure)


Handler = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


class serving:  # noqa: N801 - reads as a verb
    """A server with one odd habit."""

    def __init__(self, handler: Handler) -> None:
        self._handler = handler

    async def __aenter__(self) -> int:
        self._server = await asyncio.start_server(self._handler, "127.0.0.1", 0)
        return int(self._server.sockets[0].getsockname()[1])

    async def __aexit__(self, *_error: object) -> None:
        self._server.close()
        await self._server.wait_closed()


def caused_by(cause: Exception, error: NetworkError) -> NetworkError:
    """What the library raises `from` an error of its HTTP client."""
    error.__cause__ = cause
    return error


CAUSES = [
    (httpx.ConnectError("x"), Again),
    (httpx.ConnectTimeout("x"), Again),
    (httpx.PoolTimeout("x"), Again),
    (httpx.UnsupportedProtocol("x"), Again),
    (httpx.ReadTimeout("x"), Unsure),
    (httpx.WriteTimeout("x"), Unsure),
    (httpx.ReadError("x"), Unsure),
    (httpx.WriteError("x"), Unsure),
    (httpx.RemoteProtocolError("x"), Unsure),
    (httpx.DecodingError("x"), Unsure),
    (RuntimeError("something new"), Unsure),
]


@pytest.mark.parametrize(("cause", "expected"), CAUSES, ids=lambda p: str(type(p).__name__))
def test_only_what_was_surely_not_written_is_tried_again(cause: Exception, expected: type) -> None:
    assert type(outcome(caused_by(cause, NetworkError("x")))) is expected
    assert type(outcome(caused_by(cause, TimedOut()))) is expected
