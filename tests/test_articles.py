"""A page's article is read, and what surrounds it is left out."""

import asyncio
import gzip
import json
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.articles.extract import Extracted, extract_page
from bot.articles.paywall import paywalled
from bot.articles.read import ArticleReader
from bot.errors import NotAnArticle, Refused
from bot.model import Rank
from bot.workers import Workers
from tests.store_kit import NOW

PAGES = Path(__file__).parent.parent / "../shared/corpus/pages"
URL = "https://zeitung.example/politik/1"
SOON = timedelta(seconds=15)

SENTENCES = [
    "Nordkoreanische Soldaten marschieren am 9. Mai über den Roten Platz in Moskau.",
    "Das teilte der russische Verteidigungsminister am Mittwoch vor der Presse mit.",
    "Es wäre das erste Mal, dass Pjöngjang Truppen zu der Parade größeren Ausmaßes schickt.",
    "Die Regierung in Seoul äußerte sich besorgt und kündigte Gespräche mit Tokio an.",
]


def page(head: str = "", lang: str = ' lang="de-DE"') -> str:
    body = "".join(f"<p>{sentence} {sentence[::-1]}</p>" for sentence in SENTENCES)
    return f"""<!DOCTYPE html><html{lang}><head><title>Parade | Zeitung</title>{head}</head><body>
        <nav><a href="/">Start</a> <a href="/sport">Sportteil der Zeitung</a></nav>
        <article><h1>Parade in Moskau</h1>{body}
        <table><tr><td>Teilnehmer</td><td>19 Staaten</td></tr></table></article>
        <div id="comments"><p>Ein Leser schreibt: Unsinn, keineswegs.</p></div>
        <footer>Impressum und Datenschutz</footer></body></html>"""


def linked(data: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


def test_the_article_is_read_and_its_surroundings_are_not() -> None:
    article = extract_page(page().encode(), URL)

    assert all(sentence in article.text for sentence in SENTENCES)
    assert "19 Staaten" in article.text
    for left_out in ("Sportteil", "Ein Leser", "Impressum"):
        assert left_out not in article.text


def test_each_paragraph_is_a_line() -> None:
    lines = extract_page(page().encode(), URL).text.splitlines()

    assert sum(line.startswith(tuple(SENTENCES)) for line in lines) == len(SENTENCES)


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ('<meta property="og:title" content=" Die  Parade ">', "Die Parade"),
        ('<meta property="og:title" content="">', "Parade in Moskau"),
        ("", "Parade in Moskau"),
    ],
)
def test_the_title_is_what_the_publisher_shares_else_the_headline(head: str, title: str) -> None:
    assert extract_page(page(head).encode(), URL).title == title


def test_without_a_headline_the_window_title_stands() -> None:
    html = page().replace("<h1>Parade in Moskau</h1>", "<h1> </h1>")

    assert extract_page(html.encode(), URL).title == "Parade | Zeitung"


@pytest.mark.parametrize(
    ("lang", "expected"),
    [(' lang="de-AT"', "de"), (' lang="EN"', "en"), (' lang="x"', None), ("", None)],
)
def test_the_language_is_the_declared_one(lang: str, expected: str | None) -> None:
    assert extract_page(page(lang=lang).encode(), URL).language == expected


@pytest.mark.parametrize(
    "html",
    [
        b"",
        b"   ",
        b"\x00\x01\x02",
        b"%PDF-1.7 and then some",
        b"<html><body></body></html>",
        b'{"json": true}',
    ],
)
def test_a_page_without_an_article_is_told(html: bytes) -> None:
    with pytest.raises(NotAnArticle):
        extract_page(html, URL)


