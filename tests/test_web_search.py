"""The search of the page, where it cannot answer, and where there is much to show."""

from collections.abc import AsyncIterator
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.model import Article
from bot.pipeline import archive
from bot.store import Store, entries
from bot.web.reader import reader
from bot.web.search import Search
from tests.apart import apart
from tests.archive_kit import damage
from tests.page_kit import newsroom
from tests.store_kit import MINUTE, NOW, a_feed, an_entry, opened

READER = reader({}, "de", ZoneInfo("Europe/Berlin"), NOW)


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    async with opened(tmp_path) as store:
        await newsroom(store)
        await archive.catch_up(store)
        yield store


async def test_a_search_that_takes_too_long_is_given_up_with_advice(store: Store) -> None:
    page, status = await Search(store, patience=0).page({"q": "Museum"}, READER)

    assert status == 503
    assert page.title == "Die Suche dauert zu lange. Suchen Sie genauer oder weniger weit zurück."


async def test_who_searches_while_too_many_do_is_asked_to_come_back(store: Store) -> None:
    page, status = await Search(store, at_once=0).page({"q": "Museum"}, READER)

    assert status == 503
    assert "gleich noch einmal" in page.title


async def test_a_damaged_index_is_said_and_mended(store: Store) -> None:
    search = Search(store)
    await damage(store)

    page, status = await search.page({"q": "Museum"}, READER)
    await archive.catch_up(store)
    again, _ = await search.page({"q": "Museum"}, READER)

    assert (status, "wird neu angelegt" in page.title) == (503, True)
    assert [row.outlets for row in again.found] == ["Elbe-Kurier"]


async def test_pages_follow_each_other_without_a_gap(store: Store) -> None:
    async with store.write() as tx:
        feed = await a_feed(tx, "https://acker.example/feed.xml", "Acker")
        for n in range(45):
            entry = await an_entry(
                tx, feed, f"w{n}", published=NOW - n * MINUTE, link=f"https://acker.example/{n}"
            )
            article = Article(f"Weizen {n}", f"Der Weizen ist teuer. {apart(n)}", "page", "de")
            await entries.keep_articles(tx, [(entry, article)], NOW)
    await archive.catch_up(store)
    search = Search(store)

    pages = [
        (await search.page({"q": "Weizen", "page": str(number)}, READER))[0] for number in (1, 2, 3)
    ]

    titles = ["".join(part.text for part in row.title) for page in pages for row in page.found]
    assert titles == [f"Weizen {n}" for n in range(45)]
    assert [bool(page.newer) for page in pages] == [False, True, True]
    assert [bool(page.older) for page in pages] == [True, True, False]
    assert pages[0].older == "?q=Weizen&days=7&page=2"
    assert [part.marked for part in pages[0].found[0].title] == [True, False]
