"""A day of the daemon in minutes: 500 feeds, 20,000 articles, and what it holds in memory.

    .venv/bin/python -m tests.soak.day          24 hours; a part of `make soak`

The daemon is a process of its own with its workers, its database on disk, and 1,000 queries beside
those that are asked for; it fetches feeds and pages over HTTP and speaks with the sandbox. Only its
clock is ours (`tests.soak.clocked`): it runs 120 times as fast, but no faster than any other while
the daemon is behind its work, as a machine has the computing of a day to do within minutes. Whether
it is behind is seen from outside: by the feeds that it asked for, and by the alerts that have come.

Judged at the end, by the sandbox's transcript and by what was written down while publishing: each
article that a chat wants was told once; the memory of all processes (PSS) is at most 20 % above
what it was after the first hour.
"""

import argparse
import asyncio
import logging
import sys
import tempfile
import time
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.sandbox.server import Sandbox
from bot.sandbox.transcript import breaches
from tests.memory import family, pss
from tests.soak.clocked import Hand
from tests.soak.edition import Piece, edition
from tests.soak.stand import Newsstand, site
from tests.soak.told import Memory, Sample, Told, judge_day, memory, numbers_told
from tests.soak.wishes import WANTED, arrange, write

BEGINS = datetime(2026, 5, 7, 22, tzinfo=UTC)
"""Midnight in Berlin."""
OLD = 3
"""So many articles are in every feed when it is first read: nobody is told of them."""
STEP = 0.05
"""Seconds of ours between two looks at the clock."""
ASKED_WITHIN = timedelta(minutes=75)
"""A feed is asked again within an hour at the latest."""
TOLD_WITHIN = timedelta(minutes=100)
"""An article is told within that hour and the window in which bursts are collected."""
GIVEN_UP = 20.0
"""After so many seconds of ours in which nothing moves, what is waited for is not to come."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How much is done."""

    hours: float = 24
    feeds: int = 500
    articles: int = 20_000
    speed: float = 120
    full: float = 0.5
    """The share of feeds with whole articles in them; of all others, teasers."""
    seed: int = 0


@dataclass
class Day:
    """A day under way."""

    plan: Plan
    sandbox: Sandbox
    stand: Newsstand
    clock: Hand
    to_come: deque[Piece]
    pid: int
    asked: dict[int, datetime] = field(default_factory=dict)
    """When a feed was asked last."""
    due: deque[tuple[datetime, int, int]] = field(default_factory=deque)
    """When which chat was to be told of what, oldest first."""
    numbers: dict[str, int] = field(default_factory=dict)
    """Which number stands behind an address."""
    events: dict[int, int] = field(default_factory=dict)
    """Of which article another is a copy."""
    out: list[Piece] = field(default_factory=list)
    samples: list[Sample] = field(default_factory=list)
    waited: float = 0.0
    """So many seconds the clock waited for the daemon."""
    _told: set[tuple[int, int]] = field(default_factory=set)
    _looked: int = 0
    _since: float = 0.0

    async def perform(self) -> None:
        """Let the day pass."""
        ends = BEGINS + timedelta(hours=self.plan.hours)
        before, sampled = time.monotonic(), 0.0
        while self.clock() < ends:
            await asyncio.sleep(STEP)
            moment = time.monotonic()
            passed, before = moment - before, moment
            self._move(passed)
            self._publish()
            if moment - sampled > 1:
                sampled = moment
                self._look()
                self.samples.append(self._sample())
                self._say()

    async def rest(self) -> None:
        """Wait for what is not told yet, while the clock goes on; no longer than it may take."""
        ends = self.clock() + 2 * TOLD_WITHIN
        while self.due and self.clock() < ends:
            await asyncio.sleep(STEP)
            self._move(STEP)
            self._look()

    def _move(self, passed: float) -> None:
        """Let the clock go on after so many seconds of ours."""
        now = self.clock()
        speed = self.plan.speed
        if self._is_behind(now):
            self.waited += passed
            speed = 1.0
        self.clock.set(now + timedelta(seconds=passed * speed))

    def must(self) -> dict[int, set[int]]:
        """Return which chat must be told of which articles."""
        return {
            chat: {each.number for each in self.out if each.lists & set(wanted)}
            for chat, wanted in WANTED.items()
        }

    def judge(self) -> Told:
        """Return whether each article was told once."""
        calls = self.sandbox.world.transcript.after(0)
        told = judge_day(calls, self.must(), self.numbers, self.events)
        told.faults += breaches(calls)
        return told

    def memory(self) -> Memory:
        """Return what was held."""
        return memory(self.samples, BEGINS)

    def _publish(self) -> None:
        now = self.clock()
        while self.to_come and self.to_come[0].at <= now:
            piece = self.to_come.popleft()
            self.stand.put(piece)
            self.out.append(piece)
            self.numbers[self.stand.url(piece)] = piece.number
            if piece.copy_of is not None:
                self.events[piece.number] = piece.copy_of
            for chat, wanted in WANTED.items():
                if piece.lists & set(wanted) and piece.copy_of is None:
                    self.due.append((piece.at, chat, piece.number))

    def _look(self) -> None:
        """Take off what was told since the last look."""
        calls = self.sandbox.world.transcript.after(self._looked)
        if calls:
            self._looked = calls[-1]["n"]
            told = numbers_told(calls, self.numbers)
            self._told |= {(chat, self.events.get(number, number)) for chat, number in told}
        while self.due and self.due[0][1:] in self._told:
            self.due.popleft()

    def _is_behind(self, now: datetime) -> bool:
        behind = now - min(self.asked.values(), default=now) > ASKED_WITHIN or bool(
            self.due and now - self.due[0][0] > TOLD_WITHIN
        )
        if not behind:
            self._since = time.monotonic()
        elif time.monotonic() - self._since > GIVEN_UP and self.due:
            self.due.popleft()
        return behind

    def _say(self) -> None:
        last = self.samples[-1]
        if len(self.samples) % 30 == 1:
            sys.stderr.write(
                f"{last.at:%d. %H:%M} UTC, {last.total:.0f} MB ({last.daemon:.0f}), "
                f"{len(self.out)} articles, {len(self.due)} to be told\n"
            )

    def _sample(self) -> Sample:
        held = [pss(each) for each in family(self.pid)]
        return Sample(self.clock(), sum(held), held[0])


