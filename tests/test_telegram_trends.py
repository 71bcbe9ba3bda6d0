"""`/trend`: a picture with the same in words, or a sentence that says why there is none."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from tests.reviews_kit import Report, have_read
from tests.telegram_kit import PERSON, Service, working

PARADE = [Report("Parade in Moskau", hours=30 + n, story="parade") for n in range(4)]
OTHERS = [Report("Weizen aus Moskau", hours=90), Report("Moskau meldet Frost", hours=150)]


async def asked(bot: Service, text: str, *reports: Report) -> dict[str, Any]:
    await bot.serve(PERSON)
    await have_read(bot.store, reports, bot.clock())
    return await bot.ask(text)


async def test_a_picture_comes_with_its_numbers_and_peaks_in_words(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        said = await asked(bot, "/trend Moskau", *PARADE, *OTHERS)

        caption = said["caption"].splitlines()
        assert caption[0] == "📊 Moskau in den letzten 30 Tagen: 6 Artikel, 3 Ereignisse."
        assert caption[3] == "① Do., 8. Mai: 4 Artikel, vor allem Parade in Moskau"
        assert len(caption) == 6
        [photo] = said["photo"]
        content = bot.sandbox.world.files[photo["file_id"]].content
        assert Image.open(BytesIO(content)).size == (photo["width"], photo["height"])


async def test_it_answers_the_question_and_speaks_the_chats_language(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(PERSON)
        await bot.ask("/lang en")

        said = await asked(bot, "/verlauf Moskau 7d", *PARADE)

        assert said["reply_to_message"]["text"] == "/verlauf Moskau 7d"
        assert said["caption"].startswith("📊 Moskau in the last 7 days: 4 articles, one event.")


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("/trend", "zum Beispiel"),
        ("/trend 30d", "zum Beispiel"),
        ("/trend Moskau 0d", "zum Beispiel"),
        ("/trend " + "Moskau " * 80, "zum Beispiel"),
        ("/trend Moskau 400d", "höchstens 90 Tage"),
        ("/trend Moskau 99999 Tage", "höchstens 90 Tage"),
        ("/trend (Moskau | Kiew", "Klammer fehlt"),
        ("/trend Moskau 7d", "Zu Moskau stand in den letzten 7 Tagen nichts."),
    ],
)
async def test_what_cannot_be_drawn_is_answered_with_a_sentence(
    tmp_path: Path, text: str, answer: str
) -> None:
    async with working(tmp_path) as bot:
        assert answer in (await asked(bot, text))["text"]


async def test_a_hostile_title_and_query_are_shown_as_they_are(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        evil = Report("<b>Moskau</b> & <a href='x'>", link="javascript:alert(1)")

        said = await asked(bot, '/trend Moskau | "<i>"', evil)

        assert '📊 Moskau | "<i>"' in said["caption"]
        assert "<b>Moskau</b> & <a href='x'>" in said["caption"]
        assert {each["type"] for each in said["caption_entities"]} == {"code", "bold"}


async def test_the_longest_titles_fit_beside_a_picture(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        long = [Report("Moskau " + "Straßenbahn " * 40, hours=24 * n) for n in (1, 5, 9)]

        said = await asked(bot, f"/trend Moskau | {'Weizen' * 20}", *long)

        assert said["caption"].count("Moskau Straßenbahn") == 3


async def test_a_picture_that_telegram_refuses_is_owned_up_to(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        bot.fault("400_entities", method="sendPhoto")

        said = await asked(bot, "/trend Moskau", *PARADE)

        assert "ließ sich gerade nicht schicken" in said["text"]
