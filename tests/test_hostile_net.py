"""Hostile servers, by the numbers of the research: over HTTP, through the whole intake."""

from collections.abc import AsyncIterator, Callable, Iterable
from datetime import timedelta
from itertools import repeat
from pathlib import Path

import pytest
import pytest_asyncio

from bot.net import FEED, Limits
from bot.pipeline import Polled
from bot.workers import Workers
from tests import test_net_bodies
from tests.hostile_kit import (
    HEADLINE,
    RSS,
    Assault,
    an_assault,
    hostile,
    raw_rss,
    reply,
    unending,
    zeros,
    zipped,
)
from tests.store_kit import DAY, HOUR, MINUTE
from tests.test_net_bodies import (
    br,
    gzip_zeros,
    raw,
    skippable,
    zst,
    zstd_frame,
)

pytestmark = pytest.mark.asyncio(loop_scope="module")

TOLD = f"<title>{HEADLINE}</title>"
WHOLE = raw_rss(TOLD, "<title>Wetter</title>")
GZIP = zipped(WHOLE)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def workers() -> AsyncIterator[Workers]:
    workers = Workers(limit=1)
    yield workers
    await workers.close()


@pytest_asyncio.fixture(loop_scope="module")
async def assault(tmp_path: Path, workers: Workers) -> AsyncIterator[Assault]:
    async with an_assault(tmp_path, workers) as assault:
        await assault.follow()
        yield assault


async def poll_pieces(assault: Assault, pieces: Iterable[bytes]) -> Polled:
    assault.evil.answers["/feed.xml"] = pieces
    return await assault.world.poll()


BOMBS: dict[str, tuple[str, Callable[[], bytes]]] = test_net_bodies.BOMBS | {
    "gzip": ("gzip", lambda: zeros(40)),
    "deflate": ("deflate", lambda: zeros(40, 15)),
    "bare deflate": ("deflate", lambda: zeros(40, -15)),
    "gzip in gzip": ("gzip, gzip", lambda: zipped(gzip_zeros(10_000))),
    "many small ones": ("gzip", lambda: zipped(b"") * 2_000),
    "many to be skipped": ("zstd, br", lambda: br(skippable(b"") * 100_000)),
}
"""Some kB on the wire; "gzip in gzip" is 10 MB in the first layer, 10 GB in the second."""


@pytest.mark.parametrize(("encoding", "body"), BOMBS.values(), ids=BOMBS)
async def test_hostile_11_a_bomb(
    assault: Assault, encoding: str, body: Callable[[], bytes]
) -> None:
    polled = await assault.poll(body(), f"Content-Encoding: {encoding}")

    assert (polled.status, polled.error) == ("error", "more than 10 MB")


NOTHING = {
    "gzip": (b"\x1f\x8b\x08\0\0\0\0\0\0\3", b"\0\0\0\xff\xff"),
    "br": (b"\x0c", b"\x06"),
    "zstd": (zstd_frame(), raw(b"", last=False)),
}
"""The start of a stream that never ends, and an empty block."""


@pytest.mark.parametrize("encoding", NOTHING)
async def test_hostile_11_a_bomb_that_expands_to_nothing(assault: Assault, encoding: str) -> None:
    start, empty = NOTHING[encoding]
    endless = unending(start, repeat(empty * 20_000), f"Content-Encoding: {encoding}")

    polled = await poll_pieces(assault, endless)

    assert (polled.status, polled.error) == ("error", "more than 10 MB")


async def test_hostile_11_a_frame_that_wants_gigabytes_to_look_back_in(assault: Assault) -> None:
    polled = await assault.poll(zstd_frame(raw(WHOLE), window=31), "Content-Encoding: zstd")

    assert polled.status == "error"
    assert "cannot be read" in (polled.error or "")


@pytest.mark.parametrize("encoding", ["compress", "dcz", "gzip, dcb", "x" * 5_000])
async def test_hostile_11_an_encoding_that_was_not_asked_for(
    assault: Assault, encoding: str
) -> None:
    polled = await assault.poll(WHOLE, f"Content-Encoding: {encoding}")

    assert polled.status == "error"
    assert "not asked for" in (polled.error or "")
    assert "Accept-Encoding: gzip, deflate, br, zstd\r\n" in assault.evil.head("/feed.xml")


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("gzip, gzip", zipped(GZIP)),
        ("identity", WHOLE),
        ("X-GZIP", GZIP + bytes(512)),
        ("gzip", zipped(WHOLE[:50]) + zipped(WHOLE[50:])),
        ("zstd", zst(WHOLE[:50]) + skippable(b"?") + zst(WHOLE[50:])),
        ("br, zstd", zst(br(WHOLE))),
        ("zstd, br", br(zst(WHOLE))),
    ],
)
async def test_hostile_11_what_is_packed_strangely_is_read(
    assault: Assault, encoding: str, body: bytes
) -> None:
    assert (await assault.poll(body, f"Content-Encoding: {encoding}")).new == 2


async def test_hostile_12_a_body_that_drips(
    assault: Assault, monkeypatch: pytest.MonkeyPatch
) -> None:
    quick = Limits(FEED.size, timedelta(seconds=0.2), FEED.partial)
    monkeypatch.setattr("bot.pipeline.poll.FEED", quick)

    polled = await poll_pieces(assault, unending(WHOLE[:100], repeat(b" ")))

    assert polled.status == "error"
    assert "too long" in (polled.error or "")


