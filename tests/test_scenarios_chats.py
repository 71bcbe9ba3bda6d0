"""Acceptance: chats that block the bot, vanish, move or close a topic. Nobody else notices."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.alerts.timing import Manner
from bot.sandbox import membership
from bot.sandbox.chats import Chat
from bot.sandbox.world import BOT
from bot.store import chats
from tests.telegram_kit import GROUP, OTHER, PERSON, Service, until, working

SUPERGROUP = -1_000_000_001_002
FORUM = -1_000_000_000_500


def chat(bot: Service, number: int) -> Chat:
    return bot.sandbox.world.chats[number]


def accepted(bot: Service, number: int) -> list[str]:
    """Return the titles of the alerts that a chat was sent and Telegram took."""
    calls = [call for call in bot.calls("sendMessage", number) if call["result"]["ok"]]
    return [call["result"]["result"]["text"].split("\n")[1] for call in calls]


async def both_served(bot: Service, number: int) -> None:
    """Have the chat served, and another one that must not notice anything."""
    await bot.serve(number, "nordkorea", "siegesparade")
    await bot.serve(bot.group(OTHER), "nordkorea")


async def told_elsewhere(bot: Service, *titles: str) -> None:
    await until(lambda: bot.titles(OTHER) == list(titles), "the other chat's alerts")


# Blocked, and let in again.


def block_unheard(bot: Service) -> None:
    """The person blocks the bot, and the update of it is lost: only a refusal will say so."""
    chat(bot, PERSON).members[BOT] = "kicked"


@pytest.mark.parametrize("way", ["unblock", "/start"])
async def test_scenario_13_a_person_who_blocked_the_bot_is_left_alone_and_welcome_back(
    tmp_path: Path, way: str
) -> None:
    async with working(tmp_path) as bot:
        await both_served(bot, PERSON)
        block_unheard(bot)
        await bot.publish("Eins")
        await until(lambda: bot.state() == "asleep", "the refusal")
        await bot.publish("Zwei")
        await told_elsewhere(bot, "Eins", "Zwei")
        assert len(bot.calls("sendMessage", PERSON)) == 1

        if way == "unblock":
            membership.set_member(bot.sandbox.world, chat(bot, PERSON), "bot", "member")
        else:
            chat(bot, PERSON).members[BOT] = "member"
            await bot.ask("/start")
        await until(lambda: bot.state() == "active", "the awakening")
        await bot.publish("Drei")

        await until(lambda: bot.titles() == ["Drei"], "the alert")
        assert bot.lists() == {"nordkorea", "siegesparade"}


async def test_scenario_13_who_says_that_they_block_is_not_even_called(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await both_served(bot, PERSON)

        membership.set_member(bot.sandbox.world, chat(bot, PERSON), "bot", "kicked")
        await until(lambda: bot.state() == "asleep", "the update")
        await bot.publish("Eins")

        await told_elsewhere(bot, "Eins")
        assert bot.calls("sendMessage", PERSON) == []


async def test_scenario_13_a_pause_is_not_ended_by_unblocking(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await both_served(bot, PERSON)
        await bot.set_state(PERSON, "paused")

        for status in ("kicked", "member"):
            membership.set_member(bot.sandbox.world, chat(bot, PERSON), "bot", status)
        await bot.ask("/help")
        await bot.publish("Eins")

        await told_elsewhere(bot, "Eins")
        assert bot.titles() == []


async def test_scenario_14_a_bot_that_is_added_to_a_group_again_goes_on_there(
    tmp_path: Path,
) -> None:
    async with working(tmp_path) as bot:
        await both_served(bot, GROUP)
        membership.set_member(bot.sandbox.world, chat(bot, GROUP), "bot", "kicked")
        await until(lambda: bot.state(GROUP) == "asleep", "the bot out")
        membership.set_member(bot.sandbox.world, chat(bot, GROUP), "bot", "member")
        await until(lambda: bot.state(GROUP) == "active", "the bot in")

        await bot.publish("Eins")

        await until(lambda: bot.titles(GROUP) == ["Eins"], "the alert")


# Gone.


def kick(bot: Service) -> int:
    chat(bot, GROUP).members[BOT] = "kicked"
    return GROUP


def leave(bot: Service) -> int:
    chat(bot, GROUP).members[BOT] = "left"
    return GROUP


def deactivate(bot: Service) -> int:
    membership.set_state(bot.sandbox.world, chat(bot, PERSON), "deactivated")
    return PERSON


def delete(bot: Service) -> int:
    membership.set_state(bot.sandbox.world, chat(bot, GROUP), "deleted")
    return GROUP


def lose(bot: Service) -> int:
    del bot.sandbox.world.chats[GROUP]
    return GROUP


@pytest.mark.parametrize("ends", [kick, leave, deactivate, delete, lose])
async def test_scenario_14_a_chat_that_is_gone_is_called_once_and_others_go_on(
    tmp_path: Path, ends: Callable[[Service], int]
) -> None:
    async with working(tmp_path) as bot:
        gone = ends(bot)
        await both_served(bot, gone)

        await bot.publish("Eins")
        await until(lambda: bot.state(gone) == "asleep", "the refusal")
        await bot.publish("Zwei")

        await told_elsewhere(bot, "Eins", "Zwei")
        assert [call["result"]["ok"] for call in bot.calls("sendMessage", gone)] == [False]
        assert bot.lists(gone) == {"nordkorea", "siegesparade"}


# A group becomes a supergroup.


@pytest.mark.parametrize("order", ["by error", "by message", "both"])
async def test_scenario_15_a_group_that_moves_takes_everything_along_as_one_chat(
    tmp_path: Path, order: str
) -> None:
    async with working(tmp_path) as bot:
        await both_served(bot, GROUP)
        known = await bot.publish("Vorher")
        await until(lambda: bot.titles(GROUP) == ["Vorher"], "the alert before")

        if order == "both":
            bot.fault("400_migrate", GROUP)
        membership.migrate(bot.sandbox.world, chat(bot, GROUP), announced=order != "by error")
        if order == "by message":
            await until(lambda: bot.state(SUPERGROUP) == "active", "the move")
        await bot.publish("Nachher")
        await bot.publish("Vorher, noch einmal", link=known)
        await bot.publish("Ende")

        await until(lambda: accepted(bot, SUPERGROUP) == ["Nachher", "Ende"], "the alerts after")
        assert sorted(row["id"] for row in bot.rows("chats")) == sorted((SUPERGROUP, OTHER))
        assert bot.lists(SUPERGROUP) == {"nordkorea", "siegesparade"}
        assert [row["chat_id"] for row in bot.rows("alerts")].count(SUPERGROUP) == 3


async def test_scenario_15_how_a_group_wants_to_be_told_moves_along(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await both_served(bot, GROUP)
        async with bot.store.write() as tx:
            await chats.set_manner(tx, GROUP, Manner(folding="hourly", digests=(480,)))

        membership.migrate(bot.sandbox.world, chat(bot, GROUP))
        await until(lambda: bot.state(SUPERGROUP) == "active", "the move")

        async with bot.store.read() as connection:
            manner = await chats.manner(connection, SUPERGROUP)
        assert manner == Manner(folding="hourly", digests=(480,))


# Topics.


async def forum(bot: Service) -> int:
    """A forum that is told in a topic; the operator is the person."""
    [thread] = bot.forum(FORUM, "Korea")
    await bot.serve(PERSON, admin=True)
    await both_served(bot, FORUM)
    async with bot.store.write() as tx:
        group = await chats.get(tx, FORUM)
        assert group is not None
        topic = await chats.open_topic(tx, group, thread, bot.clock())
        await chats.unsubscribe(tx, FORUM, "nordkorea")
        await chats.subscribe(tx, topic.id, "nordkorea", bot.clock())
    return thread


async def test_scenario_16_a_forum_is_told_in_its_topic(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        thread = await forum(bot)

        await bot.publish("Eins")

        assert (await bot.message(0, FORUM))["message_thread_id"] == thread


@pytest.mark.parametrize("state", ["closed", "deleted"])
async def test_scenario_16_a_topic_that_is_closed_falls_back_once_and_the_admin_is_told(
    tmp_path: Path, state: str
) -> None:
    async with working(tmp_path) as bot:
        thread = await forum(bot)
        membership.set_topic(bot.sandbox.world, chat(bot, FORUM), thread, state)

        await bot.publish("Eins")
        await bot.publish("Zwei")

        await until(lambda: accepted(bot, FORUM) == ["Eins", "Zwei"], "the alerts")
        tried = [c["params"].get("message_thread_id") for c in bot.calls("sendMessage", FORUM)]
        assert tried == [thread, None, None]
        assert f"{FORUM}" in (await bot.message(0))["text"]
        assert f"das Thema {thread}" in bot.texts()[0]
        assert len(bot.texts()) == 1


async def test_scenario_16_where_even_the_main_thread_is_closed_the_chat_sleeps(
    tmp_path: Path,
) -> None:
    async with working(tmp_path) as bot:
        await forum(bot)
        bot.fault("400_thread", FORUM, times=2)

        await bot.publish("Eins")

        await until(lambda: bot.state(FORUM) == "asleep", "the second refusal")
        await told_elsewhere(bot, "Eins")
        assert len(bot.calls("sendMessage", FORUM)) == 2
