"""Politeness and patience per host: one request at a time, a gap between two.

A host that is dead, or that asks to be left alone, is held: no request is made to it until then.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta

from bot.errors import Refused, Unreachable

HOLD = timedelta(seconds=60)
"""How long a host that could not be connected to is left alone."""
MANY = 1_000
"""From so many hosts on, those without a request are forgotten."""


class HostDown(Unreachable):
    """There is no connection to the host at all: the next request would fail as well."""


class Overrun(Refused):
    """The host asks for less: a 429, or a 503 that says when to come back."""

    def __init__(self, refused: Refused, host: str, port: int | None) -> None:
        super().__init__(refused.status, refused.retry_after)
        self.host = host, port

    @property
    def hold(self) -> timedelta:
        """How long the host is left alone."""
        return self.retry_after or HOLD


class Held(Unreachable):
    """The host is left alone, as it asked for: nothing was requested, nothing has failed."""

    def __init__(self, host: str, left: timedelta) -> None:
        minutes = max(1, round(left / timedelta(minutes=1)))
        super().__init__(f"{host} asked to be left alone; {minutes} min of that are left")
        self.left = left


@dataclass(slots=True)
class _Lane:
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    users: int = 0
    free_at: float = 0.0


class Hosts:
    """Gives each host's requests their turn. Times are the event loop's."""

    def __init__(self, gap: timedelta) -> None:
        """Wait `gap` between the end of a request and the next one to the same host."""
        self._gap = gap.total_seconds()
        self._lanes: dict[str, _Lane] = {}
        self._down: dict[tuple[str, int | None], tuple[float, HostDown | Overrun]] = {}

    @asynccontextmanager
    async def turn(self, host: str, port: int | None) -> AsyncIterator[None]:
        """Wait for the host's turn, however long it takes, and hold it.

        Raises:
            Unreachable: a connection to this host and port failed less than 60 s ago.
            Held: it asked to be left alone for a time that is not over.
        """
        self._check(host, port)
        lane = self._lane(host)
        lane.users += 1
        try:
            async with lane.turn:
                self._check(host, port)
                await asyncio.sleep(max(0.0, lane.free_at - _now()))
                try:
                    yield
                except (HostDown, Overrun) as error:
                    hold = error.hold if isinstance(error, Overrun) else HOLD
                    self._down[host, port] = (_now() + hold.total_seconds(), error)
                    raise
                finally:
                    lane.free_at = _now() + self._gap
        finally:
            lane.users -= 1

    def _check(self, host: str, port: int | None) -> None:
        until, error = self._down.get((host, port), (0.0, None))
        if error is None or _now() >= until:
            return
        if isinstance(error, Overrun):
            raise Held(host, timedelta(seconds=until - _now()))
        raise Unreachable(str(error))

    def _lane(self, host: str) -> _Lane:
        if len(self._lanes) + len(self._down) >= MANY:
            self._forget()
        return self._lanes.setdefault(host, _Lane())

    def _forget(self) -> None:
        now = _now()
        self._lanes = {
            host: lane for host, lane in self._lanes.items() if lane.users or lane.free_at > now
        }
        self._down = {place: down for place, down in self._down.items() if down[0] > now}


def _now() -> float:
    return asyncio.get_running_loop().time()
