"""Fetches feeds and pages: conditional GET within limits of size and time, redirects by hand."""

import asyncio
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from typing import NamedTuple, Self
from urllib.parse import urljoin

import aiohttp
from yarl import URL

from bot.errors import NotAllowed, Refused, Unreachable
from bot.model import Rank, Validators
from bot.net.answers import PAGE, UNCONDITIONAL, Fetched, Limits, conditions, read
from bot.net.bodies import ACCEPTED
from bot.net.failures import explained
from bot.net.guard import Guard
from bot.net.hosts import Hosts, Overrun

MAX_REDIRECTS = 5
REDIRECTS = frozenset({301, 302, 303, 307, 308})
PERMANENT = frozenset({301, 308})
CONNECT = timedelta(seconds=10)
"""For the name, the connection and TLS together."""


class _Redirect(NamedTuple):
    location: str
    permanent: bool


class Fetcher:
    """The HTTP client. Connects on the first `get`; needs `close` in the end."""

    def __init__(
        self,
        *,
        allow: Iterable[str] = (),
        user_agent: str = "Ausguck",
        contact: str = "",
        per_host_gap: timedelta = timedelta(seconds=2),
        concurrency: int = 20,
    ) -> None:
        """Set the manners.

        Args:
            allow: networks (CIDRs) that may be fetched from although they are private.
            user_agent: how the bot introduces itself.
            contact: an address for those who mind being fetched from; may be empty.
            per_host_gap: between two requests to the same host.
            concurrency: the most requests at a time.
        """
        self._guard = Guard(allow)
        self._hosts = Hosts(per_host_gap)
        self._slots = asyncio.Semaphore(concurrency)
        self._introduction = f"{user_agent} (+{contact})" if contact else user_agent
        self._session: aiohttp.ClientSession | None = None
        self._closed = False

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def close(self) -> None:
        """Close the connections; what is fetched from then on is unreachable."""
        self._closed = True
        if self._session:
            await self._session.close()
            self._session = None

    async def page(self, url: str, rank: Rank = Rank.FEED) -> Fetched:
        """Get a page, within a page's limits; raises what `get` raises."""
        return await self.get(url, limits=PAGE, rank=rank)

    async def get(
        self,
        url: str,
        *,
        limits: Limits,
        validators: Validators = UNCONDITIONAL,
        rank: Rank = Rank.FEED,
    ) -> Fetched:
        """Get a feed or a page.

        Args:
            url: http or https.
            limits: what it may cost.
            validators: of the last answer; with them the status may be 304.
            rank: who goes first of those that wait for the same host.

        Raises:
            Unreachable: no connection or no complete answer in time, or the host is held.
            Refused: a status that is no success.
            NotAllowed: a private address, another scheme, or redirects that are not followed.
            TooBig: a body larger than the limit.
        """
        target, moved_to, permanent = _target(url), None, True
        left = limits.deadline.total_seconds()
        for _ in range(MAX_REDIRECTS + 1):
            async with self._hosts.turn(target.host or "", target.port, rank), self._slots:
                began = asyncio.get_running_loop().time()
                try:
                    async with asyncio.timeout(left):
                        answer = await self._exchange(target, validators, limits)
                except TimeoutError:
                    raise Unreachable(f"{target.host} took too long to answer") from None
                left -= asyncio.get_running_loop().time() - began
            if isinstance(answer, Fetched):
                return replace(answer, moved_to=moved_to) if moved_to else answer
            target = _next(target, answer.location)
            permanent = permanent and answer.permanent
            moved_to = str(target.with_fragment(None)) if permanent else moved_to
        raise NotAllowed(f"more than {MAX_REDIRECTS} redirects")

    async def _exchange(
        self, url: URL, validators: Validators, limits: Limits
    ) -> Fetched | _Redirect:
        """Make one request; return its answer, or where it redirects to."""
        try:
            async with self._client().get(
                url, headers=conditions(validators), allow_redirects=False
            ) as response:
                location = response.headers.get("Location")
                if response.status in REDIRECTS and location:
                    return _Redirect(location, response.status in PERMANENT)
                return await read(response, validators, limits)
        except Refused as error:
            raise _overrun(error, url) or error from None
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise explained(error, url.host or "") from None

    def _client(self) -> aiohttp.ClientSession:
        if self._closed:
            raise Unreachable("the fetcher is closed")
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=0, socket_factory=self._guard.open_socket),
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": self._introduction, "Accept-Encoding": ACCEPTED},
                timeout=aiohttp.ClientTimeout(total=None, connect=CONNECT.total_seconds()),
                trust_env=False,
                auto_decompress=False,
            )
        return self._session


def _overrun(error: Refused, url: URL) -> Overrun | None:
    """Return the error that holds the whole host, if that is what the answer asks for.

    A 503 that names no time is the hiccup of one page; a 429 always means the host.
    """
    overrun = error.status == 429 or (error.status == 503 and error.retry_after)
    return Overrun(error, url.host or "", url.port) if overrun else None


def _target(url: str) -> URL:
    try:
        target = URL(url.strip())
        usable = target.scheme in ("http", "https") and bool(target.host)
    except ValueError:
        usable = False
    if not usable:
        raise NotAllowed("only http and https addresses are fetched")
    return target


def _next(current: URL, location: str) -> URL:
    try:
        target = _target(urljoin(str(current), location))
    except ValueError:
        raise NotAllowed("a redirect to what is no address") from None
    if current.scheme == "https" and target.scheme == "http":
        raise NotAllowed("a redirect from https to http")
    return target
