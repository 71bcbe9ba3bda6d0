"""Invitations, and several admins who let people in."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from bot.sandbox import people
from tests.telegram_kit import GROUP, PERSON, Service, until, working

STRANGER, SECOND, ADMIN = 3003, 3004, 4004
WEEK = timedelta(days=7).total_seconds()
ONLY_ADMINS = "Das kann nur, wer diesen Ausguck betreibt."


async def invitation(bot: Service, command: str = "/invite") -> str:
    """The admin makes an invitation; return what opening it sends."""
    text = (await bot.ask(command))["text"]
    found = re.search(r"\?start=(invite_\S+)", text)
    assert found, text
    return f"/start {found[1]}"


# Invitations.


async def test_an_invitation_lets_somebody_in_without_a_question(tmp_path: Path) -> None:
    async with working(tmp_path, access="invite") as bot:
        await bot.serve(PERSON, admin=True)
        opening = await invitation(bot)

        greeting = await bot.ask(opening, bot.person(STRANGER))

        assert "Wählen Sie jetzt" in greeting["text"]
        assert bot.state(STRANGER) == "active"
        assert len(bot.texts()) == 1


@pytest.mark.parametrize(("command", "said"), [("/invite", "eine Person"), ("/einladen 2", "2 P")])
async def test_an_invitation_says_for_how_many_it_is_and_until_when(
    tmp_path: Path, command: str, said: str
) -> None:
    async with working(tmp_path, access="invite") as bot:
        await bot.serve(PERSON, admin=True)

        text = (await bot.ask(command))["text"]

        assert f"gilt für {said}" in text
        assert "bis 16. Mai 2025, 10:00 Uhr" in text
        assert "https://t.me/ausguck_sandbox_bot?start=invite_" in text


async def test_an_invitation_is_good_for_as_many_as_it_says(tmp_path: Path) -> None:
    async with working(tmp_path, access="invite") as bot:
        await bot.serve(PERSON, admin=True)
        opening = await invitation(bot, "/invite 2")

        for person in (STRANGER, SECOND, 3005):
            await bot.ask(opening, bot.person(person))

        states = [bot.state(person) for person in (STRANGER, SECOND, 3005)]
        assert states == ["active", "active", "asked"]


async def test_an_invitation_is_good_for_a_week(tmp_path: Path) -> None:
    async with working(tmp_path, access="invite") as bot:
        await bot.serve(PERSON, admin=True)
        opening = await invitation(bot)
        bot.clock.move(WEEK)

        refused = await bot.ask(opening, bot.person(STRANGER))

        assert "nur Eingeladenen" in refused["text"]


async def test_who_is_in_already_takes_nobodys_place(tmp_path: Path) -> None:
    async with working(tmp_path, access="invite") as bot:
        await bot.serve(PERSON, admin=True)
        opening = await invitation(bot)
        await bot.ask(opening)
        await bot.serve(bot.person(SECOND))
        await bot.ask(opening, SECOND)

        await bot.ask(opening, bot.person(STRANGER))

        assert bot.state(STRANGER) == "active"


async def test_who_was_refused_comes_in_by_an_invitation(tmp_path: Path) -> None:
    async with working(tmp_path, access="invite") as bot:
        await bot.serve(PERSON, admin=True)
        await bot.ask("/start", bot.person(STRANGER))
        await bot.press("Ablehnen")

        greeting = await bot.ask(await invitation(bot), STRANGER)

        assert "Wählen Sie jetzt" in greeting["text"]


async def test_an_invitation_lets_no_group_in(tmp_path: Path) -> None:
    async with working(tmp_path, access="invite") as bot:
        await bot.serve(bot.person(ADMIN), admin=True)
        link = (await bot.ask("/invite", ADMIN))["text"].rpartition("?start=")[2]

        await bot.ask(f"/start {link}", GROUP, PERSON)

        assert bot.state(GROUP) is None


@pytest.mark.parametrize("wrong", ["0", "-1", "viele", "1001", "9" * 40, "2.5", "٣"])
async def test_a_number_that_is_none_is_answered_with_an_example(
    tmp_path: Path, wrong: str
) -> None:
    async with working(tmp_path, access="invite") as bot:
        await bot.serve(PERSON, admin=True)

        said = (await bot.ask(f"/invite {wrong}"))["text"]

        assert "/invite 20" in said
        assert "Mehr als 1000 auf einmal" in said

        assert "invite" not in {row["purpose"] for row in bot.rows("codes")}


async def test_only_admins_invite(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(bot.person(ADMIN), admin=True)

        assert (await bot.ask("/invite"))["text"] == ONLY_ADMINS
        assert (await bot.ask("/invite", GROUP))["text"] == ONLY_ADMINS


# Several admins.


async def test_every_admin_is_asked_and_the_first_answer_counts(tmp_path: Path) -> None:
    async with working(tmp_path, access="invite") as bot:
        await bot.serve(PERSON, admin=True)
        await bot.serve(bot.person(ADMIN), admin=True)
        await bot.ask("/start", bot.person(STRANGER))

        await bot.press("Zulassen", ADMIN)
        await until(lambda: "liest jetzt mit" in bot.texts(ADMIN)[0], "the answer")
        await bot.press("Zulassen")

        await until(lambda: "liest inzwischen schon mit" in bot.texts()[0], "the other answer")
        assert bot.state(STRANGER) == "active"


async def test_an_admin_of_the_configuration_is_one_as_soon_as_they_write(tmp_path: Path) -> None:
    async with working(tmp_path, access="invite", admins=(PERSON, ADMIN)) as bot:
        bot.person(ADMIN)
        for person in (PERSON, ADMIN):
            await bot.ask("/start", person)

        assert {row["id"] for row in bot.rows("chats") if row["admin"]} == {PERSON, ADMIN}
        assert "start=invite_" in (await bot.ask("/invite", ADMIN))["text"]


async def test_whom_one_admin_has_let_in_another_does_not_refuse(tmp_path: Path) -> None:
    async with working(tmp_path, access="invite") as bot:
        await bot.serve(PERSON, admin=True)
        await bot.serve(bot.person(ADMIN), admin=True)
        await bot.ask("/start", bot.person(STRANGER))
        await bot.press("Zulassen", ADMIN)
        await until(lambda: bot.state(STRANGER) == "active", "the newcomer")

        await bot.press("Ablehnen")

        await until(lambda: "liest inzwischen schon mit" in bot.texts()[0], "the answer")
        assert bot.state(STRANGER) == "active"


async def test_pressed_twice_a_newcomer_is_greeted_once(tmp_path: Path) -> None:
    async with working(tmp_path, access="invite") as bot:
        await bot.serve(PERSON, admin=True)
        await bot.ask("/start", bot.person(STRANGER))
        world, [question] = bot.sandbox.world, bot.messages()
        pair = [
            people.press(world, world.chats[PERSON], question["message_id"], f"in:{STRANGER}")
            for _ in range(2)
        ]

        for press in pair:
            await bot.answered(press)

        await bot.ask("/help")
        greetings = [text for text in bot.texts(STRANGER) if "Wählen Sie jetzt" in text]
        assert len(greetings) == 1
