"""Bodies are unpacked within a cap, and the beginning of a feed's is of use."""

import asyncio
import gc
import random
import sys
import zlib
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import brotli
import pytest
import pytest_asyncio

from bot.errors import TooBig, Unreachable
from bot.model import Validators
from bot.net import FEED, PAGE, Fetcher, Limits
from bot.net.bodies import Body
from bot.net.unpacking import MAX_MEMBERS, PIECE
from bot.workers import Workers
from tests.hostile_kit import SOON, Hostile, hostile, reply, zeros, zipped

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

SMALL = Limits(1_000, timedelta(seconds=5))
TEXT = b"hallo " * 20
MEGABYTE = 1_000_000


@pytest.fixture
async def evil() -> AsyncIterator[Hostile]:
    async with hostile() as evil:
        yield evil


@pytest.fixture
async def fetcher() -> AsyncIterator[Fetcher]:
    async with Fetcher(allow=["127.0.0.0/8"], per_host_gap=timedelta(0)) as fetcher:
        yield fetcher


def bare(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


def gzip_zeros(megabytes: int) -> bytes:
    """So many megabytes of nothing, without an end."""
    packer = zlib.compressobj(9, wbits=-15)
    one = packer.compress(bytes(MEGABYTE)) + packer.flush(zlib.Z_FULL_FLUSH)
    return zipped(b"")[:10] + one * megabytes


def br(data: bytes) -> bytes:
    packed: bytes = brotli.compress(data)
    return packed


def zst(data: bytes) -> bytes:
    return zstd.compress(data)


@cache
def br_zeros(megabytes: int) -> bytes:
    """So many megabytes of nothing."""
    packer = brotli.Compressor(quality=3, lgwin=24)
    packed: list[bytes] = [packer.process(bytes(MEGABYTE)) for _ in range(megabytes)]
    return b"".join([*packed, packer.finish()])


def zstd_frame(*blocks: bytes, window: int = 17) -> bytes:
    """A frame of zstd, written by hand, that asks to look back 2 ** window bytes."""
    return b"\x28\xb5\x2f\xfd\0" + bytes([(window - 10) << 3]) + b"".join(blocks)


def raw(data: bytes, *, last: bool = True) -> bytes:
    """A block as it is."""
    return (len(data) << 3 | last).to_bytes(3, "little") + data


def zstd_zeros(megabytes: int) -> bytes:
    """So many megabytes of nothing: each block says "131,072 times this byte" in four."""
    repeated = (131_072 << 3 | 1 << 1).to_bytes(3, "little") + b"\0"
    return zstd_frame(repeated * (megabytes * MEGABYTE // 131_072), raw(b""))


def skippable(data: bytes) -> bytes:
    """A frame that is to be skipped."""
    return b"\x5a\x2a\x4d\x18" + len(data).to_bytes(4, "little") + data


def flushed(data: bytes) -> bytes:
    """As zstd, with an end of the data that can be told from the end of the frame."""
    packer = zstd.ZstdCompressor()
    return packer.compress(data, packer.FLUSH_BLOCK) + packer.flush()


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("", TEXT),
        ("identity", TEXT),
        ("gzip", zipped(TEXT)),
        ("GZip", zipped(TEXT)),
        ("x-gzip", zipped(TEXT) + b"\0" * 9),
        ("gzip", zipped(TEXT[:50]) + zipped(TEXT[50:])),
        ("deflate", zlib.compress(TEXT)),
        ("deflate", bare(TEXT)),
        ("deflate, gzip", zipped(zlib.compress(TEXT))),
        ("gzip, identity, gzip", zipped(zipped(TEXT))),
        ("br", br(TEXT)),
        ("BR", br(TEXT)),
        ("zstd", zst(TEXT)),
        ("zstd", zst(TEXT[:50]) + zst(TEXT[50:])),
        ("zstd", skippable(b"who reads") + zst(TEXT) + skippable(b"this?")),
        ("zstd", zst(TEXT) + b"\0" * 9),
        ("br, zstd", zst(br(TEXT))),
        ("zstd, br", br(zst(TEXT))),
        ("zstd, br, gzip", zipped(br(zst(TEXT)))),
        ("gzip, br, zstd", zst(br(zipped(TEXT)))),
    ],
)
async def test_what_was_asked_for_is_unpacked(
    fetcher: Fetcher, evil: Hostile, encoding: str, body: bytes
) -> None:
    evil.serve("/", body, f"Content-Encoding: {encoding}")

    assert (await fetcher.get(evil.base + "/", limits=SMALL)).body == TEXT


@pytest.mark.parametrize("encoding", ["gzip", "br", "zstd", "zstd, br"])
async def test_an_empty_body_is_empty_however_it_is_packed(
    fetcher: Fetcher, evil: Hostile, encoding: str
) -> None:
    evil.serve("/", b"", f"Content-Encoding: {encoding}")

    assert (await fetcher.get(evil.base + "/", limits=PAGE)).body == b""


@pytest.mark.parametrize(
    "encoding", ["compress", "dcz", "gzip, dcb", "none", "br, gzip, br, gzip", "zstd," * 4]
)
async def test_what_was_not_asked_for_is_refused(
    fetcher: Fetcher, evil: Hostile, encoding: str
) -> None:
    evil.serve("/", TEXT, f"Content-Encoding: {encoding}")

    with pytest.raises(Unreachable, match="packed"):
        await fetcher.get(evil.base + "/", limits=FEED)


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("", b"x" * 1_001),
        ("gzip", zipped(b"x" * 1_001)),
        ("gzip, gzip", zipped(zipped(bytes(1_001)))),
        ("gzip, gzip", zipped(zeros(1))),
        ("gzip", zipped(b"") * 60),
        ("deflate", bare(b"x" * 1_001)),
        ("br", br(b"x" * 1_001)),
        ("zstd", zst(b"x" * 1_001)),
        ("zstd", zst(b"x" * 501) * 2),
        ("zstd", skippable(bytes(1_001))),
        ("br, zstd", zst(br(bytes(1_001)))),
        ("zstd, br", br(skippable(bytes(1_001)))),
    ],
)
async def test_more_than_the_cap_is_too_big_in_every_layer(
    fetcher: Fetcher, evil: Hostile, encoding: str, body: bytes
) -> None:
    evil.serve("/", body, f"Content-Encoding: {encoding}")

    with pytest.raises(TooBig, match=r"0\.001 MB"):
        await fetcher.get(evil.base + "/", limits=SMALL)


