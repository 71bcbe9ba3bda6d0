"""Reads mutated feeds and pages, in workers as the daemon does, and tells what went wrong.

    make soak        ten minutes: mutations, what hypothesis makes up, and all through the intake

A document may be refused (`NotAFeed`, `NotAnArticle`). Anything else that is raised, a worker that
dies, and work that its deadline ends is a finding: the document is written to `.soak/`.
"""

import argparse
import asyncio
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from random import Random

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from bot.articles.extract import extract_page
from bot.errors import NotAFeed, NotAnArticle, WorkerError
from bot.feeds.parse import parse_feed
from bot.workers import Workers
from tests.publisher_kit import FILLER
from tests.soak import material
from tests.soak.intake import intake
from tests.soak.mutate import mutated

URL = "https://zeitung.example/politik/1.html"
DEADLINES = {"feed": timedelta(seconds=10), "page": timedelta(seconds=15)}
FINDINGS = Path(".soak")
BATCH = 64
TYPES = (
    "",
    "text/xml",
    "text/html; charset=iso-8859-1",
    "text/xml; charset=utf-16",
    "x; charset=\0",
)
_GRAMMAR = (
    *(
        "<rss version='2.0'><channel>",
        "<item>",
        "</item>",
        "<title>",
        "</title>",
        "<link>",
        "<guid>",
    ),
    *(
        "<feed xmlns='http://www.w3.org/2005/Atom'>",
        "<entry>",
        "<content type='xhtml'>",
        "<updated>",
    ),
    *(
        "<html>",
        "<article>",
        "<p>",
        "</p>",
        "<table><tr><td colspan='",
        "<div class='",
        "'>",
        "<li>",
    ),
    *("<script type='application/ld+json'>", '{"isAccessibleForFree":', "[false]", "</script>"),
    *("&amp;lt;", "&#x", "110000;", "<![CDATA[", "]]>", "<!--", "<!DOCTYPE a [", "Nordkorea", "ä"),
    *(
        "2025-05-07T",
        "00:00 MESZ",
        "javascript:",
        "//[",
        "\0",
        " ",
        "\n",
        "Wir und unsere Partner ",
    ),
)
_BEGINNINGS = (
    *(
        "",
        "<rss version='2.0'><channel><item>",
        "<feed xmlns='http://www.w3.org/2005/Atom'><entry>",
    ),
    f"<html lang=de><title>T</title><body><article><h1>T</h1><p>{FILLER}</p><p>{FILLER}</p>",
)
_PARTS = st.lists(st.sampled_from(_GRAMMAR) | st.text(max_size=8), max_size=60).map("".join)
DOCUMENTS = st.tuples(st.sampled_from(_BEGINNINGS), _PARTS).map(
    lambda parts: "".join(parts).encode("utf-8", "surrogatepass")
)


@dataclass
class Report:
    """What came of it."""

    outcomes: Counter[str] = field(default_factory=Counter)
    findings: list[str] = field(default_factory=list)
    slowest: float = 0.0


class Soak:
    """Reads documents, and notes what must not happen."""

    def __init__(self, workers: Workers) -> None:
        self._workers = workers
        self.report = Report()

    async def read(self, kind: str, body: bytes, content_type: str, origin: str) -> None:
        """Read one document as the daemon would."""
        began = time.monotonic()
        try:
            if kind == "feed":
                await self._workers.run(
                    parse_feed, body, content_type, URL, deadline=DEADLINES[kind]
                )
            else:
                await self._workers.run(
                    extract_page, body, URL, content_type, deadline=DEADLINES[kind]
                )
            outcome = "read"
        except (NotAFeed, NotAnArticle):
            outcome = "refused"
        except WorkerError as error:
            outcome = type(error).__name__
            self._note(f"{kind} {origin}: {outcome}: {error}", body)
        self.report.outcomes[f"{kind} {outcome}"] += 1
        self.report.slowest = max(self.report.slowest, time.monotonic() - began)

    def _note(self, finding: str, body: bytes) -> None:
        number = len(self.report.findings)
        FINDINGS.mkdir(exist_ok=True)
        (FINDINGS / f"{number}.bin").write_bytes(body)
        self.report.findings.append(f"{FINDINGS}/{number}.bin: {finding}")

    async def mutations(self, seeds: Sequence[int], seconds: float) -> None:
        """Read mutations of all material in turn, until the seeds or the time run out."""
        feeds, pages = material.feeds(), material.pages()
        ends = time.monotonic() + seconds
        for first in range(0, len(seeds), BATCH):
            if time.monotonic() > ends:
                return
            tasks = []
            for seed in seeds[first : first + BATCH]:
                random = Random(seed)
                kind, documents = ("feed", feeds) if seed % 2 else ("page", pages)
                body = mutated(documents[seed // 2 % len(documents)], random)
                origin = f"mutation {seed}"
                tasks.append(self.read(kind, body, random.choice(TYPES), origin))
            await asyncio.gather(*tasks)

    async def made_up(self, examples: int, seconds: float) -> None:
        """Read what hypothesis makes up from the words of feeds and pages.

        A single batch is the same every time.
        """
        ends = time.monotonic() + seconds
        same = examples <= BATCH
        while examples > 0 and time.monotonic() < ends:
            documents = await asyncio.to_thread(_documents, min(examples, BATCH), same=same)
            examples -= len(documents)
            await asyncio.gather(
                *(
                    self.read(kind, body, content_type, "made up")
                    for body, content_type in documents
                    for kind in DEADLINES
                )
            )


def _documents(number: int, *, same: bool) -> list[tuple[bytes, str]]:
    found: list[tuple[bytes, str]] = []

    @settings(
        max_examples=number,
        derandomize=same,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
        deadline=None,
    )
    @given(DOCUMENTS, st.sampled_from(TYPES))
    def collect(body: bytes, content_type: str) -> None:
        found.append((body, content_type))

    gather: Callable[[], None] = collect
    gather()
    return found


async def soak(seconds: float, seed: int) -> Report:
    """Soak for so long; the seed makes the mutations the same again."""
    workers = Workers()
    work = Soak(workers)
    try:
        seeds = range(seed, seed + 10_000_000)
        await work.mutations(seeds, seconds / 3)
        await work.made_up(len(seeds), seconds / 3)
        polls, findings = await intake(workers, seeds, seconds / 3)
        work.report.outcomes["intake poll"] = polls
        work.report.findings += findings
    finally:
        await workers.close()
    return work.report


def main() -> int:
    """Soak and print; return 1 where anything was found."""
    parser = argparse.ArgumentParser(description="Read mutated feeds and pages.")
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    sys.stdout.write(f"seed {asked.seed}\n")
    report = asyncio.run(soak(asked.seconds, asked.seed))
    counts = [f"{outcome:<24}{count:>9}" for outcome, count in sorted(report.outcomes.items())]
    slowest = f"{'slowest, with its wait':<24}{report.slowest:>9.2f} s"
    sys.stdout.write("\n".join([*counts, slowest, *report.findings, ""]))
    return 1 if report.findings else 0


if __name__ == "__main__":
    sys.exit(main())
