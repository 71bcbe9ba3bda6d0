"""Reads the documents that `match` is given."""

import asyncio
import codecs
import gzip
import json
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from bot.articles.extract import extract_page
from bot.errors import Fault, NotAnArticle, UserError, WorkerError
from bot.model import Article
from bot.workers import Workers

EXTRACT_DEADLINE = timedelta(seconds=15)


@dataclass(frozen=True, slots=True)
class Document:
    """A text to match; `extracted` says that title and text are not the input as given."""

    id: str | int
    article: Article
    extracted: bool = False


Read = Iterator[Document | Fault]
Extract = Callable[[str, bytes], Document | Fault]


def read_bytes(name: str) -> bytes:
    """Return a file's content, unzipped; `-` is stdin.

    Raises:
        UserError: it cannot be read.
    """
    if name == "-":
        return sys.stdin.buffer.read()
    try:
        content = Path(name).read_bytes()
        return gzip.decompress(content) if name.lower().endswith(".gz") else content
    except (OSError, EOFError, ValueError, zlib.error) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise UserError(Fault(name, f"cannot be read: {reason}")) from None


def documents(names: Iterable[str]) -> Read:
    """Yield every document of the files, in order; a fault in place of one that cannot be read."""
    workers = Workers(limit=1)
    with asyncio.Runner() as loop:

        def extract(name: str, html: bytes) -> Document | Fault:
            return loop.run(_page(name, html, workers))

        try:
            for name in names:
                yield from _documents(name, extract)
        finally:
            loop.run(workers.close())


def _documents(name: str, extract: Extract) -> Read:
    try:
        content = read_bytes(name)
    except UserError as error:
        yield from error.faults
        return
    kind = name.lower().removesuffix(".gz")
    if kind.endswith(".jsonl"):
        for number, line in enumerate(content.splitlines(), start=1):
            if line.strip():
                yield _document(name, number, line)
    elif kind.endswith((".html", ".htm")):
        yield extract(name, content)
    else:
        yield Document(Path(name).name, Article("", _text(content), "page"))


def _text(content: bytes) -> str:
    # Nothing is normalised, not even line ends: offsets count code points of the input as given.
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("windows-1252", errors="replace")


def _document(name: str, number: int, line: bytes) -> Document | Fault:
    try:
        found: Any = json.loads(line)
    except ValueError as error:
        return Fault(name, f"is no JSON: {error}", "one object a line", number)
    except RecursionError:
        return Fault(name, "is nested too deeply", "one object a line", number)
    text = found.get("text") or "" if isinstance(found, dict) else None
    if not isinstance(text, str):
        return Fault(name, "is no document", 'write {"id", "title", "text"}', number)
    article = Article(str(found.get("title") or ""), text, "page", found.get("lang"))
    given = found.get("id")
    return Document(given if isinstance(given, str | int) else f"{name}:{number}", article)


async def _page(name: str, html: bytes, workers: Workers) -> Document | Fault:
    try:
        page = await workers.run(extract_page, html, None, deadline=EXTRACT_DEADLINE)
    except NotAnArticle as error:
        return Fault(name, str(error))
    except WorkerError as error:
        return Fault(name, f"reading it broke off: {error}")
    article = Article(page.title, page.text, "page", page.language)
    return Document(Path(name).name, article, extracted=True)
