"""Acceptance: the first word, what a boot says, links to a list, and buttons that are pressed."""

from pathlib import Path
from typing import Any

import pytest

from bot.sandbox import people
from bot.telegram.views import handle
from bot.wording.de import GERMAN
from bot.wording.en import ENGLISH
from tests.telegram_kit import GROUP, PERSON, until, working

NEWCOMER, STRANGER = 2001, 3003
STALE = "Dieser Knopf ist veraltet. Alle Befehle stehen unter /help."
ONLY_ADMINISTRATORS = "Das kann hier nur ein Administrator."
MENU = ["lists", "add", "last", "quiet", "why", "help"]


# 1: the first word.


@pytest.mark.parametrize(
    ("language", "greeting"), [("de", "Guten Tag!"), ("en", "Hello!"), ("fr", "Hello!")]
)
async def test_scenario_1_a_new_person_gets_one_greeting_in_their_language(
    tmp_path: Path, language: str, greeting: str
) -> None:
    async with working(tmp_path) as bot:
        bot.person(NEWCOMER, language)

        message = await bot.ask("/start", NEWCOMER)

        assert greeting in message["text"]
        assert bot.buttons(message) == ["▫️ Nordkorea", "▫️ Siegesparade"]
        assert len(bot.messages(NEWCOMER)) == 1
        assert bot.state(NEWCOMER) == "active"


# 2: the boot.


async def test_scenario_2_at_the_boot_the_menu_is_set_for_everybody_in_both_languages(
    tmp_path: Path,
) -> None:
    async with working(tmp_path) as bot:
        menus = [call["params"] for call in bot.calls("setMyCommands")]

        assert len(bot.calls("getMe")) == 1
        assert {
            (menu["scope"]["type"], menu.get("language_code", "")): names(menu) for menu in menus
        } == {
            ("all_private_chats", "de"): MENU,
            ("all_private_chats", ""): MENU,
            ("all_group_chats", "de"): MENU,
            ("all_group_chats", ""): MENU,
            ("all_chat_administrators", "de"): [*MENU, "stop"],
            ("all_chat_administrators", ""): [*MENU, "stop"],
        }


def names(menu: dict[str, Any]) -> list[str]:
    return [command["command"] for command in menu["commands"]]


async def test_scenario_2_what_the_menu_says_is_in_its_language(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        menus = [call["params"] for call in bot.calls("setMyCommands")]

        said = {m.get("language_code", ""): m["commands"][1]["description"] for m in menus}
        assert said == {"de": GERMAN.people.menu_add, "": ENGLISH.people.menu_add}


async def test_scenario_2_nobody_is_written_to_at_the_boot(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(PERSON, "nordkorea", admin=True)
        await bot.serve(GROUP, "nordkorea")

        await bot.restart()

        assert bot.calls("sendMessage") == []


# 3: links to a list.


async def test_scenario_3_a_link_switches_its_list_on(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        message = await bot.ask(f"/start w_{handle('siegesparade')}", bot.person(NEWCOMER))

        assert "„Siegesparade“ ist eingeschaltet" in message["text"]
        assert bot.buttons(message) == ["▫️ Nordkorea", "✅ Siegesparade"]
        assert bot.lists(NEWCOMER) == {"siegesparade"}


@pytest.mark.parametrize(
    "payload",
    [
        "w_",
        "w_7",
        "w_nordkorea",
        "w_0000000000000000",
        "w_" + "0" * 63,
        f"w_{handle('nordkorea')} {handle('nordkorea')}",
        "ref-tiktok",
        "<b>",
        "\u202e\u0000",
    ],
)
async def test_scenario_3_any_other_payload_is_a_plain_start(tmp_path: Path, payload: str) -> None:
    async with working(tmp_path) as bot:
        message = await bot.ask(f"/start {payload}", bot.person(NEWCOMER))

        assert "Wählen Sie jetzt" in message["text"]
        assert bot.lists(NEWCOMER) == set()


async def test_scenario_3_a_link_to_a_list_that_one_may_not_know_of_is_a_plain_start(
    tmp_path: Path,
) -> None:
    lists = {"geheim": "@label Geheim\n@visible admins\nNordkorea", "offen": "Nordkorea"}
    async with working(tmp_path, lists=lists) as bot:
        message = await bot.ask(f"/start w_{handle('geheim')}", bot.person(NEWCOMER))

        assert "Geheim" not in message["text"]
        assert bot.buttons(message) == ["▫️ offen"]
        assert bot.lists(NEWCOMER) == set()


async def test_scenario_3_in_a_group_a_members_link_switches_nothing_on(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(GROUP)
        bot.person(STRANGER)
        bot.member(STRANGER)

        await bot.ask(f"/start w_{handle('nordkorea')}", GROUP, STRANGER)

        assert bot.lists(GROUP) == set()


# 20: buttons.


async def test_scenario_20_pressed_twice_it_is_answered_twice_and_done_once(
    tmp_path: Path,
) -> None:
    async with working(tmp_path) as bot:
        await bot.ask("/quiet", GROUP)
        world, [message] = bot.sandbox.world, bot.messages(GROUP)
        pair = [
            people.press(world, world.chats[GROUP], message["message_id"], "quiet:22-7")
            for _ in range(2)
        ]

        answers = [await bot.answered(press) for press in pair]

        assert answers == ["", ""]
        await until(lambda: len(bot.calls("editMessageText")) == 2, "both edits")
        # The second one is "not modified": nobody hears of it.
        assert [c["result"]["ok"] for c in bot.calls("editMessageText")] == [True, False]
        assert len(bot.messages(GROUP)) == 1


async def test_scenario_20_a_button_on_an_old_message_works(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        answer = await bot.forge(f"on:{handle('nordkorea')}", date=0)

        assert answer == "„Nordkorea“ ist eingeschaltet"


@pytest.mark.parametrize(
    "data", ["x", "on:" + "0" * 64, "on:" + "é" * 64, "quiet:25-99", "🦆" * 99]
)
async def test_scenario_20_foreign_or_oversized_data_changes_nothing(
    tmp_path: Path, data: str
) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(PERSON, "siegesparade")
        before = {table: bot.rows(table) for table in bot.tables()}

        assert await bot.forge(data) == STALE

        assert {table: bot.rows(table) for table in bot.tables()} == before


async def test_scenario_20_a_press_that_is_too_old_to_be_answered_is_done_all_the_same(
    tmp_path: Path,
) -> None:
    async with working(tmp_path) as bot:
        await bot.ask("/lists", GROUP)
        await bot.stop()
        world, [message] = bot.sandbox.world, bot.messages(GROUP)
        data = f"on:{handle('nordkorea')}"
        pressed = people.press(world, world.chats[GROUP], message["message_id"], data)
        world.callbacks[pressed.id].pressed = world.now().replace(year=2020)

        await bot.start()

        await until(lambda: bot.lists(GROUP) == {"nordkorea"}, "the list")
        assert pressed.answer is None


async def test_scenario_20_in_a_group_somebody_who_is_no_administrator_settles_nothing(
    tmp_path: Path,
) -> None:
    async with working(tmp_path) as bot:
        await bot.ask("/lists", GROUP, PERSON)
        bot.person(STRANGER)
        bot.member(STRANGER)

        assert await bot.press("Nordkorea", GROUP, STRANGER) == ONLY_ADMINISTRATORS

        assert bot.lists(GROUP) == set()
