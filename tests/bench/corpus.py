"""The corpus beside the project, for measuring only: `../shared/corpus` from the project's root."""

import gzip
import hashlib
import json
import sys
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).parents[2]
CORPUS = ROOT.parent / "shared" / "corpus"
GOLD = Path(__file__).parent / "gold"


class Judged(NamedTuple):
    """A place in a text that somebody judged: does it count for the keyword?"""

    keyword: str
    document: str
    start: int
    end: int
    span: str
    counts: bool
    cls: str


def needed() -> None:
    """End with a clear message where the corpus is absent."""
    if not CORPUS.is_dir():
        sys.exit(f"This measures on {CORPUS}, which is not there.")


def lines(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the objects of a .jsonl file, zipped or not."""
    content = path.read_bytes()
    if path.suffix == ".gz":
        content = gzip.decompress(content)
    yield from map(json.loads, content.decode().splitlines())


@lru_cache(maxsize=1)
def articles() -> dict[str, str]:
    """Return the 1,028 articles: id -> text."""
    found = lines(CORPUS / "matching" / "articles.jsonl")
    return {str(each["id"]): each["text"] for each in found}


@lru_cache(maxsize=1)
def front_pages() -> dict[str, str]:
    """Return titles and teasers of the front pages: the first 12 hex digits of a URL's SHA-1."""
    texts: dict[str, str] = {}
    for path in sorted((CORPUS / "stories").glob("frontpages-*.jsonl.gz")):
        for each in lines(path):
            key = hashlib.sha1(each["url"].encode(), usedforsecurity=False).hexdigest()[:12]
            texts.setdefault(key, f"{each['title']}\n{each['teaser']}")
    return texts


def judged(path: Path) -> list[Judged]:
    """Return the labels of a gold file."""
    return [
        Judged(
            each["keyword"],
            str(each.get("article", each.get("doc"))),
            each["start"],
            each["end"],
            each["span"],
            each["verdict"] == "yes",
            each["cls"],
        )
        for each in lines(path)
    ]
