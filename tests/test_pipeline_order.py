"""Pages that wait for their host: which is first, and what is told before it is read."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from bot.store import subscriptions
from bot.store.schema import entries
from bot.workers import Workers
from tests.harness import until
from tests.pipeline_kit import NEWS, WEATHER, World, a_world
from tests.publisher_kit import Answer, Item, page

MINUTE = timedelta(minutes=1)


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    workers = Workers(limit=1)
    async with a_world(tmp_path, workers) as world:
        await world.subscribe("nordkorea")
        yield world
    await workers.close()


# Several pages of a host.


async def test_of_the_pages_that_wait_for_a_host_the_one_whose_teaser_matches_is_first(
    world: World,
) -> None:
    await world.follow()
    world.publish(Item("first"), Item("weather"), Item("news", "Parade", NEWS))
    ids = await world.found()

    await asyncio.gather(*map(world.pipeline.read, await world.pipeline.batches(ids)))

    pages = [path for path in world.site.asked if path in {"/first", "/weather", "/news"}]
    assert pages == ["/first", "/news", "/weather"]


# An alert that does not wait for its page.


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Alerts wait for no page that is not there at once."""
    monkeypatch.setattr("bot.pipeline.read.EARLY", timedelta(0))


async def held_up(
    world: World, item: Item, text: str = f"{WEATHER} {NEWS}"
) -> "asyncio.Task[None]":
    """Follow a feed that lists an entry whose page does not answer yet; return its reading."""
    await world.follow()
    world.site.answers["/a"] = page(text)
    world.site.held.add("/a")
    world.publish(item)
    [batch] = await world.pipeline.batches(await world.found())
    return asyncio.create_task(world.pipeline.read(batch))


@pytest.mark.usefixtures("impatient")
async def test_an_alert_by_the_teaser_does_not_wait_for_a_page_that_takes_long(
    world: World,
) -> None:
    reading = await held_up(world, Item("a", "Eilmeldung", NEWS))

    await until(lambda: world.site.asked["/a"], "the request")
    [[alert]] = await world.told_soon()
    assert alert.found.article.text_from == "feed"

    world.site.release("/a")
    await reading
    assert await world.titles() == ["Eilmeldung"]
    assert (await world.article())[0] == "page"


@pytest.mark.usefixtures("impatient")
async def test_an_alert_by_the_teaser_that_was_sent_is_changed_when_the_page_is_read(
    world: World,
) -> None:
    reading = await held_up(world, Item("a", "Eilmeldung", NEWS))
    await world.told_soon()
    await world.send_all()

    world.site.release("/a")
    await reading

    assert await world.kinds() == ["alert", "edit"]


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("query", ["Nordkorea\n-Wetter", "Nordkorea & !Wetter"])
async def test_an_alert_by_the_teaser_that_waits_when_its_page_excludes_it_is_not_sent(
    world: World, query: str
) -> None:
    world.watch(query)
    reading = await held_up(world, Item("a", "Eilmeldung", NEWS))
    await world.told_soon()

    world.site.release("/a")
    await reading

    assert await world.titles() == []


@pytest.mark.usefixtures("impatient")
async def test_an_alert_by_the_teaser_is_sent_though_its_page_does_not_say_so(
    world: World,
) -> None:
    reading = await held_up(world, Item("a", "Eilmeldung", NEWS), WEATHER)
    await world.told_soon()

    world.site.release("/a")
    await reading

    assert await world.titles() == ["Eilmeldung"]
    assert (await world.article())[1].startswith(NEWS)


@pytest.mark.usefixtures("impatient")
async def test_what_only_the_page_says_is_told_when_it_is_read(world: World) -> None:
    reading = await held_up(world, Item("a", "Eilmeldung", WEATHER))
    await until(lambda: world.site.asked["/a"], "the request")
    assert await world.told() == []

    world.site.release("/a")
    await reading

    assert await world.titles() == ["Eilmeldung"]


async def test_a_list_that_is_renamed_while_a_page_is_read_loses_no_alert(world: World) -> None:
    reading = await held_up(world, Item("a", "Eilmeldung", WEATHER))
    await until(lambda: world.site.asked["/a"], "the request")
    world.watch("nordkorea", name="korea")
    async with world.store.write() as tx:
        await subscriptions.rename(tx, "nordkorea", "korea")

    world.site.release("/a")
    await reading

    assert await world.titles() == ["Eilmeldung"]


async def test_a_teaser_that_changed_meanwhile_is_not_told(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.pipeline.read.EARLY", timedelta(seconds=0.2))
    reading = await held_up(world, Item("a", "Eilmeldung", NEWS))
    await until(lambda: world.site.asked["/a"], "the request")
    async with world.store.write() as tx:
        await tx.execute(update(entries).values(digest="another"))
    await asyncio.sleep(0.4)

    world.site.release("/a")
    await reading

    assert await world.titles() == []


# A host that asks to be left alone.


async def test_a_page_of_a_host_that_asked_to_be_left_alone_loses_no_try(world: World) -> None:
    wait = {"Retry-After": "3600"}
    await world.follow()
    world.site.answers["/a"] = Answer(status=429, headers=wait)
    world.site.answers["/b"] = page(NEWS)
    world.publish(Item("a", "Eine Meldung"), Item("b", "Eilmeldung"))
    await world.poll()

    for _ in range(5):
        world.now += 20 * MINUTE
        await world.read_due()

    assert (world.site.asked["/a"], world.site.asked["/b"]) == (1, 0)
    assert await world.tried("b") == 0
