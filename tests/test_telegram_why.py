"""`/why`: the first broken link of the chain, in the chat's language."""

from pathlib import Path

import pytest
from sqlalchemy import update

from bot.sandbox import people
from bot.store.schema import entries, matches
from tests.telegram_kit import PERSON, Service, until, working


async def alerted(bot: Service, title: str = "Meldung") -> str:
    """Have the person told of an article; return its link."""
    await bot.ask("/start")
    await bot.serve(PERSON, "nordkorea")
    link = await bot.publish(title)
    await until(lambda: bot.titles() == [title], "the alert")
    return link


async def test_as_an_answer_to_an_alert_it_says_how_that_came(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await alerted(bot)
        world, before = bot.sandbox.world, len(bot.messages())
        chat = world.chats[PERSON]
        number = bot.messages()[-1]["message_id"]
        people.say(world, chat, {"text": "/why"} | people.answering(chat, number))

        text = (await bot.message(before))["text"]

        assert "Depesche hat ihn gelistet" in text
        assert "er passt zu nordkorea" in text
        assert "✔️ gemeldet" in text
        assert "✖️" not in text


async def test_with_a_link_it_says_the_same_with_tracking_and_all(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        link = await alerted(bot)

        text = (await bot.ask(f"/warum {link}?utm_source=x"))["text"]

        assert "✔️ gemeldet" in text


async def test_a_link_that_no_feed_has_listed_is_said_to_be_so(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await alerted(bot)

        nowhere = (await bot.ask("/why https://nowhere.example/a"))["text"]
        assert "keine Quelle hat diese Adresse gelistet" in nowhere
        assert "✖️ von dieser Seite wird keine Quelle abgefragt" in nowhere

        site = (await bot.ask("/why https://depesche.example/other"))["text"]
        assert "✖️ die Quelle Depesche dieser Seite" in site


async def test_what_no_list_matches_ends_there(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        link = await alerted(bot)
        async with bot.store.write() as tx:
            await tx.execute(matches.delete())

        assert (await bot.ask(f"/why {link}"))["text"].splitlines()[-1] == (
            "✖️ keine Wortliste trifft zu"
        )


async def test_what_is_old_says_so_in_german(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.ask("/start")
        await bot.serve(PERSON, "nordkorea")
        link = await bot.publish("Alt", hours=24 * 9)
        async with bot.store.write() as tx:
            await tx.execute(update(entries).values(old=True))

        text = (await bot.ask(f"/why {link}"))["text"]

        assert "schon bei der ersten Abfrage" in text
        assert text.splitlines()[-1] == "✖️ nicht gemeldet: er ist älter als 7 Tage"


async def test_a_list_that_is_off_is_the_reason(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.ask("/start")
        link = await bot.publish("Meldung")

        assert (await bot.ask(f"/why {link}"))["text"].splitlines()[-1] == (
            "✖️ keine dieser Listen ist hier eingeschaltet"
        )


@pytest.mark.parametrize("written", ["/why", "/why javascript:alert(1)", "/why <b>"])
async def test_what_is_no_link_is_answered_with_how_to_ask(tmp_path: Path, written: str) -> None:
    async with working(tmp_path) as bot:
        await bot.ask("/start")

        assert "/why LINK" in (await bot.ask(written))["text"]
