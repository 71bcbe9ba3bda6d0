"""Who may write where, who sees what, and what a bot learns of it."""

import pytest

from bot.sandbox import membership, people
from bot.sandbox.calls import Call
from bot.sandbox.errors import ApiError, Mistake
from bot.sandbox.methods import perform
from bot.sandbox.world import BOT, GROUP, PERSON, World
from tests.sandbox_kit import Hand, ask, kinds, refusal, tell


@pytest.fixture
def clock() -> Hand:
    return Hand()


@pytest.fixture
def world(clock: Hand) -> World:
    return World(clock)


@pytest.mark.parametrize(
    ("kind", "status", "reason"),
    [
        ("group", "kicked", "Forbidden: bot was kicked from the group chat"),
        ("group", "left", "Forbidden: bot is not a member of the group chat"),
        ("supergroup", "kicked", "Forbidden: bot was kicked from the supergroup chat"),
        ("supergroup", "left", "Forbidden: bot is not a member of the supergroup chat"),
        ("channel", "kicked", "Forbidden: bot was kicked from the channel chat"),
        ("channel", "member", "Bad Request: need administrator rights in the channel chat"),
        (
            "group",
            "restricted",
            "Bad Request: not enough rights to send text messages to the chat",
        ),
    ],
)
def test_a_bot_without_rights_cannot_send(
    world: World, kind: str, status: str, reason: str
) -> None:
    chat = membership.add_chat(world, -77, kind)
    membership.set_member(world, chat, "bot", status)

    assert refusal(world, "sendMessage", chat_id=-77, text="x") == reason


def test_a_blocked_bot_cannot_send_until_it_is_unblocked(world: World) -> None:
    chat = world.chats[PERSON]
    membership.set_member(world, chat, PERSON, "kicked")
    refused = refusal(world, "sendMessage", chat_id=PERSON, text="x")
    membership.set_member(world, chat, PERSON, "member")

    assert refused == "Forbidden: bot was blocked by the user"
    assert tell(world)["text"] == "Hallo"
    assert kinds(world) == ["my_chat_member", "my_chat_member"]


def test_a_bot_cannot_begin_a_conversation(world: World) -> None:
    chat = membership.add_chat(world, 1002, "private", "en")
    refused = refusal(world, "sendMessage", chat_id=1002, text="x")
    people.say(world, chat, {"text": "/start"})

    assert refused == "Forbidden: bot can't initiate conversation with a user"
    assert tell(world, 1002)["chat"]["id"] == 1002


def test_a_deactivated_person_and_a_deleted_group_are_gone(world: World) -> None:
    membership.set_state(world, world.chats[PERSON], "deactivated")
    membership.set_state(world, world.chats[GROUP], "deleted")

    assert refusal(world, "sendMessage", chat_id=PERSON, text="x") == (
        "Forbidden: user is deactivated"
    )
    assert refusal(world, "sendMessage", chat_id=GROUP, text="x") == (
        "Forbidden: the group chat was deleted"
    )


def test_an_upgraded_group_names_its_supergroup(world: World) -> None:
    new = membership.migrate(world, world.chats[GROUP])

    with pytest.raises(ApiError) as refused:
        tell(world, GROUP)

    assert refused.value.description == (
        "Bad Request: group chat was upgraded to a supergroup chat"
    )
    assert refused.value.parameters == {"migrate_to_chat_id": new.id}
    assert tell(world, new.id)["chat"]["type"] == "supergroup"
    told = [update["message"] for update in world.updates.waiting(100)]
    assert [m.get("migrate_to_chat_id") for m in told] == [new.id, None]
    assert [m.get("migrate_from_chat_id") for m in told] == [None, GROUP]


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("/start", True),
        ("/start@ausguck_sandbox_bot", True),
        ("/start@other_bot", False),
        ("nur so gesagt", False),
    ],
)
def test_in_a_group_a_bot_sees_commands_that_may_be_for_it(
    world: World, text: str, seen: bool
) -> None:
    people.say(world, world.chats[GROUP], {"text": text})

    assert (kinds(world) == ["message"]) is seen


