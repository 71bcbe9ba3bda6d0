"""A list that is asked for comes back byte for byte."""

from pathlib import Path
from typing import Any

import pytest

from bot.watch.files import SETTLE
from tests.files_kit import folder, owned
from tests.telegram_kit import GROUP, LISTS, PERSON, Service, working

WINDOWS = "@label Türkei\r\nÖzgür # so\r\n\r\n".encode("windows-1252")


def file_in(bot: Service, message: dict[str, Any]) -> tuple[str, bytes]:
    """The name and the content of a file that the bot sent."""
    document = message["document"]
    return document["file_name"], bot.sandbox.world.files[document["file_id"]].content


async def with_list(bot: Service, name: str, content: bytes) -> None:
    """The person is an admin, and there is a file."""
    await owned(bot)
    (folder(bot) / f"{name}.txt").write_bytes(content)
    await bot.library.refresh()
    await bot.settled()


@pytest.mark.parametrize("command", ["/export tuerkei", "/exportieren TÜRKEI", "/export  Tuerkei"])
async def test_by_its_name_or_label_a_list_comes_back_byte_for_byte(
    tmp_path: Path, command: str
) -> None:
    async with working(tmp_path) as bot:
        await with_list(bot, "tuerkei", WINDOWS)

        message = await bot.ask(command)

        assert file_in(bot, message) == ("tuerkei.txt", WINDOWS)


async def test_sent_back_as_it_came_it_is_the_same_list(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await owned(bot)

        message = await bot.ask("/export nordkorea")

        assert file_in(bot, message) == ("nordkorea.txt", LISTS["nordkorea"].encode())


async def test_a_file_with_faults_comes_back_too_to_be_mended(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await with_list(bot, "neu", b"A & (B\n")

        message = await bot.ask("/export neu")

        assert file_in(bot, message) == ("neu.txt", b"A & (B\n")


async def test_without_its_folder_a_list_comes_as_it_is_in_force(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await owned(bot)
        folder(bot).rename(tmp_path / "away")

        message = await bot.ask("/export nordkorea")

        assert file_in(bot, message) == ("nordkorea.txt", LISTS["nordkorea"].encode())


async def test_a_list_that_is_not_there_is_answered_with_those_that_are(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await owned(bot)

        message = await bot.ask("/export <b>iran</b>")

        assert message["text"] == (
            "Eine Wortliste namens „<b>iran</b>“ gibt es nicht. Es gibt: nordkorea, siegesparade"
        )


async def test_an_empty_list_is_said_to_be_empty(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await with_list(bot, "leer", b"")
        bot.clock.move(SETTLE.total_seconds())

        assert "steht nichts" in (await bot.ask("/export leer"))["text"]


@pytest.mark.parametrize("name", ["../ausguck.db", "../../etc/passwd", "/etc/passwd"])
async def test_nothing_else_comes_out_of_the_server(tmp_path: Path, name: str) -> None:
    async with working(tmp_path) as bot:
        await owned(bot)

        assert "gibt es nicht" in (await bot.ask(f"/export {name}"))["text"]


async def test_a_list_for_admins_is_not_shown_to_their_group(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await with_list(bot, "geheim", b"@visible admins\nTeheran\n")
        await bot.serve(GROUP)

        message = await bot.ask("/export geheim", GROUP, PERSON)

        assert "Es gibt: nordkorea, siegesparade" in message["text"]
        assert file_in(bot, await bot.ask("/export geheim"))[0] == "geheim.txt"
