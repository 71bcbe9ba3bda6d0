"""Feeds and pages are fetched within limits, politely, and never from where they should not be."""

import asyncio
import contextlib
import gzip
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from typing import Protocol

import pytest
from aiohttp import web
from yarl import URL

from bot.errors import NotAllowed, Refused, SourceError, TooBig, Unreachable
from bot.model import Validators
from bot.net import FEED, PAGE, Fetcher, Limits
from bot.net.fetcher import _next

Handler = Callable[[web.BaseRequest], Awaitable[web.StreamResponse]]
Serve = Callable[[Handler], Awaitable[str]]


class Raw(Protocol):
    async def __call__(self, answer: bytes, seen: list[bytes] | None = None) -> str: ...


LOOPBACK = ("127.0.0.0/8", "::1/128")
SMALL = Limits(1_000, timedelta(seconds=5))
QUICK = Limits(1_000, timedelta(milliseconds=100))


@pytest.fixture
async def fetcher() -> AsyncIterator[Fetcher]:
    async with Fetcher(allow=LOOPBACK, per_host_gap=timedelta(0)) as fetcher:
        yield fetcher


@pytest.fixture
async def serve() -> AsyncIterator[Serve]:
    """Start a web server whose every path is answered by the handler; return its address."""
    runners: list[web.ServerRunner] = []

    async def start(handler: Handler) -> str:
        runner = web.ServerRunner(web.Server(handler), shutdown_timeout=0.1)
        runners.append(runner)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        return f"http://127.0.0.1:{runner.addresses[0][1]}"

    yield start
    for runner in runners:
        await runner.cleanup()


@pytest.fixture
async def raw() -> AsyncIterator[Raw]:
    """Start a server that answers whatever it is asked with these bytes; return its address."""
    servers: list[asyncio.Server] = []

    async def start(answer: bytes, seen: list[bytes] | None = None) -> str:
        async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            asked = await reader.readuntil(b"\r\n\r\n")
            if seen is not None:
                seen.append(asked)
            with contextlib.suppress(ConnectionError):
                writer.write(answer)
                await writer.drain()
            writer.close()

        server = await asyncio.start_server(talk, "127.0.0.1", 0)
        servers.append(server)
        return f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"

    yield start
    for server in servers:
        server.close()
        await server.wait_closed()


def says(text: str, **headers: str) -> Handler:
    async def handler(_: web.BaseRequest) -> web.Response:
        return web.Response(text=text, headers={k.replace("_", "-"): v for k, v in headers.items()})

    return handler


def bomb(megabytes: int) -> bytes:
    packer = zlib.compressobj(9, wbits=31)
    return b"".join(packer.compress(bytes(1_000_000)) for _ in range(megabytes)) + packer.flush()


def answer(status: str, body: bytes, *headers: str) -> bytes:
    lines = [f"HTTP/1.1 {status}", *headers, "", ""]
    return "\r\n".join(lines).encode() + body


async def test_a_page_comes_with_its_type_and_validators(fetcher: Fetcher, serve: Serve) -> None:
    base = await serve(says("hallo", ETag='"1"', Last_Modified="Wed, 07 May 2025 10:00:00 GMT"))

    fetched = await fetcher.get(f"{base}/a#part", limits=PAGE)

    assert (fetched.status, fetched.body, fetched.url) == (200, b"hallo", f"{base}/a")
    assert fetched.content_type == "text/plain; charset=utf-8"
    assert fetched.validators == Validators('"1"', "Wed, 07 May 2025 10:00:00 GMT")


async def test_the_bot_introduces_itself_with_a_contact(serve: Serve) -> None:
    async def handler(request: web.BaseRequest) -> web.Response:
        return web.Response(text=request.headers["User-Agent"])

    base = await serve(handler)
    async with Fetcher(allow=LOOPBACK, user_agent="Ausguck/1", contact="a@example.org") as fetcher:
        fetched = await fetcher.get(base, limits=PAGE)

    assert fetched.body == b"Ausguck/1 (+a@example.org)"


