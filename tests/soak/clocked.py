"""The daemon on a clock that another process sets: `python -m tests.soak.clocked CONFIG CLOCK`.

CLOCK is a file of eight bytes, the present in seconds since 1970. The daemon takes its time from
its argument anyway; APScheduler, which reads the system's clock, is given the same. What waits for
the network, for a worker or for a chat's pace waits as long as ever.
"""

import asyncio
import mmap
import signal
import struct
import sys
from collections.abc import Callable
from datetime import UTC, datetime, tzinfo
from pathlib import Path

from apscheduler.schedulers import base

from bot.config.load import load
from bot.daemon.serve import serve
from bot.log import configure

FORM = struct.Struct("<d")


class Hand:
    """A clock in a file: one process sets it, others read it."""

    def __init__(self, place: Path, start: datetime | None = None) -> None:
        """Open the clock; `start` makes the file."""
        if start is not None:
            place.write_bytes(FORM.pack(start.timestamp()))
        with place.open("r+b") as file:
            self._shown = mmap.mmap(file.fileno(), FORM.size)

    def __call__(self) -> datetime:
        return datetime.fromtimestamp(FORM.unpack_from(self._shown)[0], UTC)

    def set(self, present: datetime) -> None:
        """Make this the present."""
        FORM.pack_into(self._shown, 0, present.timestamp())


def lend(now: Callable[[], datetime]) -> None:
    """Let APScheduler read this clock."""

    class Lent(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return now().astimezone(tz)

    base.datetime = Lent


async def _run(place: Path, clock: Path) -> None:
    now = Hand(clock)
    lend(now)
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    config = load(place)
    configure(config.log.level, config.log.format)
    await serve(config, lambda _: None, stop, now)


if __name__ == "__main__":
    asyncio.run(_run(Path(sys.argv[1]), Path(sys.argv[2])))
