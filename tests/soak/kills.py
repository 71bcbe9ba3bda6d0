"""Kills the real daemon at random moments while publishers number their articles.

    .venv/bin/python -m tests.soak.kills        200 kills during 2,000 alerts; a part of `make soak`

Three feeds are asked every second, and every article's page is read. One kill in five comes at any
moment of a life; the others follow, by a moment, on something that the daemon has just done: on a
poll, on what it stored of one, on reading a page, or on sending.

It is judged from outside. What an article says follows from the last digit of its number; the table
`MUST`, written by hand, says which chats are called for which digits; what they were told is read
in the sandbox's transcript. The bot's own database is asked for one thing only: in which order it
decided, for that is the order that a chat has to see.
"""

import argparse
import asyncio
import itertools
import re
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

from bot import clock
from bot.sandbox import membership
from bot.sandbox.faults import Fault
from bot.sandbox.recorded import Publication
from bot.sandbox.server import Sandbox
from bot.sandbox.transcript import breaches
from bot.sandbox.world import GROUP, PERSON
from bot.store import Store, chats, feeds
from tests.harness import CONFIG, LISTS, Bot
from tests.soak.judge import Verdict, judge

TEXTS = (
    "In Nordkorea regnet es seit Tagen.",
    "Die Siegesparade beginnt am Morgen.",
    "Nordkoreanische Soldaten laufen auf der Siegesparade mit.",
    "Das Wetter bleibt mild.",
    "Im Nordkorea-Konflikt wird wieder verhandelt.",
    "Auf den Siegesparaden der letzten Jahre war es still.",
    "Nach dem schlechten Wetter tritt ein Fluss über die Ufer.",
    "An Nordkoreas Küste liegt Nebel.",
    "Zur Siegesparade kommt kaum jemand.",
    "Wer in Nordkorea lebt, sieht die Siegesparade bei jedem Wetter.",
)
"""What an article says, by the last digit of its number."""

MUST = {
    PERSON: "01245789",  # Nordkorea, Siegesparade
    1002: "01245789",
    1003: "01245789",
    1004: "02479",  # Nordkorea
    1005: "02479",
    1006: "12589",  # Siegesparade
    1007: "12589",
    GROUP: "369",  # Wetter
    -2001: "369",
    1008: "",  # nothing
}
"""Which chats are called for which last digits: fifty alerts for every ten articles. Whoever is
called at all is called for a 9, so that the last article carries everybody's doubts. Groups get few
of them: they are held to nineteen a minute, also across a kill."""

BOTH = ("nordkorea", "siegesparade")
WANTED = {
    **dict.fromkeys((PERSON, 1002, 1003), BOTH),
    **dict.fromkeys((1004, 1005), ("nordkorea",)),
    **dict.fromkeys((1006, 1007), ("siegesparade",)),
    **dict.fromkeys((GROUP, -2001), ("wetter",)),
    1008: (),
}
"""The lists that are on in a chat."""

FEEDS = ("depesche", "anzeiger", "kurier")
FEED = '[[feeds]]\nurl = "{{feeds}}/{name}.xml"\nevery = "1s"\n'

AIMS = ("", "poll.fetched", "poll.stored", "read.extracted", "sends")
"""After what the daemon is killed: at any moment, after that event of its log, or after a message.
"""
SOON = 0.1
"""So many seconds after that at most."""
LONGEST = 5.0
"""A life that waits for something ends after so many seconds without it."""

SETTINGS = """
[alerts]
burst = 100000
"""
PATIENCE = 180.0
"""For the rest, after the last kill: a chat gets a message a second."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How much is done; the seed says at which moments."""

    kills: int
    articles: int
    seed: int
    life: tuple[float, float] = (0.4, 4.0)
    """The shortest and the longest time between a start and a kill, in seconds."""
    answer: float = 0.15
    """So long Telegram takes for an answer: within that time nobody knows."""