def test_in_a_group_a_bot_sees_replies_to_it(world: World) -> None:
    mine = tell(world, GROUP)["message_id"]

    group = world.chats[GROUP]
    people.say(world, group, {"text": "wirklich?"} | people.answering(group, mine))

    assert world.updates.waiting(1)[0]["message"]["reply_to_message"]["message_id"] == mine


def test_an_administrator_sees_everything(world: World) -> None:
    membership.set_member(world, world.chats[GROUP], BOT, "administrator")
    people.say(world, world.chats[GROUP], {"text": "nur so gesagt"})

    assert kinds(world) == ["my_chat_member", "message"]


def test_a_command_is_marked_as_one(world: World) -> None:
    message = people.say(world, world.chats[PERSON], {"text": "/start w_7"})

    assert message["entities"] == [{"type": "bot_command", "offset": 0, "length": 6}]


def test_a_channel_post_hides_its_author(world: World) -> None:
    chat = membership.add_chat(world, -8, "channel", title="Kanal")
    world.updates.drop()

    people.say(world, chat, {"text": "/start"})

    post = world.updates.waiting(1)[0]["channel_post"]
    assert "from" not in post
    assert post["sender_chat"]["title"] == "Kanal"


def test_a_bot_is_told_when_it_is_added_and_removed(world: World) -> None:
    chat = membership.add_chat(world, -8, "group", title="Neu")
    membership.set_member(world, chat, "bot", "kicked")

    changes = [u["my_chat_member"] for u in world.updates.waiting(9) if "my_chat_member" in u]
    assert [
        (change["old_chat_member"]["status"], change["new_chat_member"]["status"])
        for change in changes
    ] == [("left", "member"), ("member", "kicked")]
    assert {change["from"]["id"] for change in changes} == {PERSON}


def test_a_bot_that_leaves_is_not_told_so(world: World) -> None:
    assert ask(world, "leaveChat", chat_id=GROUP) is True

    assert kinds(world) == []
    assert refusal(world, "getChat", chat_id=GROUP) == (
        "Forbidden: bot is not a member of the group chat"
    )


def test_somebody_who_is_not_in_a_group_cannot_write_there(world: World) -> None:
    with pytest.raises(Mistake, match="not in chat"):
        people.say(world, world.chats[GROUP], {"text": "x"}, sender=4242)

    membership.set_member(world, world.chats[GROUP], 4242, "member")

    assert people.say(world, world.chats[GROUP], {"text": "x"}, sender=4242)["from"]["id"] == (4242)


def test_commands_are_kept_by_scope_and_language(world: World) -> None:
    german = {"scope": {"type": "all_private_chats"}, "language_code": "de"}
    commands = [{"command": "hilfe", "description": "Hilfe"}]

    ask(world, "setMyCommands", commands=commands, **german)

    assert ask(world, "getMyCommands", **german) == commands
    assert ask(world, "getMyCommands") == []
    ask(world, "deleteMyCommands", **german)
    assert ask(world, "getMyCommands", **german) == []


@pytest.mark.parametrize(
    ("command", "reason"),
    [
        ({"command": "Groß", "description": "x"}, "BOT_COMMAND_INVALID"),
        (
            {"command": "x", "description": ""},
            "can't parse BotCommand: command description must be non-empty",
        ),
        ({"command": "x", "description": "d" * 257}, "BOT_COMMAND_DESCRIPTION_INVALID"),
    ],
)
def test_a_bad_command_is_refused(world: World, command: dict[str, str], reason: str) -> None:
    assert refusal(world, "setMyCommands", commands=[command]) == f"Bad Request: {reason}"


def test_a_long_description_is_refused(world: World) -> None:
    assert ask(world, "setMyDescription", description="d" * 512) is True
    assert refusal(world, "setMyDescription", description="d" * 513).startswith("Bad Request")


def test_administrators_are_listed(world: World) -> None:
    found = ask(world, "getChatAdministrators", chat_id=GROUP)

    assert [member["user"]["id"] for member in found] == [PERSON]


def test_a_method_that_does_not_exist_is_not_found(world: World) -> None:
    with pytest.raises(ApiError) as refused:
        perform(world, Call("makecoffee"))

    assert refused.value.reply() == {
        "ok": False,
        "error_code": 404,
        "description": "Not Found",
    }
