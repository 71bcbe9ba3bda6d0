"""What the schedule holds for work that the database has undone is given back: all of it."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

import pytest
from sqlalchemy import event, select
from sqlalchemy.exc import OperationalError

from bot.config import Config
from bot.pipeline import Pipeline
from bot.schedule import Schedule
from bot.store import Trouble
from bot.store.entries import Waiting
from bot.store.schema import entries
from tests.harness import until
from tests.pipeline_kit import World
from tests.publisher_kit import Item

pytestmark = pytest.mark.asyncio(loop_scope="module")


class Failing(Pipeline):
    """A pipeline whose reads come to nothing, each when its time has come."""

    def __init__(self, world: World, turns: Callable[[int], Awaitable[object]]) -> None:
        super().__init__(world._tools, Config())
        self._turns = turns

    async def read(self, batch: Sequence[Waiting]) -> None:
        await self._turns(batch[0].id)
        raise OperationalError("", {}, Exception("disk I/O error"))


async def nothing() -> None:
    """There are no chores."""


async def held(world: World) -> int:
    """Return how many entries somebody holds."""
    async with world.store.read() as connection:
        which = select(entries.c.id).where(entries.c.lease_until.is_not(None))
        return len((await connection.scalars(which)).all())


async def test_a_read_that_fails_while_others_are_given_back_is_given_back_as_well(
    world: World,
) -> None:
    await world.follow()
    world.publish(Item("k1", "Nordkorea"), Item("k2", "Nordkorea"))
    first, _ = await world.found()
    later = asyncio.Event()

    async def turn(entry_id: int) -> None:
        if entry_id != first:
            await later.wait()

    schedule = Schedule(world.store, Failing(world, turn), 1, nothing, lambda: world.now)
    await schedule.tick()
    await until(lambda: len(schedule._stranded[1]) == 1, "the first one")

    def fail_now(_c: object, _cursor: object, sql: str, *_: object) -> None:
        if sql.startswith("UPDATE entries SET lease_until"):
            later.set()

    engine = world.store._engine.sync_engine
    world.store.trouble = Trouble("failing", world.now)
    event.listen(engine, "before_cursor_execute", fail_now)
    await schedule._give_back()
    event.remove(engine, "before_cursor_execute", fail_now)
    assert await held(world) == 1
    await schedule._give_back()

    assert await held(world) == 0


async def test_entries_that_were_taken_and_could_not_be_looked_up_are_given_back(
    world: World,
) -> None:
    class Unread(Pipeline):
        async def batches(self, entry_ids: Sequence[int]) -> Sequence[Sequence[Waiting]]:
            raise OperationalError("", {}, Exception("disk I/O error"))

    await world.follow()
    world.publish(Item("k1", "Nordkorea"))
    await world.found()
    pipeline = Unread(world._tools, Config())
    schedule = Schedule(world.store, pipeline, 1, nothing, lambda: world.now)

    with pytest.raises(OperationalError):
        await schedule.tick()
    assert await held(world) == 1
    await schedule._give_back()

    assert await held(world) == 0
