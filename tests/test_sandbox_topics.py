"""Topics of a forum as Telegram has them: closed, opened again, deleted."""

import aiohttp
import pytest

from bot.sandbox import membership
from bot.sandbox.chats import Chat
from bot.sandbox.errors import Mistake
from bot.sandbox.server import Sandbox
from bot.sandbox.world import World
from tests.sandbox_kit import Hand, ask, control, kinds, look, refusal, tell

FORUM = -1_000_000_000_500


@pytest.fixture
def world() -> World:
    return World(Hand())


@pytest.fixture
def forum(world: World) -> Chat:
    chat = membership.add_chat(world, FORUM, "supergroup", title="Forum")
    membership.add_topic(world, chat, "Politik")
    world.updates.drop()
    return chat


def thread_of(forum: Chat) -> int:
    [thread] = forum.topics
    return thread


def to_topic(world: World, thread: int) -> str:
    return refusal(world, "sendMessage", chat_id=FORUM, text="x", message_thread_id=thread)


def test_into_a_closed_topic_a_plain_member_may_not_write(world: World, forum: Chat) -> None:
    thread = thread_of(forum)

    membership.set_topic(world, forum, thread, "closed")

    assert to_topic(world, thread) == "Bad Request: TOPIC_CLOSED"
    assert tell(world, FORUM)["text"] == "Hallo"


def test_into_a_closed_topic_an_administrator_may_write(world: World, forum: Chat) -> None:
    thread = thread_of(forum)
    membership.set_member(world, forum, "bot", "administrator")

    membership.set_topic(world, forum, thread, "closed")

    assert tell(world, FORUM, message_thread_id=thread)["message_thread_id"] == thread


def test_a_topic_that_is_opened_again_takes_messages_again(world: World, forum: Chat) -> None:
    thread = thread_of(forum)
    membership.set_topic(world, forum, thread, "closed")

    membership.set_topic(world, forum, thread, "open")

    assert tell(world, FORUM, message_thread_id=thread)["is_topic_message"] is True


def test_closing_and_opening_is_said_in_the_topic_once(world: World, forum: Chat) -> None:
    thread = thread_of(forum)
    for state in ("closed", "closed", "open", "open"):
        membership.set_topic(world, forum, thread, state)

    said = [m for m in forum.seen() if {"forum_topic_closed", "forum_topic_reopened"} & m.keys()]

    assert [message["message_thread_id"] for message in said] == [thread, thread]
    assert kinds(world) == ["message", "message"]


def test_a_deleted_topic_is_gone_with_its_messages(world: World, forum: Chat) -> None:
    thread = thread_of(forum)
    message = tell(world, FORUM, message_thread_id=thread)

    membership.set_topic(world, forum, thread, "deleted")

    assert to_topic(world, thread) == "Bad Request: message thread not found"
    gone = refusal(
        world, "editMessageText", chat_id=FORUM, message_id=message["message_id"], text="y"
    )
    assert gone == "Bad Request: message to edit not found"
    assert kinds(world) == []
    assert ask(world, "getChat", chat_id=FORUM)["id"] == FORUM


@pytest.mark.parametrize(("thread", "state"), [(99, "closed"), (2, "shut"), (None, "closed")])
def test_a_topic_that_is_not_there_or_a_wrong_state_is_a_mistake(
    world: World, forum: Chat, thread: object, state: str
) -> None:
    with pytest.raises(Mistake, match="has no topic"):
        membership.set_topic(world, forum, thread, state)


async def test_a_script_closes_a_topic_over_http() -> None:
    async with Sandbox() as sandbox, aiohttp.ClientSession(sandbox.bot_api) as http:
        await control(http, "chat", id=FORUM, type="supergroup", title="Forum")
        thread = (await control(http, "topic", chat=FORUM, name="Korea"))["thread"]

        await control(http, "topic", chat=FORUM, thread=thread, state="closed")

        assert "forum_topic_closed" in (await look(http, f"messages?chat={FORUM}"))[-1]
