"""`/doctor`: what a list brought in, and changes that are made with a tap."""

from pathlib import Path

import pytest

from bot.pipeline import archive
from tests.telegram_kit import GROUP, PERSON, Service, until, working

MEMBER = 3003
LISTS = {"banken": "@label Banken\nBank  # das Haus\nSparkasse\nGold & Silber\n-Parkbank\n"}
TITLES = (
    *("Bank erhöht Zinsen", "Die Bank schließt", "Eine Bank zieht um", "Die Sparkasse spart"),
    *("Boot strandet auf Sandbank", "Robben auf der Sandbank", "Auf einer Sandbank gebrütet"),
)


async def read(bot: Service, *titles: str) -> None:
    """The bot has read these articles."""
    for title in titles or TITLES:
        await bot.bring(title, f"{title}, hieß es.")
    await archive.catch_up(bot.store)


def source(bot: Service, name: str = "banken") -> str:
    return (bot.library.folder / f"{name}.txt").read_text("utf-8")


async def test_it_says_what_is_idle_what_is_surprising_and_what_could_change(
    tmp_path: Path,
) -> None:
    async with working(tmp_path, lists=LISTS) as bot:
        await bot.serve(PERSON, admin=True)
        await read(bot)

        said = (await bot.ask("/doctor Banken"))["text"]

        lines = said.splitlines()
        assert lines[0] == "🩺 Banken in den letzten 30 Tagen"
        assert lines[1] == "Ereignisse: 7, Artikel: 7."
        assert lines[lines.index("Hat nie etwas gefunden") + 1] == "• Gold & Silber"
        assert lines[lines.index("Hat nie etwas ausgeschlossen") + 1] == "• -Parkbank"
        assert "• Sandbank – endet auf Bank: 3" in lines
        assert "1. @ignore Sandbank – ein anderes Wort, als Sie vielleicht meinen" in lines
        assert "   Ereignisse 7 → 4, Artikel 7 → 4" in lines
        assert "Robben auf der Sandbank" in said


async def test_a_tap_makes_the_change_in_the_file_and_leaves_the_rest(tmp_path: Path) -> None:
    async with working(tmp_path, lists=LISTS) as bot:
        await bot.serve(PERSON, admin=True)
        await read(bot)
        await bot.ask("/doctor banken")

        await bot.press("1. übernehmen")

        await until(
            lambda: "📝 In Banken gilt jetzt: @ignore Sandbank" in bot.texts(), "the answer"
        )
        assert source(bot) == f"{LISTS['banken']}@ignore Sandbank\n"
        assert "schon so" in await bot.press("1. übernehmen")
        assert source(bot).count("Sandbank") == 1


async def test_a_change_of_what_was_rewritten_meanwhile_is_not_made(tmp_path: Path) -> None:
    async with working(tmp_path, lists={"banken": "Bank\nBank & Zins\n"}) as bot:
        await bot.serve(PERSON, admin=True)
        await read(bot, "Die Bank hebt die Zinsen")
        await bot.ask("/doctor banken")
        await bot.write(banken="Gold\nSilber\n")

        assert "inzwischen eine andere" in await bot.press("1. übernehmen")

        assert source(bot) == "Gold\nSilber\n"


@pytest.mark.parametrize("before", ["(Bank & Zins) | (Gold & Silber)", "Bank"])
async def test_a_line_stays_where_what_made_it_superfluous_has_gone(
    tmp_path: Path, before: str
) -> None:
    async with working(tmp_path, lists={"banken": f"Bank & Zins\n{before}\n"}) as bot:
        await bot.serve(PERSON, admin=True)
        await read(bot, "Die Bank hebt die Zinsen")
        await bot.ask("/doctor banken")
        await bot.write(banken="Bank & Zins\ntitle:Bank\n")

        assert "inzwischen eine andere" in await bot.press("1. übernehmen")

        assert source(bot) == "Bank & Zins\ntitle:Bank\n"


async def test_all_superfluous_lines_of_ones_own_may_go_and_what_they_found_is_still_found(
    tmp_path: Path,
) -> None:
    ways = ("China & Reis", "Nordkorea & Weizen")
    async with working(tmp_path) as bot:
        await bot.serve(PERSON)
        for query in (*ways, f"({ways[0]}) | ({ways[1]})"):
            await bot.add(query)
        await read(bot, "China kauft Reis", "Nordkorea kauft Weizen")
        await bot.ask("/doctor")

        for number in (2, 1):
            await bot.press(f"{number}. übernehmen")

        assert [row["source"] for row in bot.rows("own_lists")] == [f"({ways[0]}) | ({ways[1]})"]


