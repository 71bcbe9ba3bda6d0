"""Real material, where it lies beside the project: nothing in it breaks, hangs or is misread."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from bot.feeds.opml import OutlineFeed, write_opml
from bot.text.german.rules import GermanRules
from tests.bench.corpus import GOLD, judged
from tests.cli_kit import Said, ausguck, exit_code
from tests.harness import ROOT

CORPUS = (ROOT / "../shared/corpus").resolve()
# Every so many of them in the suite, which takes seconds; 1 is all of them, which takes minutes.
EVERY_PAGE, EVERY_FEED = 9, 10

pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(not CORPUS.is_dir(), reason=f"there is no corpus at {CORPUS}"),
]

OFFLINE = {
    "AUSGUCK_NET__ALLOW": "127.0.0.0/8",
    "AUSGUCK_POLL__PER_HOST_GAP": "0",
    "AUSGUCK_ARTICLES__FETCH": "never",
}


def spans(watchlist: dict[str, Any]) -> list[dict[str, Any]]:
    return [span for query in watchlist["queries"] for span in query["spans"]]


def test_the_article_that_started_the_project_is_found_by_both_watchlists() -> None:
    seed = CORPUS / "seed" / "seed-article.txt"

    said = ausguck("match", "--json", seed, folder=ROOT)

    [row] = said.rows
    assert (said.code, row["id"]) == (0, seed.name)
    nordkorea, siegesparade = row["watchlists"]
    assert (nordkorea["name"], siegesparade["name"]) == ("nordkorea", "siegesparade")
    text = seed.read_bytes().decode("utf-8")
    for span in spans(nordkorea) + spans(siegesparade):
        assert text[span["start"] : span["end"]] == span["text"]
    words = {span["text"] for span in spans(nordkorea)}
    assert words == {
        *("Nordkorea", "Nordkoreas"),
        *("nordkoreanische", "nordkoreanischen", "nordkoreanischer"),
    }
    assert {span["text"] for span in spans(siegesparade)} == {
        *("Siegesparade", "Siegestag", "Siegestags"),
    }


@pytest.mark.parametrize(("query", "places"), [("Nordkorea", 9), ("Siegesparade", 1)])
def test_in_that_article_every_place_has_its_rule(query: str, places: int) -> None:
    seed = CORPUS / "seed" / "seed-article.txt"

    said = ausguck("match", "--json", "--query", query, seed, folder=ROOT)

    [row] = said.rows
    [watchlist] = row["watchlists"]
    assert len(spans(watchlist)) == places
    assert all(query in span["rule"] for span in spans(watchlist))


@pytest.mark.parametrize("gold", ["gold-dev", "ordinary-dev", "ordinary-test", "fresh-test"])
def test_precision_and_recall_on_judged_words_do_not_fall(gold: str) -> None:
    folder = CORPUS / "matching" if gold == "gold-dev" else GOLD
    places = judged(folder / f"{gold}.jsonl")
    rules = GermanRules()

    found = [each for each in places if rules.relation(each.keyword, each.span)]

    right = sum(each.counts for each in found)
    assert right / len(found) >= 0.98
    assert right / sum(each.counts for each in places) >= 0.97


def test_pages_as_publishers_write_them_are_read() -> None:
    pages = sorted((CORPUS / "pages").glob("*.html.gz"))[::EVERY_PAGE]

    said = ausguck("extract", "--json", *pages, folder=ROOT)

    assert (said.code, said.err) == (0, "")
    assert [row["file"] for row in said.rows] == [str(page) for page in pages]
    assert [row["file"] for row in said.rows if not row["text"]] == []


async def test_feeds_as_publishers_write_them_are_imported_and_polled(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for name, value in OFFLINE.items():
        monkeypatch.setenv(name, value)
    manifest = json.loads((CORPUS / "feeds" / "MANIFEST.json").read_text(encoding="utf-8"))
    recorded = {feed["file"]: feed for feed in manifest[::EVERY_FEED]}
    async with served({name: (CORPUS / "feeds" / name).read_bytes() for name in recorded}) as urls:
        outlines = [OutlineFeed(url, "") for url in urls]
        (tmp_path / "all.opml").write_bytes(write_opml(outlines))
        assert await asyncio.to_thread(exit_code, "feeds", "import", "all.opml") == 0
        assert capsys.readouterr() == (f"{len(urls)} added, 0 known already\n", "")
        assert await asyncio.to_thread(exit_code, "poll", "--all", "--json") == 0

    rows = Said(0, *capsys.readouterr()).rows
    assert {row["url"] for row in rows} == set(urls)
    for row in rows:
        assert (row["status"], row["error"]) == ("ok", None)
        # It counted none in JSON Feeds.
        assert row["entries"] >= recorded[row["url"].rpartition("/")[2]]["entries"]


@asynccontextmanager
async def served(bodies: dict[str, bytes]) -> AsyncIterator[list[str]]:
    """Serve feeds on this machine; give their addresses."""

    async def answer(request: web.BaseRequest) -> web.Response:
        return web.Response(body=bodies[request.path.lstrip("/")])

    runner = web.ServerRunner(web.Server(answer))
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        host, port = runner.addresses[0][:2]
        yield [f"http://{host}:{port}/{name}" for name in bodies]
    finally:
        await runner.cleanup()
