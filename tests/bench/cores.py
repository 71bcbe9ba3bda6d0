"""What a second core gives to reading articles: `python -m tests.bench.cores`.

By hand, on the pages of the corpus beside the project: `--each 2` takes every other one, and with
`--turns 3` all of them are read three times. A hundred pages at a time go through one worker, then
through two, the next hundred the other way round, and so on: whatever else the machine does meets
both. The large ones go first, so that at the end no worker waits long for the other.

Two workers read twice as many pages only where two cores are free. So the CPU time is printed as
well, of the workers and of this process, which hands the pages over, with the share of the time
that the workers were running. What two workers would reach on two free cores follows from it: the
pages per CPU second of each, times two, as long as this process is no bottleneck.

To be reached: 1.8 times as many. And a worker is planned for with 150 MB.
"""

import argparse
import asyncio
import contextlib
import gzip
import os
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from bot.articles.extract import extract_page
from bot.errors import NotAnArticle
from bot.workers import Workers
from tests.bench.corpus import CORPUS, lines, needed

PAGES = CORPUS / "pages"
DEADLINE = timedelta(seconds=15)
SHARE = 100
HELD_AFTER = 200
TICK = os.sysconf("SC_CLK_TCK")
MEGABYTE = 1024 * 1024


@dataclass(slots=True)
class Reading:
    """Some workers, and what it cost them to read."""

    workers: Workers
    number: int
    pages: int = 0
    wall: float = 0.0
    inside: float = 0.0
    """CPU seconds of the workers."""
    outside: float = 0.0
    """CPU seconds of this process."""
    held: float = 0.0
    """The most memory that one worker held over its first 200 pages or so, in MB; 0: fewer."""

    async def read(self, pages: Sequence[bytes]) -> None:
        """Read all of them and keep the accounts."""
        inside, outside, begun = self._inside(), time.process_time(), time.perf_counter()
        await asyncio.gather(*map(self._one, pages))
        self.wall += time.perf_counter() - begun
        self.outside += time.process_time() - outside
        self.inside += self._inside() - inside
        self.pages += len(pages)
        if not self.held and self.pages >= HELD_AFTER * self.number:
            self.held = max(_peak(pid) for pid in self._pids()) / MEGABYTE

    async def _one(self, page: bytes) -> None:
        with contextlib.suppress(NotAnArticle):
            await self.workers.run(extract_page, page, None, deadline=DEADLINE)

    def _pids(self) -> list[int]:
        return [worker._process.pid for worker in self.workers._idle]

    def _inside(self) -> float:
        return sum(map(_cpu, self._pids()))

    def __str__(self) -> str:
        per_page = 1000 / self.pages
        return (
            f"{self.number:7} {self.pages:6} {self.wall:7.1f} {self.pages / self.wall:8.1f}"
            f" {self.inside * per_page:9.2f} {self.outside * per_page:8.2f}"
            f" {self.inside / self.wall / self.number:8.0%} {self.held:8.0f}"
        )


async def main() -> None:
    """Print what one worker does, what two do, and how many times as much that is."""
    needed()
    parser = argparse.ArgumentParser()
    parser.add_argument("--each", type=int, default=1)
    parser.add_argument("--turns", type=int, default=2)
    arguments = parser.parse_args()
    listed = [entry["gz"] for entry in lines(PAGES / "manifest.jsonl")][:: arguments.each]
    pages = [gzip.decompress((PAGES / name).read_bytes()) for name in listed]
    # None is replaced on the way, or its CPU time would be lost with it.
    one, two = (Reading(Workers(limit=n, recycle=10**9), n) for n in (1, 2))
    for reading in (one, two):
        warm = [reading._one(pages[0]) for _ in range(reading.number)]
        await asyncio.gather(*warm)
    order = [one, two]
    for start in range(0, len(pages) * arguments.turns, SHARE):
        first = start % len(pages)
        share = sorted(pages[first : first + SHARE], key=len, reverse=True)
        for reading in order:
            await reading.read(share)
        order.reverse()
    for reading in order:
        await reading.workers.close()
    _report(one, two)


def _report(one: Reading, two: Reading) -> None:
    print("                              CPU ms a page")
    print("workers  pages seconds  pages/s    inside  outside  running  MB held")
    print(one, two, sep="\n")
    ratio = two.pages / two.wall * one.wall / one.pages
    free = 2 * (one.inside + one.outside) / one.pages / (two.inside + two.outside) * two.pages
    print(f"two give {ratio:.2f} times one; on two free cores, by CPU time: {free:.2f} times")


def _cpu(pid: int) -> float:
    """Return the CPU seconds of a process so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICK


def _peak(pid: int) -> int:
    """Return the most bytes that a process ever held."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) * 1024


if __name__ == "__main__":
    asyncio.run(main())
