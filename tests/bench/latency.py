"""How soon an article is a message: from the publisher to the chat, over HTTP, in real time.

    .venv/bin/python -m tests.bench.latency

The daemon polls 100 feeds of the sandbox, each due every 5 seconds, without a gap between requests.
An article with the word that is watched appears every second and a half in one of them; what is
measured is the time until its message stands in the chat. Then 300 pages wait at once for a host
that is asked every two seconds, and the title of the last one matches.

To be reached: a 95th percentile of 5 seconds above the interval; at most 10 seconds for the title
from the poll that finds it.
"""

import asyncio
import random
import tempfile
from datetime import datetime
from pathlib import Path
from time import monotonic

from bot.sandbox.recorded import Publication
from tests.harness import CONFIG, Bot, running, until

FEEDS, ARTICLES, PAGES = 100, 60, 300
EVERY, PAUSE = 5, 1.5
FEED = '[[feeds]]\nurl = "{{feeds}}/f{n}.xml"\nname = "F{n}"\nevery = "{every}s"\n'
TEXT = "<p>Soldaten aus Nordkorea marschieren über den Roten Platz.</p>" * 3
OTHER = "<p>Das Wetter bleibt in den nächsten Tagen wechselhaft und kühl.</p>" * 3


async def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        await _over_many_feeds(Path(folder))
    with tempfile.TemporaryDirectory() as folder:
        await _behind_many_pages(Path(folder))


async def _over_many_feeds(folder: Path) -> None:
    feeds = "".join(FEED.format(n=n, every=EVERY) for n in range(FEEDS))
    async with running(folder) as bot:
        await _begin(bot, feeds, [f"f{n}" for n in range(FEEDS)])
        chance, appeared = random.Random(1), dict[str, float]()
        for number in range(ARTICLES):
            title = f"Parade {number:03}"
            feed = f"f{chance.randrange(FEEDS)}"
            bot.sandbox.press.publish(feed, Publication(title, TEXT))
            appeared[title] = monotonic()
            await asyncio.sleep(PAUSE)
        seen = await _seen(bot, appeared)
    delays = sorted(seen[title] - appeared[title] for title in appeared)
    half, most = delays[len(delays) // 2], delays[int(len(delays) * 0.95)]
    print(f"{FEEDS} feeds every {EVERY} s: half within {half:.1f} s, 95 % within {most:.1f} s")
    print(f"(above the interval: {most - EVERY:.1f} s; the longest {delays[-1]:.1f} s)")


async def _behind_many_pages(folder: Path) -> None:
    async with running(folder) as bot:
        await _begin(bot, FEED.format(n=0, every=EVERY), ["f0"], gap="2s")
        for number in range(PAGES):
            bot.sandbox.press.publish("f0", Publication(f"Wetter {number:03}", OTHER))
        bot.sandbox.press.publish("f0", Publication("Nordkorea am Ende", TEXT))
        before = bot.log().count('"poll.stored"')
        await until(lambda: bot.log().count('"poll.stored"') > before, "the poll", 60)
        found = monotonic()
        seen = await _seen(bot, {"Nordkorea am Ende": found})
    print(f"title behind {PAGES} pages: {seen['Nordkorea am Ende'] - found:.1f} s after the poll")


async def _begin(bot: Bot, feeds: str, names: list[str], gap: str = "0s") -> None:
    """Start the bot with one list on, and let it poll every feed once."""
    for name in names:
        bot.sandbox.press.publish(name, Publication("Alt", OTHER, id="old"))
    head = CONFIG.partition("[[feeds]]")[0].replace('per_host_gap = "0"', f'per_host_gap = "{gap}"')
    bot.write(f"{head}[alerts]\nburst = 1000\n{feeds}")
    await bot.start()
    await bot.ready()
    await bot.subscribe("Nordkorea")
    await until(lambda: bot.log().count('"poll.stored"') >= len(names), "the first polls", 120)
    await asyncio.sleep(2 * EVERY)


async def _seen(bot: Bot, wanted: dict[str, float]) -> dict[str, float]:
    """Return when each title stood in the chat, by the sandbox's own record of it."""
    offset = monotonic() - bot.sandbox.world.now().timestamp()

    def sent() -> dict[str, float]:
        return {
            title: _moment(call["time"]) + offset
            for call in bot.calls("sendMessage")
            for title in wanted
            if title in call["params"]["text"]
        }

    await until(lambda: len(sent()) == len(wanted), "every message", 60)
    return sent()


def _moment(written: str) -> float:
    return datetime.fromisoformat(written).timestamp()


if __name__ == "__main__":
    asyncio.run(main())
