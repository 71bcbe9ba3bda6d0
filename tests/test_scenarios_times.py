"""Acceptance: nobody is rung in their quiet hours, and nothing is lost by it.

The clock goes through whole nights, the two among them in which it is changed.
"""

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.alerts.timing import Manner, Quiet
from bot.store import chats
from tests.telegram_kit import GROUP, PERSON, Fault, Service, until, working

BERLIN = ZoneInfo("Europe/Berlin")
QUIET = Quiet(22 * 60, 7 * 60)
COLLECTED = Quiet(22 * 60, 7 * 60, collect=True)
EIGHT = Manner(digests=(8 * 60,))
NIGHTS = {
    "an ordinary night": (2025, 5, 9),
    "the night that loses an hour": (2025, 3, 29),
    "the night that has one twice": (2025, 10, 25),
}
every_night = pytest.mark.parametrize("evening", NIGHTS.values(), ids=NIGHTS)


async def arrange(bot: Service, manner: Manner, evening: tuple[int, int, int], hour: int) -> None:
    """Have a group served in this manner; it is that hour in Berlin."""
    bot.clock.present = datetime(*evening, hour, tzinfo=BERLIN).astimezone(bot.clock().tzinfo)
    await bot.serve(GROUP, "nordkorea")
    async with bot.store.write() as tx:
        await chats.set_manner(tx, GROUP, manner)


async def hours(bot: Service, number: float, *, publish: bool = False) -> None:
    """Let hours go by; in each one an article may appear."""
    whole = int(number)
    for _ in range(whole):
        bot.clock.move(3_600)
        if publish:
            await bot.publish(f"Um {local(bot):%H:%M}")
    bot.clock.move(3_600 * (number - whole))
    await bot.settled()


def local(bot: Service) -> datetime:
    return bot.clock().astimezone(BERLIN)


def articles(bot: Service, message: int) -> list[str]:
    """Return the titles in a message, in their order."""
    lines = bot.texts(GROUP)[message].splitlines()
    return [line[2:].removesuffix(" – Depesche") for line in lines if line.startswith("• ")]


def rang(bot: Service) -> list[bool]:
    """Return for each message whether it made a sound."""
    calls = bot.calls("sendMessage", GROUP)
    return [not call["params"].get("disable_notification") for call in calls]


@every_night
async def test_scenario_24_in_quiet_hours_alerts_come_without_a_sound(
    tmp_path: Path, evening: tuple[int, int, int]
) -> None:
    async with working(tmp_path) as bot:
        await arrange(bot, Manner(quiet=QUIET), evening, 21)
        await bot.publish("Abends")
        await until(lambda: bot.titles(GROUP) == ["Abends"], "the evening's alert")
        bot.clock.move(3_600)
        await bot.publish("Nachts")
        await until(lambda: len(bot.titles(GROUP)) == 2, "the night's alert")
        while local(bot).hour != 6:
            bot.clock.move(3_600)
        await bot.publish("Früh")
        await until(lambda: len(bot.titles(GROUP)) == 3, "the early alert")
        bot.clock.move(3_600)
        await bot.publish("Morgens")
        await until(lambda: len(bot.titles(GROUP)) == 4, "the morning's alert")

        assert rang(bot) == [True, False, False, True]


@every_night
async def test_scenario_24_a_night_that_is_collected_is_one_digest_at_seven(
    tmp_path: Path, evening: tuple[int, int, int]
) -> None:
    async with working(tmp_path) as bot:
        await arrange(bot, Manner(quiet=COLLECTED), evening, 22)
        await bot.publish("Um 22:00")
        await bot.settled()
        while local(bot).hour != 6:
            await hours(bot, 1, publish=True)
        bot.clock.move(3_599)
        await bot.settled()
        assert bot.messages(GROUP) == []

        bot.clock.move(1)
        await until(lambda: bot.messages(GROUP), "the digest")
        await bot.settled()

        length = {3: 8, 5: 9, 10: 10}[evening[1]]
        assert len(articles(bot, 0)) == length
        assert (articles(bot, 0)[0], articles(bot, 0)[-1]) == ("Um 06:00", "Um 22:00")
        assert rang(bot) == [True]
        assert bot.buttons(bot.messages(GROUP)[0]) == []


@every_night
async def test_scenario_24_a_digest_at_eight_is_exactly_one_a_day_and_holds_all(
    tmp_path: Path, evening: tuple[int, int, int]
) -> None:
    async with working(tmp_path) as bot:
        await arrange(bot, EIGHT, evening, 8)
        for _ in range(5):
            await hours(bot, 4)
            await bot.publish(f"Um {local(bot):%H:%M}")
        while local(bot).hour != 7:
            bot.clock.move(3_600)
        await bot.settled()
        assert bot.messages(GROUP) == []

        bot.clock.move(3_600)
        await until(lambda: bot.messages(GROUP), "the digest")
        await bot.settled()

        assert len(articles(bot, 0)) == 5
        assert len(bot.messages(GROUP)) == 1


