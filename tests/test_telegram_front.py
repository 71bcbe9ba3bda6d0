"""What is no command, what is too much, and files that cannot be had."""

import asyncio
from pathlib import Path

import pytest

from bot.sandbox import people
from tests.telegram_kit import GROUP, PERSON, Service, working
from tests.virtual import Virtual, serving, virtually


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Nordkorea", "/add Nordkorea"),
        ("<b>Nordkorea</b>", "/add <b>Nordkorea</b>"),
        ("https://depesche.example/1", "/why LINK"),
        ("/gibtesnicht", "kenne ich nicht"),
    ],
)
async def test_what_is_no_command_is_answered_with_what_could_be_meant(
    tmp_path: Path, written: str, said: str
) -> None:
    async with working(tmp_path) as bot:
        await bot.ask("/start")

        assert said in (await bot.ask(written))["text"]


async def test_in_a_group_what_is_no_command_is_not_answered(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(GROUP)
        bot.say("Nordkorea", GROUP)
        bot.say("/gibtesnicht", GROUP)

        said = await bot.ask("/help", GROUP)

        assert "Was ich kann" in said["text"]
        assert len(bot.messages(GROUP)) == 1


def test_who_says_too_much_is_told_once_and_heard_again_after_a_minute(tmp_path: Path) -> None:
    async def arrange(bot: Virtual) -> None:
        await bot.serve(PERSON)

    async def work() -> None:
        async with serving(tmp_path, arrange) as bot:
            for _ in range(2):
                for _ in range(10):
                    bot.say("/help")
                await bot.has_sent(len(bot.sent) + 10, within=30)
            for _ in range(5):
                bot.say("/help")
            await bot.has_sent(21, within=30)
            await asyncio.sleep(60)
            [said] = [text for text in bot.texts() if "zu schnell" in text]
            assert "In einer Minute bin ich wieder da" in said

            bot.say("/help")

            await bot.has_sent(22, within=30)
            assert "Was ich kann" in bot.texts()[-1]

    virtually(work)


def test_who_says_too_much_again_after_the_minute_is_told_again(tmp_path: Path) -> None:
    async def arrange(bot: Virtual) -> None:
        await bot.serve(PERSON)

    async def work() -> None:
        async with serving(tmp_path, arrange) as bot:
            for _ in range(2):
                for _ in range(3):
                    for _ in range(8):
                        bot.say("/help")
                    await asyncio.sleep(10)
                await asyncio.sleep(61)

            assert sum("zu schnell" in text for text in bot.texts()) == 2

    virtually(work)


async def test_a_file_that_cannot_be_had_is_said_to_be_so(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(PERSON, admin=True)
        bot.fault("500", method="getFile")

        send(bot, "liste.txt")

        assert "ließ sich nicht laden" in (await bot.message(0))["text"]


async def test_a_file_of_another_kind_is_answered_with_what_can_be_sent(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(PERSON, admin=True)

        send(bot, "bild.png")

        assert "kann ich nichts anfangen" in (await bot.message(0))["text"]


def send(bot: Service, name: str) -> None:
    """The person sends a file."""
    world = bot.sandbox.world
    file = world.keep_file(name, b"Nordkorea\n", "text/plain")
    people.say(world, world.chats[PERSON], people.document_body(file))