@pytest.mark.parametrize("etag", ['"abc"', 'W/"ä b"', "no quotes at all", '"' + "x" * 500 + '"'])
async def test_validators_go_back_byte_for_byte(fetcher: Fetcher, raw: Raw, etag: str) -> None:
    seen: list[bytes] = []
    head = answer("304 Not Modified", b"", "Content-Length: 0", "Connection: close")
    given = answer("200 OK", b"", f"ETag: {etag}", "Last-Modified: gestern", "Connection: close")

    first = await fetcher.get(await raw(given), limits=FEED)
    again = await fetcher.get(await raw(head, seen), limits=FEED, validators=first.validators)

    assert f"If-None-Match: {etag}\r\n".encode() in seen[0]
    assert b"If-Modified-Since: gestern\r\n" in seen[0]
    assert (again.status, again.body, again.validators) == (304, b"", first.validators)


async def test_a_validator_that_is_no_text_is_not_kept(fetcher: Fetcher, raw: Raw) -> None:
    base = await raw(b'HTTP/1.1 200 OK\r\nETag: "\xff\xfe"\r\nContent-Length: 0\r\n\r\n')

    fetched = await fetcher.get(base, limits=FEED)

    assert fetched.validators == Validators()


async def test_not_modified_without_a_question_is_refused(fetcher: Fetcher, raw: Raw) -> None:
    base = await raw(answer("304 Not Modified", b""))

    with pytest.raises(Refused, match="304"):
        await fetcher.get(base, limits=FEED)


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("120", timedelta(seconds=120)),
        ("Wed, 07 May 2025 10:05:00 GMT", timedelta(minutes=5)),
        ("Wed, 07 May 2025 09:00:00 GMT", timedelta(0)),
        ("999999999", timedelta(hours=24)),
        ("99999999999999999999", timedelta(hours=24)),
        ("-1", None),
        ("soon", None),
    ],
)
async def test_a_refusal_says_when_to_come_back(
    fetcher: Fetcher, raw: Raw, header: str, expected: timedelta | None
) -> None:
    date = "Date: Wed, 07 May 2025 10:00:00 GMT"
    base = await raw(answer("429 Too Many Requests", b"", date, f"Retry-After: {header}"))

    with pytest.raises(Refused) as caught:
        await fetcher.get(base, limits=FEED)

    assert (caught.value.status, caught.value.retry_after) == (429, expected)
    assert caught.value.passing


@pytest.mark.parametrize(("status", "passing"), [(404, False), (410, False), (500, True)])
async def test_a_status_that_is_no_success_is_refused(
    fetcher: Fetcher, serve: Serve, status: int, passing: bool
) -> None:
    async def handler(_: web.BaseRequest) -> web.Response:
        return web.Response(status=status)

    base = await serve(handler)

    with pytest.raises(Refused, match=str(status)) as caught:
        await fetcher.get(base, limits=FEED)
    assert caught.value.passing is passing


@pytest.mark.parametrize(
    ("encoding", "packed"),
    [("gzip", gzip.compress(b"hallo")), ("deflate", zlib.compress(b"hallo"))],
    ids=["gzip", "deflate"],
)
async def test_a_compressed_body_is_unpacked(
    fetcher: Fetcher, raw: Raw, encoding: str, packed: bytes
) -> None:
    base = await raw(answer("200 OK", packed, f"Content-Encoding: {encoding}"))

    assert (await fetcher.get(base, limits=FEED)).body == b"hallo"


async def test_a_body_larger_than_the_cap_is_cut_off(fetcher: Fetcher, serve: Serve) -> None:
    base = await serve(says("x" * 1_001))

    with pytest.raises(TooBig, match=r"0\.001 MB"):
        await fetcher.get(base, limits=SMALL)


async def test_a_bomb_is_cut_off_before_it_expands(fetcher: Fetcher, raw: Raw) -> None:
    base = await raw(answer("200 OK", bomb(40), "Content-Encoding: gzip"))

    with pytest.raises(TooBig):
        await fetcher.get(base, limits=PAGE)


@pytest.mark.parametrize(
    "answered",
    [
        answer("200 OK", b"half", "Content-Length: 8"),
        answer("200 OK", b"no gzip", "Content-Encoding: gzip"),
        b"SSH-2.0-OpenSSH_9.2\r\n",
        b"",
    ],
)
async def test_a_broken_answer_is_unreachable(fetcher: Fetcher, raw: Raw, answered: bytes) -> None:
    with pytest.raises(Unreachable, match=r"127\.0\.0\.1"):
        await fetcher.get(await raw(answered), limits=PAGE)


