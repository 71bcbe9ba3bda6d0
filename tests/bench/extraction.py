"""How well and how fast articles are read: `python -m tests.bench.extraction [standard] [fast] …`.

By hand, on the pages of the corpus beside the project, each with snippets that must and that must
not be in its text. Every page goes through every variant in turn, so that the times compare:
trafilatura alone in its modes, the same with our cleaning, and `extract_page`, which is all of what
the bot does with a page. Arguments choose the modes, all of them unless told; `--each 4` takes
every fourth page.

`--gold FOLDER` measures instead how much of an article's body comes out and of nothing else, on
pages `NAME.html` or `NAME.html.gz` with the body in `NAME.txt`: the mean F1 of word 4-grams.
"""

import argparse
import gzip
import re
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import trafilatura

from bot.articles import layout
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
OURS = "fast"
"""The mode of `extract_page`."""
Read = Callable[[bytes], str]
Grams = Counter[tuple[str, ...]]


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
    parser = argparse.ArgumentParser()
    parser.add_argument("modes", nargs="*", default=list(MODES))
    parser.add_argument("--each", type=int, default=1)
    parser.add_argument("--gold", type=Path)
    arguments = parser.parse_args()
    variants = _variants(arguments.modes)
    if arguments.gold:
        _print_gold(arguments.gold, variants)
        return
    needed()
    pages = [_page(entry) for entry in lines(PAGES / "manifest.jsonl")][:: arguments.each]
    german = _measured([page for page in pages if page.language == "de"], variants)
    others = _measured([page for page in pages if page.language != "de"], variants)
    seconds = {name: german[name].seconds + others[name].seconds for name in german}
    print("x is the speed of trafilatura alone in the same mode.")
    print(f"{'':30} {'German':>5} P      R      F1     {'others':>5} F1  pages/s   x")
    for name, score in german.items():
        alone = seconds["trafilatura " + next((mode for mode in MODES if mode in name), OURS)]
        print(
            f"{name:30} {score.precision:9.4f} {score.recall:.4f} {score.f1:.4f}"
            f" {others[name].f1:12.4f}"
            f" {len(pages) / seconds[name]:8.1f} {alone / seconds[name]:5.2f}"
        )


def _print_gold(folder: Path, variants: dict[str, Read]) -> None:
    pages = [
        (gzip.decompress(data) if path.suffix == ".gz" else data, _grams(body.read_text("utf-8")))
        for body in sorted(folder.glob("*.txt"))
        for path in folder.glob(f"{body.stem}.html*")
        for data in [path.read_bytes()]
    ]
    print(f"{len(pages)} pages{'':23} P      R      F1    worst")
    for name, read in variants.items():
        scores = [_overlap(_grams(read(html)), body) for html, body in pages]
        means = [sum(column) / len(pages) for column in zip(*scores, strict=True)]
        worst = min(f1 for *_, f1 in scores)
        print(f"{name:30} {' '.join(f'{mean:.4f}' for mean in means)} {worst:.2f}")


def _grams(text: str) -> Grams:
    words = re.findall(r"\w+", text.lower())
    return Counter(zip(words, words[1:], words[2:], words[3:], strict=False))


def _overlap(found: Grams, body: Grams) -> tuple[float, float, float]:
    """Return precision, recall and F1."""
    both = (found & body).total()
    precision, recall = both / max(1, found.total()), both / max(1, body.total())
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def _page(entry: dict[str, Any]) -> Page:
    html = gzip.decompress((PAGES / entry["gz"]).read_bytes())
    return Page(html, entry["lang"], tuple(entry["with"]), tuple(entry["without"]))


def _variants(modes: Sequence[str]) -> dict[str, Read]:
    found: dict[str, Read] = {}
    for mode in dict.fromkeys([OURS, *modes]):
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
        return cleaned(text, marks(tree, layout.read(tree).blocks, text, title, blocks))

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
