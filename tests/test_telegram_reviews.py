"""`/review 6:30`: at that time a heading comes, and a file for each list that has something."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.store import people
from bot.wording import sentences
from tests.reviews_kit import Report, have_read
from tests.telegram_kit import OTHER, PERSON, Service, until, working

DAY = 24 * 3_600
# The clock stands at 8:00 UTC on 9 May 2025, which is 10:00 in Berlin.
TO_MORNING = 20.5 * 3_600


async def read(bot: Service, *reports: Report) -> None:
    await have_read(bot.store, reports, bot.clock(), bot.library.watchlists)


async def morning(bot: Service, seconds: float = TO_MORNING) -> list[dict[str, Any]]:
    """Let it be the time of the next press review; return what came then."""
    before = len(bot.messages())
    bot.clock.move(seconds)
    await bot.settled()
    return bot.messages()[before:]


def names(messages: list[dict[str, Any]]) -> list[str]:
    return [each["document"]["file_name"] for each in messages if "document" in each]


def content(bot: Service, message: dict[str, Any]) -> str:
    file = bot.sandbox.world.files[message["document"]["file_id"]]
    return file.content.decode("utf-8-sig")


async def test_each_morning_a_heading_comes_and_a_file_for_each_list_with_news(
    tmp_path: Path,
) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(PERSON, "nordkorea", "siegesparade")
        said = await bot.ask("/pressespiegel 6:30")
        assert said["text"] == "📰 Der Pressespiegel kommt täglich um 6:30 Uhr."
        await read(bot, *(Report(f"Nordkorea {n}", story="a", outlet=f"B{n}") for n in range(3)))

        heading, file = await morning(bot)

        assert heading["text"].splitlines() == [
            "📰 Pressespiegel, Fr., 9. Mai, 6:30 Uhr bis Sa., 10. Mai, 6:30 Uhr",
            "",
            "• Nordkorea: ein Ereignis, 3 Artikel",
            "• Siegesparade: nichts Neues",
        ]
        assert names([file]) == ["Pressespiegel-Nordkorea-2025-05-10.html"]
        assert file["caption"] == "Nordkorea: ein Ereignis, 3 Artikel"
        assert "<mark>Nordkorea</mark> 0." in content(bot, file)


async def test_the_next_one_has_only_what_came_since(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(PERSON, "nordkorea")
        await bot.ask("/review 6:30")
        await read(bot, Report("Nordkorea feiert"))
        await morning(bot)
        await read(bot, Report("Nordkorea hungert", hours=0))

        _, file = await morning(bot, DAY)

        assert "Nordkorea hungert" in content(bot, file)
        assert "Nordkorea feiert" not in content(bot, file)


async def test_where_nothing_came_a_short_message_says_that_it_ran(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(PERSON, "nordkorea")
        await bot.ask("/review 6:30")

        [heading] = await morning(bot)

        assert heading["text"].endswith("Zu Ihren Listen kam in dieser Zeit nichts Neues.")


async def test_a_table_comes_with_it_where_that_is_wanted(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(PERSON, "nordkorea")
        said = await bot.ask("/review 6:30 csv")
        assert "auch als Tabelle" in said["text"]
        await read(bot, Report("=Nordkorea()"))

        _, page, table = await morning(bot)

        assert names([page, table]) == [
            "Pressespiegel-Nordkorea-2025-05-10.html",
            "Pressespiegel-Nordkorea-2025-05-10.csv",
        ]
        assert ";'=Nordkorea();" in content(bot, table)


async def test_a_file_is_called_as_its_list_is(tmp_path: Path) -> None:
    lists = {"x": '@label Öl & "Größe" / ../..\nWeizen\n'}
    async with working(tmp_path, lists=lists) as bot:
        await bot.serve(PERSON, "x")
        await bot.ask("/review 6:30")
        await read(bot, Report("Weizen"))

        _, file = await morning(bot)

        assert names([file]) == ["Pressespiegel-Öl-Größe-2025-05-10.html"]


async def test_it_can_be_had_at_once_and_that_changes_nothing(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(PERSON, "nordkorea")
        await read(bot, Report("Nordkorea feiert", hours=2), Report("Nordkorea ruht", hours=25))
        await bot.ask("/review 6:30")

        bot.say("/review jetzt")
        file = await bot.message(3)

        assert "Nordkorea feiert" in content(bot, file)
        assert "Nordkorea ruht" not in content(bot, file)
        assert len(await morning(bot)) == 2


async def test_two_who_want_it_at_once_get_it_once_and_both_an_answer(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        group = bot.group(OTHER)
        await bot.serve(group, "nordkorea")
        await read(bot, Report("Nordkorea feiert"))

        for _ in range(2):
            bot.say("/review jetzt", group)
        answer = sentences("de").reports.review_now
        await until(lambda: bot.texts(group).count(answer) == 2, "both answers")
        await until(lambda: names(bot.messages(group)), "the file")
        await bot.settled()

        assert len(names(bot.messages(group))) == 1


async def test_shown_it_has_buttons_to_settle_it(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(PERSON, "nordkorea")
        said = await bot.ask("/review")
        assert bot.buttons(said) == ["📰 Täglich 6:30 Uhr", "📰 Täglich 8:00 Uhr", "Jetzt"]

        await bot.press("6:30")
        await until(lambda: "täglich um 6:30" in bot.texts()[-1], "it is settled")
        assert "Der Pressespiegel kommt täglich um 6:30 Uhr." in (await bot.ask("/subs"))["text"]
        await bot.ask("/review")
        await bot.press("Kein Pressespiegel")
        await until(lambda: "gibt es hier nicht" in bot.texts()[-1], "it is over")

        assert await morning(bot) == []


@pytest.mark.parametrize("written", ["abends", "25", "6:30 18:00", "csv", "6:75"])
async def test_what_is_not_understood_is_said_so(tmp_path: Path, written: str) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(PERSON)

        assert "nicht verstanden" in (await bot.ask(f"/review {written}"))["text"]


@pytest.mark.parametrize("data", ["rv:", "rv:7:30", "rv:off csv", "rv:jetzt"])
async def test_forged_buttons_settle_nothing(tmp_path: Path, data: str) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(PERSON)

        assert "veraltet" in await bot.forge(data)


async def test_it_is_at_the_same_time_of_the_day_where_the_clock_changes(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        bot.clock.present = datetime(2025, 10, 25, 8, tzinfo=UTC)
        await bot.serve(PERSON, "nordkorea")
        await bot.ask("/review 6:30")

        bot.clock.present = datetime(2025, 10, 26, 4, 30, tzinfo=UTC)
        assert await morning(bot, 0) == []
        [heading] = await morning(bot, 3_600)

        assert "Sa., 25. Okt., 7:30 Uhr bis So., 26. Okt., 6:30 Uhr" in heading["text"]


async def test_in_another_zone_it_comes_at_the_time_there(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(PERSON, "nordkorea")
        await bot.ask("/review 6:30")
        await bot.ask("/timezone London")

        assert await morning(bot) == []
        assert len(await morning(bot, 3_600)) == 1


async def test_after_a_pause_it_has_all_that_came_since_the_last_one(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(PERSON, "nordkorea")
        await bot.ask("/review 6:30")
        async with bot.store.write() as tx:
            await people.pause(tx, PERSON)
        await read(bot, Report("Nordkorea feiert"))
        assert await morning(bot) == []
        assert await morning(bot, 2 * DAY) == []
        async with bot.store.write() as tx:
            await people.resume(tx, PERSON)

        heading, file = await morning(bot, DAY)

        assert "Fr., 9. Mai, 6:30 Uhr bis Di., 13. Mai, 6:30 Uhr" in heading["text"]
        assert "Nordkorea feiert" in content(bot, file)


async def test_quiet_hours_and_mute_are_asked_when_it_is_due(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(PERSON, "nordkorea")
        await bot.ask("/review 6:30")
        await bot.ask("/quiet 22-7 sammeln")

        assert await morning(bot) == []
        assert len(await morning(bot, 1_800)) == 1


async def test_a_list_that_is_off_by_then_has_no_file(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(PERSON, "nordkorea", "siegesparade")
        await bot.ask("/review 6:30")
        await read(bot, Report("Nordkorea feiert Siegesparade"))
        await bot.ask("/lists")
        await bot.press("Nordkorea")
        await bot.settled()

        assert names(await morning(bot)) == ["Pressespiegel-Siegesparade-2025-05-10.html"]


async def test_one_for_a_group_is_settled_by_its_administrators(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        group = bot.group(OTHER)
        bot.member(2002, group)
        await bot.serve(group, "nordkorea")

        refused = await bot.ask("/review 6:30", group, 2002)

        assert "nur ein Administrator" in refused["text"]


async def test_what_was_settled_is_in_what_is_kept_of_a_chat(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(PERSON)
        await bot.ask("/review 6:30")

        async with bot.store.read() as connection:
            kept = await people.export(connection, PERSON)

        since = bot.clock() + timedelta(seconds=TO_MORNING) - timedelta(days=1)
        assert kept["press_review"] == {"minute": 390, "csv": False, "since": since.isoformat()}
