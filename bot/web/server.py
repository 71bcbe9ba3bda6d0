"""Serves /healthz, and asks it."""

import asyncio
import json
import urllib.error
import urllib.request
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from bot.web.health import Vitals, faults

ASK_TIMEOUT = 5


class _Server(uvicorn.Server):
    """Leaves the process's signals to the daemon."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


class Web:
    """The daemon's HTTP server. A port that is taken is the operator's to settle, not a crash."""

    def __init__(
        self,
        host: str,
        port: int,
        vitals: Callable[[], Awaitable[Vitals]],
        now: Callable[[], datetime],
    ) -> None:
        self._vitals = vitals
        self._now = now
        app = Starlette(routes=[Route("/healthz", self._healthz)])
        settings = uvicorn.Config(
            app, host=host, port=port, log_config=None, lifespan="off", timeout_graceful_shutdown=1
        )
        self._server = _Server(settings)

    async def run(self) -> None:
        """Serve until cancelled.

        Raises:
            OSError: the address cannot be listened on.
        """
        try:
            await self._server.serve()
        except SystemExit as error:
            # uvicorn ends the process where it cannot bind; the daemon says so in its own words.
            raise OSError("the address is taken, or is none of this machine") from error
        except asyncio.CancelledError:
            self._server.should_exit = True
            raise

    async def _healthz(self, _request: Request) -> JSONResponse:
        wrong = faults(await self._vitals(), self._now())
        return JSONResponse({"ok": not wrong, "faults": wrong}, status_code=503 if wrong else 200)


def ask(host: str, port: int) -> list[str]:
    """Ask a running daemon how it is; returns what is wrong, nothing where all is well."""
    there = "127.0.0.1" if host in {"0.0.0.0", ""} else "::1" if host == "::" else host  # noqa: S104
    name = f"[{there}]" if ":" in there else there
    try:
        with urllib.request.urlopen(f"http://{name}:{port}/healthz", timeout=ASK_TIMEOUT) as answer:
            answer.read()
    except urllib.error.HTTPError as error:
        return _said(error.read())
    except OSError:
        return [f"no daemon answers on {name}:{port}"]
    return []


def _said(body: bytes) -> list[str]:
    try:
        return [str(fault) for fault in json.loads(body)["faults"]]
    except (ValueError, KeyError, TypeError):
        return ["another program answers there"]
