"""Another configuration takes effect on what is polled and read from then on."""

from datetime import timedelta

import pytest

from bot.config import Config
from bot.config.sections import ArticlesSection, PollSection, StoriesSection
from tests.pipeline_kit import NEWS, WEATHER, World
from tests.publisher_kit import Item, page

pytestmark = pytest.mark.asyncio(loop_scope="module")

HOUR = timedelta(hours=1)


async def test_pages_are_read_or_not_as_it_says_now(world: World) -> None:
    await world.follow()
    world.site.answers["/a"] = page(NEWS)
    world.publish(Item("a", teaser=WEATHER))
    await world.poll()
    assert (await world.article("a"))[0] == "page"

    without = Config(articles=ArticlesSection(fetch="never"), stories=StoriesSection(mode="off"))
    world.pipeline.reconfigure(without)
    world.site.answers["/b"] = page(NEWS)
    world.publish(Item("a", teaser=WEATHER), Item("b", teaser=WEATHER))
    await world.poll()

    assert (await world.article("b"))[0] == "feed"


async def test_feeds_are_planned_by_the_interval_of_now(world: World) -> None:
    await world.follow()
    every = PollSection(every=6 * HOUR, min=6 * HOUR, max=6 * HOUR)

    world.pipeline.reconfigure(Config(poll=every))
    await world.poll()

    assert (await world.feed()).next_due - world.now > 5 * HOUR
