"""Acceptance, scenario 23: the bot is added to groups and channels, let write, and removed."""

from pathlib import Path
from typing import Any

import pytest

from bot.sandbox import membership
from bot.sandbox.chats import Chat, chat_member
from bot.sandbox.world import BOT
from bot.store import chats
from tests.telegram_kit import GROUP, PERSON, Service, until, working

NEW_GROUP, CHANNEL = -3003, -1_000_000_000_777
STRANGER, ADMIN = 3003, 4004
MUTE = "📣 Im Kanal Meldungen darf ich noch nicht schreiben."
READY = "📣 Im Kanal Meldungen kann ich jetzt schreiben."


def add(bot: Service, number: int, kind: str = "group") -> Chat:
    """The person adds the bot to a group or channel of theirs."""
    return membership.add_chat(bot.sandbox.world, number, kind, title="Meldungen")


def become(bot: Service, number: int, status: str) -> None:
    world = bot.sandbox.world
    membership.set_member(world, world.chats[number], "bot", status)


async def test_scenario_23_added_to_a_group_it_greets_once_with_a_button_to_set_it_up(
    tmp_path: Path,
) -> None:
    async with working(tmp_path) as bot:
        add(bot, NEW_GROUP)
        greeting = await bot.message(0, NEW_GROUP)
        assert "Ich bin der Ausguck" in greeting["text"]
        assert bot.buttons(greeting) == ["📋 Wortlisten"]

        await bot.press("Wortlisten", NEW_GROUP)

        assert bot.buttons(await bot.message(1, NEW_GROUP)) == ["▫️ Nordkorea", "▫️ Siegesparade"]
        assert bot.texts() == []


@pytest.mark.parametrize("status", ["administrator", "member", "restricted"])
async def test_scenario_23_its_own_promotion_repeats_no_greeting(
    tmp_path: Path, status: str
) -> None:
    async with working(tmp_path) as bot:
        add(bot, NEW_GROUP)
        await bot.message(0, NEW_GROUP)

        become(bot, NEW_GROUP, "administrator")
        become(bot, NEW_GROUP, status)
        become(bot, NEW_GROUP, "member")

        assert "Was ich kann" in (await bot.ask("/help", NEW_GROUP))["text"]
        assert len(bot.messages(NEW_GROUP)) == 2


async def test_scenario_23_removed_and_added_again_it_goes_on_without_a_greeting(
    tmp_path: Path,
) -> None:
    async with working(tmp_path) as bot:
        add(bot, NEW_GROUP)
        await bot.message(0, NEW_GROUP)
        await bot.serve(NEW_GROUP, "nordkorea")

        become(bot, NEW_GROUP, "kicked")
        await until(lambda: bot.state(NEW_GROUP) == "asleep", "the sleep")
        become(bot, NEW_GROUP, "member")
        await until(lambda: bot.state(NEW_GROUP) == "active", "the awakening")

        assert bot.lists(NEW_GROUP) == {"nordkorea"}
        await bot.ask("/help", NEW_GROUP)
        assert len(bot.messages(NEW_GROUP)) == 2


async def test_scenario_23_a_group_in_which_it_may_not_write_is_left_alone_until_it_may(
    tmp_path: Path,
) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(GROUP, "nordkorea")
        become(bot, GROUP, "restricted")
        await until(lambda: bot.state(GROUP) == "asleep", "the sleep")
        await bot.publish("Eins")

        become(bot, GROUP, "member")
        await until(lambda: bot.state(GROUP) == "active", "the awakening")
        await bot.publish("Zwei")

        await until(lambda: bot.titles(GROUP) == ["Zwei"], "the alert")
        assert all(call["result"]["ok"] for call in bot.calls("sendMessage", GROUP))


@pytest.mark.parametrize("command", ["/stop", "/stop@ausguck_sandbox_bot"])
async def test_scenario_23_a_command_for_it_by_name_is_heard(tmp_path: Path, command: str) -> None:
    async with working(tmp_path) as bot:
        message = await bot.ask(command, GROUP)

        assert "⏸ Pause" in bot.buttons(message)


