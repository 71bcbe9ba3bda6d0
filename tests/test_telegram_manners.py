"""How a chat is told, as its people settle it by commands and buttons."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.alerts.timing import Manner, Quiet
from bot.sandbox import membership
from tests.telegram_kit import GROUP, PERSON, until, working
from tests.telegram_manner_kit import HOUR, manner, served

NIGHT = Quiet(22 * 60, 7 * 60)
MEMBER = 3003


# Quiet hours.


@pytest.mark.parametrize("command", ["/quiet 22-7", "/ruhe 22-7 lautlos"])
async def test_quiet_hours_are_settled_and_confirmed(tmp_path: Path, command: str) -> None:
    async with working(tmp_path) as bot:
        await served(bot)

        said = await bot.ask(command)

        assert "22:00–7:00" in said["text"]
        assert (await manner(bot)).quiet == NIGHT


async def test_in_quiet_hours_an_alert_comes_without_a_sound(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await served(bot)
        await bot.ask("/quiet 9-11")  # it is 10 o'clock in Berlin
        await bot.publish("Leise")

        await until(lambda: bot.titles() == ["Leise"], "the alert")

        assert bot.calls("sendMessage", PERSON)[-1]["params"]["disable_notification"] is True


async def test_collected_quiet_hours_end_with_a_digest(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await served(bot)
        await bot.ask("/quiet 9-11 sammeln")
        await bot.publish("Eins")
        await bot.publish("Zwei")
        await until(lambda: bot.states().count("dead") == 2, "both collected")

        bot.clock.move(2 * HOUR.total_seconds())

        await until(lambda: "Gesammelt" in bot.texts()[-1], "the digest")
        assert ["Eins" in bot.texts()[-1], "Zwei" in bot.texts()[-1]] == [True, True]
        assert bot.titles() == []


async def test_quiet_hours_are_offered_and_settled_by_buttons(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await served(bot)
        await bot.ask("/quiet")

        await bot.press("sammeln")
        await until(lambda: "sammle ich" in bot.texts()[-1], "the answer")
        assert (await manner(bot)).quiet == Quiet(22 * 60, 7 * 60, collect=True)

        await bot.press("Keine Ruhezeit")
        await until(lambda: "keine Ruhezeit" in bot.texts()[-1], "the answer")
        assert (await manner(bot)).quiet is None


async def test_what_is_not_understood_changes_nothing_and_shows_how(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await served(bot)
        await bot.ask("/quiet 22-7")

        for command in ("/quiet nachts", "/digest morgens", "/mute bald", "/timezone Atlantis"):
            assert "zum Beispiel" in (await bot.ask(command))["text"]

        assert await manner(bot) == Manner(quiet=NIGHT)


async def test_how_quiet_hours_are_kept_can_be_said_alone(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await served(bot)
        assert "zum Beispiel" in (await bot.ask("/quiet sammeln"))["text"]
        await bot.ask("/quiet 22-7")

        await bot.ask("/quiet sammeln")
        assert await manner(bot) == Manner(quiet=replace(NIGHT, collect=True))

        await bot.ask("/quiet lautlos")
        assert await manner(bot) == Manner(quiet=NIGHT)


async def test_without_quiet_hours_what_they_collected_comes_at_once(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await served(bot)
        await bot.ask("/quiet 9-23 sammeln")
        await bot.publish("Eins")
        await until(lambda: bot.states().count("dead") == 1, "collected")

        await bot.ask("/quiet aus")

        await until(lambda: "Eins" in bot.texts()[-1], "the digest")


async def test_in_a_pause_the_settings_say_so(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await served(bot)
        await bot.set_state(PERSON, "paused")

        for command in ("/subs", "/lists"):
            assert "Hier ist gerade Pause" in (await bot.ask(command))["text"]


async def test_a_digest_of_nothing_is_not_promised(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await served(bot)

        assert "Gesammelt ist gerade nichts" in (await bot.ask("/digest jetzt"))["text"]


# Digests.


async def test_with_digest_times_everything_comes_then(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await served(bot)
        assert "18:00" in (await bot.ask("/digest 18"))["text"]
        await bot.publish("Eins")
        await until(lambda: bot.states().count("dead") == 1, "collected")

        bot.clock.move(8 * HOUR.total_seconds())

        await until(lambda: "Gesammelt" in bot.texts()[-1], "the digest")


async def test_what_was_collected_can_be_had_now(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await served(bot)
        await bot.ask("/digest 18")
        await bot.publish("Eins")
        await until(lambda: bot.states().count("dead") == 1, "collected")

        bot.say("/digest jetzt")

        await until(lambda: any("Gesammelt" in text for text in bot.texts()), "the digest")


# Time zone, language, what holds.


async def test_times_are_read_in_the_chats_own_zone(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await served(bot)

        assert "America/New_York" in (await bot.ask("/zeitzone New York"))["text"]

        await bot.ask("/quiet 3-5")  # it is 4 o'clock there
        await bot.publish("Leise")
        await until(lambda: bot.titles() == ["Leise"], "the alert")
        assert bot.calls("sendMessage", PERSON)[-1]["params"]["disable_notification"] is True


async def test_a_language_that_was_asked_for_stays(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await served(bot)

        assert "English" in (await bot.ask("/lang en"))["text"]
        assert "What I can do" in (await bot.ask("/help"))["text"]

        assert "Ab jetzt schreibe ich Deutsch" in (await bot.ask("/sprache de"))["text"]


async def test_subs_shows_what_is_on_and_how_it_is_set(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await served(bot, "nordkorea", "siegesparade")
        await bot.ask("/quiet 22-7")
        await bot.ask("/mute Nordkorea 2h")

        text = (await bot.ask("/abos"))["text"]

        assert "Siegesparade" in text
        assert "Nordkorea – stumm bis" in text
        assert "22:00–7:00" in text
        assert "Europe/Berlin" in text


async def test_last_shows_the_latest_alerts_first(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await served(bot)
        assert "keine Meldung" in (await bot.ask("/last"))["text"]
        for title in ("Eins", "Zwei", "Drei"):
            await bot.publish(title)
        await until(lambda: len(bot.titles()) == 3, "the alerts")

        text = (await bot.ask("/letzte 2"))["text"]

        assert text.index("Drei") < text.index("Zwei")
        assert "Eins" not in text


# Who may.


async def test_in_a_group_only_an_administrator_settles_anything(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(GROUP)
        membership.set_member(bot.sandbox.world, bot.sandbox.world.chats[GROUP], MEMBER, "member")

        said = await bot.ask("/quiet 22-7", GROUP, MEMBER)
        assert "Administrator" in said["text"]
        assert (await manner(bot, GROUP)).quiet is None

        await bot.ask("/quiet 22-7", GROUP, PERSON)
        assert (await manner(bot, GROUP)).quiet == NIGHT


@pytest.mark.parametrize(
    "data", ["quiet:1-2", "quiet:", "mute:99d", "digest:now", "fold:", "mute:off:x"]
)
async def test_forged_settings_change_nothing(tmp_path: Path, data: str) -> None:
    async with working(tmp_path) as bot:
        await served(bot)

        assert "veraltet" in await bot.forge(data)

        assert await manner(bot) == Manner()
