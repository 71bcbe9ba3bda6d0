"""A list whose file goes pauses, and one whose file is renamed keeps its subscribers."""

from pathlib import Path

import pytest

from bot.store import own, subscriptions
from bot.watch.files import SETTLE
from tests.files_kit import OTHER_ADMIN, files, folder, owned, reopened, told
from tests.telegram_kit import GROUP, LISTS, PERSON, Service, until, working

READER = 3003
PAUSED = "Nordkorea macht Pause"
BACK = "Nordkorea ist wieder da"


async def read_by(bot: Service, *lists: str) -> None:
    """There is an admin, and somebody with these lists on."""
    await owned(bot)
    await bot.serve(bot.person(READER), *lists)


async def settle(bot: Service) -> None:
    """Let a loss last."""
    await bot.library.refresh()
    bot.clock.move(SETTLE.total_seconds())
    await bot.library.refresh()


async def renamed(bot: Service, old: str, new: str, text: str = "") -> None:
    """A list's file gets another name, perhaps with another text."""
    (folder(bot) / f"{old}.txt").rename(folder(bot) / f"{new}.txt")
    if text:
        (folder(bot) / f"{new}.txt").write_text(text)
    await settle(bot)


# A file that goes.


async def test_a_deleted_list_pauses_and_each_chat_that_has_it_on_is_told_once(
    tmp_path: Path,
) -> None:
    async with working(tmp_path) as bot:
        await read_by(bot, "nordkorea", "siegesparade")
        await bot.serve(GROUP, "nordkorea")
        await bot.serve(bot.group(-2002), "siegesparade")

        await bot.delete("nordkorea")
        await bot.library.refresh()

        await bot.settled()
        for chat in (READER, GROUP):
            assert [PAUSED in text for text in bot.texts(chat)] == [True]
        assert bot.texts(-2002) == []
        assert bot.lists(READER) == {"nordkorea", "siegesparade"}


