"""Twenty copies of one text through the whole daemon, which is killed among them."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.sandbox.recorded import Publication
from tests.harness import CONFIG, Bot, parade, running, until

TITLE = "Nordkoreas Soldaten bei der Siegesparade in Moskau"
OUTLETS = [f"blatt-{number}" for number in range(1, 21)]
STORY = 'mode = "story"'


@pytest.fixture
async def bot(tmp_path: Path) -> AsyncIterator[Bot]:
    async with running(tmp_path) as started:
        feeds = "".join(
            f'[[feeds]]\nurl = "{started.sandbox.feeds}/{outlet}.xml"\nname = "{outlet}"\n'
            'every = "1s"\n'
            for outlet in OUTLETS
        )
        started.write(CONFIG.replace('mode = "off"', STORY) + feeds)
        for outlet in OUTLETS:
            publish(started, outlet, "Anfang", "<p>Am Abend sprach niemand mehr davon.</p>")
        await started.arrange("nordkorea")
        yield started


def publish(bot: Bot, outlet: str, title: str, html: str) -> None:
    bot.sandbox.press.publish(outlet, Publication(title, html))


def decided(bot: Bot) -> int:
    """How many articles were put into a story so far."""
    return bot.log().count('"story.decided"')


@pytest.mark.parametrize("order", [OUTLETS, OUTLETS[::-1]], ids=["forth", "back"])
async def test_killed_after_the_seventh_of_twenty_copies_it_is_one_message_and_one_story(
    bot: Bot, order: list[str]
) -> None:
    await bot.start()
    await bot.ready()
    await until(lambda: bot.log().count('"poll.stored"') >= len(OUTLETS), "the first polls")
    for outlet in order:
        publish(bot, outlet, TITLE, parade())
    await until(lambda: decided(bot) >= 7, "the seventh copy")

    bot.kill()
    await bot.start()
    # A message grows once a minute at most.
    await until(lambda: all(each in whole(bot) for each in OUTLETS), "all of them", 100)

    assert len(bot.alerts()) == 1


def whole(bot: Bot) -> str:
    return "\n".join(alert["text"] for alert in bot.alerts())
