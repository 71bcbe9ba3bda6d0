"""A lost reply: the alert is never sent again, and never forgotten either."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.sandbox.faults import Fault
from bot.store import digests, notices, outbox
from bot.telegram.delivery import DOUBT_WAIT
from tests.telegram_kit import GROUP, OTHER, Service, offline, until, working

LINE = "⚠️ Vielleicht nicht angekommen: "
OWN = "Beim Senden ist die Verbindung abgebrochen. Vorsichtshalber noch einmal:"
WAIT = DOUBT_WAIT.total_seconds()


async def lose_one(bot: Service, fault: str = "reset_after") -> None:
    """An alert's reply is lost."""
    await bot.serve(GROUP, "nordkorea")
    bot.fault(fault)
    await bot.publish("Verloren")
    await bot.delivered("uncertain")


@pytest.mark.parametrize(("fault", "rings"), [("reset_after", 1), ("reset_before", 0)])
async def test_after_a_lost_reply_the_chats_next_message_names_the_article(
    tmp_path: Path, fault: str, rings: int
) -> None:
    async with working(tmp_path) as bot:
        await lose_one(bot, fault)

        await bot.publish("Danach")

        await bot.delivered("sent", "sent")
        assert bot.titles(GROUP) == ["Verloren"] * rings + ["Danach"]
        assert bot.texts(GROUP)[-1].splitlines()[-1] == f"{LINE}Verloren"


