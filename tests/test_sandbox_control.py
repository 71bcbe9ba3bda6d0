"""The control API over real HTTP: what a person at the chat page does, a script can do."""

import asyncio
from collections.abc import AsyncIterator

import aiohttp
import pytest

from bot.sandbox.server import Sandbox
from bot.sandbox.world import GROUP, PERSON
from tests.sandbox_kit import BOT_PATH, call, control, look


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox() as sandbox:
        yield sandbox


@pytest.fixture
async def http(sandbox: Sandbox) -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(sandbox.bot_api) as session:
        yield session


async def test_a_person_writes_and_reads(http: aiohttp.ClientSession) -> None:
    number = (await control(http, "say", chat=PERSON, text="/start"))["message_id"]
    await call(http, "sendMessage", chat_id=PERSON, text="Willkommen")

    everything = await look(http, "messages?chat=1001")
    newer = await look(http, f"messages?chat=1001&after={number}")

    assert [message["text"] for message in everything] == ["/start", "Willkommen"]
    assert [message["text"] for message in newer] == ["Willkommen"]


async def test_messages_waits_for_a_newer_one(http: aiohttp.ClientSession) -> None:
    waiting = asyncio.create_task(look(http, "messages?chat=1001&after=0&wait=30"))
    await asyncio.sleep(0)
    await call(http, "sendMessage", chat_id=PERSON, text="endlich")

    assert [message["text"] for message in await waiting] == ["endlich"]
    assert await look(http, "messages?chat=1001&after=1&wait=0.01") == []


async def test_a_pressed_button_gets_the_bots_answer(
    http: aiohttp.ClientSession, sandbox: Sandbox
) -> None:
    markup = {"inline_keyboard": [[{"text": "x", "callback_data": "d"}]]}
    await call(http, "sendMessage", chat_id=PERSON, text="x", reply_markup=markup)
    pressing = asyncio.create_task(control(http, "press", chat=PERSON, message_id=1, data="d"))
    query = (await call(http, "getUpdates", timeout=5))["result"][0]["callback_query"]

    await call(http, "answerCallbackQuery", callback_query_id=query["id"])

    assert await pressing == {"answer": ""}


async def test_a_button_that_nobody_answers_is_null(http: aiohttp.ClientSession) -> None:
    markup = {"inline_keyboard": [[{"text": "x", "callback_data": "d"}]]}
    await call(http, "sendMessage", chat_id=PERSON, text="x", reply_markup=markup)

    assert await control(http, "press", chat=PERSON, message_id=1, data="d", wait=0.01) is None


async def test_a_document_reaches_the_bot(http: aiohttp.ClientSession) -> None:
    document = {"name": "feeds.opml", "text": "<opml/>", "mime_type": "text/x-opml"}
    await control(http, "say", chat=PERSON, document=document, text="bitte")

    message = (await call(http, "getUpdates"))["result"][0]["message"]
    file = (await call(http, "getFile", file_id=message["document"]["file_id"]))["result"]

    assert (message["caption"], message["document"]["mime_type"]) == ("bitte", "text/x-opml")
    assert file["file_size"] == 7


async def test_a_new_group_can_be_upgraded_and_get_topics(http: aiohttp.ClientSession) -> None:
    group = await control(http, "chat", id=-5, type="group", title="Lage")
    new = (await control(http, "migrate", chat=-5))["chat"]
    thread = (await control(http, "topic", chat=new, name="Korea"))["thread"]
    await control(http, "say", chat=new, text="/start", thread=thread)

    updates = (await call(http, "getUpdates"))["result"]

    assert group == {"id": -5, "type": "group", "title": "Lage"}
    assert new == -1000000000005
    assert updates[-1]["message"]["message_thread_id"] == thread
    assert {"id": new, "type": "supergroup", "title": "Lage", "is_forum": True} in (
        await look(http, "chats")
    )


