"""What is offered without being asked: a digest for a list that brings very much."""

from pathlib import Path

from bot.sandbox.world import PERSON
from tests.virtual import Virtual, serving, virtually

OFFER = "mehr als 30 Meldungen"


async def arrange(bot: Virtual) -> None:
    await bot.serve_all([(PERSON, "nordkorea")])


async def published(bot: Virtual, count: int) -> None:
    for number in range(count):
        await bot.publish(f"Nummer {number}")


def test_after_thirty_alerts_of_a_list_in_a_day_a_digest_is_offered_once(tmp_path: Path) -> None:
    async def work() -> None:
        async with serving(tmp_path, arrange, burst=1000) as bot:
            await published(bot, 40)
            await bot.has_sent(41, within=120)

            assert sum(OFFER in text for text in bot.texts()) == 1

    virtually(work)


def test_with_thirty_nothing_is_offered(tmp_path: Path) -> None:
    async def work() -> None:
        async with serving(tmp_path, arrange, burst=1000) as bot:
            await published(bot, 30)
            await bot.has_sent(30, within=120)

            assert not any(OFFER in text for text in bot.texts())

    virtually(work)


def test_an_offer_that_is_taken_collects_the_list(tmp_path: Path) -> None:
    async def work() -> None:
        async with serving(tmp_path, arrange, burst=1000) as bot:
            await published(bot, 40)
            await bot.has_sent(41, within=120)

            await bot.press("🗞 Künftig gesammelt")

            [row] = bot.rows("subscriptions")
            assert row["mode"] == "digest"

    virtually(work)
