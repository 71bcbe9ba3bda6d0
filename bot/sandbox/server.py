"""The sandbox as a running server on the loopback interface.

Use it as `async with Sandbox() as sandbox:` and give `sandbox.bot_api` to a bot as its API base.
"""

import socket
from collections.abc import Callable
from datetime import datetime
from importlib.resources import files
from types import TracebackType
from typing import Self

from aiohttp import web

from bot.sandbox.bot_api import BotApi
from bot.sandbox.clock import Clock, system_now
from bot.sandbox.context import Bell, Context
from bot.sandbox.control import Control
from bot.sandbox.documents import Documents
from bot.sandbox.faults import Faults
from bot.sandbox.recorded import Press
from bot.sandbox.world import World

_HOST = "127.0.0.1"
_LARGEST_BODY = 50 * 1024 * 1024
_PATIENCE = 0.2
"""Seconds that open requests get at the end; those that wait have been released before."""


class Sandbox:
    """Bot API, control API, feeds, pages and the chat page on one port of 127.0.0.1."""

    def __init__(self, *, port: int = 0, now: Callable[[], datetime] = system_now) -> None:
        """Prepares the sandbox; it opens with `async with`.

        Args:
            port: 0 picks a free one.
            now: the clock, aware UTC; `/_sandbox/clock` moves the present away from it.
        """
        self._wanted_port = port
        self._clock = Clock(now)
        self._world = World(self._clock)

    async def __aenter__(self) -> Self:
        listener = socket.create_server((_HOST, self._wanted_port))
        self._address = f"http://{_HOST}:{listener.getsockname()[1]}"
        press = Press(base_url=self._address, now=self._clock)
        self._context = Context(self._world, press, Faults(), self._clock, Bell())
        self._world.on_change = self._context.bell.ring
        self._runner = web.AppRunner(
            _application(self._context),
            access_log=None,
            handler_cancellation=True,
            shutdown_timeout=_PATIENCE,
        )
        await self._runner.setup()
        await web.SockSite(self._runner, listener).start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._context.bell.close()
        await self._runner.cleanup()

    @property
    def bot_api(self) -> str:
        """Base of the Bot API; requests go to `{bot_api}/bot<token>/METHOD`."""
        return self._address

    @property
    def feeds(self) -> str:
        """Where the feeds are; it answers a list of their names, `{feeds}/NAME.xml` is one."""
        return f"{self._address}/feeds"

    @property
    def chat_page(self) -> str:
        """A page on which a person can try the bot."""
        return f"{self._address}/chat"

    @property
    def world(self) -> World:
        """What the Bot API knows: chats, messages, updates, the transcript."""
        return self._world

    @property
    def faults(self) -> Faults:
        """What the next calls will suffer."""
        return self._context.faults

    @property
    def press(self) -> Press:
        """The newsroom behind the feeds."""
        return self._context.press


def _application(context: Context) -> web.Application:
    application = web.Application(client_max_size=_LARGEST_BODY)
    for front in (Control(context), Documents(context), BotApi(context)):
        application.add_routes(front.routes())
    application.add_routes([web.get("/", _chat_page), web.get("/chat", _chat_page)])
    return application


async def _chat_page(request: web.Request) -> web.Response:
    page = files("bot.sandbox").joinpath("chat.html")
    if not page.is_file():
        raise web.HTTPNotFound
    return web.Response(text=page.read_text(encoding="utf-8"), content_type="text/html")
