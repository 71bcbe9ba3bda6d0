"""The links that hand settings on: how long they are good, and for whom."""

from datetime import timedelta
from pathlib import Path

import pytest

from tests.sharing_kit import COLLEAGUE, giver, link
from tests.telegram_kit import GROUP, PERSON, until, working

WEEK = timedelta(days=7).total_seconds()
DEAD = "Dieser Link gilt nicht mehr."


# The link.


async def test_a_link_is_good_once(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await giver(bot)
        opening = await link(bot)
        await bot.ask(opening, bot.person(COLLEAGUE))

        second = await bot.ask(opening, bot.person(4004))

        assert DEAD in second["text"]
        assert bot.lists(4004) == set()


async def test_a_link_is_good_for_a_week(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await giver(bot)
        opening = await link(bot)
        bot.clock.move(WEEK)

        assert DEAD in (await bot.ask(opening, bot.person(COLLEAGUE)))["text"]


@pytest.mark.parametrize("payload", ["share_", "share_wrong", "handover_x", "share_ü 2"])
async def test_a_link_that_was_never_made_is_answered_and_does_nothing(
    tmp_path: Path, payload: str
) -> None:
    async with working(tmp_path) as bot:
        await giver(bot)

        assert DEAD in (await bot.ask(f"/start {payload}", bot.person(COLLEAGUE)))["text"]

        assert bot.lists(COLLEAGUE) == set()


async def test_ones_own_link_changes_nothing_and_stays_good(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await giver(bot)
        opening = await link(bot, "/uebergabe")

        assert "Ihr eigener Link" in (await bot.ask(opening))["text"]

        assert bot.state() == "active"
        assert "übernommen" in (await bot.ask(opening, bot.person(COLLEAGUE)))["text"]


async def test_the_link_of_a_chat_that_was_erased_is_good_for_nothing(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await giver(bot)
        opening = await link(bot)
        await bot.ask("/stop")
        await bot.press("Alles löschen")
        await until(lambda: bot.state() is None, "the end")

        assert DEAD in (await bot.ask(opening, bot.person(COLLEAGUE)))["text"]


async def test_who_is_not_let_in_is_asked_about_and_the_link_stays_good(tmp_path: Path) -> None:
    async with working(tmp_path, access="invite") as bot:
        await giver(bot)
        await bot.serve(bot.person(4004), admin=True)
        opening = await link(bot)

        refused = await bot.ask(opening, bot.person(COLLEAGUE))
        await bot.press("Zulassen", 4004)
        await bot.message(1, COLLEAGUE)
        let_in = await bot.ask(opening, COLLEAGUE)

        assert "nur Eingeladenen" in refused["text"]
        assert "übernommen" in let_in["text"]


async def test_a_link_in_a_group_is_a_plain_start(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await giver(bot)
        opening = await link(bot)

        assert "Wählen Sie jetzt" in (await bot.ask(opening, GROUP))["text"]

        assert bot.lists(GROUP) == set()
        assert "übernommen" in (await bot.ask(opening, bot.person(COLLEAGUE)))["text"]


async def test_where_nothing_is_set_there_is_no_link(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        assert "noch nichts eingestellt" in (await bot.ask("/teilen"))["text"]

        assert "share" not in {row["purpose"] for row in bot.rows("codes")}


# Handing over.


async def test_handed_over_the_giver_is_paused_told_so_and_welcome_back(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(PERSON, "nordkorea")
        opening = await link(bot, "/handover")
        before = len(bot.messages())

        await bot.ask(opening, bot.person(COLLEAGUE))

        assert "Bei Ihnen mache ich Pause" in (await bot.message(before))["text"]
        await bot.publish("Eins")
        await until(lambda: bot.titles(COLLEAGUE) == ["Eins"], "the colleague's alert")
        assert (bot.titles(), bot.state(), bot.lists()) == ([], "paused", {"nordkorea"})
        assert "Schön, dass Sie wieder da sind" in (await bot.ask("/start"))["text"]
        assert bot.state() == "active"


async def test_shared_the_giver_goes_on(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(PERSON, "nordkorea")
        await bot.ask(await link(bot), bot.person(COLLEAGUE))

        await bot.publish("Eins")

        await until(lambda: bot.titles() == bot.titles(COLLEAGUE) == ["Eins"], "both alerts")


async def test_a_giver_who_cannot_be_told_hands_over_all_the_same(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await giver(bot)
        opening = await link(bot, "/handover")
        bot.fault("403_blocked", PERSON)

        assert "übernommen" in (await bot.ask(opening, bot.person(COLLEAGUE)))["text"]

        assert bot.state() == "paused"


# Groups.


async def test_a_group_shares_and_hands_nothing_over(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(GROUP, "nordkorea")

        refused = await bot.ask("/handover", GROUP)
        await bot.ask(await link(bot, "/share", GROUP), bot.person(COLLEAGUE))

        assert "nur Ihren eigenen Chat" in refused["text"]
        assert bot.lists(COLLEAGUE) == {"nordkorea"}
        assert bot.state(GROUP) == "active"


async def test_in_a_group_only_an_administrator_shares(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(GROUP, "nordkorea")
        bot.person(COLLEAGUE)
        bot.member(COLLEAGUE)

        refused = await bot.ask("/share", GROUP, COLLEAGUE)

        assert refused["text"] == "Das kann hier nur ein Administrator."
        assert "share" not in {row["purpose"] for row in bot.rows("codes")}