@pytest.mark.parametrize("cap", [1_000, PIECE, 3 * PIECE, MEGABYTE])
@pytest.mark.parametrize(("encoding", "pack"), [("gzip", zipped), ("br", br), ("zstd", zst)])
async def test_exactly_the_cap_is_not_too_big(
    fetcher: Fetcher, evil: Hostile, encoding: str, pack: Callable[[bytes], bytes], cap: int
) -> None:
    evil.serve("/", pack(b"x" * cap), f"Content-Encoding: {encoding}")

    fetched = await fetcher.get(evil.base + "/", limits=Limits(cap, SMALL.deadline))

    assert fetched.body == b"x" * cap


@pytest.mark.parametrize(
    ("encoding", "archive"),
    [("gzip", zipped(b"x")), ("zstd", zst(b"x")), ("zstd", skippable(b""))],
)
async def test_many_archives_in_a_row_are_too_many(
    fetcher: Fetcher, evil: Hostile, encoding: str, archive: bytes
) -> None:
    evil.serve("/", archive * (MAX_MEMBERS + 1), f"Content-Encoding: {encoding}")

    with pytest.raises(TooBig):
        await fetcher.get(evil.base + "/", limits=PAGE)


BOMBS: dict[str, tuple[str, Callable[[], bytes]]] = {
    "gzip": ("gzip", lambda: gzip_zeros(1_000)),
    "br": ("br", lambda: br_zeros(1_000)),
    "zstd": ("zstd", lambda: zstd_zeros(10_000)),
    "gzip in br": ("gzip, br", lambda: br(gzip_zeros(10_000))),
    "br in gzip": ("br, gzip", lambda: zipped(br_zeros(1_000))),
    "gzip in zstd": ("gzip, zstd", lambda: zst(gzip_zeros(10_000))),
    "zstd in gzip": ("zstd, gzip", lambda: zipped(zstd_zeros(10_000))),
    "br in zstd": ("br, zstd", lambda: zst(br_zeros(1_000))),
    "zstd in br": ("zstd, br", lambda: br(zstd_zeros(10_000))),
    "all in all": ("gzip, zstd, br", lambda: br(zst(gzip_zeros(10_000)))),
}
"""Up to 10 GB, most of them in less than 10 kB."""