async def test_scenario_24_where_there_is_nothing_no_digest_is_sent(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await arrange(bot, EIGHT, (2025, 5, 9), 7)

        await hours(bot, 48)

        assert bot.calls("sendMessage", GROUP) == []


async def test_scenario_24_a_digest_of_what_is_no_longer_wanted_is_not_sent(
    tmp_path: Path,
) -> None:
    async with working(tmp_path) as bot:
        await arrange(bot, EIGHT, (2025, 5, 9), 7)
        await bot.publish("Eins")
        await bot.settled()
        async with bot.store.write() as tx:
            await chats.unsubscribe(tx, GROUP, "nordkorea")

        await hours(bot, 2)

        assert bot.calls("sendMessage", GROUP) == []


async def test_scenario_24_a_mute_of_two_hours_is_followed_by_one_digest(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await arrange(bot, Manner(), (2025, 5, 9), 10)
        until_noon = bot.clock() + timedelta(hours=2)
        async with bot.store.write() as tx:
            await chats.set_manner(tx, GROUP, Manner(muted_until=until_noon))
        await bot.told("nordkorea", "urgent")
        await bot.publish("Eins")
        await hours(bot, 1, publish=True)
        bot.clock.move(3_599)
        await bot.settled()
        assert bot.messages(GROUP) == []

        bot.clock.move(1)
        await until(lambda: bot.messages(GROUP), "the digest")

        assert sorted(articles(bot, 0)) == ["Eins", "Um 11:00"]
        await bot.publish("Danach")
        await until(lambda: "Danach" in bot.texts(GROUP)[-1], "the next alert")
        assert rang(bot)[-1]


async def test_scenario_24_muted_meanwhile_a_digest_waits_and_nothing_is_lost(
    tmp_path: Path,
) -> None:
    async with working(tmp_path) as bot:
        await arrange(bot, EIGHT, (2025, 5, 9), 7)
        await bot.publish("Eins")
        await bot.settled()
        async with bot.store.write() as tx:
            noon = bot.clock() + timedelta(hours=5)
            await chats.set_manner(tx, GROUP, Manner(digests=(480,), muted_until=noon))
        await hours(bot, 1.5)
        await bot.publish("Zwei")
        await bot.settled()
        assert bot.messages(GROUP) == []

        await hours(bot, 3.5)

        named = [
            title for number in range(len(bot.messages(GROUP))) for title in articles(bot, number)
        ]
        assert sorted(named) == ["Eins", "Zwei"]


async def test_scenario_24_what_is_urgent_rings_in_a_collected_night(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.told("nordkorea", "urgent")
        await arrange(bot, Manner(quiet=COLLECTED), (2025, 5, 9), 23)

        await bot.publish("Eilig")

        await until(lambda: bot.titles(GROUP) == ["Eilig"], "the alert")
        assert rang(bot) == [True]


async def test_scenario_24_a_quiet_list_comes_by_day_without_a_sound(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.told("nordkorea", "quiet")
        await arrange(bot, Manner(), (2025, 5, 9), 12)

        await bot.publish("Leise")

        await until(lambda: bot.titles(GROUP) == ["Leise"], "the alert")
        assert rang(bot) == [False]


async def test_scenario_24_a_list_that_is_collected_comes_at_six_in_the_evening(
    tmp_path: Path,
) -> None:
    async with working(tmp_path) as bot:
        await bot.told("nordkorea", "digest")
        await arrange(bot, Manner(), (2025, 5, 9), 12)
        await bot.publish("Eins")
        await hours(bot, 5.9)
        assert bot.messages(GROUP) == []

        await hours(bot, 0.1)

        await until(lambda: bot.messages(GROUP), "the digest")
        assert articles(bot, 0) == ["Eins"]


async def test_scenario_24_a_notice_in_the_night_makes_no_sound(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await arrange(bot, Manner(), (2025, 5, 9), 23)
        await bot.serve(PERSON, admin=True)
        async with bot.store.write() as tx:
            await chats.set_manner(tx, PERSON, Manner(quiet=QUIET))
        bot.sandbox.faults.order(Fault("sendMessage", "429", GROUP, retry_after=3_600))
        await bot.publish("Eins")

        await bot.message(0)

        [call] = bot.calls("sendMessage", PERSON)
        assert call["params"]["disable_notification"] is True
