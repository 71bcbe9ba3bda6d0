"""What the pipeline works with, and how it speaks of errors."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from bot.errors import SourceError, WorkerDied, WorkerError, WorkerFailed, WorkerTimeout
from bot.net import Fetcher
from bot.store import Store
from bot.workers import Workers

if TYPE_CHECKING:
    from bot.watch.matcher import Matcher  # with all that it loads; not every command needs it


@dataclass(frozen=True, slots=True)
class Tools:
    """What the pipeline works with."""

    store: Store
    fetcher: Fetcher
    workers: Workers
    matcher: Callable[[], Awaitable["Matcher"]]
    """Return the matcher in force: asked anew for every batch of entries."""
    now: Callable[[], datetime]


def passes(error: SourceError | WorkerError) -> bool:
    """Return whether what failed may well succeed later without anybody's doing."""
    return error.passing if isinstance(error, SourceError) else not isinstance(error, WorkerFailed)


def in_words(error: SourceError | WorkerError) -> str:
    """Return what went wrong, for people."""
    match error:
        case WorkerTimeout():
            return "reading it took too long"
        case WorkerDied():
            return "reading it broke off"
        case _:
            return str(error)
