"""How fast and how large the window of stories is.

    .venv/bin/python -m tests.bench.window [SIZE]

Documents are made from the front pages of the corpus: titles and teasers as they are for the first
time round, then with half of the words replaced by those of other items, so that neither words nor
stories repeat themselves much more than in the news. Each figure is of the last 2,000 documents
before the window has so many; memory is what the process has more than before the first, the words
of German and what is remembered of them included.
"""

import random
import resource
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import chain
from pathlib import Path

from bot.stories.engine import Stories
from bot.stories.tuning import Limits
from bot.stories.values import Document
from tests.bench import corpus

SIZE = 200_000
START = datetime(2026, 3, 1, tzinfo=UTC)
MEASURED = 2_000
DAYS = 4.4


def main() -> None:
    """Print a line for each size of the window, then for full texts."""
    corpus.needed()
    size = int(sys.argv[1]) if len(sys.argv) > 1 else SIZE
    measure("title and teaser", size, items(size), [20_000, 50_000, 100_000, 200_000, 350_000])
    measure("3,000 characters", 20_000, texts(20_000), [2_000, 10_000, 20_000])


def measure(name: str, size: int, documents: Iterator[Document], marks: list[int]) -> None:
    """Add documents, and print what the last ones before each mark cost."""
    print(f"{name}:")
    first = next(documents)  # what they are made of is in memory from now on
    stories = Stories(limits=Limits(documents=size))
    before, begun, all_begun = _resident(), 0.0, time.process_time()
    for number, each in enumerate(chain([first], documents), start=1):
        stories.add(each)
        if number + MEASURED in marks:
            begun = time.process_time()
        if number in marks:
            pace = MEASURED / (time.process_time() - begun)
            used = _resident() - before
            each_has = used * 1e6 / number
            print(f"  {number:7}: {pace:6.0f} docs/CPU-s, +{used:.0f} MB, {each_has:.0f} B/doc")
    print(f"  all: {size / (time.process_time() - all_begun):.0f} docs/CPU-s")


def items(size: int) -> Iterator[Document]:
    """Yield titles with teasers, spread over some days."""
    chance = random.Random(7)
    found = [
        (each["title"], each["teaser"], each["outlet"])
        for path in sorted((corpus.CORPUS / "stories").glob("frontpages-*.jsonl.gz"))
        for each in corpus.lines(path)
    ]
    vocabulary = [word for title, teaser, _ in found for word in f"{title} {teaser}".split()]
    for number in range(size):
        title, teaser, outlet = found[number % len(found)]
        if number >= len(found):
            title, teaser = (_varied(text, vocabulary, chance) for text in (title, teaser))
        yield _document(number, title, teaser, outlet, size)


def texts(size: int) -> Iterator[Document]:
    """Yield articles of 3,000 characters, of sentences of several."""
    chance = random.Random(7)
    sentences = [each for text in corpus.articles().values() for each in text.split(". ")]
    for number in range(size):
        text = ""
        while len(text) < 3_000:
            text += chance.choice(sentences) + ". "
        yield _document(number, text[:60], text, "z.example", size)


def _varied(text: str, vocabulary: list[str], chance: random.Random) -> str:
    return " ".join(
        chance.choice(vocabulary) if chance.random() < 0.5 else word for word in text.split()
    )


def _document(number: int, title: str, text: str, outlet: str, size: int) -> Document:
    published = START + timedelta(days=DAYS) * (number / size)
    page = f"https://{outlet}/{number}"
    return Document(
        str(number), title, text, published, outlet=outlet, url=page, page=page, language="de"
    )


def _resident() -> float:
    """Return the process's resident memory in MB."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / 1e6


if __name__ == "__main__":
    main()
