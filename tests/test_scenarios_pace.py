"""Acceptance: Telegram asks for patience, or there is too much at once.

Scenarios 9 and 10 are `tests/test_telegram_figures.py`.
"""

from datetime import datetime
from pathlib import Path

import pytest

from bot.sandbox.faults import Fault
from bot.store.digests import MOST_COLLECTED
from tests.sandbox_kit import Hand
from tests.telegram_kit import GROUP, OTHER, PERSON, Service, offline, until, working

WINDOW = 600
HOUR = 3_600
CHOICES = ["🔔 Künftig alles sofort", "🕐 Stündlich", "👍 So lassen"]
LONG = 43_838


class Ticking(Hand):
    """A clock that also goes on by itself, as clocks do: a little at each look."""

    def __call__(self) -> datetime:
        self.move(0.001)
        return super().__call__()


def told_to_wait(bot: Service, seconds: int, chat: int = GROUP) -> None:
    """Telegram refuses the next message to a chat."""
    bot.sandbox.faults.order(Fault("sendMessage", "429", chat, retry_after=seconds))


def named(bot: Service, message: int, chat: int = GROUP) -> list[str]:
    """Return the titles in a digest, in their order."""
    lines = bot.texts(chat)[message].splitlines()
    found = [line.removeprefix("• ") for line in lines if line.startswith("• ")]
    return [title.partition(" – ")[0] for title in found]


async def publish(bot: Service, *titles: str) -> None:
    for title in titles:
        await bot.publish(title)


# A 429.


