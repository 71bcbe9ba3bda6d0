"""Hostile pages, by the numbers of the research: over HTTP, through the whole intake."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import pytest_asyncio

from bot.config import Config
from bot.config.sections import ArticlesSection
from bot.store import feeds
from bot.workers import Workers
from tests.harness import until
from tests.hostile_kit import HTML, Assault, an_assault, unending
from tests.pipeline_kit import NEWS, WEATHER
from tests.publisher_kit import FILLER, Item, page, rss
from tests.store_kit import HOUR

pytestmark = pytest.mark.asyncio(loop_scope="module")

TEASER = "Der Anriss der Meldung, wie ihn der Feed selbst mitbringt."
PUR = (
    "<html lang=de><title>Nordkorea heute</title><body><h1>Weiterlesen mit Werbung oder im PUR-Abo"
    "</h1><p>Nordkorea heute mit Werbung und Tracking nutzen: Wir und unsere 205 Partner "
    "verarbeiten Ihre Daten. Ihre Zustimmung können Sie jederzeit widerrufen.</p><p>Oder nutzen "
    "Sie unser Angebot werbefrei im PUR-Abo für 4,99 Euro im Monat. Sie sind bereits PUR-Abonnent? "
    "Hier anmelden.</p></body></html>"
).encode()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def workers() -> AsyncIterator[Workers]:
    workers = Workers(limit=1)
    yield workers
    await workers.close()


@pytest_asyncio.fixture(loop_scope="module")
async def assault(tmp_path: Path, workers: Workers) -> AsyncIterator[Assault]:
    async with an_assault(tmp_path, workers) as assault:
        await assault.follow()
        yield assault


async def read(assault: Assault, title: str = "Eine Meldung", link: str | None = None) -> None:
    await assault.poll_items(Item("a", title, TEASER, link=link))


async def stands_in(assault: Assault) -> None:
    """The feed's own text was read in the page's place, and nothing is told."""
    assert await assault.world.article() == ("feed", TEASER)
    assert await assault.world.titles() == []


# 27: what stands in the article's place.


async def test_hostile_27_a_wall_in_the_articles_place(assault: Assault) -> None:
    assault.evil.serve("/a", PUR, kind=HTML)

    await read(assault)

    await stands_in(assault)


@pytest.mark.parametrize("wall", ["/consent-a-?targetUrl=x", "/zustimmung?url=x"])
async def test_hostile_27_a_redirect_to_a_wall(assault: Assault, wall: str) -> None:
    assault.evil.redirect("/a", wall)
    assault.evil.serve(wall, page(NEWS).body, kind=HTML)

    await read(assault)

    await stands_in(assault)


@pytest.mark.parametrize("said", ['"False"', "false", "[false]", '["False", "True"]'])
async def test_hostile_27_a_page_that_is_not_free(assault: Assault, said: str) -> None:
    data = f'<script type="application/ld+json">{{"isAccessibleForFree": {said}}}</script>'
    body = page(f"{WEATHER} Nordkorea").body.replace(b"<title>", data.encode() + b"<title>", 1)
    assault.evil.serve("/a", body, kind=HTML)

    await read(assault)

    await stands_in(assault)


async def test_hostile_27_a_link_of_google_news(assault: Assault) -> None:
    item = Item("a", "Nordkorea feiert", TEASER)
    body = rss(assault.evil.base, [item]).replace(
        f"{assault.evil.base}/a".encode(), b"https://news.google.com/rss/articles/CBMiX?oc=5"
    )

    await assault.poll(body)

    assert await assault.world.titles() == ["Nordkorea feiert"]
    assert await assault.world.article() == ("feed", TEASER)
    assert (await assault.world.reasons())[0][0] == "now"


# 28: what is no page, or too much of one.

ROWS = b"<tr><td>Nordkorea" * 290_000


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"%PDF-1.7 Nordkorea", "application/pdf"),
        (b"%PDF-1.7 Nordkorea", HTML),
        (b"\0\0\0\x20ftypmp42 Nordkorea", "video/mp4"),
        (b"\0\0\0\x20ftypmp42 Nordkorea" + bytes(9_000), HTML),
        (b"", HTML),
        (page(NEWS).body, "application/json"),
    ],
    ids=["PDF", "PDF as page", "video", "video as page", "empty", "page as data"],
)
async def test_hostile_28_what_is_no_page(assault: Assault, body: bytes, kind: str) -> None:
    assault.evil.serve("/a", body, kind=kind)

    await read(assault)

    await stands_in(assault)


async def test_hostile_28_a_page_of_fifty_megabytes(assault: Assault) -> None:
    body = page(NEWS).body
    sent = 0

    def pieces() -> Iterator[bytes]:
        nonlocal sent
        for _ in range(50):
            sent += 1
            yield b"<p>Nordkorea</p>" * 62_500

    assault.evil.answers["/a"] = unending(body, pieces(), f"Content-Type: {HTML}")

    await read(assault)

    await stands_in(assault)
    assert sent < 20


async def test_hostile_28_a_table_of_a_million_cells(assault: Assault) -> None:
    quick = ArticlesSection(deadline=timedelta(seconds=0.2))
    assault.world.configure(Config(articles=quick))
    assault.evil.serve("/a", b"<html><table>" + ROWS, kind=HTML)

    await read(assault)

    await stands_in(assault)


async def test_hostile_28_a_cell_that_spans_nine_quadrillion_columns(assault: Assault) -> None:
    table = b"<table><tr><td colspan=9007199254740991 rowspan=9007199254740991>x</td></tr></table>"
    body = page(NEWS).body.replace(b"</article>", table + b"</article>")
    assault.evil.serve("/a", body, kind=HTML)

    await read(assault, "Ein Titel")

    assert await assault.world.titles() == ["Ein Titel"]


async def test_hostile_28_a_page_as_deep_as_the_sea(assault: Assault) -> None:
    quick = ArticlesSection(deadline=timedelta(seconds=2))
    assault.world.configure(Config(articles=quick))
    assault.evil.serve("/a", b"<div>" * 200_000 + b"<p>Nordkorea", kind=HTML)

    await read(assault)

    await stands_in(assault)


# 29: what stands beside the article.

SIDEBAR = "<aside class=sidebar><h3>Mehr zum Thema</h3><a href=/x>Nordkorea feiert</a></aside>"
COMMENTS = (
    "<section id=comments class=comments><h2>Kommentare</h2><div class=comment>"
    "<p>Und was ist mit Nordkorea, fragt sich der Leser.</p></div></section>"
)
READ_ALSO = "<p><strong>Lesen Sie auch:</strong> <a href=/x>Nordkorea stellt Truppen auf</a></p>"


@pytest.mark.parametrize("beside", [SIDEBAR, COMMENTS, READ_ALSO], ids=["side", "comments", "also"])
async def test_hostile_29_the_keyword_beside_the_article(assault: Assault, beside: str) -> None:
    paragraphs = "".join(f"<p>{WEATHER} {FILLER}</p>" for _ in range(5))
    inside = READ_ALSO if beside is READ_ALSO else ""
    outside = "" if inside else beside
    html = (
        f"<html lang=de><title>Wetter</title><body><main><article><h1>Wetter</h1>{paragraphs}"
        f"{inside}<p>{WEATHER}</p></article></main>{outside}</body></html>"
    )
    assault.evil.serve("/a", html.encode(), kind=HTML)

    await read(assault)

    source, text = await assault.world.article()
    assert source == "page"
    assert WEATHER in text
    assert await assault.world.titles() == []


# 30: a worker that dies.

PAGES = 50


def working(workers: Workers) -> dict[int, int]:
    """The processes that are at work, and their how-manieth task it is."""
    return {worker._process.pid: worker.tasks for worker in workers._busy if worker.alive}


def well_under_way(workers: Workers) -> int | None:
    return next((pid for pid, tasks in working(workers).items() if tasks > 4), None)


async def abort_one(workers: Workers) -> None:
    """Have a worker end as it does when its memory is corrupt."""
    victim = await until(lambda: well_under_way(workers), "a worker that is at work")
    assert victim is not None
    os.kill(victim, signal.SIGABRT)
    await until(lambda: victim not in working(workers), "its end")


async def test_hostile_30_workers_that_are_killed_lose_no_page(tmp_path: Path) -> None:
    workers = Workers(limit=2)
    async with an_assault(tmp_path, workers) as assault:
        await assault.follow()
        items = [Item(str(n), f"Meldung {n}") for n in range(PAGES)]
        for n in range(PAGES):
            assault.evil.serve(f"/{n}", page(NEWS).body, kind=HTML)
        assault.evil.serve("/feed.xml", rss(assault.evil.base, items))
        async with assault.world.store.write() as tx:
            [feed] = await feeds.claim_all(tx, assault.world.now, HOUR, assault.world.url())
        ids = (await assault.world.pipeline.poll(feed)).entry_ids
        batches = await assault.world.pipeline.batches(ids)
        reading = asyncio.gather(*map(assault.world.pipeline.read, batches))

        for _ in range(3):
            await abort_one(workers)
        await reading

        found = await assault.world.matched()
        assert {each.article.text_from for each in found} == {"page"}
        assert len(await assault.world.titles()) == PAGES
        assert {assault.evil.asked[f"/{n}"] for n in range(PAGES)} == {1}
    await workers.close()
