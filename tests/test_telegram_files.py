"""A watchlist that is sent as a file: how it was read, saving it, and having it back."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.model import Article
from bot.sandbox import membership
from tests.files_kit import OTHER_ADMIN, files, owned, saved, send, sent, source
from tests.telegram_kit import GROUP, PERSON, until, working

STALE = "veraltet"
WEEK = timedelta(days=7).total_seconds()


# How it was read.


async def test_a_file_is_answered_with_how_each_line_was_read(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await owned(bot)

        answer = await sent(bot, "@label Iran\nTeheran # Hauptstadt\n-Fußball\n")

        assert answer["text"].split("\n") == [
            "📄 iran – 3 Zeilen, so habe ich sie gelesen:",
            "@label Iran",
            "Teheran",
            "  das Wort Teheran und seine Familie",
            "-Fußball",
            "  ausgeschlossen: das Wort Fußball und seine Familie",
            "",
            "Das wird eine neue Wortliste.",
            "",
            "📊 Ausprobieren kann ich das noch nicht: Ich habe noch keinen Artikel gelesen.",
        ]
        assert bot.buttons(answer) == ["💾 Als iran speichern", "🗑 Verwerfen"]


async def test_faults_are_shown_with_their_places_and_there_is_nothing_to_save(
    tmp_path: Path,
) -> None:
    async with working(tmp_path) as bot:
        await owned(bot)

        answer = await sent(bot, "Teheran\nIran, Irak\nA & (B\n")

        lines = answer["text"].split("\n")
        assert lines[0].startswith("📄 iran kann ich so nicht übernehmen: 2 Stellen")
        assert lines[1:4] == ["", "Iran, Irak", "    ^"]
        assert lines[4].startswith("❗️ Zeile 2: Zwischen Wörtern steht ein Komma")
        assert lines[5:8] == ["", "A & (B", "    ^"]
        assert lines[8].startswith("❗️ Zeile 3: ")
        assert bot.buttons(answer) == []
        assert bot.rows("drafts") == []


async def test_a_list_that_keeps_to_feeds_that_there_are_none_of_is_told_so(
    tmp_path: Path,
) -> None:
    async with working(tmp_path) as bot:
        await owned(bot)
        await bot.follow("Depesche")

        text = (await sent(bot, "@feeds Depeche\nTeheran\n"))["text"]

        assert (
            "⚠️ Zeile 1: Keine Quelle heißt Depeche, deshalb meldet diese Liste nie etwas. "
            "Meinten Sie Depesche?"
        ) in text


async def test_a_list_with_the_label_of_another_one_is_told_so(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await owned(bot)

        text = (await sent(bot, "@label Nordkorea\nTeheran\n"))["text"]

        assert "⚠️ Zeile 1: Auch nordkorea.txt heißt Nordkorea." in text


async def test_what_will_surprise_is_said_and_can_be_saved(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await owned(bot)

        answer = await sent(bot, "EU\n")

        assert "⚠️ Zeile 1: " in answer["text"]
        assert "=EU" in answer["text"]
        assert "💾 Als iran speichern" in bot.buttons(answer)


async def test_of_many_lines_the_first_are_shown(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await owned(bot)

        answer = await sent(bot, "".join(f"Ort{n:03} & Lage\n" for n in range(500)))

        assert "500 Zeilen" in answer["text"]
        shown = answer["text"].count(" & Lage\n")
        assert 5 <= shown <= 20
        assert f"… und {500 - shown} weitere Zeilen" in answer["text"]


async def test_what_saving_would_change_is_said_before(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await owned(bot)

        answer = await sent(bot, "@label Nordkorea\nKim\nXi\n", "nordkorea.txt")

        assert "Neue Zeilen: 2, wegfallende: 1" in answer["text"]


async def test_the_name_is_what_was_written_with_the_file(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await owned(bot)

        answer = await sent(bot, "Teheran", "neu (3).txt", caption="Iran & Irak")

        assert "💾 Als Iran & Irak speichern" in bot.buttons(answer)


async def test_a_list_that_is_there_is_meant_in_other_letters_too(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await owned(bot)
        await sent(bot, "Kim", "NordKorea.TXT")

        await saved(bot)

        assert source(bot, "nordkorea") == "Kim"
        assert sorted(files(bot)) == ["nordkorea.txt", "siegesparade.txt"]


async def test_an_english_reader_is_answered_in_english(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        reader = bot.person(OTHER_ADMIN, "en")
        await bot.serve(reader, admin=True)

        answer = await sent(bot, "Teheran", chat=reader)

        assert "the word Teheran and its family" in answer["text"]
        assert bot.buttons(answer) == ["💾 Save as iran", "🗑 Discard"]


# Saving and discarding.


async def test_saved_it_is_in_the_folder_as_it_came_and_in_force(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await owned(bot)
        content = "\ufeffTeheran\r\nÜbung\r\n".encode("utf-16")
        answer = await sent(bot, content)

        await saved(bot)

        assert files(bot)["iran.txt"] == content
        assert "iran" in bot.labels
        assert bot.rows("drafts") == []
        assert bot.messages()[0]["message_id"] == answer["message_id"]
        assert bot.buttons(bot.messages()[0]) == ["📋 Wortlisten"]


async def test_an_article_is_matched_by_a_list_that_was_just_saved(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await owned(bot)
        await sent(bot, "Teheran")

        await saved(bot)

        assert bot.library.matcher.match(Article("", "Ein Beben in Teheran", "page"))


async def test_a_save_that_drops_most_lines_is_meant(tmp_path: Path) -> None:
    lists = {"nordkorea": "Nordkorea\nKim\nPutin\n", "iran": "Teheran"}
    async with working(tmp_path, lists=lists) as bot:
        await owned(bot)
        await sent(bot, "Xi", "nordkorea.txt")

        await saved(bot)

        assert source(bot, "nordkorea") == "Xi"


async def test_discarded_it_changes_nothing(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await owned(bot)
        await sent(bot, "Kim", "nordkorea.txt")

        await bot.press("Verwerfen")

        await until(lambda: "Verworfen" in bot.texts()[0], "the answer")
        assert source(bot, "nordkorea") == "@label Nordkorea\nNordkorea\n"
        assert bot.rows("drafts") == []


async def test_it_can_be_saved_after_a_restart(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await owned(bot)
        await sent(bot, "Teheran")
        await bot.restart()

        await saved(bot)

        assert source(bot, "iran") == "Teheran"


async def test_after_a_week_it_can_no_longer_be_saved_and_is_forgotten(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await owned(bot)
        await sent(bot, "Teheran")
        bot.clock.move(WEEK + 1)

        assert STALE in await bot.press("speichern")

        await sent(bot, "Kim")
        assert [row["content"] for row in bot.rows("drafts")] == [b"Kim"]
        assert "iran" not in bot.labels


async def test_if_the_list_was_changed_meanwhile_that_is_shown_before_it_is_saved(
    tmp_path: Path,
) -> None:
    async with working(tmp_path) as bot:
        await owned(bot)
        await bot.serve(bot.person(OTHER_ADMIN), admin=True)
        await sent(bot, "Nordkorea\nKim\n", "nordkorea.txt")
        bot.clock.move(1)
        await sent(bot, "Nordkorea\nXi\n", "nordkorea.txt", chat=OTHER_ADMIN)
        await saved(bot, OTHER_ADMIN)

        await bot.press("speichern")

        await until(lambda: "inzwischen geändert" in bot.texts()[0], "the question")
        assert source(bot, "nordkorea") == "Nordkorea\nXi\n"
        await saved(bot)
        assert source(bot, "nordkorea") == "Nordkorea\nKim\n"


async def test_two_admins_who_save_at_once_are_both_answered_and_both_versions_kept(
    tmp_path: Path,
) -> None:
    async with working(tmp_path) as bot:
        await owned(bot)
        await bot.serve(bot.person(OTHER_ADMIN), admin=True)
        await sent(bot, "Kim", "nordkorea.txt")
        await sent(bot, "Xi", "nordkorea.txt", chat=OTHER_ADMIN)

        await saved(bot)
        await saved(bot, OTHER_ADMIN)

        kept = [row["source"] for row in bot.rows("versions") if row["name"] == "nordkorea"]
        assert kept[-2:] == ["Kim", "Xi"]


# Who may.


async def test_only_an_admin_makes_lists(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(PERSON)

        answer = await sent(bot, "Teheran")

        assert answer["text"] == "Das kann nur, wer diesen Ausguck betreibt."
        assert bot.rows("drafts") == []


@pytest.mark.parametrize("kind", ["save", "discard"])
async def test_what_another_chat_has_sent_is_not_touched(tmp_path: Path, kind: str) -> None:
    async with working(tmp_path) as bot:
        await owned(bot)
        await bot.serve(bot.person(OTHER_ADMIN), admin=True)
        await sent(bot, "Teheran")
        [draft] = bot.rows("drafts")

        assert STALE in await bot.forge(f"{kind}:{draft['id']}", OTHER_ADMIN)

        assert bot.rows("drafts") == [draft]
        assert "iran" not in bot.labels


@pytest.mark.parametrize(
    "data",
    [
        *("save:", "save:1:2", "save:-1", "save:99", "save:x", "save:١", f"save:{'9' * 40}"),
        *("discard:99", "undo:1", "undo:a:b", "undo::", f"undo:{'9' * 20}:{'9' * 20}"),
    ],
)
async def test_a_forged_button_changes_nothing(tmp_path: Path, data: str) -> None:
    async with working(tmp_path) as bot:
        await owned(bot)

        assert STALE in await bot.forge(data)

        assert sorted(files(bot)) == ["nordkorea.txt", "siegesparade.txt"]


async def test_who_is_no_admin_any_more_saves_nothing(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await owned(bot)
        await sent(bot, "Teheran")
        await bot.serve(PERSON)

        await bot.press("speichern")

        assert "iran" not in bot.labels


async def test_in_a_group_files_are_left_alone(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await owned(bot)
        await bot.serve(GROUP)
        membership.set_member(bot.sandbox.world, bot.sandbox.world.chats[GROUP], PERSON, "creator")
        send(bot, "Teheran", chat=GROUP)

        await bot.ask("/help", GROUP)

        assert len(bot.messages(GROUP)) == 1
        assert bot.rows("drafts") == []