async def test_scenario_11_a_429_pauses_only_its_own_chat(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.serve_two()
        told_to_wait(bot, 5)
        await publish(bot, "Eins", "Zwei", "Drei")

        await until(lambda: bot.titles(OTHER) == ["Eins", "Zwei", "Drei"], "the other chat's")
        assert len(bot.calls("sendMessage", GROUP)) == 1

        bot.clock.move(4.9)
        await bot.publish("Vier")
        await until(lambda: bot.titles(OTHER)[3:] == ["Vier"], "the other chat's next")
        assert len(bot.calls("sendMessage", GROUP)) == 1

        bot.clock.move(0.1)
        await until(lambda: bot.titles(GROUP) == ["Eins", "Zwei", "Drei", "Vier"], "the rest")


async def test_scenario_12_a_long_429_outlives_a_restart_and_its_backlog_is_one_digest(
    tmp_path: Path,
) -> None:
    async with offline(tmp_path, burst=5, clock=Ticking()) as bot:
        await bot.start()
        await bot.serve(GROUP, "nordkorea")
        told_to_wait(bot, LONG)
        await publish(bot, "Eins", "Zwei")
        await until(bot.is_held, "the refusal")
        bot.clock.move(LONG - 60)
        await publish(bot, "Drei", "Kurz vor dem Ende")

        await bot.restart()
        await bot.settled()
        assert len(bot.calls("sendMessage", GROUP)) == 1

        bot.clock.move(60)
        await until(lambda: bot.messages(GROUP), "the digest")
        await bot.settled()
        assert len(bot.messages(GROUP)) == 1
        assert named(bot, 0) == ["Kurz vor dem Ende", "Drei", "Zwei", "Eins"]
        assert bot.buttons(bot.messages(GROUP)[0]) == CHOICES
        await bot.stop()
        assert bot.breaches() == []


async def test_scenario_12_the_operator_is_told_of_a_long_429(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(PERSON, admin=True)
        await bot.serve(GROUP, "nordkorea")
        told_to_wait(bot, LONG)
        await bot.publish("Eins")

        message = await bot.message(0)

        assert f"{GROUP}" in message["text"]
        assert "731 Minuten" in message["text"]


async def test_scenario_12_of_a_short_429_nobody_is_told(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(PERSON, "siegesparade", admin=True)
        await bot.serve(GROUP, "nordkorea")
        told_to_wait(bot, 60)
        await bot.publish("Eins")
        await until(bot.is_held, "the refusal")

        await bot.publish("Für andere", "siegesparade")
        await until(bot.messages, "a message")

        assert bot.titles() == ["Für andere"]
        assert len(bot.messages()) == 1


async def test_scenario_12_a_chat_held_for_less_than_the_window_gets_its_alerts_one_by_one(
    tmp_path: Path,
) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(GROUP, "nordkorea")
        told_to_wait(bot, WINDOW)
        await publish(bot, "Eins", "Zwei")
        await until(bot.is_held, "the refusal")

        bot.clock.move(WINDOW)

        await until(lambda: bot.titles(GROUP) == ["Eins", "Zwei"], "the alerts")


async def test_scenario_12_a_single_alert_that_had_to_wait_comes_as_an_alert(
    tmp_path: Path,
) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(GROUP, "nordkorea")
        told_to_wait(bot, LONG)
        await bot.publish("Eins")
        await until(bot.is_held, "the refusal")

        bot.clock.move(LONG)

        await until(lambda: bot.titles(GROUP) == ["Eins"], "the alert")


# Many at once.


async def test_scenario_12_of_a_burst_the_first_ring_and_the_rest_is_one_digest(
    tmp_path: Path,
) -> None:
    async with working(tmp_path, burst=3) as bot:
        await bot.serve(GROUP, "nordkorea")
        await publish(bot, *"ABCDEF")
        await until(lambda: len(bot.titles(GROUP)) == 3, "the first three")
        bot.clock.move(WINDOW - 1)
        await bot.settled()
        assert bot.titles(GROUP) == ["A", "B", "C"]
        assert len(bot.messages(GROUP)) == 3

        bot.clock.move(1)

        digest = await bot.message(3, GROUP)
        assert named(bot, 3) == ["D", "E", "F"]
        assert bot.buttons(digest) == CHOICES


async def test_scenario_12_what_is_urgent_is_never_folded(tmp_path: Path) -> None:
    async with working(tmp_path, burst=2) as bot:
        await bot.told("nordkorea", "urgent")
        await bot.serve(GROUP, "nordkorea")

        await publish(bot, *"ABCDEF")

        await until(lambda: bot.titles(GROUP) == list("ABCDEF"), "all of them")


async def test_scenario_12_a_burst_of_one_chat_folds_nothing_in_another(tmp_path: Path) -> None:
    async with working(tmp_path, burst=2) as bot:
        await bot.serve(GROUP, "nordkorea")
        await bot.serve(bot.group(OTHER), "siegesparade")
        await publish(bot, "A", "B", "C")

        await bot.publish("Für andere", "siegesparade")

        await until(lambda: bot.titles(OTHER) == ["Für andere"], "the other chat's alert")
        await bot.settled()
        assert bot.titles(GROUP) == ["A", "B"]


async def test_scenario_12_more_than_a_digest_holds_is_told_in_as_many_as_it_takes(
    tmp_path: Path,
) -> None:
    async with working(tmp_path, burst=1) as bot:
        await bot.serve(GROUP, "nordkorea")
        titles = [f"Nummer {number}" for number in range(MOST_COLLECTED + 3)]
        await publish(bot, *titles)
        await until(lambda: bot.titles(GROUP) == titles[:1], "the first")
        await bot.settled()

        bot.clock.move(WINDOW)

        await bot.message(2, GROUP)
        assert named(bot, 1) + named(bot, 2) == titles[1:]


@pytest.mark.parametrize("restarted", [False, True])
async def test_scenario_12_a_digest_that_waits_outlives_a_restart(
    tmp_path: Path, restarted: bool
) -> None:
    async with working(tmp_path, burst=1) as bot:
        await bot.serve(GROUP, "nordkorea")
        await publish(bot, *"ABC")
        await until(lambda: bot.titles(GROUP) == ["A"], "the first")
        await bot.settled()
        if restarted:
            await bot.restart()

        bot.clock.move(WINDOW)

        await bot.message(1, GROUP)
        assert named(bot, 1) == ["B", "C"]
