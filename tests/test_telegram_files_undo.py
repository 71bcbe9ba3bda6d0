"""Versions of watchlists: which are kept, and how one is put back in force."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.store.versions import KEPT
from bot.watch.files import SETTLE
from tests.files_kit import OTHER_ADMIN, files, owned, source, told, versions
from tests.telegram_kit import LISTS, working

MINUTES = 60
UNDO = "Rückgängig"
NO_LONGER = "Die Wortliste ist inzwischen eine andere."


async def test_undone_the_version_before_is_in_the_file_and_in_force(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await owned(bot)
        await bot.write(nordkorea="Kim\n")
        await told(bot, "Kim")

        assert await bot.press(UNDO) == "Die Fassung davor gilt wieder"

        assert files(bot)["nordkorea.txt"].decode() == LISTS["nordkorea"]
        assert source(bot, "nordkorea") == LISTS["nordkorea"]
        await told(bot, "ist wieder, wie sie vorher war")


async def test_a_list_that_is_new_goes_again(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await owned(bot)
        await bot.write(iran="Iran\n")
        await told(bot, "Neue Wortliste")

        assert "entfernt" in await bot.press(UNDO)

        assert "iran.txt" not in files(bot)
        bot.clock.move(SETTLE.total_seconds())
        await bot.library.refresh()
        assert "iran" not in bot.labels
        await told(bot, "iran", 1)


async def test_the_only_list_does_not_go(tmp_path: Path) -> None:
    async with working(tmp_path, lists={}) as bot:
        await owned(bot)
        await bot.write(iran="Iran\n")
        await told(bot, "Neue Wortliste")

        assert "die einzige" in await bot.press(UNDO)

        assert "iran.txt" in files(bot)


async def test_several_saves_that_were_told_together_are_undone_together(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await owned(bot)
        for text in ("Kim\n", "Kim\nXi\n"):
            await bot.write(nordkorea=text)
        await told(bot, "Xi")

        await bot.press(UNDO)

        assert source(bot, "nordkorea") == LISTS["nordkorea"]


async def test_an_undo_can_be_undone(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await owned(bot)
        await bot.write(nordkorea="Kim\n")
        await told(bot, "Kim")
        bot.clock.move(11 * MINUTES)
        await bot.press(UNDO)
        await told(bot, "➕ 2 neue Zeilen", 1)

        await bot.press(UNDO)

        assert source(bot, "nordkorea") == "Kim\n"


async def test_pressed_again_it_is_refused_and_nothing_changes(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await owned(bot)
        await bot.write(nordkorea="Kim\n")
        await told(bot, "Kim")
        [[undo]] = bot.messages()[0]["reply_markup"]["inline_keyboard"]
        await bot.press(UNDO)

        assert NO_LONGER in await bot.forge(undo["callback_data"])

        assert source(bot, "nordkorea") == LISTS["nordkorea"]


@pytest.mark.parametrize("later", ["Xi\n", "A & (B\n"], ids=["a good version", "a broken one"])
async def test_what_was_written_since_is_not_undone(tmp_path: Path, later: str) -> None:
    async with working(tmp_path) as bot:
        await owned(bot)
        await bot.write(nordkorea="Kim\n")
        await told(bot, "Kim")
        bot.clock.move(11 * MINUTES)
        undo = bot.messages()[0]["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
        await bot.write(nordkorea=later)

        assert NO_LONGER in await bot.forge(undo)

        assert files(bot)["nordkorea.txt"].decode() == later


async def test_only_an_admin_undoes(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await owned(bot)
        await bot.serve(bot.person(OTHER_ADMIN))
        await bot.write(nordkorea="Kim\n")
        undo = (await told(bot, "Kim"))["reply_markup"]["inline_keyboard"][0][0]["callback_data"]

        await bot.forge(undo, OTHER_ADMIN)

        assert source(bot, "nordkorea") == "Kim\n"


async def test_the_last_twenty_versions_are_kept(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        for number in range(30):
            bot.clock.move(timedelta(hours=1).total_seconds())
            await bot.write(nordkorea=f"Wort{number}\n")

        assert versions(bot, "nordkorea") == [f"Wort{n}\n" for n in range(30 - KEPT, 30)]
        assert versions(bot, "siegesparade") == [LISTS["siegesparade"]]


async def test_however_often_it_is_saved_what_is_told_can_be_undone(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await owned(bot)
        for number in range(30):
            await bot.write(nordkorea=f"Wort{number}\n")
        await told(bot, "Wort29")

        await bot.press(UNDO)

        assert source(bot, "nordkorea") == LISTS["nordkorea"]
