"""The buttons under an alert: mute, settings, take care of it."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.sandbox import membership
from bot.sandbox.world import BOT
from tests.telegram_kit import GROUP, OTHER, PERSON, Service, until, working

MEMBER = 3003
CHANNEL = -1009
DAY = timedelta(days=1).total_seconds()


async def told(bot: Service, chat: int = PERSON) -> None:
    """The chat was told of an article."""
    await bot.serve(chat, "nordkorea")
    await bot.publish("Eins")
    await until(lambda: bot.titles(chat) == ["Eins"], "the alert")


async def test_an_alert_has_buttons_to_mute_refuse_set_and_read(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await told(bot)

        buttons = bot.buttons(bot.messages()[0])

        assert buttons == ["🔇 24 Stunden", "👎 Passt nicht", "⚙️ Einstellen", "↗️ Artikel"]


async def test_muted_from_an_alert_its_list_is_silent_for_a_day(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await told(bot)
        await bot.serve(PERSON, "siegesparade")

        assert "Stumm bis 10. Mai 2025" in await bot.press("🔇 24 Stunden")

        await bot.publish("Zwei")
        await bot.publish("Drei", "siegesparade")
        await until(lambda: bot.titles() == ["Eins", "Drei"], "the other list's alert")
        bot.clock.move(DAY)
        await until(lambda: "Ich melde wieder" in bot.texts()[-1], "the return")
        assert "Zwei" in bot.texts()[-1]


async def test_a_list_can_be_told_otherwise_in_one_chat(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await told(bot)
        await bot.press("⚙️")
        assert "So wird gemeldet: sofort." in (await bot.message(1))["text"]

        await bot.press("▫️ lautlos")

        await until(lambda: "✅ lautlos" in bot.buttons(bot.messages()[1]), "the new settings")
        await bot.publish("Zwei")
        await until(lambda: bot.titles() == ["Eins", "Zwei"], "the alert")
        assert bot.calls("sendMessage")[-1]["params"]["disable_notification"] is True


async def test_a_list_can_be_switched_off_from_its_settings(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await told(bot)
        await bot.press("⚙️")

        assert "ausgeschaltet" in await bot.press("✖️ Abschalten")

        assert bot.lists() == set()


async def test_in_a_group_somebody_takes_it_and_that_is_written_into_the_alert(
    tmp_path: Path,
) -> None:
    async with working(tmp_path) as bot:
        bot.member(MEMBER)
        await told(bot, GROUP)

        await bot.press("🙋", GROUP, MEMBER)

        await until(lambda: "übernimmt, 10:00 Uhr" in bot.texts(GROUP)[0], "the line")
        name = bot.sandbox.world.users[MEMBER].api()["first_name"]
        assert f"🙋 {name}" in bot.texts(GROUP)[0]
        shown = bot.buttons(bot.messages(GROUP)[0])
        assert "🙋 Übernehme ich" not in shown
        assert "✖️ Doch nicht" in shown
        assert len(bot.messages(GROUP)) == 1


async def test_a_name_that_is_markup_is_shown_as_it_is(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        bot.member(MEMBER)
        bot.sandbox.world.users[MEMBER].first_name = "<b>Eva & Co</b>"
        await told(bot, GROUP)

        await bot.press("🙋", GROUP, MEMBER)

        await until(lambda: "🙋 <b>Eva & Co</b>" in bot.texts(GROUP)[0], "the line")


async def test_who_comes_second_is_told_so(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        bot.member(MEMBER)
        await told(bot, GROUP)
        await bot.press("🙋", GROUP, MEMBER)
        [letter] = [row["id"] for row in bot.rows("outbox") if row["kind"] == "alert"]

        answer = await bot.forge(f"cl:{letter}", GROUP, sender=PERSON)

        assert answer == "Das hat schon jemand übernommen"
        assert [row["claimed_by"] for row in bot.rows("alerts")] == [MEMBER]


async def test_who_took_it_takes_that_back(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        bot.member(MEMBER)
        await told(bot, GROUP)
        await bot.press("🙋", GROUP, MEMBER)

        await bot.press("Doch nicht", GROUP, MEMBER)

        await until(lambda: "übernimmt" not in bot.texts(GROUP)[0], "the alert as it was")
        assert "🙋 Übernehme ich" in bot.buttons(bot.messages(GROUP)[0])
        assert [row["claimed_by"] for row in bot.rows("alerts")] == [None]


async def test_nobody_else_takes_back_that_somebody_took_it(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        bot.member(MEMBER)
        await told(bot, GROUP)
        await bot.press("🙋", GROUP, MEMBER)

        answer = await bot.press("Doch nicht", GROUP, PERSON)

        assert answer == "Das kann nur zurücknehmen, wer es übernommen hat"
        assert [row["claimed_by"] for row in bot.rows("alerts")] == [MEMBER]


async def test_in_a_private_chat_nobody_can_take_it(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await told(bot)
        [letter] = [row["id"] for row in bot.rows("outbox")]

        assert "veraltet" in await bot.forge(f"cl:{letter}")


async def test_in_a_group_a_member_mutes_nothing(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        bot.member(MEMBER)
        await told(bot, GROUP)

        assert "nur ein Administrator" in await bot.press("🔇 24 Stunden", GROUP, MEMBER)

        assert [row["muted_until"] for row in bot.rows("subscriptions")] == [None]


@pytest.mark.parametrize("kind", ["mu", "cf", "cl", "uc"])
async def test_a_button_of_another_chats_alert_changes_nothing(tmp_path: Path, kind: str) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(GROUP)
        await told(bot, bot.group(OTHER))
        await bot.delivered("sent")
        [letter] = [row["id"] for row in bot.rows("outbox")]
        before = {table: bot.rows(table) for table in bot.tables()}

        assert "veraltet" in await bot.forge(f"{kind}:{letter}", GROUP, sender=PERSON)

        assert {table: bot.rows(table) for table in bot.tables()} == before


@pytest.mark.parametrize("data", ["md:x:now", "md:", "ml:x:1", "lo:x", "mu:", "mu:9" + "9" * 30])
async def test_forged_settings_change_nothing(tmp_path: Path, data: str) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(PERSON, "nordkorea")
        before = {table: bot.rows(table) for table in bot.tables()}

        assert "veraltet" in await bot.forge(data)

        assert {table: bot.rows(table) for table in bot.tables()} == before


async def test_those_who_read_a_channel_have_no_buttons_but_the_articles(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        channel = membership.add_chat(bot.sandbox.world, CHANNEL, "channel", title="Kanal")
        membership.set_member(bot.sandbox.world, channel, BOT, "administrator")
        await bot.serve(CHANNEL, "nordkorea", kind="channel")

        await bot.publish("Eins")

        await until(lambda: bot.sandbox.world.chats[CHANNEL].messages, "the alert")
        [post] = bot.sandbox.world.chats[CHANNEL].messages.values()
        assert bot.buttons(post) == ["↗️ Artikel"]


async def test_a_day_from_the_button_does_not_shorten_a_longer_mute(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await told(bot)
        await bot.ask("/mute Nordkorea 7d")
        before = bot.rows("subscriptions")

        await bot.press("🔇 24 Stunden")

        assert bot.rows("subscriptions") == before
