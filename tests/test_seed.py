"""The main job, from outside: an article goes into a feed, one Telegram message comes out.

What should have been sent is the table below, written by hand; what was sent is the sandbox's
transcript. The bot's own database is not asked.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.sandbox.faults import Fault
from bot.sandbox.transcript import breaches
from tests.harness import Bot, parade, running, until

TITLE = "Nordkoreaner auf dem Roten Platz"


def bold_words(message: dict[str, Any]) -> list[str]:
    text = message["text"].encode("utf-16-le")
    return [
        text[2 * e["offset"] : 2 * (e["offset"] + e["length"])].decode("utf-16-le")
        for e in message["entities"]
        if e["type"] == "bold"
    ]


def links(message: dict[str, Any]) -> list[str]:
    return [e["url"] for e in message.get("entities", []) if e["type"] == "text_link"]


async def test_an_article_becomes_one_message_with_its_link_and_the_words_in_bold(
    tmp_path: Path,
) -> None:
    async with running(tmp_path) as bot:
        await bot.start()
        await bot.subscribe("Nordkorea", "Siegesparade")

        published = bot.publish(TITLE, parade())
        [alert] = await until(bot.alerts, "the alert")

        assert links(alert) == [published.url]
        assert {"Nordkorea", "Siegesparade", "nordkoreanische"} <= set(bold_words(alert))
        await bot.polled()
        assert len(bot.alerts()) == 1
        assert breaches(bot.sandbox.world.transcript.after(0)) == []
        assert await bot.stop() == 0
        assert "Traceback" not in bot.log()


ONCE = (1, 0)  # the alert, and no line
LINE = (0, 1)  # never stored by Telegram: the line names it
BOTH = (1, 1)  # stored, but the reply was lost: the line names it, and it does not ring again

# step at which the process is killed -> (alerts, lines that name the article)
KILLS = {
    "poll.fetched": ONCE,
    "poll.storing": ONCE,
    "poll.stored": ONCE,
    "read.extracted": ONCE,
    "read.storing": ONCE,
    "read.stored": ONCE,
    "delivery.beginning": ONCE,
    "delivery.begun": LINE,
    "delivery.answered": BOTH,
    "delivery.recorded": ONCE,
}
STAGES = ("poll.", "read.", "delivery.")
IN_FLIGHT = {"hang": LINE, "hang_after": BOTH}


async def test_every_step_that_an_alert_takes_is_one_at_which_it_is_killed(tmp_path: Path) -> None:
    async with running(tmp_path) as bot:
        await bot.arrange("nordkorea", "siegesparade")
        bot.publish(TITLE, parade())
        await bot.start()
        await until(lambda: '"delivery.recorded"' in bot.log(), "the alert")

        events = [json.loads(line) for line in bot.log().splitlines() if line.startswith("{")]
        steps = {event["event"] for event in events if event["level"] == "debug"}
        assert {step for step in steps if step.startswith(STAGES)} == set(KILLS)


@pytest.mark.parametrize(("step", "expected"), KILLS.items())
async def test_killed_at_any_step_the_alert_comes_once_or_is_named(
    tmp_path: Path, step: str, expected: tuple[int, int]
) -> None:
    async with running(tmp_path) as bot:
        await bot.arrange("nordkorea", "siegesparade")
        published = bot.publish(TITLE, parade())
        await bot.start(killed_at=step)
        assert await bot.dead() == -9

        assert await outcome_after_restart(bot, published.url) == expected


@pytest.mark.parametrize(("fault", "expected"), IN_FLIGHT.items())
async def test_killed_while_the_call_is_in_flight_the_next_message_names_the_article(
    tmp_path: Path, fault: str, expected: tuple[int, int]
) -> None:
    async with running(tmp_path) as bot:
        await bot.arrange("nordkorea", "siegesparade")
        published = bot.publish(TITLE, parade())
        bot.sandbox.faults.order(Fault("sendMessage", fault))
        await bot.start()
        await until(lambda: [c for c in bot.calls("sendMessage") if c.get("fault")], "the call")
        bot.kill()
        await bot.dead()

        assert await outcome_after_restart(bot, published.url) == expected


async def outcome_after_restart(bot: Bot, url: str) -> tuple[int, int]:
    """Start again, publish a second article, and count what the chat was told of the first."""
    second = bot.publish("Probe für die Siegesparade", parade(), "second")
    await bot.start()
    await until(lambda: any(second.url in links(m) for m in bot.alerts()), "the second alert")
    await bot.settled()
    rings = [message for message in bot.alerts() if links(message)[0] == url]
    lines = [message for message in bot.messages() if url in links(message)[1:]]
    return len(rings), len(lines)