async def test_a_list_that_pauses_is_shown_among_the_settings(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await read_by(bot, "nordkorea", "siegesparade")

        await bot.delete("nordkorea")
        await bot.settled()

        text = (await bot.ask("/subs", READER))["text"]
        assert "⏸ nordkorea macht Pause" in text
        assert "✅ Siegesparade" in text


async def test_the_admins_are_told_that_the_file_is_gone_and_only_that(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await owned(bot, "nordkorea")

        await bot.delete("nordkorea")

        await told(bot, "Die Datei der Wortliste nordkorea ist weg")
        await bot.settled()
        assert len(bot.texts()) == 1


async def test_when_the_file_is_back_it_goes_on_and_they_are_told(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await read_by(bot, "nordkorea")
        await bot.delete("nordkorea")
        await told(bot, PAUSED, chat=READER)

        await bot.write(nordkorea=LISTS["nordkorea"])

        await told(bot, BACK, 1, READER)
        await told(bot, "Die Wortliste nordkorea ist wieder da und gilt.", 1)
        await bot.publish("Wieder da", "nordkorea")
        await until(lambda: bot.titles(READER) == ["Wieder da"], "the alert")


async def test_a_file_that_comes_back_while_the_bot_is_down_is_told_too(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(GROUP, "nordkorea")
        await bot.delete("nordkorea")
        await told(bot, PAUSED, chat=GROUP)
        (folder(bot) / "nordkorea.txt").write_text(LISTS["nordkorea"])

        await reopened(bot)

        await told(bot, BACK, 1, GROUP)


async def test_who_may_not_know_of_a_list_is_not_told_that_it_pauses(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await read_by(bot, "nordkorea")
        await bot.write(nordkorea="@visible admins\nNordkorea\n")

        await bot.delete("nordkorea")

        await told(bot, "Die Datei der Wortliste nordkorea ist weg", 1)
        await bot.settled()
        assert bot.texts(READER) == []


async def test_an_admin_can_bring_a_deleted_list_back(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await read_by(bot, "nordkorea")
        await bot.delete("nordkorea")

        await bot.press("Zurückholen")

        await told(bot, BACK, 1, READER)
        assert files(bot)["nordkorea.txt"].decode() == LISTS["nordkorea"]


async def test_what_came_back_by_itself_is_not_brought_back_over_it(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await owned(bot)
        await bot.delete("nordkorea")
        undo = (await told(bot, "ist weg"))["reply_markup"]["inline_keyboard"][0][0]
        await bot.write(nordkorea="Kim")

        assert "inzwischen eine andere" in await bot.forge(undo["callback_data"])

        assert files(bot)["nordkorea.txt"] == b"Kim"


# A file with another name.


async def test_a_renamed_list_keeps_its_subscribers_who_hear_nothing_of_it(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await read_by(bot, "nordkorea")

        await renamed(bot, "nordkorea", "korea")

        await told(bot, "Die Wortliste nordkorea heißt jetzt korea.")
        await bot.settled()
        assert bot.lists(READER) == {"korea"}
        assert bot.texts(READER) == []
        assert len(bot.texts()) == 1


async def test_a_new_name_is_found_after_a_night_too(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await read_by(bot, "nordkorea")
        (folder(bot) / "nordkorea.txt").rename(folder(bot) / "korea.txt")

        await reopened(bot)
        await settle(bot)

        await told(bot, "Die Wortliste nordkorea heißt jetzt korea.")
        assert bot.lists(READER) == {"korea"}
        assert bot.texts(READER) == []


async def test_a_restart_right_after_the_new_name_was_seen_loses_nobody(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await read_by(bot, "nordkorea")
        (folder(bot) / "nordkorea.txt").rename(folder(bot) / "korea.txt")
        await bot.library.refresh()

        await reopened(bot)
        await settle(bot)

        await until(lambda: bot.lists(READER) == {"korea"}, "the subscription")
        await bot.settled()
        assert bot.texts(READER) == []


async def test_renamed_and_edited_it_is_known_by_its_label_and_most_of_its_lines(
    tmp_path: Path,
) -> None:
    lists = {"nordkorea": "@label Korea\nNordkorea\nKim\nXi\n", "iran": "Teheran"}
    async with working(tmp_path, lists=lists) as bot:
        await read_by(bot, "nordkorea")

        await renamed(bot, "nordkorea", "korea", "@label Korea\nNordkorea\nKim\nPutin\n")

        text = (await told(bot, "heißt jetzt korea"))["text"]
        assert "➕ eine neue Zeile\nPutin" in text
        assert "➖ eine Zeile weniger\nXi" in text
        assert bot.lists(READER) == {"korea"}


@pytest.mark.parametrize(
    "text", ["@label Nordkorea\nKim\nXi\n", "@label Korea\nNordkorea\n", "Nordkorea\n"]
)
async def test_another_list_that_comes_as_one_goes_is_no_new_name(
    tmp_path: Path, text: str
) -> None:
    async with working(tmp_path) as bot:
        await read_by(bot, "nordkorea")

        await renamed(bot, "nordkorea", "korea", text)

        await told(bot, PAUSED, chat=READER)
        assert bot.lists(READER) == {"nordkorea"}


async def test_none_loses_an_alert_by_a_new_name_or_gets_one_twice(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await read_by(bot, "nordkorea")
        await bot.publish("Vorher", "nordkorea")
        (folder(bot) / "nordkorea.txt").rename(folder(bot) / "korea.txt")
        await bot.library.refresh()
        await bot.publish("Derweil", "nordkorea", "korea")
        await settle(bot)
        await bot.publish("Danach", "korea")

        await until(lambda: len(bot.titles(READER)) == 3, "the alerts")

        await bot.settled()
        assert bot.titles(READER) == ["Vorher", "Derweil", "Danach"]


async def test_what_is_collected_for_later_comes_under_the_new_name(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await read_by(bot, "nordkorea")
        await bot.ask("/digest 18", READER)
        await bot.publish("Truppenschau", "nordkorea")
        await until(lambda: "dead" in bot.states(), "what is collected")

        await renamed(bot, "nordkorea", "korea")
        bot.clock.move(10 * 3_600)

        await until(lambda: "Truppenschau" in bot.texts(READER)[-1], "the digest")


async def test_how_a_list_is_told_and_what_is_excluded_from_it_keeps_under_the_new_name(
    tmp_path: Path,
) -> None:
    async with working(tmp_path) as bot:
        await read_by(bot, "nordkorea")
        async with bot.store.write() as tx:
            await subscriptions.set_mode(tx, READER, "nordkorea", "quiet")
            await own.exclude(tx, READER, "nordkorea", "Fußball", bot.clock())

        await renamed(bot, "nordkorea", "korea")

        await until(lambda: bot.lists(READER) == {"korea"}, "the subscription")
        [kept] = [row for row in bot.rows("subscriptions") if row["chat_id"] == READER]
        assert kept["mode"] == "quiet"
        assert [row["watchlist"] for row in bot.rows("exclusions")] == ["korea"]


async def test_after_a_new_name_a_save_before_it_can_still_be_undone(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await owned(bot)
        await bot.write(nordkorea="Kim\n")
        await told(bot, "Kim")
        await renamed(bot, "nordkorea", "korea")
        undo = bot.messages()[0]["reply_markup"]["inline_keyboard"][0][0]["callback_data"]

        await bot.forge(undo)

        assert files(bot)["korea.txt"].decode() == LISTS["nordkorea"]


async def test_who_has_both_on_has_one_on_afterwards(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await read_by(bot, "nordkorea")
        (folder(bot) / "korea.txt").write_text(LISTS["nordkorea"])
        await bot.library.refresh()
        await bot.serve(READER, "korea")
        (folder(bot) / "nordkorea.txt").unlink()

        await settle(bot)

        await until(lambda: bot.lists(READER) == {"korea"}, "the subscription")


async def test_a_copy_that_has_been_there_for_long_is_another_list(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await read_by(bot, "nordkorea")
        await bot.write(kopie=LISTS["nordkorea"])
        bot.clock.move(3_600)

        await bot.delete("nordkorea")

        await told(bot, PAUSED, chat=READER)


async def test_all_admins_are_told_of_a_new_name(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await owned(bot)
        await bot.serve(bot.person(OTHER_ADMIN), admin=True)

        await renamed(bot, "nordkorea", "korea")

        for chat in (PERSON, OTHER_ADMIN):
            await told(bot, "heißt jetzt korea", chat=chat)
