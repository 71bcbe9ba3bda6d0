"""What a chat has and how it is set, as it is shown: /subs, /last, /lists, /lang, /timezone."""

from pathlib import Path

import pytest

from tests.telegram_kit import GROUP, PERSON, Service, until, working

MEMBER, ADMIN = 3003, 4004


async def told(bot: Service) -> None:
    """Two lists have alerted."""
    await bot.serve(PERSON, "nordkorea", "siegesparade")
    await bot.publish("Eins", "nordkorea")
    await bot.publish("Zwei", "siegesparade")
    await bot.publish("Drei", "nordkorea", "siegesparade")
    await until(lambda: len(bot.titles()) == 3, "the alerts")


@pytest.mark.parametrize("written", ["Nordkorea", "nordkorea"])
async def test_last_shows_the_alerts_of_the_list_that_is_named(
    tmp_path: Path, written: str
) -> None:
    async with working(tmp_path) as bot:
        await told(bot)

        text = (await bot.ask(f"/last {written}"))["text"]

        assert text.startswith("Nordkorea\nDie letzten 2 Meldungen:")
        assert text.index("Drei") < text.index("Eins")
        assert "Zwei" not in text


async def test_last_of_a_list_that_is_not_on_says_so(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await told(bot)

        text = (await bot.ask("/last Atlantis"))["text"]

        assert "Eine Liste namens „Atlantis“ ist hier nicht eingeschaltet." in text


async def test_without_a_word_the_language_is_shown_and_stays(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.serve()

        said = await bot.ask("/lang")

        assert said["text"].startswith("🗣 Sprache: Deutsch.")
        assert bot.buttons(said) == ["Deutsch", "English"]
        assert "Was ich kann" in (await bot.ask("/help"))["text"]


async def test_a_button_settles_the_language(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.serve()
        await bot.ask("/lang")

        await bot.press("English")

        await until(lambda: "From now on I’ll write in English." in bot.texts()[0], "the answer")
        assert "What I can do" in (await bot.ask("/help"))["text"]


async def test_a_language_that_there_is_not_changes_nothing(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.serve()

        said = await bot.ask("/lang fr")

        assert said["text"] == "Ich schreibe nur Deutsch oder Englisch. Was soll es sein?"
        assert bot.buttons(said) == ["Deutsch", "English"]
        assert "Was ich kann" in (await bot.ask("/help"))["text"]


async def test_of_another_chat_that_is_managed_its_own_language_is_shown(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.serve()
        await bot.serve(GROUP)
        await bot.ask("/lang en", GROUP, PERSON)
        await bot.ask("/manage")
        await bot.press("Redaktion")
        await until(lambda: "gilt ab jetzt für" in bot.texts()[-1], "the answer")

        assert "🗣 Sprache: English." in (await bot.ask("/lang"))["text"]


async def test_the_time_zone_alone_says_how_it_is_changed(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.serve()

        assert "/timezone Wien" in (await bot.ask("/timezone"))["text"]
        assert "/timezone Wien" not in (await bot.ask("/timezone Zürich"))["text"]


async def test_in_a_group_the_settings_are_nobodys_own(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(GROUP, "nordkorea")

        assert (await bot.ask("/subs", GROUP))["text"].startswith("So ist es hier eingestellt")


async def test_in_a_group_the_lists_say_who_switches_them(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.serve()
        await bot.serve(GROUP)

        assert "Administratoren dieser Gruppe" in (await bot.ask("/lists", GROUP))["text"]
        assert "Administratoren" not in (await bot.ask("/lists"))["text"]


async def test_who_is_no_admin_learns_that_lists_are_for_admins(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(bot.person(ADMIN), admin=True)
        await bot.serve()

        said = await bot.ask("/export nordkorea")

        assert "schicke ich nur Administratoren als Datei" in said["text"]
        assert "document" not in said