@settings(max_examples=60)
@given(st.binary() | st.text(alphabet="<>/aehlmpt\"'= !-[]&;#1ä\x00").map(str.encode))
def test_any_bytes_are_an_article_or_none(html: bytes) -> None:
    try:
        article = extract_page(html, URL, "text/html; charset=\x00")
    except NotAnArticle:
        return
    assert article.text


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ({"isAccessibleForFree": False}, True),
        ({"isAccessibleForFree": "False"}, True),
        ({"isAccessibleForFree": ["False"]}, True),
        ({"isAccessibleForFree": "http://schema.org/False"}, True),
        ({"@graph": [{"@type": "WebSite"}, {"isAccessibleForFree": "false"}]}, True),
        ([{"hasPart": {"isAccessibleForFree": False, "cssSelector": ".more"}}], True),
        ({"isAccessibleForFree": True, "hasPart": {"isAccessibleForFree": False}}, False),
        ({"itemListElement": [{"isAccessibleForFree": False}]}, False),
        ({"isAccessibleForFree": "True"}, False),
        ({"isAccessibleForFree": None}, False),
        ({}, False),
        ("False", False),
    ],
)
def test_the_publisher_says_whether_a_page_is_free(data: object, expected: bool) -> None:
    assert extract_page(page(linked(data)).encode(), URL).paywalled is expected


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        ('{"isAccessibleForFree": "false", oops}', True),
        ('{"isAccessibleForFree": true, oops}', False),
        ("[" * 100_000, False),
        ("", False),
    ],
)
def test_a_broken_block_is_searched_for_the_words(block: str, expected: bool) -> None:
    assert paywalled([block]) is expected


@dataclass(frozen=True)
class Served:
    """A fetcher that has one page."""

    body: bytes
    content_type: str = "text/html; charset=utf-8"
    url: str = URL
    tdm_reservation: str = ""

    async def page(self, url: str, rank: Rank = Rank.PAGE) -> "Served":
        if url != self.url:
            raise Refused(404)
        return self


async def read(served: Served, workers: Workers) -> Extracted:
    return await ArticleReader(served, workers, SOON, "Ausguck/1", lambda: NOW).read(URL)


@pytest.fixture
async def workers() -> AsyncIterator[Workers]:
    workers = Workers(limit=1)
    yield workers
    await workers.close()


async def test_a_page_is_fetched_and_read_in_a_worker(workers: Workers) -> None:
    article = await read(Served(page().encode()), workers)

    assert isinstance(article, Extracted)
    assert article.title == "Parade in Moskau"


async def test_a_page_without_text_is_no_article_out_of_the_worker_too(workers: Workers) -> None:
    with pytest.raises(NotAnArticle, match="no article's text"):
        await read(Served(b"<html><body></body></html>"), workers)


async def test_the_daemon_itself_does_without_the_parsers() -> None:
    program = """
import sys, bot.articles.read, bot.feeds.parse
print(sorted({"trafilatura", "feedparser"} & set(sys.modules)))
"""
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", program, stdout=PIPE)

    assert (await process.communicate())[0] == b"[]\n"


@pytest.mark.parametrize("kind", ["application/pdf", "video/mp4", "IMAGE/PNG; x=y"])
async def test_what_is_no_page_is_not_read(workers: Workers, kind: str) -> None:
    with pytest.raises(NotAnArticle, match=f"{kind.partition(';')[0].lower()} is no page"):
        await read(Served(page().encode(), kind), workers)


async def test_a_page_by_its_type_or_without_one_is_read(workers: Workers) -> None:
    for kind in ("", "text/html", "Text/HTML;charset=utf-8", "application/xhtml+xml"):
        assert (await read(Served(page().encode(), kind), workers)).text


@pytest.mark.corpus
@pytest.mark.skipif(not PAGES.is_dir(), reason=f"no corpus at {PAGES}")
async def test_real_pages_are_read_as_their_readers_expect() -> None:
    lines = (PAGES / "manifest.jsonl").read_text(encoding="utf-8").splitlines()
    known = [json.loads(line) for line in lines][::16]
    workers = Workers(limit=2)
    hits = wanted = noise = unwanted = 0
    for entry in known:
        html = gzip.decompress((PAGES / entry["gz"]).read_bytes())
        article = await workers.run(extract_page, html, None, "", deadline=SOON)
        text = " ".join(article.text.split())
        hits += sum(" ".join(part.split()) in text for part in entry["with"])
        noise += sum(" ".join(part.split()) in text for part in entry["without"])
        wanted += len(entry["with"])
        unwanted += len(entry["without"])
    await workers.close()

    assert hits / wanted > 0.85
    assert noise / unwanted < 0.15
