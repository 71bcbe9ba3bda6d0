"""`/search`: what was read matches as a watchlist would, in pages of events."""

from pathlib import Path

import pytest

from bot.pipeline import archive
from tests.telegram_kit import FILLER, OTHER, PERSON, Service, until, working


async def read(bot: Service, *titles: str, outlet: str = "Depesche") -> None:
    """The bot has read these articles, and the index has them."""
    for number, title in enumerate(titles):
        await bot.bring(title, f"Meldung {number}: {title}.", outlet=outlet)
    await archive.catch_up(bot.store)


async def test_what_was_read_is_found_whether_a_list_matched_it_or_not(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(PERSON)
        await read(bot, "Die Weizenpreise steigen", "Der Regen bleibt", "Mehr Weizen aus Kanada")

        text = (await bot.ask("/suche Weizen"))["text"]

        assert text.startswith("🔎 Weizen in den letzten 7 Tagen:")
        shown = [line for line in text.splitlines() if line.startswith("•")]
        assert shown == ["• Mehr Weizen aus Kanada", "• Die Weizenpreise steigen"]


async def test_how_far_back_it_goes_can_be_said(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(PERSON)
        await read(bot, "Die Weizenpreise steigen")
        bot.clock.move(9 * 24 * 3_600)

        within = (await bot.ask("/search Weizen"))["text"]
        assert "stand in den letzten 7 Tagen nichts" in within

        assert "Weizenpreise" in (await bot.ask("/search Weizen 14 Tage"))["text"]
        assert "in den letzten 24 Stunden nichts" in (await bot.ask("/search Weizen 1d"))["text"]


async def test_a_fault_is_shown_with_its_place(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(PERSON)

        assert "Klammer fehlt" in (await bot.ask("/search (Weizen | Mais"))["text"]
        assert "zum Beispiel" in (await bot.ask("/search"))["text"]
        assert "zum Beispiel" in (await bot.ask("/search 7d"))["text"]


async def test_more_than_a_page_is_turned_by_buttons_also_after_a_restart(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(PERSON)
        await read(bot, *(f"Weizen, Folge {n}" for n in range(10)))
        first = await bot.ask("/search Weizen")
        assert bot.buttons(first) == ["Weiter ▶️"]
        assert "Folge 9" in first["text"]

        await bot.restart()
        await bot.press("Weiter")

        await until(lambda: "Folge 0" in bot.texts()[-1], "the second page")
        assert bot.buttons(bot.messages()[-1]) == ["◀️ Zurück"]


@pytest.mark.parametrize("data", ["se:1", "se:1:x", "se:99:0", "se:1:99999", "se::"])
async def test_forged_pages_are_none(tmp_path: Path, data: str) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(PERSON)
        await bot.ask("/search Weizen")

        assert "veraltet" in await bot.forge(data)


async def test_a_search_of_another_chat_cannot_be_turned(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(bot.person(OTHER * -1))
        await bot.serve(PERSON)
        await bot.ask("/search Weizen", OTHER * -1)

        assert "veraltet" in await bot.forge("se:1:0", PERSON)


async def test_copies_of_a_text_are_one_event(tmp_path: Path) -> None:
    async with working(tmp_path, stories="story") as bot:
        await bot.serve(PERSON, "nordkorea")
        for outlet in ("Depesche", "Kontor"):
            await bot.bring("Nordkorea feiert", f"Nordkorea feiert. {FILLER}", outlet=outlet)
        await archive.catch_up(bot.store)
        await bot.settled()

        text = (await bot.ask("/search Nordkorea"))["text"]

        assert text.count("•") == 1
        assert "Depesche +1" in text