async def test_ten_minutes_later_it_is_named_by_a_message_of_its_own(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await lose_one(bot)

        bot.clock.move(WAIT)

        await bot.delivered("sent", "sent")
        assert bot.texts(GROUP)[1:] == [f"{OWN}\n\n{LINE}Verloren"]


async def test_nothing_is_said_before_the_ten_minutes_are_over(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await lose_one(bot)
        bot.clock.move(WAIT - 1)

        await bot.serve(bot.group(OTHER), "siegesparade")
        await bot.publish("Für jemand anderen", "siegesparade")

        await bot.delivered("uncertain", "sent")
        assert len(bot.texts(GROUP)) == 1


async def test_named_once_it_is_named_no_more(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await lose_one(bot)
        await bot.publish("Danach")
        await bot.delivered("sent", "sent")
        bot.clock.move(2 * WAIT)

        await bot.publish("Später")

        await bot.delivered("sent", "sent", "sent")
        assert sum(LINE in text for text in bot.texts(GROUP)) == 1


async def test_a_naming_message_that_is_uncertain_itself_is_followed_by_another(
    tmp_path: Path,
) -> None:
    async with working(tmp_path) as bot:
        await lose_one(bot)
        bot.fault("reset_before")
        bot.clock.move(WAIT)
        await bot.delivered("uncertain", "dead")

        bot.clock.move(WAIT)

        await bot.delivered("sent", "dead", "sent")
        assert bot.texts(GROUP)[1:] == [f"{OWN}\n\n{LINE}Verloren"]


async def test_an_uncertain_message_that_named_another_leaves_both_to_be_named(
    tmp_path: Path,
) -> None:
    async with working(tmp_path) as bot:
        await lose_one(bot)
        bot.fault("reset_before")
        await bot.publish("Auch verloren")
        await bot.delivered("uncertain", "uncertain")

        await bot.publish("Danach")

        await bot.delivered("sent", "sent", "sent")
        lines = bot.texts(GROUP)[-1].splitlines()[-2:]
        assert lines == [f"{LINE}Verloren", f"{LINE}Auch verloren"]


async def test_many_are_named_in_as_many_messages_as_it_takes(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await uncertain(bot, digests.MOST_NAMED + 1)
        bot.clock.move(WAIT)

        lines = digests.MOST_NAMED + 1
        await until(lambda: sum(t.count(LINE) for t in bot.texts(GROUP)) == lines, "all lines")

        assert [text.count(LINE) for text in bot.texts(GROUP)] == [digests.MOST_NAMED, 1]
        await bot.delivered(*["sent"] * (lines + 2))


async def uncertain(bot: Service, count: int) -> None:
    """So many alerts were in flight when the last process ended."""
    await bot.stop()
    await bot.serve(GROUP, "nordkorea")
    for number in range(count):
        await bot.publish(f"Verloren {number}")
    async with bot.store.write() as tx:
        for _ in range(count):
            letter = await outbox.next_due(tx, bot.clock())
            assert letter is not None
            await outbox.begin(tx, letter, bot.clock())
    await bot.start()
    await bot.delivered(*["uncertain"] * count)


async def test_what_was_being_sent_when_the_process_ended_is_uncertain(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await uncertain(bot, 1)

        await bot.publish("Danach")

        await bot.delivered("sent", "sent")
        assert bot.texts(GROUP)[0].splitlines()[-1] == f"{LINE}Verloren 0"
        assert bot.titles(GROUP) == ["Danach"]


@pytest.mark.parametrize("state", ["paused", "asleep"])
async def test_a_chat_that_is_not_served_is_told_of_it_when_it_is_back(
    tmp_path: Path, state: str
) -> None:
    async with working(tmp_path) as bot:
        await lose_one(bot)
        await bot.set_state(GROUP, state)
        bot.clock.move(WAIT)
        await others_are_served(bot)
        assert len(bot.rows("outbox")) <= 3

        await bot.ask("/start", GROUP)
        bot.clock.move(WAIT)

        await until(lambda: f"{OWN}\n\n{LINE}Verloren" in bot.texts(GROUP), "the line")
        await until(lambda: "uncertain" not in bot.states(), "an end of the doubt")


async def others_are_served(bot: Service) -> None:
    await bot.serve(bot.group(OTHER), "siegesparade")
    await bot.publish("Für jemand anderen", "siegesparade")
    await until(lambda: bot.titles(OTHER), "the other's alert")


async def test_of_an_article_that_is_gone_nothing_is_said(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await lose_one(bot)
        async with bot.store.write() as tx:
            await tx.execute(text("DELETE FROM entries"))
        bot.clock.move(WAIT)

        await bot.delivered("dead", "dead")

        assert len(bot.texts(GROUP)) == 1


async def test_an_uncertain_notice_is_sent_again(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(GROUP, admin=True)
        bot.fault("reset_before")
        async with bot.store.write() as tx:
            await notices.post(tx, [GROUP], "folder_gone", {}, bot.clock())
        await until(lambda: bot.calls("sendMessage"), "the call")
        await bot.delivered("pending")

        bot.clock.move(outbox.NOTICE_PAUSE.total_seconds())

        await bot.delivered("sent")


# The end.


async def test_the_end_waits_for_the_call_in_flight(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(GROUP, "nordkorea")
        bot.sandbox.faults.order(Fault("sendmessage", "drip", pause=0.002))
        await bot.publish("Unterwegs")
        await until(lambda: bot.states() == ["sending"] and bot.texts(GROUP), "the call")

        await bot.stop()

        assert bot.states() == ["sent"]


async def test_after_the_end_nothing_more_is_begun(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(GROUP, "nordkorea")
        assert bot.telegram is not None
        await bot.telegram.delivery.finish(within=timedelta(seconds=1).total_seconds())

        await bot.publish("Zu spät")

        assert await bot.telegram.delivery.start_due() is False
        assert bot.states() == ["pending"]


async def test_what_waits_at_the_end_is_sent_once_by_the_next_process(tmp_path: Path) -> None:
    async with offline(tmp_path) as bot:
        await bot.serve(GROUP, "nordkorea")
        await bot.publish("Wartet")
        bot.launch()
        await asyncio.sleep(0)
        await bot.stop()
        assert bot.states() == ["pending"]

        await bot.start()

        await bot.delivered("sent")
        assert bot.titles(GROUP) == ["Wartet"]
