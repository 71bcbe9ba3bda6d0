"""Strangers who ask to be let in: what they and the admins read when things have moved on."""

from pathlib import Path

import pytest

from tests.telegram_kit import PERSON, Service, until, working
from tests.test_telegram_invite import invitation

STRANGER, SECOND = 3003, 3004
ASKED = "Seine Administratoren habe ich gefragt"
TO_THE_OPERATOR = "nennen Sie sie dem Betreiber"
DEAD = "Dieser Link gilt nicht mehr.\n\nGuten Tag!"
STAYS = "3003 liest inzwischen schon mit."


async def test_a_stranger_reads_that_the_admins_were_asked(tmp_path: Path) -> None:
    async with working(tmp_path, access="invite") as bot:
        await bot.serve(PERSON, admin=True)
        bot.person(STRANGER)

        first = (await bot.ask("/start", STRANGER))["text"]
        again = (await bot.ask("/lists", STRANGER))["text"]

        assert ASKED in first
        assert ASKED in again
        assert TO_THE_OPERATOR not in first + again


async def test_where_nobody_could_be_asked_the_stranger_is_to_ask(tmp_path: Path) -> None:
    async with working(tmp_path, access="list") as bot:
        await bot.serve(PERSON, admin=True)

        text = (await bot.ask("/start", bot.person(STRANGER)))["text"]

        assert TO_THE_OPERATOR in text
        assert ASKED not in text


@pytest.mark.parametrize("button", ["Ablehnen", "Zulassen"])
async def test_who_came_in_by_an_invitation_meanwhile_is_said_to_be_in(
    tmp_path: Path, button: str
) -> None:
    async with working(tmp_path, access="invite") as bot:
        await bot.serve(PERSON, admin=True)
        opening = await invitation(bot)
        await bot.ask("/start", bot.person(STRANGER))
        await bot.ask(opening, STRANGER)

        await bot.press(button)

        await until(lambda: STAYS in bot.texts(), "the answer")
        assert bot.state(STRANGER) == "active"


@pytest.mark.parametrize("payload", ["own_wrong", "invite_wrong"])
async def test_a_wrong_link_is_said_to_be_good_no_more(tmp_path: Path, payload: str) -> None:
    async with working(tmp_path, access="invite") as bot:
        message = await bot.ask(f"/start {payload}", bot.person(STRANGER))

        assert message["text"].startswith(DEAD)


async def test_a_used_up_invitation_is_said_to_be_good_no_more(tmp_path: Path) -> None:
    async with working(tmp_path, access="invite") as bot:
        await bot.serve(PERSON, admin=True)
        opening = await invitation(bot)
        await _open(bot, opening, STRANGER)

        text = await _open(bot, opening, SECOND)

        assert text.startswith(DEAD)


async def test_a_plain_start_says_nothing_of_links(tmp_path: Path) -> None:
    async with working(tmp_path, access="invite") as bot:
        assert "Link" not in await _open(bot, "/start", STRANGER)


async def _open(bot: Service, opening: str, person: int) -> str:
    return str((await bot.ask(opening, bot.person(person)))["text"])
