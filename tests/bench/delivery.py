"""What the delivery reaches and what it costs: the real bot over HTTP, on a clock that jumps.

    .venv/bin/python -m tests.bench.delivery [--chats 10000] [--profile]

The two cases of tests/test_telegram_figures.py, and one of full size: an alert for each of 10,000
chats. CPU time is that of the whole process, the sandbox's part included. What the sandbox keeps of
each message is thrown away as soon as it is counted, so that the memory is the bot's own.

To be reached: no limit breached; 100 chats within 5 s; a group in order, and nobody else waiting
for it (p95 below 1 s); 95 % of the allowed rate, and as much memory at the end as at the beginning.
"""

import argparse
import asyncio
import cProfile
import logging
import pstats
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from pathlib import Path

import structlog
from sqlalchemy import insert

from bot.store import Store, Transaction, chats, outbox, schema
from tests.store_kit import migrated
from tests.virtual import START, Virtual, serving, virtually

PACE = 25.0
GROUP = -3001
FIRST = 100_001
TIMES = 50


def present() -> float:
    """Return the loop's time."""
    return asyncio.get_running_loop().time()


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value that so large a share does not exceed."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def rss() -> float:
    """Return the process's memory in MB."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * 4096 / 1e6


async def hundred(folder: Path) -> None:
    """An alert for each of a hundred chats."""

    async def arrange(bot: Virtual) -> None:
        await bot.serve_all([(FIRST + n, "nordkorea") for n in range(100)])
        await bot.publish("Eins")

    async with serving(folder, arrange, pace=PACE) as bot:
        await bot.has_sent(100, within=60)
        print(f"100 chats: all after {max(each.at for each in bot.sent):.2f} s")
        print(f"  breaches: {len(bot.breaches())}")


async def busy_group(folder: Path) -> None:
    """25 urgent alerts for a group, and one a second for somebody else."""
    others = range(FIRST, FIRST + 60)

    async def arrange(bot: Virtual) -> None:
        await bot.told("nordkorea", "urgent")
        await bot.serve_all([(GROUP, "nordkorea"), *((chat, f"l{chat}") for chat in others)])

    async with serving(folder, arrange, pace=PACE) as bot:
        titles = [f"Nummer {number}" for number in range(25)]
        for title in titles:
            await bot.publish(title)
        began = {}
        for chat in others:
            await asyncio.sleep(1)
            began[chat] = present()
            await bot.publish("Anderes", f"l{chat}")
        await bot.has_sent(25 + len(others), within=200)
        waits = [each.at - began[each.chat] for each in bot.sent if each.chat > 0]
        in_order = [each.title for each in bot.sent if each.chat == GROUP] == titles
        refused = sum(not each.taken for each in bot.sent)
        print(f"a busy group: in order {in_order}, 429: {refused}, breaches: {len(bot.breaches())}")
        print(f"  others: p50 {percentile(waits, 0.5):.2f} s, p95 {percentile(waits, 0.95):.2f} s")


async def many(folder: Path, number: int, *, profiled: bool) -> None:
    """An alert for each of so many chats."""
    memory: dict[int, float] = {}

    async def arrange(bot: Virtual) -> None:
        await bot.serve_all([(FIRST + n, "nordkorea") for n in range(number)])
        await bot.publish("Eins")

    def note(bot: Virtual) -> Callable[[], None]:
        def forget() -> None:
            for each in bot.sent[len(bot.sent) - 100 :]:
                bot.sandbox.world.chats[each.chat].messages.clear()
            bot.sandbox.world.transcript._entries.clear()
            bot.sandbox.world.limits._chats.clear()  # nobody here gets a second message
            for tenth in (1, 5, 10):
                if len(bot.sent) >= number * tenth // 10:
                    memory.setdefault(tenth, rss())

        return forget

    async with serving(folder, arrange, pace=PACE) as bot:
        profile = cProfile.Profile()
        began, cpu = time.monotonic(), time.process_time()
        if profiled:
            profile.enable()
        await bot.has_sent(number, number / PACE * 2 + 60, note(bot))
        profile.disable()
        began, cpu = time.monotonic() - began, time.process_time() - cpu
        times = [each.at for each in bot.sent]
        rate = (len(times) - 1) / (max(times) - min(times))
        once = len({each.chat for each in bot.sent}) == number
        refused = sum(not each.taken for each in bot.sent)
        print(f"{number} chats: each once {once}, 429: {refused}")
        print(f"  {rate:.2f} messages a second, {100 * rate / PACE:.1f} % of the pace")
        print(f"  memory at 10, 50, 100 %: {', '.join(f'{v:.0f} MB' for v in memory.values())}")
        print(
            f"  {1000 * cpu / number:.2f} ms CPU a message, the sandbox's part included; "
            f"{began:.0f} s for {max(times):.0f} s"
        )
        if profiled:
            pstats.Stats(profile).sort_stats("tottime").print_stats(45)
            pstats.Stats(profile).sort_stats("cumulative").print_stats(60)


async def history(folder: Path) -> None:
    """What is asked of the outbox, beside 100,000 sent messages and 10,000 that wait."""
    (folder / "ausguck.db").write_bytes(migrated())
    store = await Store.open("sqlite:///ausguck.db", folder)
    old = {"chat_id": 1, "kind": "alert", "state": "sent", "due": START, "changed": START}
    async with store.write() as tx:
        for chat in (1, 2):
            await chats.put(tx, chats.Chat(chat, "private", "de", "active", admin=False), START)
        await tx.execute(insert(schema.outbox), [old] * 100_000)
        await tx.execute(
            insert(schema.outbox), [{**old, "chat_id": 2, "state": "pending"}] * 10_000
        )
    questions: dict[str, Callable[[Transaction], Awaitable[object]]] = {
        "what is due, of a chat that is busy": lambda tx: outbox.all_due(tx, START, [2], 30),
        "note that a message was sent": lambda tx: outbox.sent(tx, 1, 1, START),
    }
    print("beside 100,000 sent messages, and 10,000 that wait for one chat:")
    for name, ask in questions.items():
        async with store.write() as tx:
            began = time.perf_counter()
            for _ in range(TIMES):
                await ask(tx)
            print(f"  {name}: {1000 * (time.perf_counter() - began) / TIMES:.1f} ms")
    await store.close()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Measure the delivery.")
    parser.add_argument("--chats", type=int, default=10_000)
    parser.add_argument("--profile", action="store_true")
    asked = parser.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    full = partial(many, number=asked.chats, profiled=asked.profile)
    for case in (hundred, busy_group, history, full):
        with tempfile.TemporaryDirectory() as folder:
            virtually(partial(case, Path(folder)))


if __name__ == "__main__":
    main()
