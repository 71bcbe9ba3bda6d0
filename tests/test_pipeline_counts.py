"""What the pipeline counts while it polls and reads."""

from datetime import timedelta

import pytest

from bot.counts import Counts
from bot.errors import (
    Held,
    NotAnArticle,
    Refused,
    SourceError,
    TooBig,
    WorkerDied,
    WorkerError,
)
from bot.pipeline.tools import kind
from tests.pipeline_kit import NEWS, WEATHER, World, followed
from tests.publisher_kit import Answer, Item, page

pytestmark = pytest.mark.asyncio(loop_scope="module")

MINUTE = timedelta(minutes=1)


def counted(world: World) -> Counts:
    return world.pipeline._tools.counts


async def test_polls_are_counted_by_outcome(world: World) -> None:
    await world.follow()
    world.publish(Item("a"))
    await world.poll()
    await world.poll()
    world.site.answers["/feed.xml"] = Answer(status=500)
    await world.poll()

    assert counted(world).polls == {"ok": 2, "unchanged": 1, "error": 1}


async def test_pages_are_counted_by_what_came_of_them(world: World) -> None:
    await world.follow()
    world.site.answers["/a"], world.site.answers["/b"] = page(NEWS), Answer(status=404)
    world.publish(Item("a"), Item("b"))
    await world.poll()

    assert counted(world).pages == {"article": 1, "refused": 1}


async def test_an_article_counts_once_for_a_list_however_often_it_is_read(world: World) -> None:
    await followed(world, Answer(status=503), Item("a", "Nordkorea", NEWS))
    world.site.answers["/a"] = page(NEWS)
    world.now += timedelta(hours=1)
    assert await world.read_due() == 1
    world.publish(Item("a", "Nordkorea am Abend", NEWS))
    await world.poll()

    assert counted(world).matches == {"nordkorea": 1}


async def test_what_matches_nothing_counts_for_none(world: World) -> None:
    await followed(world, page(WEATHER))

    assert counted(world).matches == {}


async def test_the_time_to_discovery_is_counted_once_of_what_is_new_and_dated(
    world: World,
) -> None:
    world.publish(Item("old", dated=world.now - timedelta(days=1)))
    await world.add_feed()
    await world.poll()
    world.now += 10 * MINUTE
    news = [Item("new", dated=world.now - 4 * MINUTE), Item("undated")]
    world.site.answers["/new"] = Answer(status=503)
    world.publish(Item("old", dated=world.now - timedelta(days=1)), *news)
    await world.poll()
    world.now += timedelta(hours=1)
    await world.read_due()

    discovery = counted(world).discovery
    assert sum(discovery.counts) == 1
    assert discovery.total == 240


@pytest.mark.parametrize(
    ("error", "word"),
    [
        (NotAnArticle(), "not_an_article"),
        (Refused(404), "refused"),
        (TooBig(), "too_big"),
        (Held("a.example", MINUTE), "held"),
        (WorkerDied(), "worker_died"),
    ],
)
async def test_an_error_is_counted_by_its_name(error: SourceError | WorkerError, word: str) -> None:
    assert kind(error) == word
