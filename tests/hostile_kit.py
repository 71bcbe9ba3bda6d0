"""A publisher that means harm: what it writes to the socket is the test's choice, byte for byte."""

import asyncio
import contextlib
import gzip
import resource
import zlib
from collections import Counter
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from bot.pipeline import Polled
from bot.workers import Workers
from tests.pipeline_kit import World, a_world
from tests.publisher_kit import Item, rss
from tests.store_kit import MINUTE

RSS = "application/rss+xml"
HTML = "text/html; charset=utf-8"
HEADLINE = "Nordkorea rüstet"


@dataclass
class Hostile:
    """The publisher: what it answers on which path, and what it was asked."""

    base: str = ""
    answers: dict[str, Iterable[bytes]] = field(default_factory=dict)
    """What is written to the socket, piece by piece; then the connection is closed."""
    asked: Counter[str] = field(default_factory=Counter)
    heads: list[str] = field(default_factory=list)
    """The requests as they came."""

    def serve(self, path: str, body: bytes, *headers: str, kind: str = RSS) -> None:
        """Answer a path honestly, unless the headers lie."""
        self.answers[path] = [reply(body, f"Content-Type: {kind}", *headers)]

    def redirect(self, path: str, location: str, status: str = "302 Found") -> None:
        """Send on whoever asks for a path."""
        self.answers[path] = [reply(b"", f"Location: {location}", status=status)]

    def head(self, path: str) -> str:
        """Return the last request for a path, up to its body."""
        return next(head for head in reversed(self.heads) if head.split(" ", 2)[1] == path)

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            path = head.split(" ", 2)[1]
            self.heads.append(head)
            self.asked[path] += 1
            for piece in self.answers.get(path, [reply(b"", status="404 Not Found")]):
                writer.write(piece)
                await writer.drain()
                await asyncio.sleep(0)
        writer.close()


def reply(body: bytes, *headers: str, status: str = "200 OK") -> bytes:
    """An answer, with the body's length unless the headers name one."""
    told = any(header.startswith("Content-Length") for header in headers)
    length = [] if told else [f"Content-Length: {len(body)}"]
    lines = [f"HTTP/1.1 {status}", *headers, *length, "Connection: close", "", ""]
    return "\r\n".join(lines).encode() + body


def unending(start: bytes, pieces: Iterable[bytes], *headers: str) -> Iterable[bytes]:
    """An answer of no declared length."""
    yield "\r\n".join(["HTTP/1.1 200 OK", *headers, "Connection: close", "", ""]).encode() + start
    yield from pieces


def zipped(body: bytes, level: int = 9) -> bytes:
    """As gzip, the same bytes whenever it is made: tests are named by them."""
    return gzip.compress(body, level, mtime=0)


def zeros(megabytes: int, windows: int = 31) -> bytes:
    """So many megabytes of nothing, as gzip unless told otherwise."""
    packer = zlib.compressobj(9, wbits=windows)
    return b"".join(packer.compress(bytes(1_000_000)) for _ in range(megabytes)) + packer.flush()


def raw_rss(*items: str, head: str = "") -> bytes:
    """A feed of items as written here."""
    listed = "".join(f"<item>{item}</item>" for item in items)
    names = "xmlns:gml='http://www.opengis.net/gml'"
    channel = f"<channel><title>Z</title>{listed}</channel>"
    return f"{head}<rss version='2.0' {names}>{channel}</rss>".encode()


@dataclass
class Assault:
    """The bot's intake before such a publisher."""

    world: World
    evil: Hostile

    async def follow(self, *names: str) -> None:
        """Add feeds that were empty when they were polled first, a minute ago."""
        for name in names or ("feed",):
            self.evil.serve(f"/{name}.xml", raw_rss())
            await self.world.add_feed(name)
            await self.world.poll(name)
        self.world.now += MINUTE

    async def poll(self, body: bytes, *headers: str, kind: str = RSS) -> Polled:
        """Serve the feed like this, and poll it."""
        self.evil.serve("/feed.xml", body, *headers, kind=kind)
        self.world.now += MINUTE
        return await self.world.poll()

    async def poll_items(self, *items: Item) -> Polled:
        """Serve these items, and poll."""
        return await self.poll(rss(self.evil.base, list(items)))


@asynccontextmanager
async def hostile(host: str = "127.0.0.1") -> AsyncIterator[Hostile]:
    """Open such a publisher on a free port."""
    publisher = Hostile()
    server = await asyncio.start_server(publisher.talk, host, 0)
    publisher.base = f"http://{host}:{server.sockets[0].getsockname()[1]}"
    try:
        yield publisher
    finally:
        server.close()
        await server.wait_closed()


@asynccontextmanager
async def an_assault(folder: Path, workers: Workers) -> AsyncIterator[Assault]:
    """Everything real but the time."""
    async with a_world(folder, workers) as world, hostile() as evil:
        world.site.base = evil.base
        await world.subscribe("nordkorea")
        yield Assault(world, evil)


def peak() -> int:
    """Return the most bytes that this process ever held; to be run in a worker."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


SOON = timedelta(seconds=10)