async def test_scenario_23_a_command_for_another_bot_is_ignored(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        become(bot, GROUP, "administrator")  # so that it sees what is not for it
        bot.say("/stop@another_bot", GROUP)

        message = await bot.ask("/help", GROUP)

        assert "Was ich kann" in message["text"]
        assert len(bot.messages(GROUP)) == 1


# Channels.


def rights(bot: Service, *, before: bool | None, after: bool | None, actor: int = PERSON) -> None:
    """Telegram tells of the bot's right to post in the channel; None: it is no administrator."""
    world = bot.sandbox.world

    def member(may_post: bool | None) -> dict[str, Any]:
        if may_post is None:
            return chat_member(world.bot, "left", "channel")
        able = chat_member(world.bot, "administrator", "channel")
        return able | {"can_post_messages": may_post}

    world.chats[CHANNEL].members[BOT] = "administrator" if after else "left"
    change = {"chat": world.chat_object(world.chats[CHANNEL]), "date": world.timestamp()}
    states = {"old_chat_member": member(before), "new_chat_member": member(after)}
    bot.update({"my_chat_member": {**change, "from": world.users[actor].api(), **states}})


def channel(bot: Service) -> None:
    """A channel of the person, without the bot."""
    made = bot.sandbox.world.add_chat(CHANNEL, "channel", "Meldungen")
    made.members = {PERSON: "creator"}


async def test_scenario_23_added_to_a_channel_it_tells_the_adder_in_private(
    tmp_path: Path,
) -> None:
    async with working(tmp_path) as bot:
        add(bot, CHANNEL, "channel")

        message = await bot.message(0)

        assert message["text"].startswith(READY)
        assert bot.buttons(message) == ["⚙️ Einrichten"]
        assert bot.sandbox.world.chats[CHANNEL].messages == {}
        assert bot.state(CHANNEL) == "active"


async def test_scenario_23_without_the_right_to_post_the_adder_is_told_and_when_it_is_given(
    tmp_path: Path,
) -> None:
    async with working(tmp_path) as bot:
        channel(bot)

        rights(bot, before=None, after=False)
        assert (await bot.message(0))["text"].startswith(MUTE)
        assert bot.state(CHANNEL) == "asleep"

        rights(bot, before=False, after=True)
        assert (await bot.message(1))["text"].startswith(READY)
        assert bot.state(CHANNEL) == "active"


async def test_scenario_23_the_adder_is_told_when_the_right_is_taken_and_settings_stay(
    tmp_path: Path,
) -> None:
    async with working(tmp_path) as bot:
        channel(bot)
        rights(bot, before=None, after=True)
        await bot.message(0)
        async with bot.store.write() as tx:
            await chats.subscribe(tx, CHANNEL, "nordkorea", bot.clock())

        rights(bot, before=True, after=False)

        assert (await bot.message(1))["text"].startswith(MUTE)
        assert (bot.state(CHANNEL), bot.lists(CHANNEL)) == ("asleep", {"nordkorea"})


async def test_scenario_23_other_rights_of_it_in_a_channel_are_no_news(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        channel(bot)
        rights(bot, before=None, after=True)
        await bot.message(0)

        rights(bot, before=True, after=True)

        await bot.ask("/help")
        assert len(bot.messages()) == 2


async def test_scenario_23_removed_from_a_channel_it_sleeps_with_its_settings(
    tmp_path: Path,
) -> None:
    async with working(tmp_path) as bot:
        channel(bot)
        rights(bot, before=None, after=True)
        await bot.message(0)

        rights(bot, before=True, after=None)

        await until(lambda: bot.state(CHANNEL) == "asleep", "the sleep")
        assert len(bot.messages()) == 1


async def test_scenario_23_an_adder_who_never_opened_the_bot_is_not_reached_and_nothing_breaks(
    tmp_path: Path,
) -> None:
    async with working(tmp_path) as bot:
        channel(bot)
        bot.person(STRANGER)
        bot.sandbox.world.chats[STRANGER].opened = False

        rights(bot, before=None, after=True, actor=STRANGER)

        await until(lambda: bot.state(CHANNEL) == "active", "the channel")
        assert "Was ich kann" in (await bot.ask("/help"))["text"]


async def test_what_a_channel_is_called_is_kept_nowhere(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        add(bot, CHANNEL, "channel")
        await bot.message(0)
        await bot.ask("/manage")

        assert "Meldungen" not in str([bot.rows(table) for table in bot.tables()])


# Who is let in.


async def test_a_strangers_channel_is_refused_to_them_and_the_admins_are_not_bothered(
    tmp_path: Path,
) -> None:
    async with working(tmp_path, access="invite") as bot:
        await bot.serve(bot.person(ADMIN), admin=True)

        add(bot, CHANNEL, "channel")

        assert (await bot.message(0))["text"].startswith("Kanäle schaltet ein Administrator")
        assert bot.state(CHANNEL) is None
        assert bot.texts(ADMIN) == []


@pytest.mark.parametrize("number", [NEW_GROUP, CHANNEL])
async def test_an_admin_lets_a_chat_in_by_adding_the_bot(tmp_path: Path, number: int) -> None:
    async with working(tmp_path, access="invite") as bot:
        await bot.serve(PERSON, admin=True)

        add(bot, number, "channel" if number == CHANNEL else "group")

        await until(lambda: bot.state(number) == "active", "the chat")


async def test_a_strangers_group_is_told_once_who_lets_it_in(tmp_path: Path) -> None:
    async with working(tmp_path, access="invite") as bot:
        add(bot, NEW_GROUP)

        message = await bot.message(0, NEW_GROUP)

        assert message["text"].startswith(
            "Gruppen schaltet ein Administrator dieses Ausgucks frei:"
        )
        assert bot.state(NEW_GROUP) is None


# What never was.


@pytest.mark.parametrize("kind", ["private", "group", "supergroup", "channel"])
async def test_what_becomes_of_somebody_else_is_none_of_its_business(
    tmp_path: Path, kind: str
) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(GROUP, "nordkorea")
        world = bot.sandbox.world
        stranger = world.person(STRANGER)
        chat = {"id": GROUP if kind != "private" else PERSON, "type": kind, "title": "X"}
        states = {
            "old_chat_member": chat_member(stranger, "member", "group"),
            "new_chat_member": chat_member(stranger, "kicked", "group"),
        }
        bot.update({"my_chat_member": {"chat": chat, "from": stranger.api(), "date": 1, **states}})

        await bot.ask("/help", GROUP)

        assert bot.state(GROUP) == "active"
        assert len(bot.messages(GROUP)) == 1
