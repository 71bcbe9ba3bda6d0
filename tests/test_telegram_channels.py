"""Channels and groups that are settled from a private chat."""

from pathlib import Path
from typing import Any

import pytest

from bot.sandbox import membership
from bot.sandbox.chats import Chat
from bot.store import chats
from bot.telegram.views import handle
from tests.telegram_kit import GROUP, PERSON, Service, until, working

CHANNEL = -1_000_000_000_777
STRANGER, COLLEAGUE = 3003, 4004
HEAD = "📣 Meldungen"
STALE = "Dieser Knopf ist veraltet. Alle Befehle stehen unter /help."


def channel(bot: Service) -> Chat:
    """The person adds the bot to their channel."""
    return membership.add_chat(bot.sandbox.world, CHANNEL, "channel", title="Meldungen")


def posts(bot: Service) -> list[str]:
    """Return what stands in the channel."""
    return [message["text"] for message in bot.sandbox.world.chats[CHANNEL].messages.values()]


async def managed(bot: Service) -> None:
    """The person has their channel, and settles it."""
    channel(bot)
    await bot.message(0)
    await bot.press("Einrichten")
    await until(lambda: "gilt ab jetzt für" in bot.texts()[0], "the turn")


def acts_for(bot: Service, person: int = PERSON) -> int | None:
    found: dict[int, int | None] = {row["id"]: row["acts_for"] for row in bot.rows("chats")}
    return found[person]


def demote(bot: Service, chat: int = CHANNEL) -> None:
    world = bot.sandbox.world
    membership.set_member(world, world.chats[chat], PERSON, "member")


def data_of(message: dict[str, Any]) -> list[str]:
    rows = message["reply_markup"]["inline_keyboard"]
    return [button["callback_data"] for row in rows for button in row]


# Turning to another chat.


async def test_whoever_adds_the_bot_to_a_channel_settles_it_from_their_own_chat(
    tmp_path: Path,
) -> None:
    async with working(tmp_path) as bot:
        channel(bot)
        asked = await bot.message(0)
        assert asked["text"].startswith("📣 Im Kanal Meldungen kann ich jetzt schreiben.")
        assert posts(bot) == []

        await bot.press("Einrichten")
        await until(lambda: bot.texts()[0].startswith(HEAD), "the turn")
        await bot.press("Wortlisten")
        shown = await bot.message(1)
        await bot.press("Nordkorea")
        await bot.publish("Eins")

        await until(lambda: [text.split("\n")[1] for text in posts(bot)] == ["Eins"], "the alert")
        assert shown["text"].startswith(HEAD)
        assert (bot.lists(CHANNEL), bot.lists()) == ({"nordkorea"}, set())


@pytest.mark.parametrize("command", ["/lists", "/subs", "/quiet 22-7", "/help", "/last", "/stop"])
async def test_every_answer_begins_with_the_channel_that_it_is_about(
    tmp_path: Path, command: str
) -> None:
    async with working(tmp_path) as bot:
        await managed(bot)

        assert (await bot.ask(command))["text"].split("\n")[0] == HEAD


