"""`ausguck chats`: who is served, making admins, handing out and erasing what is kept."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from bot.store import Transaction, alerts, chats, outbox, own
from tests.cli_kit import Command, Said, arrange
from tests.store_kit import GROUP, NOW, PERSON, a_chat, a_feed, a_read_entry
from tests.store_kit import told as decided

TOPIC = 1 << 53
UNKNOWN = "`ausguck chats list` shows who is"


async def a_world(tx: Transaction) -> None:
    """A person with a list and a query, and a group with a topic."""
    await a_chat(tx)
    await chats.subscribe(tx, PERSON, "nordkorea", NOW)
    await chats.subscribe(tx, PERSON, await own.set_lines(tx, PERSON, ["Kim Jong Un"]), NOW)
    group = await a_chat(tx, GROUP, "paused")
    topic = await chats.open_topic(tx, replace(group, state="active"), 7, NOW)
    await chats.subscribe(tx, topic.id, "siegesparade", NOW)


def ids(command: Command) -> list[int]:
    return [row["id"] for row in command("chats", "list", "--json").rows]


# Which verbs there are.


@pytest.mark.parametrize(
    ("group", "verbs"),
    [
        ("chats", "{list,admin,export,erase}"),
        ("feeds", "{list,remove,pause,resume,test,add,import,export}"),
    ],
)
def test_a_command_without_its_verb_is_told_which_there_are(
    command: Command, group: str, verbs: str
) -> None:
    said = command(group)

    assert said.code == 2
    assert said.faults[-1].endswith(f"required: {verbs}")


# Who is served.


def test_nobody_is_served_at_first(command: Command) -> None:
    assert command("chats", "list") == Said(0, "", "")


def test_the_list_says_of_each_chat_how_it_is_served(command: Command) -> None:
    arrange(a_world)

    assert command("chats", "list").out.splitlines() == [
        "-1002  group  de  [paused]  no lists",
        "1001  private  de  [active]  nordkorea, queries of its own",
        f"{TOPIC}  topic 7 of -1002  de  [active]  siegesparade",
    ]


def test_the_list_is_to_be_had_as_json(command: Command) -> None:
    arrange(a_world)

    rows = {row["id"]: row for row in command("chats", "list", "--json").rows}

    assert rows[PERSON] == {
        "id": PERSON,
        "type": "private",
        "language": "de",
        "state": "active",
        "admin": False,
        "lists": ["nordkorea", "own/1"],
        "topic": None,
    }
    assert rows[TOPIC]["topic"] == {"group": GROUP, "thread": 7}


# Admins.


def test_a_person_is_made_an_admin(command: Command) -> None:
    arrange(a_world)

    assert command("chats", "admin", str(PERSON)) == Said(0, "is an admin now\n", "")

    assert "1001  private  de  [active, admin]" in command("chats", "list").out


def test_who_had_asked_for_access_is_let_in_as_an_admin(command: Command) -> None:
    async def asking(tx: Transaction) -> None:
        await a_chat(tx, PERSON, "asked")

    arrange(asking)

    command("chats", "admin", str(PERSON))

    assert "[active, admin]" in command("chats", "list").out


def test_a_group_is_no_admin(command: Command) -> None:
    arrange(a_world)

    said = command("chats", "admin", str(GROUP))

    assert said.code == 2
    assert said.faults == ["-1002: is a group: only people are admins; name somebody's own chat"]
    assert "admin" not in command("chats", "list").out


# What is kept.


def test_what_is_kept_of_a_chat_is_printed_as_json(command: Command) -> None:
    async def with_an_alert(tx: Transaction) -> None:
        await a_world(tx)
        entry_id = await a_read_entry(tx, await a_feed(tx), "k1", ("nordkorea",))
        letter = await outbox.post(tx, PERSON, "alert", NOW, NOW)
        await alerts.open_alert(tx, entry_id, decided(PERSON), letter, NOW)

    arrange(with_an_alert)

    said = command("chats", "export", str(PERSON))

    kept = json.loads(said.out)
    assert said.code == 0
    assert kept["chat"]["id"] == PERSON
    assert kept["own_queries"] == ["Kim Jong Un"]
    assert kept["alerts"][0]["title"] == "Titel k1"


def test_a_chat_is_erased_without_a_question(command: Command) -> None:
    arrange(a_world)

    said = command("chats", "erase", str(PERSON))

    assert said == Said(0, "erased a private chat; an older backup does not bring it back\n", "")
    assert ids(command) == [GROUP, TOPIC]
    assert Path("data/erased").read_text().startswith(f"{PERSON} ")


def test_a_group_is_erased_with_its_topics(command: Command) -> None:
    arrange(a_world)

    said = command("chats", "erase", str(GROUP))

    assert said.out.startswith("erased a group with 1 topic;")
    assert ids(command) == [PERSON]


def test_a_topic_is_erased_alone(command: Command) -> None:
    arrange(a_world)

    assert command("chats", "erase", str(TOPIC)).out.startswith("erased a topic;")

    assert ids(command) == [GROUP, PERSON]


# Mistakes.


@pytest.mark.parametrize("verb", ["admin", "export", "erase"])
def test_a_chat_that_is_not_known_is_the_users_mistake(command: Command, verb: str) -> None:
    arrange(a_world)

    assert command("chats", verb, "-5") == Said(2, "", f"-5: is not known; {UNKNOWN}\n")

    assert ids(command) == [GROUP, PERSON, TOPIC]


@pytest.mark.parametrize("wrong", ["x", "0", "1.5", "9223372036854775808", ""])
def test_what_is_no_id_is_told_with_an_example(command: Command, wrong: str) -> None:
    said = command("chats", "erase", wrong)

    assert said.code == 2
    assert "write the chat's id, such as 1001 or -1001234567890" in said.faults[-1]
