"""What admins are told of each save."""

from pathlib import Path

import pytest

from bot.daemon.lists import open_library, tell_admins
from bot.sandbox.html import parse_html
from tests.files_kit import OTHER_ADMIN, folder, owned, reopened, saved, sent, told, versions
from tests.telegram_kit import LISTS, working

MINUTES = 60


# What is told.


async def test_a_save_by_file_tells_all_admins_what_came_and_what_went(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await owned(bot)
        await bot.serve(bot.person(OTHER_ADMIN), admin=True)

        await bot.write(nordkorea="@label Nordkorea\nKim & !Kardashian\n-Fußball\n")

        message = await told(bot, "Nordkorea")
        assert message["text"].split("\n") == [
            "📝 Die Wortliste nordkorea wurde geändert.",
            "",
            "➕ 2 neue Zeilen",
            "Kim & !Kardashian",
            "  das Wort Kim und seine Familie; und nicht das Wort Kardashian und seine Familie",
            "-Fußball",
            "  ausgeschlossen: das Wort Fußball und seine Familie",
            "",
            "➖ eine Zeile weniger",
            "Nordkorea",
        ]
        assert bot.buttons(message) == ["↩️ Rückgängig"]
        assert (await told(bot, "Nordkorea", chat=OTHER_ADMIN))["text"] == message["text"]


async def test_a_save_by_chat_is_told_like_any_other(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await owned(bot)
        await sent(bot, "@label Nordkorea\nNordkorea\nKim\n", "nordkorea.txt")

        await saved(bot)

        assert "➕ eine neue Zeile\nKim" in (await told(bot, "➕", 1))["text"]


async def test_a_new_list_is_told_as_new_with_a_button_that_takes_it_back(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await owned(bot)

        await bot.write(iran="Teheran")

        message = await told(bot, "Neue Wortliste: iran")
        assert "➕ eine neue Zeile\nTeheran" in message["text"]
        assert bot.buttons(message) == ["↩️ Rückgängig"]


async def test_settings_that_were_changed_are_lines_too(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await owned(bot)

        await bot.write(nordkorea="@visible admins\nNordkorea\n")

        text = (await told(bot, "geändert"))["text"]
        assert "➕ eine neue Zeile\n@visible admins" in text
        assert "➖ eine Zeile weniger\n@label Nordkorea" in text


async def test_a_new_setting_that_will_surprise_is_named_with_its_number(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await owned(bot)
        await bot.follow("Depesche")

        await bot.write(nordkorea="Nordkorea\n@feeds Kurier\n@label Siegesparade\n")

        text = (await told(bot, "geändert"))["text"]
        assert "⚠️ Zeile 2: Keine Quelle heißt Kurier, deshalb meldet diese Liste nie etwas." in text
        assert "⚠️ Zeile 3: Auch siegesparade.txt heißt Siegesparade." in text


async def test_a_new_line_that_will_surprise_is_named_with_its_number(tmp_path: Path) -> None:
    async with working(tmp_path, lists={"nordkorea": "UN\n"}) as bot:
        await owned(bot)

        await bot.write(nordkorea="UN\nEU\n")

        text = (await told(bot, "geändert"))["text"]
        assert "⚠️ Zeile 2: " in text
        assert "Zeile 1: " not in text


async def test_a_comment_alone_changes_nothing_that_is_looked_for(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await owned(bot)

        await bot.write(nordkorea=LISTS["nordkorea"] + "# bis hier\n")

        await told(bot, "Gesucht wird dasselbe wie vorher.")


async def test_of_many_lines_ten_are_shown(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await owned(bot)

        await bot.write(iran="".join(f"Ort{n}\n" for n in range(25)))

        text = (await told(bot, "iran"))["text"]
        assert "➕ 25 neue Zeilen" in text
        assert "Ort9\n" in text
        assert "Ort10\n" not in text
        assert "… und 15 weitere Zeilen" in text


@pytest.mark.parametrize("sign", ["W", "<a&b>", "A & "])
async def test_the_largest_save_fits_into_a_message_with_doubts(tmp_path: Path, sign: str) -> None:
    async with working(tmp_path, lists={"nordkorea": lines(sign, 0, 50)}) as bot:
        await owned(bot)

        await bot.write(nordkorea=lines(sign, 50, 100) + "EU\nUN\nUS\nUK\n")

        await told(bot, "weniger")
        [call] = bot.calls("sendMessage")
        assert len(parse_html(call["params"]["text"])[0]) <= 2_100


def lines(sign: str, first: int, last: int) -> str:
    return "".join(f'"{sign * 100}" & Wort{n}\n' for n in range(first, last))


async def test_a_line_of_markup_is_shown_as_it_is_written(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await owned(bot)

        await bot.write(iran='"<b>&amp;</b></code>"\n')

        assert '"<b>&amp;</b></code>"' in (await told(bot, "iran"))["text"]


# What is not told.


async def test_at_the_very_first_start_nothing_is_told(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await owned(bot)
        await bot.settled()

        assert bot.texts() == []
        assert versions(bot, "nordkorea") == [LISTS["nordkorea"]]


async def test_lists_that_are_as_before_are_no_news_after_a_restart(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await owned(bot)

        await reopened(bot)

        assert bot.rows("notices") == []


async def test_what_was_changed_while_it_was_down_is_told(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await owned(bot)
        (folder(bot) / "nordkorea.txt").write_text("Kim")
        (folder(bot) / "iran.txt").write_text("Teheran")

        await reopened(bot)

        assert "Neue Wortliste: iran" in (await told(bot, "Neue"))["text"]
        assert "Die Wortliste nordkorea wurde geändert" in (await told(bot, "geändert", 1))["text"]


async def test_a_save_with_faults_is_no_version(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await owned(bot)

        await bot.write(nordkorea="A & (B")

        await told(bot, "hat einen Fehler")
        assert versions(bot, "nordkorea") == [LISTS["nordkorea"]]


async def test_what_another_process_beside_it_sees_as_well_is_told_once(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await owned(bot)
        tell = tell_admins(bot.store, bot.clock)
        beside = await open_library(bot.config, bot.store, tell, bot.clock)

        await bot.write(nordkorea="Kim\n")
        await beside.refresh()

        await told(bot, "Kim")
        assert len(bot.rows("notices")) == 1
        assert versions(bot, "nordkorea") == [LISTS["nordkorea"], "Kim\n"]


# Saves that follow each other.


async def test_saves_that_follow_within_ten_minutes_change_one_message(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await owned(bot)
        await bot.write(nordkorea="Nordkorea\nKim\n")
        await told(bot, "Kim")
        bot.clock.move(9 * MINUTES)
        await bot.write(nordkorea="Nordkorea\nXi\n")
        await told(bot, "Xi")
        bot.clock.move(9 * MINUTES)

        await bot.write(nordkorea="Nordkorea\nXi\nPutin\n")

        await told(bot, "Putin")
        assert len(bot.texts()) == 1
        assert "➕ 2 neue Zeilen\nXi\n" in bot.texts()[0]
        assert "Kim" not in bot.texts()[0]
        assert "➖ eine Zeile weniger\n@label Nordkorea" in bot.texts()[0]


async def test_a_later_save_is_told_anew(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await owned(bot)
        await bot.write(nordkorea="Nordkorea\nKim\n")
        await told(bot, "Kim")
        bot.clock.move(11 * MINUTES)

        await bot.write(nordkorea="Nordkorea\nKim\nXi\n")

        assert "➕ eine neue Zeile\nXi" in (await told(bot, "Xi", 1))["text"]


async def test_saves_of_another_list_have_their_own_message(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await owned(bot)
        await bot.write(nordkorea="Nordkorea\nKim\n")
        await told(bot, "Kim")

        await bot.write(siegesparade="Siegesparade\nPanzer\n")

        await told(bot, "Panzer", 1)


async def test_a_save_that_was_taken_back_says_so(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await owned(bot)
        await bot.write(nordkorea="Kim\n")
        await told(bot, "Kim")

        await bot.write(**LISTS)

        await told(bot, "ist wieder, wie sie vorher war")
        assert bot.buttons(bot.messages()[0]) == []