async def test_ones_own_queries_are_examined_by_anybody_and_changed(tmp_path: Path) -> None:
    async with working(tmp_path, lists=LISTS) as bot:
        await bot.serve(PERSON)
        await bot.add("Bank")
        await bot.add("Sparkasse")
        await read(bot)
        await until(lambda: len(bot.titles()) == len(TITLES), "the alerts")

        said = await bot.ask("/pruefen")
        assert said["text"].startswith("🩺 Eigene Suchen in den letzten 30 Tagen")
        await bot.press("1. übernehmen")

        await until(lambda: "gilt jetzt" in bot.texts()[-1], "the answer")
        assert [row["source"] for row in bot.rows("own_lists")] == ['Bank\nSparkasse\n-"Sandbank"']
        await bot.bring("Noch eine Sandbank", "Noch eine Sandbank.")
        await bot.bring("Noch eine Bank", "Noch eine Bank.")
        await until(lambda: bot.titles()[-1] == "Noch eine Bank", "the alert")
        assert "Noch eine Sandbank" not in bot.titles()


async def test_what_people_call_not_relevant_is_judged_by_word(tmp_path: Path) -> None:
    async with working(tmp_path, lists=LISTS) as bot:
        await bot.serve(PERSON, admin=True)
        await bot.serve(GROUP, "banken")
        bot.member(MEMBER)
        await read(bot)
        await until(lambda: len(bot.titles(GROUP)) == len(TITLES), "the alerts")
        await bot.press("👎", GROUP, MEMBER)  # the newest is of the last sandbank

        said = (await bot.ask("/doctor Banken"))["text"]

        assert "Ereignisse: 7, Artikel: 7; unpassend: 1." in said
        assert "• Bank: 1 von 1" in said
        assert "• Sandbank – endet auf Bank: 1 von 3" in said
        assert "unpassend 1 → 0" in said


async def test_lists_in_files_are_for_admins(tmp_path: Path) -> None:
    async with working(tmp_path, lists=LISTS) as bot:
        await bot.serve(PERSON)

        assert "nur ein Administrator" in (await bot.ask("/doctor Banken"))["text"]
        assert "gibt es nicht" in (await bot.ask("/doctor <b>Unsinn"))["text"]
        assert "Welche Liste" in (await bot.ask("/doctor"))["text"]


async def test_an_admin_of_several_lists_chooses_one(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(PERSON, admin=True)
        await read(bot, "Nordkorea feiert")

        asked = await bot.ask("/doctor")
        assert bot.buttons(asked) == ["Nordkorea", "Siegesparade"]
        await bot.press("Siegesparade")

        await until(lambda: bot.texts()[-1].startswith("🩺 Siegesparade"), "the answer")
        assert "Hat nie etwas gefunden" in bot.texts()[-1]


async def test_a_list_without_anything_to_say_is_well(tmp_path: Path) -> None:
    async with working(tmp_path, lists={"banken": "Bank\n"}) as bot:
        await bot.serve(PERSON, admin=True)
        await read(bot, "Die Bank schließt")

        assert "Daran fällt mir nichts auf" in (await bot.ask("/doctor banken 7d"))["text"]


@pytest.mark.parametrize("data", ["dr:1", "dr:1:x", "dr:99:0", "dr:1:9", "dr::", "dn:x", "dn:"])
async def test_forged_buttons_change_nothing(tmp_path: Path, data: str) -> None:
    async with working(tmp_path, lists=LISTS) as bot:
        await bot.serve(PERSON, admin=True)
        await read(bot, *TITLES[:1], *TITLES[4:6])
        await bot.ask("/doctor banken")

        assert "veraltet" in await bot.forge(data)

        assert source(bot) == LISTS["banken"]


async def test_who_is_an_admin_no_more_changes_no_file(tmp_path: Path) -> None:
    async with working(tmp_path, lists=LISTS) as bot:
        await bot.serve(PERSON, admin=True)
        await read(bot)
        await bot.ask("/doctor banken")
        await bot.serve(PERSON)

        assert "veraltet" in await bot.forge("dr:1:0")

        assert source(bot) == LISTS["banken"]
