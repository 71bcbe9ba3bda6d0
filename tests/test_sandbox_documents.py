"""Feeds and pages of the sandbox over real HTTP: validators, gzip, faults."""

from collections.abc import AsyncIterator

import aiohttp
import pytest

from bot.sandbox import wire
from bot.sandbox.recorded import Publication
from bot.sandbox.server import Sandbox

FEED = "/feeds/probe.xml"


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox() as sandbox:
        sandbox.press.publish("probe", Publication("Titel", "<p>Siegesparade</p>" * 50))
        yield sandbox


@pytest.fixture
async def http(sandbox: Sandbox) -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(sandbox.bot_api) as session:
        yield session


async def order(http: aiohttp.ClientSession, path: str, name: str, times: int = 1) -> None:
    body = {
        "method": f"GET {path}",
        "fault": name,
        "retry_after": 7,
        "times": times,
        "pause": 0.00001,
    }
    async with http.post("/_sandbox/fault", json=body) as response:
        assert response.status == 200


async def test_the_list_of_feeds_is_at_their_address(
    http: aiohttp.ClientSession, sandbox: Sandbox
) -> None:
    async with http.get(sandbox.feeds) as response:
        assert "probe" in await response.json()


async def test_a_feed_has_validators_and_its_articles_can_be_read(
    http: aiohttp.ClientSession, sandbox: Sandbox
) -> None:
    published = sandbox.press.publish("probe", Publication("Zweiter", "<p>Text</p>"))

    async with http.get(FEED) as response:
        feed = await response.text()
        assert response.headers["ETag"]
        assert response.headers["Last-Modified"].endswith("GMT")
        assert response.content_type == "application/rss+xml"
    async with http.get(published.url) as page:
        assert page.status == 200
        assert "Text" in await page.text()

    assert published.url in feed


@pytest.mark.parametrize(
    ("validator", "header"), [("ETag", "If-None-Match"), ("Last-Modified", "If-Modified-Since")]
)
async def test_what_has_not_changed_is_not_sent_again(
    http: aiohttp.ClientSession, sandbox: Sandbox, validator: str, header: str
) -> None:
    async with http.get(FEED) as response:
        known = {header: response.headers[validator]}

    async with http.get(FEED, headers=known) as same:
        assert (same.status, await same.read()) == (304, b"")
    sandbox.press.publish("probe", Publication("Neu", "<p>x</p>"))
    async with http.get(FEED, headers=known) as changed:
        assert changed.status == 200


async def test_an_etag_decides_over_a_date(http: aiohttp.ClientSession) -> None:
    async with http.get(FEED) as response:
        headers = {
            "If-None-Match": '"other"',
            "If-Modified-Since": response.headers["Last-Modified"],
        }

    async with http.get(FEED, headers=headers) as again:
        assert again.status == 200


@pytest.mark.parametrize("date", ["yesterday", "", "Fri, 09 May 2025 08:00:00"])
async def test_a_date_that_is_none_is_not_looked_at(http: aiohttp.ClientSession, date: str) -> None:
    async with http.get(FEED, headers={"If-Modified-Since": date}) as response:
        assert response.status == 200


@pytest.mark.parametrize(("accepted", "sent"), [("gzip", "gzip"), ("identity", None)])
async def test_gzip_is_sent_to_those_who_take_it(
    http: aiohttp.ClientSession, accepted: str, sent: str | None
) -> None:
    async with http.get(FEED, headers={"Accept-Encoding": accepted}) as response:
        assert response.headers.get("Content-Encoding") == sent
        assert "Titel" in await response.text()


@pytest.mark.parametrize("path", ["/feeds/none.xml", "/articles/none/none"])
async def test_what_is_not_there_is_not_found(http: aiohttp.ClientSession, path: str) -> None:
    async with http.get(path) as response:
        assert response.status == 404


@pytest.mark.parametrize(
    ("name", "status", "body"),
    [("500", 500, ""), ("502_html", 502, wire.BAD_GATEWAY), ("empty", 200, ""), ("429", 429, "")],
)
async def test_a_feed_fails_once_on_demand(
    http: aiohttp.ClientSession, name: str, status: int, body: str
) -> None:
    await order(http, FEED, name)

    async with http.get(FEED) as failed:
        assert (failed.status, await failed.text()) == (status, body)
        assert failed.headers.get("Retry-After") == ("7" if name == "429" else None)
    async with http.get(FEED) as response:
        assert response.status == 200


@pytest.mark.parametrize("name", ["reset_before", "hang"])
async def test_a_page_can_break_off_or_hang(http: aiohttp.ClientSession, name: str) -> None:
    await order(http, "/articles/*", name, times=0)  # aiohttp itself tries once more

    with pytest.raises((aiohttp.ClientConnectionError, TimeoutError)):
        await http.get("/articles/a/b", timeout=aiohttp.ClientTimeout(total=0.2))


async def test_a_page_can_drip(http: aiohttp.ClientSession) -> None:
    await order(http, FEED, "drip")

    async with http.get(FEED) as response:
        assert "Titel" in await response.text()
