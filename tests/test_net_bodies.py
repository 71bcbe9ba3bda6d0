"""Bodies are unpacked within a cap, and the beginning of a feed's is of use."""

import zlib
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.errors import TooBig, Unreachable
from bot.model import Validators
from bot.net import FEED, PAGE, Fetcher, Limits
from bot.net.bodies import MAX_MEMBERS, Body
from tests.hostile_kit import Hostile, hostile, reply, zeros, zipped

SMALL = Limits(1_000, timedelta(seconds=5))
TEXT = b"hallo " * 20


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
    ],
)
async def test_what_was_asked_for_is_unpacked(
    fetcher: Fetcher, evil: Hostile, encoding: str, body: bytes
) -> None:
    evil.serve("/", body, f"Content-Encoding: {encoding}")

    assert (await fetcher.get(evil.base + "/", limits=SMALL)).body == TEXT


async def test_an_empty_body_is_empty_however_it_is_packed(fetcher: Fetcher, evil: Hostile) -> None:
    evil.serve("/", b"", "Content-Encoding: gzip")

    assert (await fetcher.get(evil.base + "/", limits=PAGE)).body == b""


@pytest.mark.parametrize("encoding", ["br", "zstd", "gzip, br", "none", "gzip, gzip, gzip, gzip"])
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
    ],
)
async def test_more_than_the_cap_is_too_big_in_every_layer(
    fetcher: Fetcher, evil: Hostile, encoding: str, body: bytes
) -> None:
    evil.serve("/", body, f"Content-Encoding: {encoding}")

    with pytest.raises(TooBig, match=r"0\.001 MB"):
        await fetcher.get(evil.base + "/", limits=SMALL)


async def test_exactly_the_cap_is_not_too_big(fetcher: Fetcher, evil: Hostile) -> None:
    evil.serve("/", zipped(b"x" * 1_000), "Content-Encoding: gzip")

    assert len((await fetcher.get(evil.base + "/", limits=SMALL)).body) == 1_000


async def test_many_archives_in_a_row_are_too_many(fetcher: Fetcher, evil: Hostile) -> None:
    evil.serve("/", zipped(b"x") * (MAX_MEMBERS + 1), "Content-Encoding: gzip")

    with pytest.raises(TooBig):
        await fetcher.get(evil.base + "/", limits=PAGE)


BROKEN = {
    "length": reply(TEXT, 'ETag: "1"', "Content-Length: 500"),
    "gzip cut": reply(zipped(TEXT * 9)[:-12], 'ETag: "1"', "Content-Encoding: gzip"),
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


async def test_what_is_not_what_it_says_to_be_packed_as_is_unreadable(
    fetcher: Fetcher, evil: Hostile
) -> None:
    evil.serve("/", b"no gzip", "Content-Encoding: gzip")

    with pytest.raises(Unreachable, match="cannot be read"):
        await fetcher.get(evil.base + "/", limits=FEED)


async def test_an_unchanged_answer_has_no_body_to_be_packed(
    fetcher: Fetcher, evil: Hostile
) -> None:
    evil.answers["/"] = [reply(b"", "Content-Encoding: br", status="304 Not Modified")]

    fetched = await fetcher.get(evil.base + "/", limits=FEED, validators=Validators('"1"'))

    assert fetched.status == 304


def test_a_layer_too_many_is_refused_before_anything_is_read() -> None:
    with pytest.raises(Unreachable, match="4 times"):
        Body("gzip," * 4, 10)