async def test_the_transcript_shows_parameters_and_the_whole_reply(
    http: aiohttp.ClientSession,
) -> None:
    form = {"chat_id": "1001", "text": "x", "disable_notification": "true"}
    await http.post(f"{BOT_PATH}/sendMessage", data=form)
    await call(http, "getMe")

    entries = await look(http, "transcript")

    assert entries[0]["params"] == {"chat_id": 1001, "text": "x", "disable_notification": True}
    assert entries[0]["result"]["result"]["message_id"] == 1
    assert [(entry["n"], entry["method"]) for entry in entries] == [
        (1, "sendMessage"),
        (2, "getMe"),
    ]
    assert await look(http, "transcript?after=1") == entries[1:]


async def test_the_clock_moves_on_request(http: aiohttp.ClientSession, sandbox: Sandbox) -> None:
    before = sandbox.world.now()

    await control(http, "clock", advance=3600)

    assert (sandbox.world.now() - before).total_seconds() >= 3600


async def test_limits_can_be_switched_off(http: aiohttp.ClientSession) -> None:
    await control(http, "limits", private=0)

    sent = [(await call(http, "sendMessage", chat_id=PERSON, text="x"))["ok"] for _ in range(3)]

    assert sent == [True, True, True]


async def test_a_reset_makes_everything_new(http: aiohttp.ClientSession, sandbox: Sandbox) -> None:
    await control(http, "fault", method="getMe", fault="500", times=0)
    await call(http, "sendMessage", chat_id=PERSON, text="x")
    await control(http, "publish", feed="neu", title="T", html="<p>x</p>")

    await control(http, "reset")

    assert await look(http, "messages?chat=1001") == []
    assert await look(http, "transcript") == []
    assert (await call(http, "getMe"))["ok"] is True
    assert "neu" not in sandbox.press.feed_names()


@pytest.mark.parametrize(
    ("name", "params", "sentence"),
    [
        ("say", {"chat": 5, "text": "x"}, "there is no chat 5"),
        ("say", {"chat": PERSON}, "text or document is missing"),
        ("say", {"chat": PERSON, "txt": "x"}, "unknown field 'txt'"),
        ("say", {"chat": PERSON, "text": "x", "from": 5}, "person 5 is not in chat"),
        ("say", {"chat": PERSON, "text": "x", "thread": 3}, "has no topic 3"),
        ("say", {"chat": PERSON, "document": {"base64": "?"}}, "base64"),
        ("press", {"chat": PERSON, "message_id": 1, "data": "d"}, "no message 1"),
        ("chat", {"id": 5, "type": "club"}, "type must be one of"),
        ("chat", {"id": 5, "type": "group"}, "negative"),
        ("chat", {"id": PERSON, "type": "private"}, "no chat has yet"),
        ("chat", {"id": PERSON, "state": "deleted"}, "state of a private chat"),
        ("member", {"chat": GROUP, "user": "me", "status": "member"}, "user must be"),
        ("member", {"chat": PERSON, "user": 1, "status": "left"}, "no status 'left'"),
        ("migrate", {"chat": PERSON}, "no group"),
        ("topic", {"chat": GROUP, "name": "x"}, "only supergroups"),
        ("fault", {"method": "getMe", "fault": "418"}, "no fault is called '418'"),
        ("fault", {"fault": "500"}, "method is missing"),
        ("fault", {"method": "GET /feeds/a.xml", "fault": "403_blocked"}, "cannot suffer"),
        ("limits", {"globl": 1}, "unknown field 'globl'"),
        ("limits", {"global": -1}, "must be a number of messages"),
        ("clock", {"advance": -1}, "number of seconds"),
        ("publish", {"feed": "a"}, "title is missing"),
        ("publish", {"feed": "A b", "title": "t", "html": "h"}, "no feed name"),
    ],
)
async def test_a_wrong_call_is_explained(
    http: aiohttp.ClientSession, name: str, params: dict[str, object], sentence: str
) -> None:
    async with http.post(f"/_sandbox/{name}", json=params) as response:
        assert response.status == 400
        assert sentence.lower() in (await response.json())["error"].lower()
