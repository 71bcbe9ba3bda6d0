"""What a query, a list or an exclusion would have done is said before it is saved."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.pipeline import archive
from tests.files_kit import sent
from tests.telegram_kit import PERSON, Service, until, working

WHEAT = "Der Weizen ist knapp, und der Preis steigt."


@pytest.fixture
async def bot(tmp_path: Path) -> AsyncIterator[Service]:
    async with working(tmp_path) as service:
        await service.serve(PERSON)
        yield service


async def read(bot: Service, *titles: str) -> None:
    """The bot has read these articles on wheat, and the index has them."""
    for title in titles:
        await bot.bring(title, f"{title}. {WHEAT}")
    await archive.catch_up(bot.store)


async def edited(bot: Service, number: int, text: str) -> str:
    """Wait until a message says this; return all of it."""
    await until(lambda: text in bot.texts()[number], text)
    return bot.texts()[number]


async def test_before_a_query_is_saved_it_is_said_what_it_would_have_told(bot: Service) -> None:
    await read(bot, "Ernte in Kanada", "Brot wird teurer", "Weizen am Hafen verladen")

    said = await bot.ask("/add Weizen")

    assert "In den letzten 7 Tagen hätte das 3 Meldungen zu 3 Ereignissen gebracht" in said["text"]
    assert "• Brot wird teurer" in said["text"]
    assert "noch nicht" in said["text"]
    assert bot.rows("own_lists") == []
    assert bot.buttons(said)[0] == "💾 Speichern"


async def test_at_most_three_examples_are_shown_the_latest_first(bot: Service) -> None:
    await read(bot, "Ernte", "Brot", "Hafen", "Mühle")

    lines = (await bot.ask("/add Weizen"))["text"].splitlines()

    assert [line for line in lines if line.startswith("•")] == ["• Mühle", "• Hafen", "• Brot"]


async def test_a_narrower_form_says_what_would_be_missing_and_is_saved_in_its_place(
    bot: Service,
) -> None:
    await read(bot, "Weizen wird knapp", "Brot wird teurer", "Weizen aus Kanada")
    said = await bot.ask("/add Weizen")
    assert "(title:Weizen): 2 Meldungen. Es fehlte etwa „Brot wird" in said["text"]

    await bot.press("✂️ Nur in der Überschrift")
    text = await edited(bot, 0, "hätte das 2 Meldungen")
    assert "title:Weizen" in text
    await bot.press("💾 Speichern")
    await edited(bot, 0, "Danach suche ich ab jetzt")

    assert [row["source"] for row in bot.rows("own_lists")] == ["title:Weizen"]


async def test_what_is_discarded_is_not_looked_for(bot: Service) -> None:
    await bot.ask("/add Weizen")

    await bot.press("✖️ Verwerfen")

    await edited(bot, 0, "Verworfen")
    assert bot.rows("own_lists") == []
    assert bot.rows("drafts") == []


async def test_it_can_be_saved_after_a_restart(bot: Service) -> None:
    await bot.ask("/add Weizen")
    await bot.restart()

    await bot.press("💾 Speichern")

    await edited(bot, 0, "Danach suche ich ab jetzt")


@pytest.mark.parametrize("data", ["ads:7", "ads:x", "adn:1:0000", "adn:x", "adx:7", "ads:"])
async def test_a_forged_button_changes_nothing(bot: Service, data: str) -> None:
    await bot.ask("/add Weizen")

    assert "veraltet" in await bot.forge(data)
    assert bot.rows("own_lists") == []


async def test_nobody_saves_what_another_chat_has_written(bot: Service) -> None:
    await bot.ask("/add Weizen")
    await bot.ask("/start", bot.person(4004))

    assert "veraltet" in await bot.forge("ads:1", 4004)


async def test_where_nothing_was_read_that_is_said(bot: Service) -> None:
    assert "noch keinen Artikel gelesen" in (await bot.ask("/add Weizen"))["text"]


async def test_where_nothing_matched_that_is_said(bot: Service) -> None:
    await read(bot, "Ernte")

    assert "hätte das nichts gemeldet" in (await bot.ask("/add Roggen"))["text"]


async def test_what_was_there_already_is_counted_apart(bot: Service) -> None:
    await read(bot, "Ernte")

    said = await bot.ask("/add Anfang")

    assert "Ein Artikel passt, war aber schon da" in said["text"]


async def test_an_exclusion_says_what_it_would_keep_away(bot: Service) -> None:
    await read(bot, "Ernte", "Brot")
    await bot.add("Weizen")

    said = await bot.ask("/add -Brot")

    assert "Brot: 1 statt 2 Meldungen. Es fehlte etwa „Brot“." in said["text"]
    assert "Roggen: hätte keine Meldung verhindert" in (await bot.ask("/add -Roggen"))["text"]


async def test_what_the_chat_excludes_already_is_left_out(bot: Service) -> None:
    await read(bot, "Ernte", "Brot")
    await bot.add("-Brot")

    assert "hätte das 1 Meldung zu 1 Ereignis" in (await bot.ask("/add Weizen"))["text"]


async def test_in_english_it_is_said_in_english(bot: Service) -> None:
    await read(bot, "Ernte", "Brot")
    await bot.ask("/lang en")

    said = await bot.ask("/add Weizen")

    assert "In the last 7 days that would have brought 2 alerts of 2 events" in said["text"]
    assert bot.buttons(said)[0] == "💾 Save"


async def test_a_list_that_is_sent_is_tried_before_it_is_saved(bot: Service) -> None:
    await bot.serve(PERSON, admin=True)
    await read(bot, "Ernte", "Brot")

    answer = await sent(bot, "Weizen\n-Brot\n", "weizen.txt")

    assert "hätte das 1 Meldung zu 1 Ereignis" in answer["text"]


async def test_not_relevant_says_what_each_word_would_keep_away(bot: Service) -> None:
    await bot.serve(PERSON, "nordkorea")
    await bot.bring("Nordkorea als Videospiel", "Ein Videospiel über Nordkorea kommt.")
    await bot.bring("Soldaten aus Nordkorea", "Soldaten aus Nordkorea marschierten.")
    await until(lambda: len(bot.titles()) == 2, "the alerts")
    await archive.catch_up(bot.store)
    [first, _] = bot.messages()

    await bot.forge(f"nr:{first['message_id']}")

    await until(lambda: "title:Videospiel: 1 statt 2 Meldungen" in bot.texts()[-1], "the offer")


async def test_as_many_queries_as_a_message_holds_are_answered_in_one(bot: Service) -> None:
    words = ("Weizenanbaufläche", "Getreideausfuhr", "Düngemittelpreise", "Handelsabkommen")
    lines = [f"{' | '.join(f'{word}{n:02}' for word in words)}" for n in range(48)]

    said = (await bot.ask("/add " + "\n".join(lines)))["text"]
    await bot.press("💾 Speichern")
    await edited(bot, 0, "Danach suche ich ab jetzt")

    assert lines[0][:60] in said
    assert "weitere Zeilen" in said
    assert len(bot.rows("own_lists")[0]["source"].splitlines()) == 48


async def test_as_many_exclusions_as_a_message_holds_are_answered_in_one(bot: Service) -> None:
    await read(bot, "Ernte in Kanada" + " und noch viel mehr davon" * 4, "Brot wird teurer")
    await bot.add("Weizen")

    lines = [f"-Kanada{n} | Ernte & Brot{'x' * 50}" for n in range(45)]
    said = await bot.ask("/add " + "\n".join(lines))

    assert "Kanada0" in said["text"]
