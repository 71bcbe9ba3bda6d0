"""What may not have arrived, beside messages that change: it is named aloud, and stays named."""

from pathlib import Path

from tests.telegram_kit import GROUP, Service, until, working

TITLE = "Nordkoreas Soldaten bei der Siegesparade in Moskau"
TEXT = (
    "Erstmals sind nordkoreanische Soldaten bei der Siegesparade auf dem Roten Platz in Moskau "
    "marschiert. Präsident Wladimir Putin begrüßte die Abordnung aus Pjöngjang persönlich, wie der "
    "Kreml am Freitag mitteilte. Rund 200 Soldaten nahmen nach Angaben des Ministeriums teil."
)
DOUBT = "Vielleicht nicht angekommen"


async def lose_the_answer(bot: Service) -> None:
    """An article is told, and nobody knows whether that arrived."""
    bot.fault("reset_after", GROUP)
    await bot.publish("Eins")
    await until(lambda: "uncertain" in bot.states(), "the doubt")


async def test_a_change_of_an_older_message_names_no_doubt(tmp_path: Path) -> None:
    async with working(tmp_path, stories="story") as bot:
        await bot.serve(GROUP, "nordkorea")
        await bot.bring(TITLE, TEXT)
        await until(lambda: len(bot.titles(GROUP)) == 1, "the alert")
        await lose_the_answer(bot)

        await bot.bring(TITLE, TEXT, outlet="Kontor", hours=0.1)
        await until(lambda: "auch bei: Kontor" in bot.texts(GROUP)[0], "the edit")

        assert DOUBT not in bot.texts(GROUP)[0]
        assert "uncertain" in bot.states()


async def test_a_message_that_named_a_doubt_still_does_when_it_has_grown(tmp_path: Path) -> None:
    async with working(tmp_path, stories="story") as bot:
        await bot.serve(GROUP, "nordkorea")
        await lose_the_answer(bot)
        await bot.bring(TITLE, TEXT, hours=0.01)
        await until(lambda: f"{DOUBT}: Eins" in bot.texts(GROUP)[-1], "the alert")

        await bot.bring(TITLE, TEXT, outlet="Kontor", hours=0.1)

        await until(lambda: "auch bei: Kontor" in bot.texts(GROUP)[-1], "the edit")
        assert f"{DOUBT}: Eins" in bot.texts(GROUP)[-1]
