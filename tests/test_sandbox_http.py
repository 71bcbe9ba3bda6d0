"""The Bot API over real HTTP: encodings, files, long polls."""

import asyncio
import io
from collections.abc import AsyncIterator

import aiohttp
import pytest

from bot.sandbox import membership
from bot.sandbox.server import Sandbox
from bot.sandbox.world import PERSON
from tests.sandbox_kit import BOT_PATH, call, control, eventually, polling, said, texts


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox() as sandbox:
        yield sandbox


@pytest.fixture
async def http(sandbox: Sandbox) -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(sandbox.bot_api) as session:
        yield session


async def test_json_forms_and_queries_are_understood_alike(
    http: aiohttp.ClientSession, sandbox: Sandbox
) -> None:
    sandbox.world.limits.change(private=0)
    path = f"{BOT_PATH}/sendMessage"
    markup = '{"inline_keyboard": [[{"text": "x", "callback_data": "d"}]]}'
    form = {"chat_id": "1001", "text": "form", "reply_markup": markup}
    multipart = aiohttp.FormData(form, default_to_multipart=True)

    async with http.post(path, data=form) as response:
        first = await response.json()
    async with http.post(path, data=multipart) as response:
        second = await response.json()
    async with http.get(path, params={"chat_id": 1001, "text": "query"}) as response:
        third = await response.json()

    assert first["result"]["reply_markup"] == second["result"]["reply_markup"]
    assert third["result"]["text"] == "query"
    assert texts(sandbox.world) == ["form", "form", "query"]


async def test_method_names_are_read_without_regard_to_case(http: aiohttp.ClientSession) -> None:
    assert (await call(http, "GETME"))["result"]["is_bot"] is True


async def test_an_unknown_method_is_not_found(http: aiohttp.ClientSession) -> None:
    assert await call(http, "makeCoffee") == {
        "ok": False,
        "error_code": 404,
        "description": "Not Found",
    }


@pytest.mark.parametrize("body", [b"{", b"[1]", b"\xff"])
async def test_a_body_that_cannot_be_read_is_a_bad_request(
    http: aiohttp.ClientSession, body: bytes
) -> None:
    headers = {"Content-Type": "application/json"}

    async with http.post(f"{BOT_PATH}/sendMessage", data=body, headers=headers) as response:
        assert response.status == 400
        assert (await response.json())["ok"] is False


async def test_an_uploaded_file_can_be_downloaded(http: aiohttp.ClientSession) -> None:
    form = aiohttp.FormData({"chat_id": "1001", "caption": "<b>Quellen</b>", "parse_mode": "HTML"})
    form.add_field("document", b"<opml/>", filename="feeds.opml", content_type="text/xml")

    async with http.post(f"{BOT_PATH}/sendDocument", data=form) as response:
        message = (await response.json())["result"]
    file = (await call(http, "getFile", file_id=message["document"]["file_id"]))["result"]
    async with http.get(f"/file{BOT_PATH}/{file['file_path']}") as response:
        content = await response.read()

    assert message["caption_entities"] == [{"type": "bold", "offset": 0, "length": 7}]
    assert message["document"]["file_name"] == "feeds.opml"
    assert content == b"<opml/>"


async def test_a_long_poll_ends_when_somebody_writes(
    http: aiohttp.ClientSession, sandbox: Sandbox
) -> None:
    poll = await polling(http, sandbox.world)

    await control(http, "say", chat=PERSON, text="Hallo")

    assert [u["message"]["text"] for u in (await poll)["result"]] == ["Hallo"]


async def test_an_offset_acknowledges_and_without_one_updates_come_again(
    http: aiohttp.ClientSession, sandbox: Sandbox
) -> None:
    said(sandbox.world, "eins")
    said(sandbox.world, "zwei")

    first = (await call(http, "getUpdates"))["result"]
    again = (await call(http, "getUpdates"))["result"]
    rest = (await call(http, "getUpdates", offset=first[0]["update_id"] + 1))["result"]

    assert first == again
    assert [u["message"]["text"] for u in rest] == ["zwei"]
    assert (await call(http, "getUpdates", offset=rest[0]["update_id"] + 1))["result"] == []


async def test_of_two_pollers_the_older_one_is_sent_away(
    http: aiohttp.ClientSession, sandbox: Sandbox
) -> None:
    older = await polling(http, sandbox.world)
    newer = asyncio.create_task(call(http, "getUpdates", timeout=30))

    conflict = await older
    said(sandbox.world, "Hallo")

    assert conflict["error_code"] == 409
    assert conflict["description"] == (
        "Conflict: terminated by other getUpdates request; "
        "make sure that only one bot instance is running"
    )
    assert len((await newer)["result"]) == 1


async def test_a_poll_that_is_given_up_is_written_down_and_loses_nothing(
    http: aiohttp.ClientSession, sandbox: Sandbox
) -> None:
    with pytest.raises(TimeoutError):
        await http.post(
            f"{BOT_PATH}/getUpdates",
            json={"timeout": 30},
            timeout=aiohttp.ClientTimeout(total=0.05),
        )
    await eventually(lambda: bool(sandbox.world.transcript.after(0)))
    said(sandbox.world, "Hallo")

    assert sandbox.world.transcript.after(0)[0]["result"] == {"fault": "disconnected"}
    assert len((await call(http, "getUpdates"))["result"]) == 1


async def test_allowed_updates_hold_until_they_are_changed(
    http: aiohttp.ClientSession, sandbox: Sandbox
) -> None:
    await call(http, "getUpdates", allowed_updates=["my_chat_member"])
    said(sandbox.world, "ungehört")
    membership.set_member(sandbox.world, sandbox.world.chats[PERSON], PERSON, "kicked")

    result = (await call(http, "getUpdates"))["result"]

    assert [set(update) - {"update_id"} for update in result] == [{"my_chat_member"}]


@pytest.mark.parametrize("path", ["/", "/chat"])
async def test_the_chat_page_is_there(http: aiohttp.ClientSession, path: str) -> None:
    async with http.get(path) as response:
        assert response.status == 200
        assert "<html" in await response.text()


async def test_a_body_that_is_too_big_is_not_taken(
    http: aiohttp.ClientSession, sandbox: Sandbox
) -> None:
    body = io.BytesIO(bytes(50 * 1024 * 1024 + 1))
    headers = {"Content-Type": "application/json"}

    async with http.post(f"{BOT_PATH}/sendMessage", data=body, headers=headers) as response:
        reply = await response.json()

    assert (response.status, reply["error_code"]) == (413, 413)
    assert sandbox.world.transcript.after(0)[0]["result"] == reply
