"""Files that are no watchlists, names that are none, folders that are gone: answered, none lost."""

import os
import shutil
from pathlib import Path

import pytest

from bot.folder import LARGEST_FILE
from bot.sandbox.html import parse_html
from bot.store import chats
from tests.files_kit import files, folder, owned, saved, sent, source
from tests.telegram_kit import GROUP, PERSON, until, working

LIMIT = 4_096
NO_TEXT = "keine Textdatei"
NO_NAME = "kann eine Wortliste nicht heißen"
BINARY = bytes(range(256)) * 200


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param(BINARY, NO_TEXT, id="binary junk"),
        pytest.param("Teheran\n".encode("utf-16-le"), NO_TEXT, id="UTF-16 without a mark"),
        pytest.param(b" \n\n", "nichts, wonach ich suchen", id="nothing but blanks"),
        pytest.param("# später\n", "nichts, wonach ich suchen", id="nothing but a comment"),
        pytest.param("@label Iran\n", "nichts, wonach ich suchen", id="nothing but a setting"),
        pytest.param("-Fußball\n", "nichts, wonach ich suchen", id="nothing but an exclusion"),
        pytest.param(b"x" * (LARGEST_FILE + 1), "zu groß", id="more than 5 MB"),
        pytest.param("a, b\n" * 10_000, "9990 weitere Stellen", id="10,000 faults"),
        pytest.param("W" * 20_000, "kann ich so nicht übernehmen", id="an endless line"),
    ],
)
async def test_what_is_no_watchlist_is_answered_and_not_kept(
    tmp_path: Path, content: bytes | str, said: str
) -> None:
    async with working(tmp_path) as bot:
        await owned(bot)

        answer = await sent(bot, content)

        assert said in answer["text"]
        assert bot.buttons(answer) == []
        assert bot.rows("drafts") == []


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "windows-1252"])
async def test_what_editors_write_is_read(tmp_path: Path, encoding: str) -> None:
    async with working(tmp_path) as bot:
        await owned(bot)

        answer = await sent(bot, "Übung\r\n".encode(encoding))

        assert "das Wort Übung und seine Familie" in answer["text"]


async def test_lines_of_markup_are_shown_as_they_are_written(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await owned(bot)

        answer = await sent(bot, '@label <i>"A&B"\n"</code><b>x & y"\n')

        assert '@label <i>"A&B"\n"</code><b>x & y"\n' in answer["text"]


@pytest.mark.parametrize("sign", ["W", "<", "&", "ß "])
async def test_the_longest_answer_fits_into_a_message(tmp_path: Path, sign: str) -> None:
    line = f'"{sign * 300} {{}}"'
    async with working(tmp_path) as bot:
        await owned(bot)

        answer = await sent(bot, "\n".join(line.format(n // 2) for n in range(2_000)))

        assert bot.buttons(answer)
        [call] = bot.calls("sendMessage")
        assert len(parse_html(call["params"]["text"])[0]) <= LIMIT


# Names.


@pytest.mark.parametrize(
    "name",
    [
        *("../flucht.txt", "a/b.txt", "a\\b.txt", ".versteckt.txt", "~$x.txt", "#x.txt", ".txt"),
        *("a\nb.txt", "C:x.txt", "x?.txt", "ä" * 150 + ".txt", "x" * 250 + ".txt", "\u202ex.txt"),
    ],
)
async def test_a_name_that_no_file_should_have_is_refused(tmp_path: Path, name: str) -> None:
    async with working(tmp_path) as bot:
        await owned(bot)

        answer = await sent(bot, "Teheran", "iran.txt", caption=name)

        assert NO_NAME in answer["text"]
        assert bot.rows("drafts") == []


async def test_a_name_is_saved_in_one_way_however_it_was_typed(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await owned(bot)
        await sent(bot, "Ankara", "Tu\u0308rkei.txt")

        await saved(bot)

        assert "Türkei.txt" in files(bot)


async def test_a_long_name_fits_into_its_button(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await owned(bot)
        await sent(bot, "Teheran", "W" * 190 + ".txt")

        await saved(bot)

        assert "W" * 190 in bot.labels


# Folders.


async def test_a_folder_that_vanished_is_named_and_the_file_waits_until_it_is_back(
    tmp_path: Path,
) -> None:
    async with working(tmp_path) as bot:
        await owned(bot)
        await sent(bot, "Teheran")
        away = tmp_path / "away"
        folder(bot).rename(away)

        await bot.press("speichern")

        await until(lambda: any("leer oder verschwunden" in t for t in bot.texts()), "the answer")
        assert str(folder(bot)) in "".join(bot.texts())
        assert not folder(bot).exists()
        away.rename(folder(bot))
        await saved(bot)
        assert source(bot, "iran") == "Teheran"


async def test_into_an_emptied_folder_nothing_is_saved_that_would_end_the_other_lists(
    tmp_path: Path,
) -> None:
    async with working(tmp_path) as bot:
        await owned(bot)
        await sent(bot, "Teheran")
        for file in folder(bot).iterdir():
            file.unlink()

        await bot.press("speichern")

        await until(lambda: any("leer oder verschwunden" in t for t in bot.texts()), "the answer")
        assert files(bot) == {}
        assert sorted(bot.labels) == ["nordkorea", "siegesparade"]


async def test_where_there_was_never_a_list_the_folder_is_made(tmp_path: Path) -> None:
    async with working(tmp_path, lists={}) as bot:
        await owned(bot)
        shutil.rmtree(folder(bot))
        await sent(bot, "Teheran")

        await saved(bot)

        assert files(bot) == {"iran.txt": b"Teheran"}


async def test_what_cannot_be_written_is_answered_with_the_remedy_and_waits(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await owned(bot)
        await sent(bot, "Teheran")
        (folder(bot) / "iran.txt").mkdir()

        await bot.press("speichern")

        await until(lambda: len(bot.texts()) == 2, "the answer")
        assert f"In den Ordner {folder(bot)} lässt sich nicht schreiben" in bot.texts()[1]
        assert f"{os.getuid()}:{os.getgid()}" in bot.texts()[1]
        assert sorted(files_only(folder(bot))) == ["nordkorea.txt", "siegesparade.txt"]
        assert len(bot.rows("drafts")) == 1


def files_only(place: Path) -> list[str]:
    return [each.name for each in place.iterdir() if each.is_file()]


async def test_who_settles_a_channel_at_the_moment_makes_lists_as_ever(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await owned(bot)
        await bot.serve(GROUP)
        async with bot.store.write() as tx:
            await chats.act_for(tx, PERSON, GROUP)

        answer = await sent(bot, "Teheran")
        await saved(bot)

        assert answer["text"].startswith("📄 iran")
        assert files(bot)["iran.txt"] == b"Teheran"
