"""One alert per story, whichever of its articles is read, and read again, in which order."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
import pytest_asyncio

from bot.config import Config
from bot.workers import Workers
from tests.pipeline_kit import NEWS, a_world
from tests.publisher_kit import Item, page

pytestmark = pytest.mark.asyncio(loop_scope="module")

TITLE = "Nordkoreas Soldaten auf dem Roten Platz"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def workers() -> AsyncIterator[Workers]:
    workers = Workers()
    yield workers
    await workers.close()


async def test_the_article_that_opened_a_story_is_no_second_alert_when_it_matches_later(
    tmp_path: Path, workers: Workers
) -> None:
    async with a_world(tmp_path, workers) as world:
        world.configure(Config())
        await world.subscribe("siegesparade")
        await world.follow("feed", "other")
        first, copy = Item("a", TITLE, link="/a"), Item("b", TITLE, link="/b")
        world.site.answers["/b"] = page(f"{NEWS} Es war eine Siegesparade.", TITLE)
        world.publish(first)
        await world.poll()
        world.publish(copy, feed="other")
        await world.poll("other")
        assert [len(alerts) for alerts in await world.told()] == [1]

        world.now += timedelta(minutes=20)
        world.site.answers["/a"] = page(f"{NEWS} Man sah eine Siegesparade.", TITLE)
        world.publish(Item("a", TITLE, "Mit neuen Einzelheiten", link="/a"))
        await world.poll()

        assert [len(alerts) for alerts in await world.told()] == [2]


@pytest.mark.parametrize(("title", "expected"), [(TITLE, [2]), (f"Berichtigung: {TITLE}", [1, 1])])
async def test_a_correction_of_what_still_waits_is_a_message_of_its_own(
    tmp_path: Path, workers: Workers, title: str, expected: list[int]
) -> None:
    async with a_world(tmp_path, workers) as world:
        world.configure(Config())
        await world.subscribe("nordkorea")
        await world.follow("feed", "other")
        world.site.answers["/b"] = page(NEWS, title)
        world.publish(Item("a", TITLE, link="/a"))
        await world.poll()
        world.publish(Item("b", title, link="/b"), feed="other")
        await world.poll("other")

        assert [len(alerts) for alerts in await world.told()] == expected
