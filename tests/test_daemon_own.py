"""What a chat looks for itself, and excludes, through the whole daemon and over restarts."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.harness import Bot, parade, running, until

TITLE = "Leuchtturm im Sturm"
PAGE = "<p>Am Leuchtturm brach am Freitag ein Sturm los, wie ihn hier niemand kannte.</p>"


@pytest.fixture
async def bot(tmp_path: Path) -> AsyncIterator[Bot]:
    async with running(tmp_path) as started:
        await started.arrange("nordkorea")
        yield started


async def test_a_query_of_ones_own_outlives_a_kill(bot: Bot) -> None:
    await bot.start()
    await bot.ready()
    bot.say("/add Leuchtturm")
    await bot.press("💾 ")
    await until(lambda: any("Danach suche ich" in text for text in bot.texts()), "the answer")

    bot.kill()
    await bot.start()
    await bot.ready()
    bot.publish(TITLE, PAGE)

    await until(lambda: any(TITLE in alert["text"] for alert in bot.alerts()), "the alert")
    assert bot.alerts()[-1]["text"].splitlines()[0] == "🔔 Leuchtturm"


async def test_an_exclusion_outlives_a_kill(bot: Bot) -> None:
    await bot.start()
    await bot.ready()
    bot.publish("Nordkorea als Videospiel", parade())
    await until(bot.alerts, "the alert")
    await bot.press("👎")
    await bot.press("ohne title:Videospiel")
    await until(lambda: any("nichts mehr" in text for text in bot.texts()), "the answer")

    bot.kill()
    await bot.start()
    await bot.ready()
    bot.publish("Nordkorea im nächsten Videospiel", parade())
    bot.publish("Nordkorea in den Nachrichten", parade())
    await bot.polled()
    await bot.settled()

    titles = [alert["text"].splitlines()[1] for alert in bot.alerts()]
    assert titles == ["Nordkorea als Videospiel", "Nordkorea in den Nachrichten"]
