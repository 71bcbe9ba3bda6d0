"""Who keeps an eye on the token: hours of it, on a loop that jumps."""

import asyncio
import itertools
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import structlog
from structlog.testing import capture_logs

from bot.errors import ConfigError, Fault
from bot.telegram import keeper
from bot.telegram.keeper import Keeper, say_trouble
from bot.telegram.line import Line
from tests.jumping import now
from tests.virtual import virtually

START = datetime(2025, 5, 9, 8, 0, tzinfo=UTC)
OLD, NEW = "1:old", "2:new"


@dataclass
class Place:
    """Where the token is written, and Telegram, which takes it or does not."""

    written: str | None = OLD
    accepted: bool = True
    line: Line = field(default_factory=lambda: Line(START))
    asked: asyncio.Event = field(default_factory=asyncio.Event)
    reads: list[float] = field(default_factory=list)
    tries: list[float] = field(default_factory=list)

    def read(self) -> str:
        self.reads.append(self.loop.time())
        if self.written is None:
            raise ConfigError(Fault("token", "the file is gone"))
        return self.written

    async def attempt(self) -> bool:
        self.tries.append(now())
        return self.accepted

    def keep(self) -> "asyncio.Task[str]":
        self.loop = asyncio.get_running_loop()
        return asyncio.create_task(Keeper(self.line, self.read, self.attempt, self.asked).run(OLD))


async def ended(task: "asyncio.Task[Any]") -> None:
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


def test_another_token_is_found_within_seconds() -> None:
    async def work() -> None:
        place = Place()
        keeping = place.keep()
        await asyncio.sleep(60)
        assert not keeping.done()

        place.written, changed = NEW, now()

        assert await keeping == NEW
        assert now() - changed <= keeper.READ_EACH + 1
        assert place.tries == []

    virtually(work)


def test_asked_to_it_looks_at_once() -> None:
    async def work() -> None:
        place = Place()
        keeping = place.keep()
        await asyncio.sleep(3.5)

        place.written = NEW
        place.asked.set()

        assert await keeping == NEW
        assert now() < 4

    virtually(work)


def test_asked_in_vain_it_goes_on() -> None:
    async def work() -> None:
        place = Place()
        keeping = place.keep()
        await asyncio.sleep(0.5)
        reads = len(place.reads)

        place.asked.set()
        await asyncio.sleep(0.1)

        assert len(place.reads) == reads + 1
        assert not place.asked.is_set()
        await ended(keeping)

    virtually(work)


def test_a_token_that_cannot_be_read_is_tried_on() -> None:
    async def work() -> None:
        place = Place(written=None)
        keeping = place.keep()
        await asyncio.sleep(60)
        assert not keeping.done()

        place.written = NEW

        assert await keeping == NEW

    virtually(work)


def test_a_refused_token_is_tried_with_growing_pauses_of_a_minute_at_most() -> None:
    async def work() -> None:
        place = Place(accepted=False)
        place.line.was_barred(START)
        keeping = place.keep()

        await asyncio.sleep(600)

        pauses = [later - earlier for earlier, later in itertools.pairwise(place.tries)]
        assert pauses == sorted(pauses)
        assert pauses[0] <= 2
        assert 20 <= pauses[-1] <= keeper.LONGEST_PAUSE.total_seconds()
        await ended(keeping)

    virtually(work)


def test_a_token_that_is_taken_again_opens_the_line() -> None:
    async def work() -> None:
        place = Place(accepted=False)
        place.line.was_barred(START)
        keeping = place.keep()
        await asyncio.sleep(10)
        assert len(place.tries) > 1

        place.accepted = True
        await asyncio.sleep(keeper.LONGEST_PAUSE.total_seconds())

        assert place.line.is_open
        tried = len(place.tries)
        await asyncio.sleep(600)
        assert len(place.tries) == tried
        await ended(keeping)

    virtually(work)


def test_while_one_is_refused_another_token_is_found_with_the_next_try() -> None:
    async def work() -> None:
        place = Place(accepted=False)
        place.line.was_barred(START)
        keeping = place.keep()
        await asyncio.sleep(100)

        place.written, changed = NEW, now()

        assert await keeping == NEW
        assert now() - changed <= keeper.LONGEST_PAUSE.total_seconds()

    virtually(work)


def said(line: Line, minutes: int) -> list[str]:
    """Return what is logged about the line within so many minutes."""

    async def work() -> None:
        saying = asyncio.create_task(say_trouble(line, lambda: START + timedelta(seconds=now())))
        await asyncio.sleep(60 * minutes - 1)
        await ended(saying)

    structlog.reset_defaults()
    with capture_logs() as logged:
        virtually(work)
    return [str(each["trouble"]) for each in logged if each["event"] == "telegram.trouble"]


def test_what_is_wrong_is_logged_once_a_minute() -> None:
    line = Line(START)
    line.was_barred(START)

    assert len(said(line, 5)) == 5


def test_a_token_that_cannot_be_read_is_logged_once() -> None:
    async def work() -> None:
        place = Place(written=None)
        keeping = place.keep()
        await asyncio.sleep(60)
        await ended(keeping)

    structlog.reset_defaults()
    with capture_logs() as logged:
        virtually(work)

    assert [each["event"] for each in logged] == ["telegram.token_unreadable"]


def test_where_all_is_well_nothing_is_logged() -> None:
    assert said(Line(START), 3) == []
