"""The daemon's HTTP server: /healthz, and whatever routes it is given; asks /healthz, too."""

import asyncio
import json
import socket
import urllib.error
import urllib.request
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

import structlog
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import BaseRoute, Route
from uvicorn.protocols.http.h11_impl import H11Protocol

from bot.web.gate import Gate, Guarded
from bot.web.health import Vitals, ages, faults

log = structlog.get_logger()

ASK_TIMEOUT = 5
MOST_AT_ONCE = 200
"""Connections; what is more is told so at once."""
_straight = urllib.request.build_opener(urllib.request.ProxyHandler({}))
"""Asks without the proxy that the environment may name."""
SILENCE = 10.0
"""Seconds within which a request must have come, the first and any other."""
Look = Callable[[], Awaitable[Vitals]]


class _Impatient(H11Protocol):
    """Hangs up on whoever connects and asks for nothing: places are few."""

    _seen: object = None
    """The request that was the latest at the last look."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        asyncio.get_running_loop().call_later(SILENCE, self._hang_up_on_silence)

    def _hang_up_on_silence(self) -> None:
        if self.transport.is_closing():
            return
        latest: object = self.cycle  # None before the first request, whatever its type says
        if latest is None or (latest is self._seen and self.cycle.response_complete):
            self.transport.close()
            return
        self._seen = latest
        asyncio.get_running_loop().call_later(SILENCE, self._hang_up_on_silence)


class _Server(uvicorn.Server):
    """Leaves the process's signals to the daemon, and says where it listens."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    def __init__(self, settings: uvicorn.Config) -> None:
        super().__init__(settings)
        self.up = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        log.info("web.listening", address=self.address())
        self.up.set()

    def address(self) -> str:
        host, port, *_ = self.servers[0].sockets[0].getsockname()
        return address(host, port)


class Web:
    """The daemon's HTTP server. A port that is taken is the operator's to settle, not a crash."""

    def __init__(
        self,
        listen: tuple[str, int],
        gate: Gate,
        vitals: Look,
        now: Callable[[], datetime],
        routes: Sequence[BaseRoute] = (),
    ) -> None:
        """Listen to nobody yet.

        Args:
            listen: host and port; port 0 picks a free one.
            gate: lets pass whom it knows, to everything but /healthz.
            vitals: tells how the daemon is.
            now: the clock.
            routes: what else is served.
        """
        self._vitals = vitals
        self._now = now
        app = Starlette(routes=[Route("/healthz", self._healthz), *routes])
        settings = uvicorn.Config(
            Guarded(app, gate),
            host=listen[0],
            port=listen[1],
            log_config=None,
            access_log=False,  # the token may stand in an address
            log_level="error",  # what strangers send that is no HTTP is nobody's concern
            http=_Impatient,
            ws="none",
            lifespan="off",
            server_header=False,
            limit_concurrency=MOST_AT_ONCE,
            timeout_graceful_shutdown=1,
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
            if self._server.started:
                await self._server.shutdown()
            raise

    async def listening(self) -> str:
        """Wait until it listens, and return its address as seen from this machine."""
        await self._server.up.wait()
        return self._server.address()

    async def _healthz(self, _request: Request) -> JSONResponse:
        vitals = await self._vitals()
        now = self._now()
        wrong = faults(vitals, now)
        said = {
            "ok": not wrong,
            "faults": wrong,
            "database": vitals.database,
            "telegram": vitals.telegram is None,
            "seconds_since": ages(vitals, now),
        }
        return JSONResponse(said, status_code=503 if wrong else 200)


def address(host: str, port: int) -> str:
    """Return where a server can be reached from its own machine."""
    there = "127.0.0.1" if host in {"0.0.0.0", ""} else "::1" if host == "::" else host  # noqa: S104
    return f"http://[{there}]:{port}/" if ":" in there else f"http://{there}:{port}/"


def ask(host: str, port: int) -> list[str]:
    """Ask a running daemon how it is; returns what is wrong, nothing where all is well."""
    there = address(host, port).removeprefix("http://").rstrip("/")
    try:
        with _straight.open(f"http://{there}/healthz", timeout=ASK_TIMEOUT) as answer:
            answer.read()
    except urllib.error.HTTPError as error:
        return _said(error.read())
    except OSError:
        return [f"no daemon answers on {there}"]
    return []


def _said(body: bytes) -> list[str]:
    try:
        return [str(fault) for fault in json.loads(body)["faults"]]
    except (ValueError, KeyError, TypeError):
        return ["another program answers there"]