@dataclass
class Run:
    """One run: the bot, its publisher, and what was published."""

    bot: Bot
    plan: Plan
    say: Callable[[str], None] = lambda _: None
    numbers: dict[str, int] = field(default_factory=dict)
    """Which number stands behind an address."""
    last: Counter[str] = field(default_factory=Counter)
    """How often what was the last that the log says before a kill."""

    async def arrange(self) -> None:
        """Have the chats served, Telegram in no hurry, and its limits raised."""
        sandbox = self.bot.sandbox
        lists = {**LISTS, "wetter.txt": "@label Wetter\nWetter\n"}
        more = "".join(FEED.format(name=name) for name in FEEDS[1:])
        self.bot.write(CONFIG.replace("[poll]", "pace = 1000\n[poll]") + more + SETTINGS, lists)
        sandbox.world.limits.change(everywhere=0, private=0, group=0)
        for chat in sorted(MUST.keys() - sandbox.world.chats.keys()):
            kind = "private" if chat > 0 else "group"
            membership.add_chat(sandbox.world, chat, kind, "de").opened = True
        sandbox.world.updates.drop()
        sandbox.faults.order(Fault("sendMessage", "late", times=0, pause=self.plan.answer))
        now = clock.now() - timedelta(minutes=1)
        store = await Store.open("sqlite:///data/ausguck.db", self.bot.folder)
        async with store.write() as tx:
            sources = [feeds.Source(f"{sandbox.feeds}/{name}.xml") for name in FEEDS]
            await feeds.configure(tx, sources, now)
            for chat in MUST:
                kind = "private" if chat > 0 else "group"
                await chats.put(tx, chats.Chat(chat, kind, "de", "active", admin=False), now)
                for name in WANTED[chat]:
                    await chats.subscribe(tx, chat, name, now)
        await store.close()

    def publish(self) -> None:
        """Publish the next article."""
        number = len(self.numbers)
        text = TEXTS[number % 10]
        told = Publication(f"Meldung {number:04d}", f"<p>{text}</p>")
        said = self.bot.sandbox.press.publish(FEEDS[number % len(FEEDS)], told)
        self.numbers[said.url] = number

    async def perform(self) -> Verdict:
        """Publish, kill and start again as planned; wait until all is told, and judge."""
        random = Random(self.plan.seed)
        began = time.monotonic()
        for kill in range(self.plan.kills):
            share = self.plan.articles * (kill + 1) // (self.plan.kills + 1)
            await self._live(random, share - len(self.numbers))
            self.say(f"{kill + 1} kills, {len(self._sent())} messages")
        await self.bot.start()
        while len(self.numbers) < self.plan.articles:
            self.publish()
        await self._rest()
        code = await self.bot.stop()
        verdict = self._judge()
        verdict.breaches = breaches(self.bot.sandbox.world.transcript.after(0))
        verdict.seconds = time.monotonic() - began
        verdict.last = self.last
        verdict.disorder += self._disorder()
        verdict.others += [f"the last end was {code}"] if code else []
        verdict.others += [line for line in self.bot.log().splitlines() if "Traceback" in line]
        return verdict

    async def _live(self, random: Random, articles: int) -> None:
        """Start it, publish at random moments, and kill it at another: see `AIMS`."""
        life, aim = random.uniform(*self.plan.life), random.choice(AIMS)
        moments = sorted(random.uniform(0, life) for _ in range(articles))
        before, logged = len(self._sent()), self._logged()
        await self.bot.start()
        began = time.monotonic()
        for moment in moments:
            await asyncio.sleep(max(0.0, began + moment - time.monotonic()))
            self.publish()
        await asyncio.sleep(max(0.0, began + life - time.monotonic()))
        if aim == "sends":
            await self._happened(lambda: len(self._sent()) > before, began + LONGEST)
            await asyncio.sleep(random.uniform(0, 4 * self.plan.answer))
        elif aim:
            first = self._lines(logged).count(aim)
            await self._happened(lambda: self._lines(logged).count(aim) > first, began + LONGEST)
            await asyncio.sleep(random.uniform(0, SOON))
        self.bot.kill()
        code = await self.bot.dead()
        assert code == -9, f"it ended by itself with {code}; its log: {self.bot.log()[-2000:]}"
        self.last[self._last(logged)] += 1

    async def _happened(self, condition: Callable[[], bool], ends: float) -> None:
        """Wait until it has; not for long, as there may be nothing to do."""
        while not condition() and time.monotonic() < ends:  # noqa: ASYNC110 - from outside
            await asyncio.sleep(0.01)

    def _last(self, logged: int) -> str:
        """Return what was logged last since then."""
        said = re.findall(r'"event": "([a-z_.]+)"', self._lines(logged))
        return said[-1] if said else "its start"

    def _logged(self) -> int:
        """Return how long the log is."""
        place = self.bot.folder / "log.jsonl"
        return place.stat().st_size if place.exists() else 0

    def _lines(self, logged: int) -> str:
        """Return what was logged since it was so long."""
        with (self.bot.folder / "log.jsonl").open(encoding="utf-8") as log:
            log.seek(logged)
            return log.read()

    def must(self) -> dict[int, set[int]]:
        """Say which chat must be told of which numbers, of those that are out."""
        return {
            chat: {number for number in self.numbers.values() if str(number % 10) in digits}
            for chat, digits in MUST.items()
        }

    def _sent(self) -> list[dict[str, Any]]:
        return self.bot.calls("sendMessage")

    def _judge(self) -> Verdict:
        return judge(self._sent(), self.must(), self.numbers)

    async def _rest(self) -> None:
        """Wait until all is told; what is never told is for the verdict to name."""
        ends = time.monotonic() + PATIENCE
        while self._judge().lost and time.monotonic() < ends:  # noqa: ASYNC110 - from outside
            await asyncio.sleep(0.3)
        await self.bot.settled()

    def _disorder(self) -> list[str]:
        """Compare the order of a chat's messages with that in which they were decided."""
        place = self.bot.folder / "data" / "ausguck.db"
        with closing(sqlite3.connect(place)) as connection:
            rows = connection.execute(
                "SELECT chat_id, message_id FROM outbox WHERE kind = 'alert' AND state = 'sent'"
                " AND message_id IS NOT NULL ORDER BY chat_id, due, id"
            ).fetchall()
        pairs = itertools.pairwise(rows)
        return [
            f"chat {chat}: message {first} was decided before {then}"
            for (chat, first), (after, then) in pairs
            if chat == after and first > then
        ]


