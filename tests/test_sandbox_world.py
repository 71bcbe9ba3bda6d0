"""The sandbox's world on a clock of its own: how it starts, limits, updates."""

import pytest

from bot.sandbox import membership, people
from bot.sandbox.errors import ApiError
from bot.sandbox.world import BOT, GROUP, PERSON, World
from tests.sandbox_kit import Hand, ask, kinds, refusal, tell


@pytest.fixture
def clock() -> Hand:
    return Hand()


@pytest.fixture
def world(clock: Hand) -> World:
    return World(clock)


def test_it_starts_with_a_german_person_and_a_group_that_the_bot_is_in(world: World) -> None:
    assert world.users[PERSON].language == "de"
    assert world.chats[GROUP].status(PERSON) == "administrator"
    assert world.chats[GROUP].status(BOT) == "member"
    assert tell(world)["message_id"] == 1


def test_a_reset_makes_it_new_but_updates_keep_their_numbers(world: World) -> None:
    people.say(world, world.chats[PERSON], {"text": "eins"})
    first = world.updates.waiting(1)[0]["update_id"]
    tell(world)

    world.reset()
    people.say(world, world.chats[PERSON], {"text": "zwei"})

    assert [m["text"] for m in world.chats[PERSON].seen()] == ["zwei"]
    assert world.updates.waiting(1)[0]["update_id"] == first + 1


def test_a_private_chat_takes_one_message_a_second(world: World, clock: Hand) -> None:
    tell(world)
    clock.move(0.5)
    with pytest.raises(ApiError) as refused:
        tell(world)
    clock.move(0.5)

    assert refused.value.reply() == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 1",
        "parameters": {"retry_after": 1},
    }
    assert tell(world)["message_id"] == 2


@pytest.mark.parametrize("kind", ["group", "supergroup", "channel"])
def test_a_group_takes_twenty_messages_a_minute(world: World, clock: Hand, kind: str) -> None:
    membership.add_chat(world, -9, kind)
    for _ in range(20):
        tell(world, -9)
        clock.move(1)

    assert refusal(world, "sendMessage", chat_id=-9, text="x").endswith("retry after 40")
    clock.move(40)
    assert tell(world, -9)["text"] == "Hallo"


def test_all_chats_together_take_thirty_messages_a_second(world: World) -> None:
    for number in range(2000, 2031):
        membership.add_chat(world, number, "private").opened = True

    for number in range(2000, 2030):
        tell(world, number)

    assert "retry after 1" in refusal(world, "sendMessage", chat_id=2030, text="x")


def test_a_limit_of_zero_is_off_and_edits_are_free(world: World) -> None:
    world.limits.change(private=0)

    sent = [tell(world)["message_id"] for _ in range(5)]
    for number in sent:
        ask(world, "editMessageText", chat_id=PERSON, message_id=number, text="neu")

    assert sent == [1, 2, 3, 4, 5]


def test_an_album_counts_every_picture(world: World) -> None:
    world.limits.change(group=3)
    file = world.keep_file("a.gif", b"GIF89a\x01\x00\x01\x00", "image/gif")
    media = [{"type": "photo", "media": file.id}] * 2

    ask(world, "sendMediaGroup", chat_id=GROUP, media=media)

    refused = refusal(world, "sendMediaGroup", chat_id=GROUP, media=media)
    assert refused.endswith("retry after 60")


def test_updates_come_again_until_they_are_acknowledged(world: World) -> None:
    for text in ("eins", "zwei", "drei"):
        people.say(world, world.chats[PERSON], {"text": text})
    first = world.updates.waiting(100)
    again = world.updates.waiting(100)

    world.updates.acknowledge(first[1]["update_id"])

    assert first == again
    assert [u["message"]["text"] for u in world.updates.waiting(100)] == ["zwei", "drei"]


def test_a_negative_offset_keeps_the_last_updates_only(world: World) -> None:
    for text in ("eins", "zwei", "drei"):
        people.say(world, world.chats[PERSON], {"text": text})

    world.updates.acknowledge(-1)

    assert [u["message"]["text"] for u in world.updates.waiting(100)] == ["drei"]


def test_updates_are_forgotten_after_a_day(world: World, clock: Hand) -> None:
    people.say(world, world.chats[PERSON], {"text": "gestern"})
    clock.move(24 * 3600)

    assert world.updates.waiting(100) == []


def test_only_wanted_kinds_are_queued(world: World) -> None:
    world.updates.allow(["my_chat_member"])
    people.say(world, world.chats[PERSON], {"text": "x"})
    membership.set_member(world, world.chats[PERSON], PERSON, "kicked")

    assert kinds(world) == ["my_chat_member"]


def test_a_raw_update_passes_as_it_is(world: World) -> None:
    world.updates.push_raw({"message": {"broken": True}})

    assert world.updates.waiting(1)[0]["message"] == {"broken": True}
