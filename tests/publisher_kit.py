"""A publisher's site on the loopback interface: feeds, pages, and whatever else it answers."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime
from html import escape

from aiohttp import web

FILLER = (
    "Der Reporter beschreibt die Lage vor Ort ausführlich und nennt mehrere Zeugen. "
    "Am Nachmittag wurde bekannt, dass weitere Einzelheiten erst später folgen sollen. "
)


@dataclass
class Answer:
    """What a path of the site answers."""

    body: bytes = b""
    status: int = 200
    content_type: str = "text/html; charset=utf-8"
    etag: str = ""
    headers: dict[str, str] = field(default_factory=dict)


def page(text: str, title: str = "Titel der Seite") -> Answer:
    """A page with an article on it, long enough to be found."""
    paragraphs = "".join(f"<p>{escape(text)} {FILLER}</p>" for _ in range(4))
    html = f"<html lang=de><title>{title}</title><article><h1>{title}</h1>{paragraphs}</article>"
    return Answer(html.encode())


def short(text: str, head: str = "") -> Answer:
    """A page with one paragraph."""
    article = f"<article><h1>Titel</h1><p>{text}</p></article>"
    return Answer(f"<html lang=de><head>{head}</head><body>{article}</body></html>".encode())


@dataclass
class Item:
    """An entry in a feed; `link` is a path of the site."""

    key: str
    title: str = "Eine Meldung"
    teaser: str = ""
    dated: datetime | None = None
    link: str | None = None


def rss(base: str, items: list[Item]) -> bytes:
    """The feed as the publisher writes it."""
    written = []
    for item in items:
        date = f"<pubDate>{format_datetime(item.dated)}</pubDate>" if item.dated else ""
        link = escape(base + (item.link or f"/{item.key}"))
        written.append(
            f"<item><guid isPermaLink='false'>{item.key}</guid><link>{link}</link>{date}"
            f"<title>{escape(item.title)}</title><description>{escape(item.teaser)}</description>"
            "</item>"
        )
    return (
        f"<rss version='2.0'><channel><title>F</title>{''.join(written)}</channel></rss>".encode()
    )


@dataclass
class Site:
    """A publisher on the loopback interface."""

    base: str = ""
    answers: dict[str, Answer] = field(default_factory=dict)
    asked: Counter[str] = field(default_factory=Counter)
    held: set[str] = field(default_factory=set)
    """Paths that do not answer before they are released."""
    _released: asyncio.Event = field(default_factory=asyncio.Event)

    def release(self, path: str) -> None:
        self.held.discard(path)
        self._released.set()

    async def answer(self, request: web.Request) -> web.Response:
        self.asked[request.path] += 1
        while request.path in self.held:
            await self._released.wait()
        known = self.answers.get(request.path, Answer(status=404))
        headers = {"Content-Type": known.content_type, **known.headers}
        if known.etag:
            headers["ETag"] = known.etag
            if request.headers.get("If-None-Match") == known.etag:
                return web.Response(status=304, headers=known.headers)
        return web.Response(status=known.status, body=known.body, headers=headers)


@asynccontextmanager
async def publisher() -> AsyncIterator[Site]:
    """Open a site on a free port."""
    site = Site()
    application = web.Application()
    application.router.add_get("/{path:.*}", site.answer)
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    site.base = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield site
    finally:
        await runner.cleanup()
