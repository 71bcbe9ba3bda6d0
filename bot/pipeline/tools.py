"""What the pipeline works with, and how it speaks of errors."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from bot.counts import Counts
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
    counts: Counts = field(default_factory=Counts)


def passes(error: SourceError | WorkerError) -> bool:
    """Return whether what failed may well succeed later without anybody's doing."""
    return error.passing if isinstance(error, SourceError) else not isinstance(error, WorkerFailed)


def kind(error: SourceError | WorkerError) -> str:
    """Return the error's class as a word for counting: `NotAnArticle` is `not_an_article`."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=A)(?=[A-Z])", "_", type(error).__name__).lower()


def in_words(error: SourceError | WorkerError) -> str:
    """Return what went wrong, for people."""
    match error:
        case WorkerTimeout():
            return "reading it took too long"
        case WorkerDied():
            return "reading it broke off"
        case _:
            return str(error)
