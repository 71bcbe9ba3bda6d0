"""What the tests of the sandbox share: a clock that stands still, short ways to call."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import pytest

from bot.sandbox import people
from bot.sandbox.calls import understand
from bot.sandbox.errors import ApiError
from bot.sandbox.methods import perform
from bot.sandbox.world import PERSON, World

BOT_PATH = "/bot1:TEST"


class Hand:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.present = datetime(2025, 5, 9, 8, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.present

    def move(self, seconds: float) -> None:
        self.present += timedelta(seconds=seconds)


def ask(world: World, method: str, **params: object) -> Any:  # noqa: ANN401 - JSON
    """Calls a method of the Bot API without HTTP."""
    return perform(world, understand(method, params, {}))


def refusal(world: World, method: str, **params: object) -> str:
    """Returns the words in which a call is refused."""
    with pytest.raises(ApiError) as refused:
        ask(world, method, **params)
    return refused.value.description


def tell(world: World, chat: int = PERSON, text: str = "Hallo", **params: object) -> dict[str, Any]:
    """Sends a message as the bot."""
    message: dict[str, Any] = ask(world, "sendMessage", chat_id=chat, text=text, **params)
    return message


def said(world: World, text: str) -> None:
    """Lets the person of the private chat write."""
    people.say(world, world.chats[PERSON], {"text": text})


def kinds(world: World) -> list[str]:
    """Returns the kinds of the updates that wait."""
    return [next(k for k in update if k != "update_id") for update in world.updates.waiting(100)]


def texts(world: World, chat: int = PERSON) -> list[str]:
    """Returns what can be read in a chat."""
    return [message["text"] for message in world.chats[chat].seen()]


async def call(http: aiohttp.ClientSession, method: str, /, **params: object) -> dict[str, Any]:
    """Calls a method of the Bot API over HTTP."""
    async with http.post(f"{BOT_PATH}/{method}", json=params) as response:
        reply: dict[str, Any] = await response.json()
        assert response.status == reply.get("error_code", 200)
        return reply


async def control(http: aiohttp.ClientSession, name: str, /, **params: object) -> Any:  # noqa: ANN401 - JSON
    """Calls the control API."""
    async with http.post(f"/_sandbox/{name}", json=params) as response:
        assert response.status == 200, await response.text()
        return await response.json()


async def look(http: aiohttp.ClientSession, what: str) -> Any:  # noqa: ANN401 - JSON
    """Reads from the control API."""
    async with http.get(f"/_sandbox/{what}") as response:
        return await response.json()


async def eventually(check: Callable[[], bool]) -> None:
    """Gives the server its turn until something holds."""
    async with asyncio.timeout(2):
        while not check():  # noqa: ASYNC110 - the server is in this very loop
            await asyncio.sleep(0)


async def polling(http: aiohttp.ClientSession, world: World) -> asyncio.Task[dict[str, Any]]:
    """Starts a long poll and returns it when it waits: it has acknowledged an update by then."""
    number = world.updates.push_raw({"message": {}})
    poll = asyncio.create_task(call(http, "getUpdates", offset=number + 1, timeout=30))
    await eventually(lambda: world.updates.pending() == 0)
    return poll
