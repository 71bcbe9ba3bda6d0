"""`/search`: what was read matches as a watchlist would, in pages of events."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.daemon.aging import age
from bot.pipeline import archive
from tests.apart import apart
from tests.archive_kit import damage
from tests.telegram_kit import FILLER, GROUP, OTHER, PERSON, Service, until, working


async def read(bot: Service, *titles: str, outlet: str = "Depesche") -> None:
    """The bot has read these articles, and the index has them."""
    for number, title in enumerate(titles):
        text = f"<p>Meldung {number}: {title}. {apart(number)}</p>"
        await bot.bring(title, page=text, outlet=outlet)
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


# How it is shown.


def html(bot: Service) -> str:
    """The last message as it was sent."""
    return str(bot.calls("sendMessage")[-1]["params"]["text"])


async def test_what_matched_is_bold_in_the_title_or_in_a_passage(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(PERSON)
        await read(bot, "Mehr Weizen aus Kanada")
        await bot.bring(
            "Die Ernte", page=f"<p>Auch der Weizen &lt;leidet&gt; &amp; der Mais. {apart(9)}</p>"
        )
        await archive.catch_up(bot.store)

        await bot.ask("/search Weizen")

        assert "Mehr <b>Weizen</b> aus Kanada</a>" in html(bot)
        assert "\n  Auch der <b>Weizen</b>" in html(bot)


@pytest.mark.parametrize("order", ["best", "beste", "das Beste zuerst", "30d best", "best 30 Tage"])
async def test_the_best_can_be_asked_for(tmp_path: Path, order: str) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(PERSON)
        await read(bot, "Weizen, Weizen, Weizen", "Der Regen bleibt dem Weizen fern")

        text = (await bot.ask(f"/search Weizen {order}"))["text"]

        days = 30 if "30" in order else 7
        assert text.startswith(f"🔎 Weizen in den letzten {days} Tagen, das Beste zuerst:")
        assert text.index("Weizen, Weizen, Weizen") < text.index("Regen")


# What is not there.


async def test_an_empty_archive_is_said_to_be_one(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(PERSON)

        text = (await bot.ask("/search Weizen"))["text"]

        assert text == "Ich habe noch nichts gelesen, worin ich suchen könnte."


async def test_since_when_there_are_texts_is_said_where_more_is_asked_for(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(PERSON)
        await read(bot, "Mehr Weizen aus Kanada")

        text = (await bot.ask("/search Weizen 90d"))["text"]

        assert "Mehr Weizen aus Kanada" in text
        assert "ℹ️ Ich suche in allem, was ich seit " in text
        assert text.endswith("; Älteres habe ich nicht.")


async def test_a_damaged_index_is_said_to_be_made_anew_until_it_is(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(PERSON)
        await read(bot, "Mehr Weizen aus Kanada")
        await damage(bot.store)

        assert "Verloren ist nichts" in (await bot.ask("/search Weizen"))["text"]
        assert "Noch finde ich nicht alles" in (await bot.ask("/search Weizen"))["text"]

        await archive.catch_up(bot.store)
        assert "Mehr Weizen" in (await bot.ask("/search Weizen"))["text"]


async def test_of_very_many_hits_a_page_is_shown_and_the_last_says_that_there_are_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.telegram.searching.MOST_PAGES", 1)
    async with working(tmp_path) as bot:
        await bot.serve(PERSON)
        await read(bot, *(f"Weizen, Folge {n}" for n in range(10)))

        found = await bot.ask("/search Weizen")

        assert found["text"].count("•") == 8
        assert "… und noch mehr." in found["text"]
        assert bot.buttons(found) == []


# When the text is gone.


async def test_an_alert_that_changes_when_its_text_is_gone_says_so(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(GROUP, "nordkorea")
        link = await bot.bring("Meldung aus Nordkorea", "Nordkorea feiert.")
        await bot.settled()
        await damage(bot.store, "UPDATE entries SET read_due = NULL")  # it was read for good
        bot.clock.move(timedelta(days=40).total_seconds())
        await age(bot.store, bot.config, bot.clock())
        async with bot.store.read() as connection:
            kept = (await connection.scalars(text("SELECT text FROM articles"))).all()
        assert not any(kept)

        await bot.press("Übernehme ich", GROUP)

        await until(lambda: "bewahre ich nicht mehr auf" in bot.texts(GROUP)[-1], "the change")
        assert "Meldung aus Nordkorea" in bot.texts(GROUP)[-1]
        assert "bewahre ich nicht mehr auf" in (await bot.ask(f"/why {link}", GROUP))["text"]
