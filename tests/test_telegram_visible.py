"""`@visible`: a list that a chat may not know of is nowhere to be seen there."""

from pathlib import Path

import pytest

from bot.telegram import views
from tests.telegram_kit import GROUP, PERSON, Service, until, working

ADMINS = {"geheim": "@label Geheim\n@visible admins\nNordkorea\n", "offen": "Siegesparade\n"}
THIS_GROUP = {"geheim": f"@label Geheim\n@visible {GROUP}\nNordkorea\n", "offen": "Siegesparade\n"}


async def test_only_admins_see_a_list_for_admins(tmp_path: Path) -> None:
    async with working(tmp_path, lists=ADMINS) as bot:
        await bot.serve(PERSON)
        await bot.serve(bot.person(4004), admin=True)

        assert bot.buttons(await bot.ask("/lists")) == ["▫️ offen"]
        assert bot.buttons(await bot.ask("/lists", 4004)) == ["▫️ Geheim", "▫️ offen"]


async def test_a_list_for_one_chat_is_seen_there_alone(tmp_path: Path) -> None:
    async with working(tmp_path, lists=THIS_GROUP) as bot:
        await bot.serve(PERSON)
        await bot.serve(GROUP)

        assert bot.buttons(await bot.ask("/lists", GROUP)) == ["▫️ Geheim", "▫️ offen"]
        assert bot.buttons(await bot.ask("/lists")) == ["▫️ offen"]


@pytest.mark.parametrize("kind", ["on", "off"])
async def test_its_button_is_none_of_theirs(tmp_path: Path, kind: str) -> None:
    async with working(tmp_path, lists=ADMINS) as bot:
        await bot.serve(PERSON)

        assert "veraltet" in await bot.forge(f"{kind}:{views.handle('geheim')}")

        assert bot.lists() == set()


async def test_who_had_it_on_when_it_was_hidden_is_told_nothing_more(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await told_of_both(bot)

        await bot.write(nordkorea="@label Geheim\n@visible admins\nNordkorea\n")
        await bot.publish("Zwei", "nordkorea")
        await bot.publish("Drei", "siegesparade")

        await until(lambda: bot.titles() == ["Eins", "Drei"], "the other list's alert")
        assert "Geheim" not in (await bot.ask("/subs"))["text"]


async def test_an_alert_of_several_lists_names_only_those_that_may_be_known(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await told_of_both(bot)

        await bot.write(nordkorea="@label Geheim\n@visible admins\nNordkorea\n")
        await bot.publish("Zwei", "nordkorea", "siegesparade")

        await until(lambda: bot.titles() == ["Eins", "Zwei"], "the alert")
        assert bot.texts()[-1].splitlines()[0] == "🔔 Siegesparade"


async def test_shown_again_it_alerts_again(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await told_of_both(bot)
        await bot.write(nordkorea="@label Nordkorea\n@visible admins\nNordkorea\n")
        await bot.write(nordkorea="@label Nordkorea\nNordkorea\n")

        await bot.publish("Zwei", "nordkorea")

        await until(lambda: bot.titles() == ["Eins", "Zwei"], "the alert")


async def told_of_both(bot: Service) -> None:
    """The person has both lists on, and was told of an article."""
    await bot.ask("/start")
    await bot.serve(PERSON, "nordkorea", "siegesparade")
    await bot.publish("Eins", "nordkorea")
    await until(lambda: bot.titles() == ["Eins"], "the alert")
