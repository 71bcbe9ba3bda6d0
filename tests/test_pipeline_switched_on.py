"""A list that is switched on, or a pause that ends, between two readings of the same page."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.workers import Workers
from tests.pipeline_kit import World, a_world, followed
from tests.publisher_kit import Item, page, short

AGAIN = timedelta(minutes=10)
SHORT = "Soldaten aus Nordkorea ziehen an diesem Mittwoch über den Roten Platz. Näheres ist offen."
STUB = SHORT.replace(" aus Nordkorea", "")


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    """Nobody has a list on."""
    workers = Workers(limit=1)
    async with a_world(tmp_path, workers) as world:
        yield world
    await workers.close()


async def test_what_was_read_before_does_not_ring_when_it_is_only_read_once_more(
    world: World,
) -> None:
    await followed(world, short(SHORT))
    await world.subscribe("nordkorea")

    world.now += AGAIN
    assert await world.read_due() == 1

    assert await world.titles() == []


async def test_what_came_in_a_pause_does_not_ring_after_it(world: World) -> None:
    await world.subscribe("nordkorea")
    await world.set_state("paused")
    await followed(world, short(SHORT))
    await world.set_state("active")

    world.now += AGAIN
    assert await world.read_due() == 1

    assert await world.titles() == []


async def test_what_its_publisher_changes_after_that_is_told(world: World) -> None:
    await followed(world, short(SHORT))
    await world.subscribe("nordkorea")
    world.site.answers["/a"] = page(SHORT)
    world.publish(Item("a", "Eilmeldung, ergänzt"))

    await world.poll()

    assert await world.titles() == ["Eilmeldung, ergänzt"]


async def test_a_page_that_matches_only_when_it_is_read_again_is_told(world: World) -> None:
    await world.subscribe("nordkorea")
    await followed(world, short(STUB))
    world.site.answers["/a"] = short(SHORT)

    world.now += AGAIN
    await world.read_due()

    assert await world.titles() == ["Eilmeldung"]
