"""Another configuration while the bot is in Telegram: it begins anew there, and loses nothing."""

from pathlib import Path

from bot.config.sections import AlertsSection, LogSection
from tests.telegram_kit import GROUP, PERSON, Service, until, working


def starts(bot: Service) -> int:
    return len(bot.calls("deleteWebhook"))


async def test_it_goes_by_the_new_rules_and_what_waited_is_sent(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(GROUP, "nordkorea")
        before, other = starts(bot), AlertsSection(burst=1_000, timezone="Asia/Tokyo")

        assert bot.telegram is not None
        bot.telegram.reconfigure(bot.config.model_copy(update={"alerts": other}))
        await bot.publish("Meldung")

        await until(lambda: starts(bot) > before, "the new session")
        await bot.delivered("sent")
        assert bot.titles(GROUP) == ["Meldung"]


async def test_what_does_not_concern_telegram_leaves_it_alone(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(PERSON)
        before = starts(bot)

        assert bot.telegram is not None
        bot.telegram.reconfigure(bot.config.model_copy(update={"log": LogSection(level="debug")}))
        await bot.ask("/status")

        assert starts(bot) == before
