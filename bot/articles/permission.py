"""Whether a site lets robots read a page: its robots.txt and its reservations, kept for a day."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol
from urllib.parse import urlsplit

from bot.articles.reserved import ADDRESS, Reservation, is_reserved, reservations
from bot.articles.robots import ALL, NOTHING, Rules, allowed, rules_for
from bot.errors import Held, NotAllowed, Refused, SourceError, Unreachable
from bot.model import Rank

KEPT = timedelta(hours=24)
ASKED_AGAIN = timedelta(minutes=1)
"""After a failure that passes: the pages of a site that wait should not all ask for it anew."""
MANY = 1_000
"""Sites that are known at a time; the one that was asked for longest ago is forgotten first."""


class Page(Protocol):
    """A page as it was fetched; `bot.net.Fetched` is one."""

    @property
    def url(self) -> str:
        """Its address after redirects."""

    @property
    def body(self) -> bytes:
        """Decompressed."""

    @property
    def tdm_reservation(self) -> str:
        """The header of this name; may be empty."""

    @property
    def content_type(self) -> str:
        """The HTTP header as it came; may be empty."""


class Pages(Protocol):
    """Where pages come from; `bot.net.Fetcher` is one."""

    async def page(self, url: str, rank: Rank = Rank.FEED) -> Page:
        """Fetch a page within the limits of one; raises SourceError."""


@dataclass(slots=True)
class _Site:
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    until: datetime | None = None
    rules: Rules = ALL
    reservations: tuple[Reservation, ...] = ()
    failure: str = ""


class Permission:
    """Asks sites and remembers what they said."""

    def __init__(self, fetcher: Pages, agent: str, now: Callable[[], datetime]) -> None:
        """Ask nobody yet.

        Args:
            fetcher: has the manners of the other requests.
            agent: the product token that robots.txt may name.
            now: the clock.
        """
        self._fetcher = fetcher
        self._agent = agent
        self._now = now
        self._sites: dict[str, _Site] = {}

    async def check(self, url: str) -> None:
        """Return where the page at an http(s) address may be read.

        Raises:
            NotAllowed: robots.txt or a reservation says no, or robots.txt is itself forbidden.
            Unreachable: robots.txt cannot be had for a reason that passes.
            Held: the site asked to be left alone.
        """
        parts = urlsplit(url)
        site = self._site(f"{parts.scheme}://{parts.netloc}")
        async with site.turn:
            if site.until is None or site.until <= self._now():
                await self._ask(site, f"{parts.scheme}://{parts.netloc}")
        if site.failure:
            raise Unreachable(f"robots.txt: {site.failure}")
        if not allowed(site.rules, url):
            raise NotAllowed(f"robots.txt of {parts.hostname} forbids it")
        if is_reserved(site.reservations, url):
            raise NotAllowed(f"{parts.hostname} reserves it from text and data mining")

    def _site(self, origin: str) -> _Site:
        site = self._sites.pop(origin, None) or _Site()
        self._sites[origin] = site  # the last one is the one last asked for
        while len(self._sites) > MANY:
            self._sites.pop(next(iter(self._sites)))
        return site

    async def _ask(self, site: _Site, origin: str) -> None:
        try:
            site.rules = await self._rules(f"{origin}/robots.txt")
        except Held:
            raise
        except SourceError as error:
            site.failure, site.until = str(error), self._now() + ASKED_AGAIN
            return
        site.reservations = () if site.rules == NOTHING else await self._reservations(origin)
        site.failure, site.until = "", self._now() + KEPT

    async def _rules(self, url: str) -> Rules:
        """Read robots.txt; a missing one allows everything, a forbidden one nothing."""
        try:
            return rules_for((await self._fetcher.page(url)).body, self._agent)
        except SourceError as error:
            if error.passing:
                raise
            forbidden = isinstance(error, Refused) and error.status in {401, 403}
            return NOTHING if forbidden else ALL

    async def _reservations(self, origin: str) -> tuple[Reservation, ...]:
        """Read the reservations; few sites have any, and one that fails to tell has none."""
        try:
            return reservations((await self._fetcher.page(origin + ADDRESS)).body)
        except SourceError:
            return ()
