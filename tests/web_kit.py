"""The daemon's HTTP server, over loopback, with routes and a gate as a test wants them."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import httpx
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import BaseRoute, Route

from bot.web.gate import Gate
from bot.web.health import Vitals
from bot.web.server import Web

NOW = datetime(2025, 5, 9, 8, tzinfo=UTC)
EVERYWHERE, LOOPBACK = "0.0.0.0", "127.0.0.1"


async def well() -> Vitals:
    """A daemon that has nothing to complain of."""
    return Vitals(NOW, NOW, database=True)


async def hello(request: Request) -> PlainTextResponse:
    """A page."""
    return PlainTextResponse(f"hello {request.query_params.get('name', '')}".strip())


PAGES: tuple[BaseRoute, ...] = (Route("/", hello), Route("/feeds/all.atom", hello))


@asynccontextmanager
async def serving(
    host: str = LOOPBACK,
    token: str | None = None,
    routes: Sequence[BaseRoute] = PAGES,
    gate: Gate | None = None,
) -> AsyncIterator[httpx.AsyncClient]:
    """Serve; yields a client that knows the address, follows no redirect, and keeps no cookie."""
    web = Web((host, 0), gate or Gate(host, token, lambda: NOW), well, lambda: NOW, routes)
    task = asyncio.create_task(web.run())
    try:
        async with asyncio.timeout(10):
            there = await web.listening()
        async with httpx.AsyncClient(base_url=there, trust_env=False) as client:
            yield client
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