def cut(packed: bytes, size: int) -> list[bytes]:
    """The pieces in which a body arrives."""
    return [packed[start : start + size] for start in range(0, len(packed), size)]


def collect(encoding: str, pieces: list[bytes], cap: int) -> tuple[bytes, bool]:
    """What comes of a body that arrives in these pieces, and whether it is whole."""

    async def arriving() -> AsyncIterator[bytes]:
        for piece in pieces:
            yield piece

    response: Any = SimpleNamespace(content=SimpleNamespace(iter_any=arriving))
    body = Body(encoding, cap)
    whole = asyncio.run(body.read(response))
    return body.collected, whole


def peak() -> int:
    """The most memory this process ever held; `getrusage` counts its parent's in."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) * 1024


@cache
def peak_before() -> int:
    collect("zstd, br, gzip", [zipped(br(zst(TEXT)))], FEED.size)
    return peak()


def cost_of_a_bomb(encoding: str, packed: bytes) -> tuple[str, int]:
    """Return what is said of it, and the memory that it took; to be run in a worker."""
    before = peak_before()
    gc.collect()  # a loop that ended with an error goes in circles
    try:
        collect(encoding, cut(packed, PIECE), FEED.size)
    except TooBig as error:
        return str(error), peak() - before
    return "nothing", 0


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def workers() -> AsyncIterator[Workers]:
    workers = Workers(limit=1)
    yield workers
    await workers.close()


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize(("encoding", "bomb"), BOMBS.values(), ids=BOMBS)
async def test_a_bomb_costs_no_more_memory_than_the_cap_and_windows(
    workers: Workers, encoding: str, bomb: Callable[[], bytes]
) -> None:
    said, cost = await workers.run(cost_of_a_bomb, encoding, bomb(), deadline=SOON)

    assert said == "more than 10 MB"
    assert cost < FEED.size + 30 * MEGABYTE


async def test_a_bomb_of_nothing_does_not_hold_up_the_others(
    fetcher: Fetcher, evil: Hostile
) -> None:
    empty_blocks = b"\x0c" + b"\x06" * 9_900_000
    evil.serve("/", zst(zst(empty_blocks)), "Content-Encoding: br, zstd, zstd")

    with pytest.raises(Unreachable, match="too long"):
        await fetcher.get(evil.base + "/", limits=Limits(FEED.size, timedelta(seconds=0.05)))


async def test_what_is_unpacked_does_not_depend_on_how_it_arrives() -> None:
    text = random.Random(1).randbytes(100_000) + bytes(300_000)
    packed = zipped(br(zst(text[:9]) + skippable(b"") + zst(text[9:])))

    for size in (1, 7, 1_000, 1_000_000):
        pieces = cut(packed, size)
        assert await asyncio.to_thread(collect, "zstd, br, gzip", pieces, MEGABYTE) == (text, True)


BR = "Content-Encoding: br"
BROKEN = {
    "length": reply(TEXT, 'ETag: "1"', "Content-Length: 500"),
    "gzip cut": reply(zipped(TEXT * 9)[:-12], 'ETag: "1"', "Content-Encoding: gzip"),
    "br cut": reply(br(random.Random(1).randbytes(9).join([TEXT] * 9))[:-1], 'ETag: "1"', BR),
    "zstd cut": reply(flushed(TEXT)[:-1], 'ETag: "1"', "Content-Encoding: zstd"),
    "zstd cut in its second frame": reply(
        zst(TEXT) + flushed(TEXT)[:-1], 'ETag: "1"', "Content-Encoding: zstd"
    ),
    "chunk": b'HTTP/1.1 200 OK\r\nETag: "1"\r\nTransfer-Encoding: chunked\r\n\r\n8\r\nhallo ha\r\n',
}


@pytest.mark.parametrize("answer", BROKEN.values(), ids=BROKEN)
async def test_the_beginning_of_a_feed_is_of_use_and_leaves_no_validators(
    fetcher: Fetcher, evil: Hostile, answer: bytes
) -> None:
    evil.answers["/"] = [answer]

    fetched = await fetcher.get(evil.base + "/", limits=FEED)

    assert fetched.body.startswith(b"hallo ha")
    assert fetched.validators == Validators()


@pytest.mark.parametrize("answer", BROKEN.values(), ids=BROKEN)
async def test_the_beginning_of_a_page_is_of_none(
    fetcher: Fetcher, evil: Hostile, answer: bytes
) -> None:
    evil.answers["/"] = [answer]

    with pytest.raises(Unreachable, match="broke off"):
        await fetcher.get(evil.base + "/", limits=PAGE)


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "zstd", "br, zstd"])
async def test_what_is_not_what_it_says_to_be_packed_as_is_unreadable(
    fetcher: Fetcher, evil: Hostile, encoding: str
) -> None:
    evil.serve("/", b"not packed at all", f"Content-Encoding: {encoding}")

    with pytest.raises(Unreachable, match="cannot be read"):
        await fetcher.get(evil.base + "/", limits=FEED)


async def test_what_follows_the_end_of_brotli_breaks_it(fetcher: Fetcher, evil: Hostile) -> None:
    evil.answers["/one"] = [reply(br(TEXT) + b"\0", BR)]
    evil.answers["/two"] = [reply(br(TEXT), BR, f"Content-Length: {len(br(TEXT)) + 1}"), b"\0"]

    for path in ("/one", "/two"):
        with pytest.raises(Unreachable, match="cannot be read"):
            await fetcher.get(evil.base + path, limits=PAGE)


async def test_zstd_may_look_back_eight_megabytes_and_no_more(
    fetcher: Fetcher, evil: Hostile
) -> None:
    evil.serve("/", zstd_frame(raw(TEXT), window=23), "Content-Encoding: zstd")
    evil.serve("/far", zstd_frame(raw(TEXT), window=24), "Content-Encoding: zstd")
    evil.serve("/farther", zstd_frame(raw(TEXT), window=41), "Content-Encoding: zstd")

    assert (await fetcher.get(evil.base + "/", limits=PAGE)).body == TEXT
    for path in ("/far", "/farther"):
        with pytest.raises(Unreachable, match="cannot be read"):
            await fetcher.get(evil.base + path, limits=PAGE)


async def test_an_unchanged_answer_has_no_body_to_be_packed(
    fetcher: Fetcher, evil: Hostile
) -> None:
    evil.answers["/"] = [reply(b"", "Content-Encoding: br", status="304 Not Modified")]

    fetched = await fetcher.get(evil.base + "/", limits=FEED, validators=Validators('"1"'))

    assert fetched.status == 304


def test_a_layer_too_many_is_refused_before_anything_is_read() -> None:
    with pytest.raises(Unreachable, match="4 times"):
        Body("gzip," * 4, 10)
