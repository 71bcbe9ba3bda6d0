"""`/mute` of a chat, a list and an event: what is silent, how that is shown, how it ends."""

from pathlib import Path

from tests.telegram_kit import PERSON, until, working
from tests.telegram_manner_kit import HOUR, manner, served


async def test_muted_a_chat_gets_one_message_when_that_is_over(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await served(bot)
        await bot.ask("/mute 2h")
        for title in ("Eins", "Zwei", "Drei"):
            await bot.publish(title)
        await until(lambda: bot.states().count("dead") == 3, "all collected")
        before = len(bot.texts())

        bot.clock.move(2 * HOUR.total_seconds())

        await until(lambda: len(bot.texts()) == before + 1, "the return")
        assert "kamen 3 Meldungen" in bot.texts()[-1]
        assert [title in bot.texts()[-1] for title in ("Eins", "Zwei", "Drei")] == [True] * 3


async def test_muted_no_more_it_gets_that_message_at_once(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await served(bot)
        await bot.ask("/mute 14d")
        await bot.publish("Eins")
        await until(lambda: bot.states().count("dead") == 1, "collected")

        await bot.press("Wieder melden")

        await until(lambda: "kam eine Meldung" in bot.texts()[-1], "the return")
        assert (await manner(bot)).muted_until is None


async def test_one_list_can_be_muted_and_the_others_go_on(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await served(bot, "nordkorea", "siegesparade")

        assert "stumm bis" in (await bot.ask("/mute Nordkorea 2 Stunden"))["text"]
        await bot.publish("Stumm", "nordkorea")
        await bot.publish("Laut", "siegesparade")
        await bot.publish("Beide", "nordkorea", "siegesparade")

        await until(lambda: bot.titles() == ["Laut", "Beide"], "the other list's alerts")
        assert "Nordkorea" not in bot.texts()[-1].split("\n")[0]


async def test_a_list_that_is_muted_no_more_tells_at_once_what_it_held_back(
    tmp_path: Path,
) -> None:
    async with working(tmp_path) as bot:
        await served(bot, "nordkorea")
        await bot.ask("/mute Nordkorea 14d")
        await bot.publish("Eins")
        await until(lambda: bot.states().count("dead") == 1, "collected")

        await bot.ask("/mute Nordkorea aus")

        await until(lambda: "kam eine Meldung" in bot.texts()[-1], "the return")


async def test_a_list_that_is_not_on_cannot_be_muted(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await served(bot)

        assert "nicht eingeschaltet" in (await bot.ask("/mute Siegesparade 2h"))["text"]


async def test_a_list_that_is_muted_is_shown_where_one_looks(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await served(bot, "nordkorea", "siegesparade")
        said = await bot.ask("/mute Nordkorea 2h")
        assert bot.buttons(said) == ["🔔 Wieder melden"]

        text = (await bot.ask("/mute"))["text"]

        assert text.startswith("🔔 Ich melde alles bis auf das, was hier steht")
        assert "🔇 Nordkorea – stumm bis 9. Mai 2025, 12:00 Uhr" in text


async def test_a_list_without_a_time_is_asked_for_how_long(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await served(bot)
        said = await bot.ask("/mute nordkorea")
        assert "Wie lange soll Nordkorea stumm sein?" in said["text"]

        await bot.press("7 Tage")
        await until(lambda: "Stumm bis 16. Mai 2025" in bot.texts()[-1], "the mute")

        await bot.press("Wieder melden")
        await until(lambda: "Stumm bis" not in bot.texts()[-1], "the end of it")
        assert "Ich melde alles. " in (await bot.ask("/mute"))["text"]


async def test_a_day_on_an_alert_does_not_shorten_a_week_and_says_so(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await served(bot)
        await bot.publish("Eins")
        await until(lambda: bot.titles() == ["Eins"], "the alert")
        await bot.ask("/mute Nordkorea 7d")

        assert "Stumm bis 16. Mai" in await bot.press("🔇 24 Stunden")


async def test_up_to_a_day_means_that_day_too(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await served(bot)

        said = (await bot.ask("/mute bis 3.8."))["text"]

        assert "still bis einschließlich 3. August 2025" in said
        assert "Ich melde wieder alles" in (await bot.ask("/mute aus"))["text"]


async def test_what_is_over_is_said_to_be_so(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await served(bot)

        assert "in der Zukunft" in (await bot.ask("/mute bis 3.8.2024"))["text"]
        assert "höchstens ein Jahr" in (await bot.ask("/mute 400d"))["text"]


async def test_an_event_that_is_muted_is_shown_and_ended_with_the_rest(tmp_path: Path) -> None:
    async with working(tmp_path, stories="story") as bot:
        await bot.serve(PERSON, "nordkorea")
        await bot.bring(
            "Nordkorea & Co. feiern", "Nordkorea feierte am Freitag in Moskau ein Fest."
        )
        await until(bot.titles, "the alert")
        await bot.ask("/mute", reply_to=bot.messages()[0]["message_id"])

        for command in ("/mute", "/subs"):
            shown = (await bot.ask(command))["text"]
            assert "„Nordkorea & Co. feiern“ – stumm bis 16. Mai 2025" in shown

        await bot.ask("/mute aus")
        assert "feiern" not in (await bot.ask("/mute"))["text"]