async def test_a_server_that_never_answers_meets_the_deadline(
    fetcher: Fetcher, serve: Serve
) -> None:
    async def handler(_: web.BaseRequest) -> web.Response:
        await asyncio.Event().wait()
        raise AssertionError

    with pytest.raises(Unreachable, match="too long"):
        await fetcher.get(await serve(handler), limits=QUICK)


async def test_a_body_that_drips_meets_the_deadline(fetcher: Fetcher, serve: Serve) -> None:
    async def handler(request: web.BaseRequest) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        while True:
            await response.write(b"x")
            await asyncio.sleep(0.03)

    with pytest.raises(Unreachable, match="too long"):
        await fetcher.get(await serve(handler), limits=QUICK)


async def test_redirects_are_followed_to_the_fifth(fetcher: Fetcher, serve: Serve) -> None:
    async def handler(request: web.BaseRequest) -> web.Response:
        left = int(request.path.strip("/"))
        if not left:
            return web.Response(text="there")
        return web.Response(status=302, headers={"Location": f"/{left - 1}"})

    base = await serve(handler)

    assert (await fetcher.get(f"{base}/5", limits=PAGE)).url == f"{base}/0"
    with pytest.raises(NotAllowed, match="redirects"):
        await fetcher.get(f"{base}/6", limits=PAGE)


@pytest.mark.parametrize(
    "location",
    [
        "http://169.254.169.254/meta",
        "http://[::1]:1/",
        "file:///etc/passwd",
        "ftp://a.example/",
        "//[",
    ],
)
async def test_a_redirect_is_guarded_like_the_first_address(serve: Serve, location: str) -> None:
    async def handler(_: web.BaseRequest) -> web.Response:
        return web.Response(status=301, headers={"Location": location})

    base = await serve(handler)

    async with Fetcher(allow=["127.0.0.1/32"], per_host_gap=timedelta(0)) as fetcher:
        with pytest.raises(NotAllowed):
            await fetcher.get(base, limits=PAGE)


def test_a_redirect_never_leads_from_https_to_http() -> None:
    with pytest.raises(NotAllowed, match="https to http"):
        _next(URL("https://a.example/"), "http://a.example/")


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:1/",
        "http://localhost:1/",
        "http://[::1]:1/",
        "http://[::ffff:127.0.0.1]:1/",
        "http://2130706433/",
        "http://0x7f.1/",
        "http://0177.0.0.1/",
        "http://127.1/",
        "http://0/",
        "http://１２７.0.0.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://a..example/",
        "file:///etc/passwd",
        "ftp://example.org/",
        "javascript:alert(1)",
        "http://",
        "http://[::1",
        "example.org/feed",
        "",
    ],
)
async def test_what_must_not_be_fetched_is_not_allowed(url: str) -> None:
    async with Fetcher() as fetcher:
        with pytest.raises(NotAllowed):
            await fetcher.get(url, limits=PAGE)