async def test_what_is_written_settles_the_channel_and_not_ones_own_chat(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await managed(bot)

        await bot.ask("/quiet 22-7")

        quiet = {row["id"]: row["quiet"] for row in bot.rows("chats")}
        assert quiet[PERSON] is None
        assert quiet[CHANNEL]


async def test_it_is_so_after_a_restart(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await managed(bot)
        # What an earlier process sent to a person a second ago is not remembered.
        bot.sandbox.world.limits.change(private=0)

        await bot.restart()

        assert (await bot.ask("/lists"))["text"].startswith(HEAD)
        await bot.press("Nordkorea")
        assert bot.lists(CHANNEL) == {"nordkorea"}


async def test_manage_offers_what_one_administers_and_the_way_back(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await managed(bot)
        await bot.serve(GROUP)
        other = membership.add_chat(bot.sandbox.world, -1_000_000_000_888, "channel")
        other.members[PERSON] = "member"
        await bot.message(1)

        offered = await bot.ask("/verwalten")
        assert bot.buttons(offered) == ["✅ Meldungen", "▫️ Redaktion", "▫️ Mein eigener Chat"]
        assert not offered["text"].startswith("📣")

        await bot.press("Mein eigener Chat")
        await until(lambda: "wieder um Ihren eigenen Chat" in bot.texts()[-1], "the way back")
        assert acts_for(bot) is None
        assert not (await bot.ask("/lists"))["text"].startswith("📣")


async def test_a_group_is_settled_from_a_private_chat_too(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(GROUP)
        await bot.ask("/manage")
        await bot.press("Redaktion")
        await until(lambda: acts_for(bot) == GROUP, "the turn")

        assert (await bot.ask("/lists"))["text"].startswith("📣 Redaktion")
        await bot.press("Nordkorea")

        assert (bot.lists(GROUP), bot.lists()) == ({"nordkorea"}, set())


async def test_who_administers_nothing_is_told_how_to_begin(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(GROUP)

        offered = await bot.ask("/manage", bot.person(STRANGER))

        assert "Noch gibt es keinen Kanal" in offered["text"]
        assert bot.buttons(offered) == []


async def test_manage_is_for_private_chats(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        assert "nur im privaten Chat" in (await bot.ask("/manage", GROUP))["text"]

        assert await bot.forge(f"as:{GROUP}", GROUP, sender=PERSON) == STALE

        assert acts_for(bot, GROUP) is None


# Buttons mean the chat that they were made for.


async def test_a_button_goes_on_meaning_its_channel_after_the_way_back(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await managed(bot)
        old = data_of(await bot.ask("/lists"))[0]
        async with bot.store.write() as tx:
            await chats.act_for(tx, PERSON, None)

        await bot.forge(old)

        assert (bot.lists(CHANNEL), bot.lists()) == ({"nordkorea"}, set())


async def test_a_button_of_ones_own_goes_on_meaning_ones_own_chat(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await managed(bot)

        await bot.forge(f"on:{handle('nordkorea')}")

        assert (bot.lists(CHANNEL), bot.lists()) == (set(), {"nordkorea"})


async def test_buttons_that_mean_a_channel_keep_telegrams_limit(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await managed(bot)
        for command in ("/lists", "/stop", "/quiet", "/mute", "/digest", "/privacy"):
            await bot.ask(command)

        data = [each for m in bot.messages() if "reply_markup" in m for each in data_of(m)]

        assert all(each.endswith(f"@{CHANNEL}") for each in data)
        assert max(len(each.encode()) for each in data) <= 64


# Who may.


async def test_who_administers_it_no_more_is_told_so_and_back_in_their_own_chat(
    tmp_path: Path,
) -> None:
    async with working(tmp_path) as bot:
        await managed(bot)
        demote(bot)

        told = await bot.ask("/quiet 22-7")
        after = await bot.ask("/quiet 22-7")

        assert "nicht feststellen, dass Sie Meldungen noch verwalten" in told["text"]
        assert not after["text"].startswith("📣")
        quiet = {row["id"]: row["quiet"] for row in bot.rows("chats")}
        assert quiet[CHANNEL] is None
        assert quiet[PERSON]


async def test_the_buttons_of_who_administers_it_no_more_are_old(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await managed(bot)
        await bot.ask("/lists")
        demote(bot)

        assert await bot.press("Nordkorea") == STALE

        assert bot.lists(CHANNEL) == set()


@pytest.mark.parametrize(
    "data",
    [
        f"on:{handle('nordkorea')}@{CHANNEL}",
        f"lists@{CHANNEL}",
        f"stop:pause@{CHANNEL}",
        f"stop:pause@{PERSON}",
        "lists@99999999999999999999",
    ],
)
async def test_nobody_reaches_another_chat_by_a_forged_button(tmp_path: Path, data: str) -> None:
    async with working(tmp_path) as bot:
        channel(bot)
        await bot.message(0)
        bot.person(STRANGER)

        assert await bot.forge(data, STRANGER) == STALE

        assert bot.texts(STRANGER) == []
        assert (bot.lists(CHANNEL), bot.state(CHANNEL), bot.state()) == (set(), "active", None)


@pytest.mark.parametrize("data", [f"as:{CHANNEL}", f"as:{PERSON}", "as:-5", "as:x", "as:", "as:٣"])
async def test_nobody_turns_to_a_chat_that_they_do_not_administer(
    tmp_path: Path, data: str
) -> None:
    async with working(tmp_path) as bot:
        channel(bot)
        await bot.message(0)
        await bot.ask("/help", bot.person(STRANGER))

        answer = await bot.forge(data, STRANGER)

        assert answer == "Das kann nur einstellen, wer dort Administrator ist."
        assert acts_for(bot, STRANGER) is None


async def test_an_admin_of_the_bot_settles_every_channel(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        channel(bot)
        await bot.message(0)
        await bot.serve(bot.person(COLLEAGUE), admin=True)

        offered = await bot.ask("/manage", COLLEAGUE)
        await bot.press("Meldungen", COLLEAGUE)

        assert bot.buttons(offered) == ["▫️ Meldungen", "✅ Mein eigener Chat"]
        assert acts_for(bot, COLLEAGUE) == CHANNEL


async def test_erased_a_channel_is_settled_no_more_and_the_file_goes_to_who_erased_it(
    tmp_path: Path,
) -> None:
    async with working(tmp_path) as bot:
        await managed(bot)
        await bot.ask("/stop")

        await bot.press("Alles löschen")

        await until(lambda: any("Alles gelöscht" in text for text in bot.texts()), "the end")
        assert (bot.state(CHANNEL), bot.state(), acts_for(bot)) == (None, "active", None)
        assert sum("document" in message for message in bot.messages()) == 1
        assert posts(bot) == []


async def test_a_channel_whose_name_cannot_be_had_is_named_by_its_id(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await managed(bot)
        bot.fault("500", method="getChat")

        assert (await bot.ask("/lists"))["text"].startswith(f"📣 {CHANNEL}")