@asynccontextmanager
async def _daemon(folder: Path) -> AsyncIterator[asyncio.subprocess.Process]:
    command = (sys.executable, "-m", "tests.soak.clocked")
    with (folder / "log.jsonl").open("wb") as log:
        process = await asyncio.create_subprocess_exec(
            *command, str(folder / "config.toml"), str(folder / "clock"), stdout=log, stderr=log
        )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def soak(folder: Path, plan: Plan) -> tuple[Day, list[str]]:
    """Let a day pass; return it, and what was wrong beside what the day itself can tell."""
    clock = Hand(folder / "clock", BEGINS)
    asked: dict[int, datetime] = {}
    length = timedelta(hours=plan.hours)
    news = edition(plan.seed, BEGINS, length, (plan.articles, plan.feeds))
    async with Sandbox(now=clock) as sandbox, site(asked, clock, plan.full) as stand:
        old = edition(plan.seed + 1, BEGINS - length, length, (OLD * plan.feeds, plan.feeds))
        for piece in old:
            stand.put(Piece(-1 - piece.number, piece.feed, piece.at, piece.title, piece.text))
        write(folder, sandbox, [stand.feed_url(number) for number in range(plan.feeds)])
        await arrange(folder, sandbox, BEGINS - timedelta(minutes=1))
        async with _daemon(folder) as process:
            while len(asked) < plan.feeds:
                await asyncio.sleep(STEP)
                clock.set(clock() + timedelta(seconds=STEP))
                assert process.returncode is None, (folder / "log.jsonl").read_text()[-3000:]
            day = Day(plan, sandbox, stand, clock, deque(news), process.pid, asked)
            await day.perform()
            await day.rest()
            process.terminate()
            code = await process.wait()
    log = (folder / "log.jsonl").read_text(encoding="utf-8")
    faults = [line for line in log.splitlines() if "Traceback" in line or '"error"' in line]
    return day, faults + ([f"the end was {code}"] if code else [])


def report(day: Day, others: list[str], seconds: float) -> tuple[str, bool]:
    """Return the figures, and whether all is well."""
    told, held = day.judge(), day.memory()
    faults = [*told.faults, *held.faults, *others]
    hours = {int((each.at - BEGINS) / timedelta(hours=1)): each for each in reversed(day.samples)}
    by_hour = (f"{n}: {s.total:.0f} ({s.daemon:.0f})" for n, s in sorted(hours.items()))
    lines = [
        f"{len(day.out)} articles, {day.plan.feeds} feeds, {day.plan.hours:g} h in {seconds:.0f} s",
        f"of these the clock waited for the daemon {day.waited:.0f} s",
        f"to be told {told.alerts}: as alerts {told.rung}, in digests {told.collected}",
        f"and with another of their event {told.joined}",
        f"MB of all processes (the daemon) at the hour: {', '.join(by_hour)}",
        f"after the first hour {held.first.total:.0f} ({held.first.daemon:.0f})",
        f"at the end {held.last.total:.0f} ({held.last.daemon:.0f})",
        f"faults {len(faults)}",
        *faults[:50],
    ]
    return "\n".join(lines), not faults


def main() -> int:
    """Let the day pass and print; return 1 where anything was wrong."""
    usual = Plan()
    parser = argparse.ArgumentParser(description="A day of the daemon in minutes.")
    for name in ("hours", "speed", "full"):
        parser.add_argument(f"--{name}", type=float, default=getattr(usual, name))
    for name in ("feeds", "articles", "seed"):
        parser.add_argument(f"--{name}", type=int, default=getattr(usual, name))
    plan = Plan(**vars(parser.parse_args()))
    logging.getLogger("asyncio").setLevel(logging.CRITICAL)
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        day, others = asyncio.run(soak(Path(folder), plan))
    said, is_good = report(day, others, time.monotonic() - began)
    sys.stdout.write(f"{said}\n")
    return 0 if is_good else 1


if __name__ == "__main__":
    sys.exit(main())