async def test_a_closed_port_is_unreachable_and_then_held(fetcher: Fetcher) -> None:
    server = await asyncio.start_server(lambda _r, _w: None, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    server.close()
    await server.wait_closed()
    with pytest.raises(Unreachable, match=r"no connection to 127\.0\.0\.1"):
        await fetcher.get(f"http://127.0.0.1:{port}/1", limits=PAGE)

    again = await asyncio.start_server(lambda _r, w: w.close(), "127.0.0.1", port)
    with pytest.raises(Unreachable, match=r"no connection to 127\.0\.0\.1"):
        await fetcher.get(f"http://127.0.0.1:{port}/2", limits=PAGE)
    again.close()
    await again.wait_closed()


async def test_a_name_that_does_not_resolve_is_unreachable(fetcher: Fetcher) -> None:
    with pytest.raises(Unreachable, match=r"the name feed\.invalid does not resolve"):
        await fetcher.get("http://feed.invalid/", limits=PAGE)


async def test_no_text_and_no_final_address_gives_a_secret_away(
    fetcher: Fetcher, serve: Serve
) -> None:
    base = (await serve(says("in"))).replace("http://", "http://user:hush@")
    fetched = await fetcher.get(f"{base}/feed", limits=PAGE)
    failures: list[SourceError] = []
    for url in (
        "http://user:hush@feed.invalid/hush?key=hush",
        "ftp://user:hush@a.example/?key=hush",
    ):
        with pytest.raises(SourceError) as caught:
            await fetcher.get(url, limits=PAGE)
        failures.append(caught.value)

    assert "hush" not in fetched.url
    assert not any("hush" in str(failure) for failure in failures)


async def test_a_name_and_password_in_the_address_are_used(fetcher: Fetcher, serve: Serve) -> None:
    async def handler(request: web.BaseRequest) -> web.Response:
        return web.Response(text=request.headers.get("Authorization", "none"))

    base = (await serve(handler)).replace("http://", "http://user:word@")

    assert (await fetcher.get(base, limits=PAGE)).body == b"Basic dXNlcjp3b3Jk"


async def test_cookies_are_not_kept(fetcher: Fetcher, serve: Serve) -> None:
    async def handler(request: web.BaseRequest) -> web.Response:
        seen = request.headers.get("Cookie", "none")
        return web.Response(text=seen, headers={"Set-Cookie": "track=me; Path=/"})

    base = (await serve(handler)).replace("127.0.0.1", "localhost")

    await fetcher.get(base, limits=PAGE)
    assert (await fetcher.get(base, limits=PAGE)).body == b"none"


async def test_a_proxy_of_the_environment_is_not_used(
    fetcher: Fetcher, serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")

    assert (await fetcher.get(await serve(says("direct")), limits=PAGE)).body == b"direct"


async def test_one_connection_serves_request_after_request(fetcher: Fetcher, serve: Serve) -> None:
    async def handler(request: web.BaseRequest) -> web.Response:
        assert request.transport is not None
        return web.Response(text=str(request.transport.get_extra_info("peername")[1]))

    base = await serve(handler)

    ports = {(await fetcher.get(f"{base}/{n}", limits=PAGE)).body for n in range(3)}
    assert len(ports) == 1


async def test_a_host_gets_one_request_at_a_time(fetcher: Fetcher, serve: Serve) -> None:
    running = most = 0

    async def handler(_: web.BaseRequest) -> web.Response:
        nonlocal running, most
        running += 1
        most = max(most, running)
        await asyncio.sleep(0.005)
        running -= 1
        return web.Response()

    base = await serve(handler)

    await asyncio.gather(*(fetcher.get(f"{base}/{n}", limits=PAGE) for n in range(5)))
    assert most == 1


async def test_no_more_requests_run_at_a_time_than_allowed(serve: Serve) -> None:
    running = most = 0

    async def handler(_: web.BaseRequest) -> web.Response:
        nonlocal running, most
        running += 1
        most = max(most, running)
        await asyncio.sleep(0.005)
        running -= 1
        return web.Response()

    base = await serve(handler)
    urls = [base, base.replace("127.0.0.1", "localhost")]
    async with Fetcher(allow=LOOPBACK, concurrency=1) as fetcher:
        await asyncio.gather(*(fetcher.get(url, limits=PAGE) for url in urls))

    assert most == 1


async def test_after_its_end_a_fetcher_fetches_nothing(serve: Serve) -> None:
    base = await serve(says("late"))
    async with Fetcher(allow=LOOPBACK) as fetcher:
        pass

    with pytest.raises(Unreachable, match="closed"):
        await fetcher.get(base, limits=PAGE)


async def test_giving_up_leaves_the_host_free(fetcher: Fetcher, serve: Serve) -> None:
    stuck = asyncio.Event()

    async def handler(request: web.BaseRequest) -> web.Response:
        if request.path == "/stuck":
            stuck.set()
            await asyncio.Event().wait()
        return web.Response(text="free")

    base = await serve(handler)
    task = asyncio.create_task(fetcher.get(f"{base}/stuck", limits=PAGE))
    await stuck.wait()

    task.cancel()

    assert (await fetcher.get(base, limits=PAGE)).body == b"free"
