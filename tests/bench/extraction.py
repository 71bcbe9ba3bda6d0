"""How well and how fast articles are read: `python -m tests.bench.extraction [standard] [fast] …`.

By hand, on the pages of the corpus beside the project, each with snippets that must and that must
not be in its text. Every page goes through every variant in turn, so that the times compare:
trafilatura alone in its modes, the same with our cleaning, and `extract_page`, which is all of what
the bot does with a page. Arguments choose the modes, all of them unless told; `--each 4` takes
every fourth page.
"""

import argparse
import gzip
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import trafilatura

from bot.articles.clean import cleaned, marks
from bot.articles.extract import extract_page
from bot.errors import NotAnArticle
from tests.bench.corpus import CORPUS, lines, needed

PAGES = CORPUS / "pages"
MODES: dict[str, dict[str, Any]] = {
    "standard": {},
    "fast": {"fast": True},
    "precision": {"favor_precision": True},
}
Read = Callable[[bytes], str]


@dataclass(frozen=True, slots=True)
class Page:
    """A page, and what its text must and must not contain."""

    html: bytes
    language: str
    wanted: tuple[str, ...]
    unwanted: tuple[str, ...]


@dataclass(slots=True)
class Score:
    """What a variant found, counted in snippets, and what it cost."""

    hits: int = 0
    misses: int = 0
    noise: int = 0
    seconds: float = 0.0
    pages: int = 0

    def count(self, page: Page, text: str, seconds: float) -> None:
        flat = _flat(text)
        found = sum(_flat(part) in flat for part in page.wanted)
        self.hits += found
        self.misses += len(page.wanted) - found
        self.noise += sum(_flat(part) in flat for part in page.unwanted)
        self.seconds += seconds
        self.pages += 1

    @property
    def precision(self) -> float:
        return self.hits / max(1, self.hits + self.noise)

    @property
    def recall(self) -> float:
        return self.hits / max(1, self.hits + self.misses)

    @property
    def f1(self) -> float:
        return 2 * self.hits / max(1, 2 * self.hits + self.misses + self.noise)


def main() -> None:
    """Print quality and speed of every variant."""
    needed()
    parser = argparse.ArgumentParser()
    parser.add_argument("modes", nargs="*", default=list(MODES))
    parser.add_argument("--each", type=int, default=1)
    arguments = parser.parse_args()
    variants = _variants(arguments.modes)
    pages = [_page(entry) for entry in lines(PAGES / "manifest.jsonl")][:: arguments.each]
    german = _measured([page for page in pages if page.language == "de"], variants)
    others = _measured([page for page in pages if page.language != "de"], variants)
    bare = german["trafilatura standard"].seconds + others["trafilatura standard"].seconds
    print(f"{'':28} {'German':>5} P      R      F1     {'others':>5} F1  pages/s   x")
    for name, score in german.items():
        rest = others[name]
        seconds = score.seconds + rest.seconds
        print(
            f"{name:28} {score.precision:9.4f} {score.recall:.4f} {score.f1:.4f} {rest.f1:12.4f}"
            f" {(score.pages + rest.pages) / seconds:8.1f} {bare / seconds:5.2f}"
        )


def _page(entry: dict[str, Any]) -> Page:
    html = gzip.decompress((PAGES / entry["gz"]).read_bytes())
    return Page(html, entry["lang"], tuple(entry["with"]), tuple(entry["without"]))


def _variants(modes: Sequence[str]) -> dict[str, Read]:
    found: dict[str, Read] = {}
    for mode in dict.fromkeys(["standard", *modes]):
        found[f"trafilatura {mode}"] = _bare(MODES[mode])
        found[f"trafilatura {mode}, cleaned"] = _cleaned(MODES[mode])
    found["extract_page"] = _ours
    return found


def _bare(options: dict[str, Any]) -> Read:
    def read(html: bytes) -> str:
        return trafilatura.extract(html, include_comments=False, **options) or ""

    return read


def _cleaned(options: dict[str, Any]) -> Read:
    def read(html: bytes) -> str:
        tree = trafilatura.load_html(html)
        if tree is None:
            return ""
        blocks = tree.xpath('//script[@type="application/ld+json"]/text()')
        title = next(iter(tree.xpath("//h1/text()")), "")
        text = trafilatura.extract(tree, include_comments=False, **options) or ""
        return cleaned(text, marks(tree, text, title, blocks))

    return read


def _ours(html: bytes) -> str:
    try:
        return extract_page(html).text
    except NotAnArticle:
        return ""


def _measured(pages: Iterable[Page], variants: dict[str, Read]) -> dict[str, Score]:
    scores = {name: Score() for name in variants}
    order = list(variants)
    for page in pages:
        for name in order:
            begun = time.process_time()
            text = variants[name](page.html)
            scores[name].count(page, text, time.process_time() - begun)
        order.append(order.pop(0))  # whoever comes first pays for cold caches
    return scores


def _flat(text: str) -> str:
    return " ".join(text.split())


if __name__ == "__main__":
    main()
