"""The delivery's figures, over HTTP and with the clock of a loop that jumps.

In full size they are measured by `tests/bench/delivery.py`.
"""

import asyncio
from pathlib import Path

from tests.virtual import Virtual, serving, virtually

GROUP = -3001


def test_scenario_09_a_hundred_chats_are_told_within_five_seconds_and_no_limit_is_breached(
    tmp_path: Path,
) -> None:
    async def work() -> None:
        async with serving(tmp_path, _hundred) as bot:
            await bot.has_sent(100, within=60)

            assert {each.chat for each in bot.sent} == set(range(2001, 2101))
            assert max(each.at for each in bot.sent) < 5
            assert bot.breaches() == []

    virtually(work)


async def _hundred(bot: Virtual) -> None:
    await bot.serve_all([(chat, "nordkorea") for chat in range(2001, 2101)])
    await bot.publish("Eins")


def test_scenario_10_a_busy_group_gets_its_alerts_in_order_and_delays_nobody_else(
    tmp_path: Path,
) -> None:
    others = range(2001, 2061)

    async def arrange(bot: Virtual) -> None:
        await bot.told("nordkorea", "urgent")
        await bot.serve_all([(GROUP, "nordkorea"), *((chat, f"l{chat}") for chat in others)])

    async def work() -> None:
        async with serving(tmp_path, arrange) as bot:
            titles = [f"Nummer {number}" for number in range(25)]
            for title in titles:
                await bot.publish(title)
            began = {}
            for chat in others:
                await asyncio.sleep(1)
                began[chat] = asyncio.get_running_loop().time()
                await bot.publish("Anderes", f"l{chat}")
            await bot.has_sent(25 + len(others), within=120)

            assert [each.title for each in bot.sent if each.chat == GROUP] == titles
            waits = sorted(each.at - began[each.chat] for each in bot.sent if each.chat > 0)
            assert waits[int(0.95 * len(waits))] < 1
            assert bot.breaches() == []

    virtually(work)


def test_a_group_that_was_full_is_so_after_a_restart(tmp_path: Path) -> None:
    async def arrange(bot: Virtual) -> None:
        await bot.told("nordkorea", "urgent")
        await bot.serve_all([(GROUP, "nordkorea")])

    async def work() -> None:
        async with serving(tmp_path, arrange) as bot:
            titles = [f"Nummer {number}" for number in range(25)]
            for title in titles:
                await bot.publish(title)
            await bot.has_sent(19, within=20)

            await bot.stop()
            bot.launch()

            await bot.has_sent(25, within=120)
            assert [each.title for each in bot.sent] == titles
            assert bot.breaches() == []

    virtually(work)
