"""While the database cannot be written no feed is charged for it, and nothing that came is lost."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from bot.store import DatabaseTrouble, feeds
from tests.pipeline_kit import World
from tests.publisher_kit import Item
from tests.store_kit import HOUR

pytestmark = pytest.mark.asyncio(loop_scope="module")


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Another program holds the database."""
    with closing(sqlite3.connect(folder / "ausguck.db", isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield
        other.execute("ROLLBACK")


async def claimed_poll(world: World, tmp_path: Path) -> tuple[str, str | None]:
    """Poll the feed while the database is held; it was claimed before."""
    async with world.store.write() as tx:
        [feed] = await feeds.claim_all(tx, world.now, HOUR, world.url())
    with held(tmp_path):
        polled = await world.pipeline.poll(feed)
    await world.store.mended()
    async with world.store.write() as tx:
        await feeds.let_go(tx, [feed.id])  # as the schedule does
    return polled.status, polled.error


async def test_a_poll_that_cannot_be_kept_is_none_and_its_news_comes_with_the_next(
    world: World, tmp_path: Path
) -> None:
    await world.follow()
    world.publish(Item("k1", "Nordkorea"))

    status, error = await claimed_poll(world, tmp_path)

    assert status == "unsaved"
    assert error is not None
    assert "another program holds it" in error
    assert (await world.feed()).error is None
    polled = await world.poll()
    assert (polled.status, polled.new) == ("ok", 1)
    assert await world.titles() == ["Nordkorea"]


async def test_what_cannot_be_read_into_a_database_that_is_held_is_read_later(
    world: World, tmp_path: Path
) -> None:
    await world.follow()
    world.publish(Item("k1", "Nordkorea"))
    [entry_id] = await world.found()

    with held(tmp_path), pytest.raises(DatabaseTrouble):
        await world.read(entry_id)
    await world.store.mended()

    assert await world.read_due() == 1
    assert await world.titles() == ["Nordkorea"]
