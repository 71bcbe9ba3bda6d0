"""Politeness and patience per host: one request at a time, a gap between two, urgent ones first.

A host that is dead, or that asks to be left alone, is held: no request is made to it until then.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from heapq import heapify, heappop, heappush
from itertools import count

from bot.errors import Held, NoSuchHost, Refused, Unreachable
from bot.model import Rank

HOLD = timedelta(seconds=60)
"""How long a host that could not be connected to is left alone."""
FAIR = 4
"""Every so many turns somebody is first who has waited long: feeds must not starve pages."""
MANY = 1_000
"""From so many hosts on, those without a request are forgotten."""


class HostDown(Unreachable):
    """There is no connection to the host at all: the next request would fail as well."""


class NameDown(HostDown, NoSuchHost):
    """The host's name does not resolve."""


class Overrun(Refused):
    """The host asks for less: a 429, or a 503 that says when to come back."""

    def __init__(self, refused: Refused, host: str, port: int | None) -> None:
        super().__init__(refused.status, refused.retry_after)
        self.host = host, port

    @property
    def hold(self) -> timedelta:
        """How long the host is left alone."""
        return self.retry_after or HOLD


class _Lane:
    """The requests to one host: who has the turn, and who waits for it, by rank and arrival."""

    def __init__(self, gap: float) -> None:
        self._gap = gap
        self._taken = False
        self._waiting: list[tuple[Rank, int, asyncio.Future[None]]] = []
        self._arrivals = count()
        self._turns = count()
        self._timer: asyncio.TimerHandle | None = None
        self.free_at = 0.0

    @property
    def in_use(self) -> bool:
        return self._taken or bool(self._waiting) or self.free_at > _now()

    async def take(self, rank: Rank) -> None:
        """Wait for the turn."""
        if not (self._taken or self._waiting) and self.free_at <= _now():
            self._taken = True
            return
        turn = asyncio.get_running_loop().create_future()
        heappush(self._waiting, (rank, next(self._arrivals), turn))
        if not self._taken and self._timer is None:
            self._next_at(self.free_at)
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self.give_back(asked=False)
            raise

    def give_back(self, *, asked: bool) -> None:
        """End the turn: after a request the next one is a gap later, who did without has none."""
        self._taken = False
        if asked:
            self.free_at = _now() + self._gap
        if self._waiting:
            self._next_at(self.free_at)

    def _next_at(self, moment: float) -> None:
        # Who is next is only decided then: what is urgent may still come.
        if moment <= _now():
            self._next()
        else:
            self._timer = asyncio.get_running_loop().call_at(moment, self._next)

    def _next(self) -> None:
        self._timer = None
        while self._waiting and not self._taken:
            turn = self._chosen()
            if not turn.done():
                self._taken = True
                turn.set_result(None)

    def _chosen(self) -> "asyncio.Future[None]":
        """Take out whose turn it is: the most urgent, but now and then who has waited longest."""
        is_news = self._waiting[0][0] is Rank.NEWS
        if is_news or next(self._turns) % FAIR != FAIR - 1:
            return heappop(self._waiting)[2]
        oldest = min(range(len(self._waiting)), key=lambda at: self._waiting[at][1])
        turn = self._waiting.pop(oldest)[2]
        heapify(self._waiting)
        return turn


class Hosts:
    """Gives each host's requests their turn. Times are the event loop's."""

    def __init__(self, gap: timedelta) -> None:
        """Wait `gap` between the end of a request and the next one to the same host."""
        self._gap = gap.total_seconds()
        self._many = MANY
        self._lanes: dict[str, _Lane] = {}
        self._down: dict[tuple[str, int | None], tuple[float, HostDown | Overrun]] = {}

    @asynccontextmanager
    async def turn(
        self, host: str, port: int | None, rank: Rank = Rank.FEED
    ) -> AsyncIterator[None]:
        """Wait for the host's turn, however long it takes, and hold it.

        Args:
            host: its name or address.
            port: what is dead or held is one port; the turn is the whole host's.
            rank: who goes first of those that wait.

        Raises:
            Unreachable: a connection to this host and port failed less than 60 s ago.
            Held: it asked to be left alone for a time that is not over.
        """
        self._check(host, port)
        lane = self._lane(host)
        await lane.take(rank)
        asked = False
        try:
            self._check(host, port)
            asked = True
            yield
        except (HostDown, Overrun) as error:
            hold = error.hold if isinstance(error, Overrun) else HOLD
            self._down[host, port] = (_now() + hold.total_seconds(), error)
            raise
        finally:
            lane.give_back(asked=asked)

    def _check(self, host: str, port: int | None) -> None:
        until, error = self._down.get((host, port), (0.0, None))
        if error is None or _now() >= until:
            return
        if isinstance(error, Overrun):
            raise Held(host, timedelta(seconds=until - _now()))
        kind = NoSuchHost if isinstance(error, NoSuchHost) else Unreachable
        raise kind(str(error))

    def _lane(self, host: str) -> _Lane:
        if len(self._lanes) + len(self._down) >= self._many:
            self._forget()
            # Not again with the next request, where all of them are in use.
            self._many = max(MANY, 2 * (len(self._lanes) + len(self._down)))
        lane = self._lanes.get(host)
        if lane is None:
            lane = self._lanes[host] = _Lane(self._gap)
        return lane

    def _forget(self) -> None:
        now = _now()
        self._lanes = {host: lane for host, lane in self._lanes.items() if lane.in_use}
        self._down = {place: down for place, down in self._down.items() if down[0] > now}


def _now() -> float:
    return asyncio.get_running_loop().time()
