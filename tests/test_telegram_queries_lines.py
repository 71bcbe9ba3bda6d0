"""What a chat looks for itself stays whole and alerts, whatever else may end a line."""

from pathlib import Path

import pytest

from bot.store import chats, own
from tests.telegram_kit import PERSON, Service, until, working

NEXT_LINE = "(Nordkorea |\x85China) & Reis"
FRAGMENTS = ("Weizen", "(Nordkorea |", "China) & Reis")


async def stored(bot: Service, *lines: str) -> None:
    """The person's own queries are these, however they came there."""
    await bot.ask("/start")
    async with bot.store.write() as tx:
        name = await own.set_lines(tx, PERSON, lines)
        await chats.subscribe(tx, PERSON, name, bot.clock())


def source(bot: Service) -> str:
    [row] = bot.rows("own_lists")
    return str(row["source"])


@pytest.mark.parametrize("end", [*"\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"])
async def test_what_others_take_for_a_lines_end_is_a_blank_in_a_query(
    tmp_path: Path, end: str
) -> None:
    async with working(tmp_path) as bot:
        await bot.ask("/start")

        await bot.add(f"(Nordkorea |{end}China) & Reis")

        assert source(bot) == "(Nordkorea | China) & Reis"


async def test_a_query_with_another_lines_end_stays_whole_when_another_one_is_removed(
    tmp_path: Path,
) -> None:
    async with working(tmp_path) as bot:
        await stored(bot, NEXT_LINE, "Weizen", "Gold")

        await bot.ask("/remove Weizen")

        assert source(bot) == f"{NEXT_LINE}\nGold"
        await bot.bring("China kauft Reis", "China kauft Reis, hieß es.")
        await until(lambda: "China kauft Reis" in bot.titles(), "the alert")


async def test_a_change_by_the_doctor_leaves_a_query_with_another_lines_end_whole(
    tmp_path: Path,
) -> None:
    async with working(tmp_path) as bot:
        await stored(bot, NEXT_LINE, "Gold", "Gold & Silber")
        await bot.ask("/doctor")

        await bot.press("1. übernehmen")

        await until(lambda: "steht nicht mehr" in bot.texts()[-1], "the answer")
        assert source(bot) == f"{NEXT_LINE}\nGold"


@pytest.mark.parametrize("asked", ["/add Gold", "/doctor", "/doctor Eigene Suchen"])
async def test_queries_that_can_be_read_no_more_are_told_with_what_is_wrong_and_can_be_removed(
    tmp_path: Path, asked: str
) -> None:
    async with working(tmp_path) as bot:
        await stored(bot, *FRAGMENTS)

        said = await bot.ask(asked)

        assert "kann ich nicht mehr lesen" in said["text"]
        assert "Zeile 2: " in said["text"]
        assert [button.removeprefix("✖️ ") for button in bot.buttons(said)] == list(FRAGMENTS)
        assert source(bot) == "\n".join(FRAGMENTS)


async def test_nothing_is_saved_beside_queries_that_can_be_read_no_more(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.ask("/start")
        await bot.ask("/add Gold")
        await stored(bot, *FRAGMENTS)

        await bot.press("💾 Speichern")

        await until(lambda: "kann ich nicht mehr lesen" in bot.texts()[-1], "the answer")
        assert source(bot) == "\n".join(FRAGMENTS)