async def kill_often(folder: Path, plan: Plan, say: Callable[[str], None] | None = None) -> Verdict:
    """Run the daemon in a folder, kill it as planned, and return what came of it."""
    async with Sandbox() as sandbox:
        for name in FEEDS:
            old = Publication("Alt", "<p>Eine alte Meldung.</p>", id=f"old-{name}")
            sandbox.press.publish(name, old)
        run = Run(Bot(sandbox, folder), plan)
        run.say = say or run.say
        await run.arrange()
        try:
            return await run.perform()
        finally:
            await run.bot.stop()


def main() -> int:
    """Kill and print; return 1 where anything went wrong."""
    parser = argparse.ArgumentParser(
        description="Kill the daemon while it polls, reads and delivers."
    )
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--articles", type=int, default=400, help="five alerts for each")
    parser.add_argument("--seed", type=int, default=int(time.monotonic()) % 100_000)
    asked = parser.parse_args()
    sys.stdout.write(f"seed {asked.seed}\n")
    with tempfile.TemporaryDirectory() as folder:
        plan = Plan(asked.kills, asked.articles, asked.seed)
        verdict = asyncio.run(kill_often(Path(folder), plan, _progress))
    sys.stdout.write(f"kills {asked.kills}\n{verdict.table()}\n")
    return 0 if verdict.is_good else 1


def _progress(words: str) -> None:
    if words.split(maxsplit=1)[0].endswith("0"):
        sys.stderr.write(f"{words}\n")


if __name__ == "__main__":
    sys.exit(main())
