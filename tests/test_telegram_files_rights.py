"""A list that is sent by chat where the watchlists' folder cannot be written."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.owner import us
from tests.files_kit import files, folder, owned, saved, send, sent, told
from tests.telegram_kit import LISTS, Service, until, working


@contextmanager
def read_only(place: Path) -> Iterator[None]:
    """The folder as a mount that may not be written; root, too, is refused."""

    def mount(*words: str) -> int:
        return subprocess.run(["mount", *words], capture_output=True, check=False).returncode

    if mount("--bind", str(place), str(place)):
        pytest.skip("nothing can be mounted here")
    try:
        assert mount("-o", "remount,bind,ro", str(place)) == 0
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(place)], check=True)


async def refused(bot: Service) -> str:
    """Wait for what is said where a list cannot be saved."""
    await until(lambda: "nicht speichern" in bot.texts()[-1], "the refusal")
    return bot.texts()[-1]


async def test_it_is_answered_with_the_remedy_and_nothing_is_half_saved(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await owned(bot)
        before = files(bot)
        with read_only(folder(bot)):
            await sent(bot, "Teheran\n")
            await bot.press("speichern")

            said = await refused(bot)

            assert f"chown -R {us()}" in said
            assert str(folder(bot)) in said
            assert "Read-only file system" in said
            assert files(bot) == before
            assert "iran" not in [each.name for each in bot.library.watchlists]


async def test_once_the_folder_can_be_written_the_same_button_saves(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await owned(bot)
        with read_only(folder(bot)):
            await sent(bot, "Teheran\n")
            await bot.press("speichern")
            await refused(bot)

        await saved(bot)

        assert files(bot)["iran.txt"] == b"Teheran\n"


async def test_a_file_that_cannot_be_put_in_its_place_leaves_no_rest(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await owned(bot)
        await sent(bot, "Teheran\n")
        (folder(bot) / "iran.txt").mkdir()

        await bot.press("speichern")

        await refused(bot)
        there = sorted(each.name for each in folder(bot).iterdir())
        assert there == ["iran.txt", *(f"{name}.txt" for name in sorted(LISTS))]


async def test_a_change_that_cannot_be_taken_back_is_answered_with_the_remedy(
    tmp_path: Path,
) -> None:
    async with working(tmp_path) as bot:
        await owned(bot)
        await bot.write(iran="Teheran")
        await told(bot, "Neue Wortliste: iran")
        with read_only(folder(bot)):
            await bot.press("Rückgängig")

            assert f"chown -R {us()}" in await refused(bot)


async def test_what_a_nas_leaves_in_the_folder_is_no_watchlist(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await owned(bot)
        place = folder(bot)
        (place / "@eaDir" / "nordkorea.txt").mkdir(parents=True)
        (place / "@eaDir" / "nordkorea.txt" / "SYNO@.txt").write_text("A & (B")
        names = ("._nordkorea.txt", "~$nordkorea.txt", "nordkorea.txt.tmp", "nordkorea.tmp")
        for name in (*names, ".nordkorea.txt", "nordkorea.txt~", "#nordkorea.txt#"):
            (place / name).write_bytes(b"A & (B")

        await bot.library.refresh()
        send(bot, "Teheran\n")

        answer = await bot.message(0)
        assert "iran" in answer["text"]  # and no word of a fault in another file came before it
        assert [each.name for each in bot.library.watchlists] == sorted(LISTS)
