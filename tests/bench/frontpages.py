"""How many articles of different outlets that are joined on real front pages are one story.

    .venv/bin/python -m tests.bench.frontpages [--show]

The front pages have no labels, so joined pairs were judged by eye: docs/stories-verdicts.tsv keeps
what was said of each. A pair is a new article and the one of another outlet that it was joined to;
sampled are those that come first by the hash of their addresses. --show prints those that nobody
judged yet. The addresses' hashes stand for the articles: nothing of them is kept.
"""

import hashlib
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from bot.feeds.urls import same_article
from bot.stories.engine import Stories
from bot.stories.values import Document
from tests.bench import corpus

VERDICTS = corpus.ROOT / "docs" / "stories-verdicts.tsv"
SAMPLE = 120
SAME = {"event", "story"}


class Pair(NamedTuple):
    """Two articles that were joined, and how alike they were."""

    one: dict[str, Any]
    other: dict[str, Any]
    verdict: str
    score: float

    @property
    def key(self) -> tuple[str, str]:
        """The hashes of both addresses."""
        return digest(self.one["url"]), digest(self.other["url"])


def main() -> None:
    """Print the precision of the sample, by verdict and by likeness."""
    corpus.needed()
    judged = {(one, other): said for one, other, said in verdicts()}
    pairs = [pair for path in days() for pair in joined(path)]
    sample = sorted(pairs, key=lambda pair: digest("".join(pair.key)))[:SAMPLE]
    print(f"{len(pairs)} pairs of two outlets joined, {len(sample)} sampled")
    if "--show" in sys.argv:
        show([pair for pair in sample if pair.key not in judged])
    known = [(pair, judged[pair.key]) for pair in sample if pair.key in judged]
    said = Counter(said for _, said in known)
    right = sum(said[each] for each in SAME)
    print(f"  judged {len(known)}: {dict(said)}; the same story {right / max(1, len(known)):.3f}")
    for low, high in ((0.0, 0.45), (0.45, 0.6), (0.6, 2.0)):
        band = [said in SAME for pair, said in known if low <= pair.score < high]
        print(f"  likeness {low:.2f} to {high:.2f}: {sum(band)} of {len(band)}")


def days() -> Iterator[Path]:
    """Yield the files of both days."""
    yield from sorted((corpus.CORPUS / "stories").glob("frontpages-*.jsonl.gz"))


def joined(path: Path) -> Iterator[Pair]:
    """Yield the pairs of two outlets that are joined on one day."""
    stories, of = Stories(), {}
    for number, each in enumerate(corpus.lines(path)):
        of[str(number)] = each
        decision = stories.add(
            Document(
                str(number), each["title"], each["teaser"],
                datetime.fromisoformat(each["snap"]), outlet=each["outlet"], url=each["url"],
                page=same_article(each["url"]), language="de",
            )
        )  # fmt: skip
        other = of.get(decision.with_)
        if decision.verdict in {"same", "wire"} and other and other["outlet"] != each["outlet"]:
            yield Pair(each, other, decision.verdict, decision.score)


def verdicts() -> Iterator[tuple[str, str, str]]:
    """Yield what was said: the hashes of two addresses, and event, story or apart."""
    if VERDICTS.exists():
        for line in VERDICTS.read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("#"):
                one, other, said, *_ = line.split("\t")
                yield one, other, said


def show(pairs: list[Pair]) -> None:
    """Print pairs for somebody to judge."""
    for pair in pairs:
        print("\t".join([*pair.key, "?", f"{pair.score:.2f}"]))
        for each in (pair.one, pair.other):
            print(f"    [{each['outlet']}] {each['title']} // {each['teaser'][:120]}")


def digest(text: str) -> str:
    """Return the beginning of a text's hash, as `corpus.front_pages` has it."""
    return hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()[:12]


if __name__ == "__main__":
    main()
