"""The status page in real Chromium, in which no script runs."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import pytest_asyncio

from bot.pipeline import archive
from tests.browser import CHROMIUM, Tab, browsing
from tests.page_kit import newsroom, sicken, the_page
from tests.store_kit import opened
from tests.web_kit import serving

pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed"),
    pytest.mark.asyncio(loop_scope="module"),
]
PHONE, DESK = 360, 1200


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def tab() -> AsyncIterator[Tab]:
    async with browsing() as tab:
        yield tab


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def site(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[str]:
    async with shown(tmp_path_factory.mktemp("site")) as address:
        yield address


@asynccontextmanager
async def shown(folder: Path) -> AsyncIterator[str]:
    """A newsroom's page with all that can stand on it, and long words in it."""
    async with opened(folder) as store:
        await newsroom(store)
        await archive.catch_up(store)
        await sicken(store)
        lists = {"nordkorea": f"@label {'Donaudampfschifffahrt' * 3}\nNordkorea\n"}
        async with serving(routes=the_page(store, lists).routes) as client:
            yield str(client.base_url)


@pytest.mark.parametrize("way", ["", "?q=Siegesparade", "?q=Nord+%26+(x", "?q=" + "wort" * 120])
async def test_nothing_has_to_be_scrolled_sideways_on_a_phone(
    tab: Tab, site: str, way: str
) -> None:
    await tab.show(f"{site}{way}", PHONE)

    assert await tab.width() == PHONE


async def test_it_is_dark_where_the_reader_wants_it_dark(tab: Tab, site: str) -> None:
    grounds = []
    for dark in (False, True):
        await tab.show(site, DESK, dark=dark)
        grounds.append(await tab.style("body", "background-color"))

    assert grounds == ["rgb(250, 249, 247)", "rgb(18, 23, 27)"]


async def test_it_works_without_a_script_and_breaks_no_rule_of_its_own_policy(
    tab: Tab, site: str
) -> None:
    await tab.show(site, DESK)

    assert tab.complaints == []
    assert await tab.style(".verdict", "color") == "rgb(179, 38, 30)"
    assert await tab.style(".spark rect", "fill") == "rgb(156, 195, 211)"
    assert await tab.style("table", "display") == "table"


async def test_what_is_wrong_stands_above_all_else_also_on_a_phone(tab: Tab, site: str) -> None:
    await tab.show(site, PHONE)

    places = [await top(tab, selector) for selector in (".verdict", ".alarm", ".figures", "table")]
    assert places == sorted(places)


async def top(tab: Tab, selector: str) -> float:
    root = (await tab.ask("DOM.getDocument"))["root"]["nodeId"]
    node = (await tab.ask("DOM.querySelector", nodeId=root, selector=selector))["nodeId"]
    model = (await tab.ask("DOM.getBoxModel", nodeId=node))["model"]
    return float(model["border"][1])
