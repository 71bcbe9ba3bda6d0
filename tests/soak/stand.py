"""The publishers' site of a day: every feed as it stands at the moment, and every page."""

import re
from collections import deque
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime
from hashlib import sha256
from html import escape

from aiohttp import web

from tests.soak.edition import Piece

HOSTS = 50
LISTED = 20
"""So many articles are in a feed."""
_SENTENCE = re.compile(r"(?<=[.!?])\s+")


@dataclass
class Newsstand:
    """All feeds and pages as they stand at the moment."""

    hosts: Sequence[str]
    """Where feeds are served, such as http://127.0.1.1:8000, in turns."""
    full: float = 0.0
    """So large a share of the feeds has whole articles in it; the others have teasers."""
    listed: dict[int, deque[Piece]] = field(default_factory=dict)
    pages: dict[int, Piece] = field(default_factory=dict)
    _written: dict[int, tuple[bytes, str]] = field(default_factory=dict)

    def feed_url(self, feed: int) -> str:
        """Return where a feed is."""
        return f"{self.hosts[feed % len(self.hosts)]}/feed/{feed}.xml"

    def url(self, piece: Piece) -> str:
        """Return where an article is."""
        return f"{self.hosts[piece.feed % len(self.hosts)]}/article/{piece.number}.html"

    def is_full(self, feed: int) -> bool:
        """Tell whether a feed has whole articles in it."""
        return feed % 100 < self.full * 100

    def put(self, piece: Piece) -> None:
        """Have an article appear."""
        self.listed.setdefault(piece.feed, deque(maxlen=LISTED)).appendleft(piece)
        self.pages[piece.number] = piece
        self._written.pop(piece.feed, None)

    def feed(self, feed: int) -> tuple[bytes, str]:
        """Return a feed and its validator."""
        if feed not in self._written:
            items = "".join(self._item(each) for each in self.listed.get(feed, ()))
            body = (
                f"<rss version='2.0'><channel><title>Blatt {feed}</title>{items}</channel></rss>"
            ).encode()
            self._written[feed] = body, f'"{sha256(body).hexdigest()[:16]}"'
        return self._written[feed]

    def page(self, number: int) -> bytes:
        """Return an article's page."""
        piece = self.pages[number]
        sentences = _SENTENCE.split(piece.text)
        text = "".join(
            f"<p>{escape(' '.join(sentences[at : at + 2]))}</p>"
            for at in range(0, len(sentences), 2)
        )
        return (
            f"<html lang=de><head><title>{escape(piece.title)}</title></head><body>"
            f"<nav><a href='/'>Start</a> <a href='/politik'>Politik</a></nav><main><article>"
            f"<h1>{escape(piece.title)}</h1>{text}</article></main>"
            "<footer>Impressum · Datenschutz</footer></body></html>"
        ).encode()

    def _item(self, piece: Piece) -> str:
        said = piece.text if self.is_full(piece.feed) else _SENTENCE.split(piece.text)[0]
        return (
            f"<item><guid isPermaLink='false'>{piece.number}</guid>"
            f"<title>{escape(piece.title)}</title><link>{self.url(piece)}</link>"
            f"<pubDate>{format_datetime(piece.at)}</pubDate>"
            f"<description>{escape(said)}</description></item>"
        )


@asynccontextmanager
async def site(
    asked: dict[int, datetime], now: Callable[[], datetime], full: float
) -> AsyncIterator[Newsstand]:
    """Open the publishers' site: one server, many hosts."""
    stand = Newsstand([], full)

    async def feed(request: web.Request) -> web.Response:
        number = int(request.match_info["number"])
        asked[number] = now()
        body, tag = stand.feed(number)
        # Two of five have no validators.
        headers = {"ETag": tag} if number % 5 > 1 else {}
        if headers and request.headers.get("If-None-Match") == tag:
            return web.Response(status=304, headers=headers)
        return web.Response(body=body, content_type="application/rss+xml", headers=headers)

    async def page(request: web.Request) -> web.Response:
        body = stand.page(int(request.match_info["number"]))
        return web.Response(body=body, content_type="text/html", charset="utf-8")

    application = web.Application()
    application.router.add_get(r"/feed/{number:\d+}.xml", feed)
    application.router.add_get(r"/article/{number:\d+}.html", page)
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "0.0.0.0", 0).start()  # every 127.x.y.z is a host
    port = runner.addresses[0][1]
    stand.hosts = [f"http://127.0.1.{number + 1}:{port}" for number in range(HOSTS)]
    try:
        yield stand
    finally:
        await runner.cleanup()
