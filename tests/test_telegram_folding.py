"""After a burst: the chat is asked how such a thing is to be told, and is told so from then on."""

from pathlib import Path

import pytest

from bot.sandbox import membership
from bot.store import chats
from tests.telegram_kit import GROUP, Service, until, working

WINDOW, HOUR = 600, 3_600
MOST = 2
MEMBER = 3003
STALE = "Dieser Knopf ist veraltet. Alle Befehle stehen unter /help."


async def burst(bot: Service, *titles: str) -> None:
    for title in titles:
        await bot.publish(title)
    await bot.settled()


async def asked(bot: Service) -> None:
    """A burst was told; its digest asks the question."""
    await bot.serve(GROUP, "nordkorea")
    await burst(bot, "A", "B", "C", "D")
    bot.clock.move(WINDOW)
    await bot.message(MOST, GROUP)
    await bot.settled()


async def folding(bot: Service) -> str:
    async with bot.store.read() as connection:
        return (await chats.manner(connection, GROUP)).folding


async def test_from_now_on_all_at_once_if_that_is_chosen(tmp_path: Path) -> None:
    async with working(tmp_path, burst=MOST) as bot:
        await asked(bot)

        assert await bot.press("alles sofort", GROUP) == "Ab jetzt kommt jede Meldung sofort"
        await burst(bot, "E", "F", "G", "H")

        assert bot.titles(GROUP) == ["A", "B", "E", "F", "G", "H"]


async def test_from_now_on_hourly_if_that_is_chosen(tmp_path: Path) -> None:
    async with working(tmp_path, burst=MOST) as bot:
        await asked(bot)

        assert "stündlich" in await bot.press("Stündlich", GROUP)
        await burst(bot, "E", "F")
        bot.clock.move(HOUR - WINDOW - 1)
        await bot.settled()
        assert len(bot.messages(GROUP)) == MOST + 1

        bot.clock.move(1)
        await bot.message(MOST + 1, GROUP)
        assert [t in bot.texts(GROUP)[-1] for t in ("• E", "• F")] == [True, True]


async def test_left_so_the_next_burst_is_told_as_the_first(tmp_path: Path) -> None:
    async with working(tmp_path, burst=MOST) as bot:
        await asked(bot)

        assert await bot.press("So lassen", GROUP) == "Alles bleibt, wie es ist"
        await burst(bot, "E", "F", "G", "H")
        assert bot.titles(GROUP) == ["A", "B", "E", "F"]

        bot.clock.move(WINDOW)
        await until(lambda: "• G" in bot.texts(GROUP)[-1], "the second digest")


async def test_what_was_chosen_can_be_chosen_anew(tmp_path: Path) -> None:
    async with working(tmp_path, burst=MOST) as bot:
        await asked(bot)
        await bot.press("alles sofort", GROUP)
        assert await folding(bot) == "at_once"

        await bot.press("So lassen", GROUP)

        assert await folding(bot) == ""


async def test_pressed_twice_and_after_a_restart_it_does_the_same(tmp_path: Path) -> None:
    async with working(tmp_path, burst=MOST) as bot:
        await asked(bot)
        await bot.press("Stündlich", GROUP)

        await bot.restart()
        await bot.press("Stündlich", GROUP)

        assert await folding(bot) == "hourly"


async def test_chosen_while_more_is_collected_that_is_told_as_announced(tmp_path: Path) -> None:
    async with working(tmp_path, burst=MOST) as bot:
        await asked(bot)
        await burst(bot, "E", "F", "G", "H")

        await bot.press("alles sofort", GROUP)
        await burst(bot, "I")
        assert bot.titles(GROUP) == ["A", "B", "E", "F", "I"]

        bot.clock.move(WINDOW)
        await until(lambda: "• G" in bot.texts(GROUP)[-1], "the second digest")
        assert "• H" in bot.texts(GROUP)[-1]


@pytest.mark.parametrize("data", ["fold:", "fold:never", "fold:at_once:x", "fold:HOURLY"])
async def test_a_forged_choice_changes_nothing(tmp_path: Path, data: str) -> None:
    async with working(tmp_path, burst=MOST) as bot:
        await bot.serve(GROUP, "nordkorea")

        assert await bot.forge(data, GROUP, sender=1001) == STALE

        assert await folding(bot) == ""


async def test_in_a_group_only_who_runs_it_may_choose(tmp_path: Path) -> None:
    async with working(tmp_path, burst=MOST) as bot:
        await asked(bot)
        world = bot.sandbox.world
        membership.set_member(world, world.chats[GROUP], MEMBER, "member")

        await bot.press("alles sofort", GROUP, MEMBER)

        assert await folding(bot) == ""