@pytest.mark.parametrize(
    ("cut", "headers"),
    [
        (b"</item></channel></rss>", ("Content-Length: 99999",)),
        (b"</channel></rss>", ()),
    ],
    ids=["the connection ends", "the file ends"],
)
async def test_hostile_13_a_feed_that_breaks_off(
    assault: Assault, cut: bytes, headers: tuple[str, ...]
) -> None:
    polled = await assault.poll(WHOLE.removesuffix(cut), 'ETag: "half"', *headers)
    again = await assault.poll(WHOLE, 'ETag: "whole"')
    await assault.poll(WHOLE)

    requests = [head for head in assault.evil.heads if head.startswith("GET /feed.xml")]
    assert polled.status == again.status == "ok"
    assert await assault.world.titles() == [HEADLINE]
    assert "If-None-Match" not in requests[-2]
    assert 'If-None-Match: "whole"' in requests[-1]


async def test_hostile_13_a_length_that_is_too_short(assault: Assault) -> None:
    polled = await assault.poll(WHOLE, "Content-Length: 130")
    again = await assault.poll(WHOLE)

    assert (polled.status, polled.error) == ("error", "what 127.0.0.1 answers is no HTTP")
    assert (again.status, again.new) == ("ok", 2)


async def test_hostile_23_redirects_without_an_end(assault: Assault) -> None:
    for n in range(20):
        assault.evil.redirect(f"/{n}", f"/{n + 1}")
    assault.evil.redirect("/loop", "/loop")
    async with hostile("127.0.0.3") as other:
        other.redirect("/x", f"{assault.evil.base}/cross")
        assault.evil.redirect("/cross", f"{other.base}/x")

        for path in ("/0", "/loop", "/cross"):
            assault.evil.redirect("/feed.xml", path)
            assault.world.now += DAY
            polled = await assault.world.poll()
            assert (polled.status, polled.error) == ("error", "more than 5 redirects")

    assert (assault.evil.asked["/4"], assault.evil.asked["/5"]) == (1, 0)
    assert assault.evil.asked["/loop"] == 5


@pytest.mark.parametrize("status", ["429 Too Many Requests", "503 Service Unavailable"])
@pytest.mark.parametrize(
    ("told", "least", "most"),
    [
        ("3600", HOUR, HOUR * 1.1),
        ("999999999999", DAY, DAY * 1.1),
        ("1000000000", DAY, DAY * 1.1),
        ("-1", MINUTE, HOUR),
        ("später", MINUTE, HOUR),
        ("Fri, 09 May 2025 11:00:00 GMT", 3 * HOUR, 3.3 * HOUR),
        ("Fri, 09 May 2036 11:00:00 GMT", DAY, DAY * 1.1),
    ],
)
async def test_hostile_24_a_host_that_wants_to_be_left_alone(
    assault: Assault, status: str, told: str, least: timedelta, most: timedelta
) -> None:
    date = "Date: Fri, 09 May 2025 08:00:00 GMT"

    await poll_pieces(assault, [reply(b"", f"Retry-After: {told}", date, status=status)])

    wait = (await assault.world.feed()).next_due - assault.world.now
    assert least <= wait <= most


async def test_hostile_25_not_modified_though_nothing_was_asked(assault: Assault) -> None:
    polled = await poll_pieces(assault, [reply(b"", status="304 Not Modified")])

    assert (polled.status, polled.error) == ("error", "HTTP 304")


async def test_hostile_25_not_modified_for_ever(assault: Assault) -> None:
    await assault.poll(raw_rss("<title>Wetter</title>"), 'ETag: "1"')
    stuck = reply(b"", status="304 Not Modified")
    fresh = reply(WHOLE, f"Content-Type: {RSS}")

    for _ in range(9):
        assault.world.now += DAY
        assault.evil.answers["/feed.xml"] = [stuck]
        await assault.world.poll()
        if "If-None-Match" not in assault.evil.head("/feed.xml"):
            break
    else:
        raise AssertionError("the validators are never dropped")
    await poll_pieces(assault, [fresh])

    assert len(await assault.world.matched()) == 1


async def test_hostile_25_a_new_validator_for_the_same_body(assault: Assault) -> None:
    statuses = [(await assault.poll(WHOLE, f'ETag: "{n}"')).status for n in range(3)]

    assert statuses == ["ok", "unchanged", "unchanged"]
    assert 'If-None-Match: "1"' in assault.evil.head("/feed.xml")


async def test_hostile_26_a_feed_that_is_gone(assault: Assault) -> None:
    polled = await poll_pieces(assault, [reply(b"", status="410 Gone")])

    state = await assault.world.feed()
    assert polled.status == "error"
    assert (state.state != "active") or state.next_due >= assault.world.now + DAY * 0.9


async def test_hostile_26_a_feed_that_has_moved(assault: Assault) -> None:
    assault.evil.serve("/new.xml", WHOLE)
    assault.evil.redirect("/feed.xml", "/new.xml", "301 Moved Permanently")

    polled = [await assault.world.poll() for _ in range(4)]

    assert [each.status for each in polled] == ["ok", "unchanged", "unchanged", "unchanged"]
    assert assault.evil.asked["/feed.xml"] == 1 + 3


async def test_hostile_26_a_challenge_for_browsers(assault: Assault) -> None:
    challenge = reply(b"<html>Just a moment", "cf-mitigated: challenge", status="403 Forbidden")

    polled = await poll_pieces(assault, [challenge])

    state = await assault.world.feed()
    assert (polled.status, polled.error) == ("error", "HTTP 403")
    assert state.next_due > assault.world.now + 11 * MINUTE
