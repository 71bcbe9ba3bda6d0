"""Every error that the project raises on purpose.

BotError
├── UserError               the user can mend it: one line a fault, exit code 2
│   ├── ConfigError         config.toml, the environment, a secret's file
│   ├── WatchlistError      a watchlist or a query
│   ├── StoreError          the data folder or the database
│   └── TokenError          no token, or one that Telegram refuses
├── SourceError             one feed or one page; the others go on
│   ├── Unreachable         name, connection, time: passes
│   │   └── NoSuchHost      the name: it may be misspelt
│   ├── Refused             an HTTP status that is no success; 429 and 5xx pass
│   ├── NotAllowed          an address or scheme that is never fetched
│   ├── TooBig              more bytes than the cap
│   ├── NotAFeed            the body has no feed in it
│   └── NotAnArticle        a page without an article's text: a PDF, a video, an empty one
└── WorkerError             a worker process did not answer
    ├── WorkerTimeout       past its deadline, and killed for it
    ├── WorkerDied          crashed, or was killed from outside
    └── WorkerFailed        the function raised; the text says what
"""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong, where, and what to do about it.

    `line` and `column` count from 1; 0 where there is no such place. `excerpt` is the line itself,
    with the place marked on a second line where that helps; it may be empty.
    """

    where: str
    what: str
    remedy: str = ""
    line: int = 0
    column: int = 0
    excerpt: str = ""

    def __str__(self) -> str:
        place = ":".join([self.where, *(str(n) for n in (self.line, self.column) if n)])
        text = f"{place}: {self.what}" if self.where else self.what
        return f"{text}; {self.remedy}" if self.remedy else text


class BotError(Exception):
    """The root: anything this project raises on purpose."""


class UserError(BotError):
    """A mistake that a person can mend: each fault is printed as one line, without a traceback."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults


class ConfigError(UserError):
    """The configuration cannot be used."""


class WatchlistError(UserError):
    """A watchlist or a query cannot be read."""


class StoreError(UserError):
    """The database cannot be opened or written."""


class TokenError(UserError):
    """There is no bot token, or Telegram refuses it."""


class SourceError(BotError):
    """A feed or a page could not be had. `passing` says whether a later try may succeed."""

    passing = False


class Unreachable(SourceError):
    """No answer: the name, the connection or the time failed."""

    passing = True


class NoSuchHost(Unreachable):
    """The host's name does not resolve: it may be misspelt, or have no answer at present."""


class Held(Unreachable):
    """The host asked to be left alone: nothing was requested, nothing has failed."""

    def __init__(self, host: str, left: timedelta) -> None:
        minutes = max(1, round(left / timedelta(minutes=1)))
        super().__init__(f"{host} asked to be left alone; {minutes} min of that are left")
        self.left = left


class Refused(SourceError):
    """The server answered with a status that is no success."""

    def __init__(self, status: int, retry_after: timedelta | None = None) -> None:
        super().__init__(f"HTTP {status}")
        self.status = status
        self.retry_after = retry_after
        self.passing = status in {408, 425, 429} or status >= 500


class NotAllowed(SourceError):
    """An address or scheme that is never fetched: private networks, `file:`, too many redirects."""


class TooBig(SourceError):
    """The body is larger than the cap, on the wire or decoded."""


class NotAFeed(SourceError):
    """The body is no feed."""


class NotAnArticle(SourceError):
    """The page has no article's text."""


class WorkerError(BotError):
    """A worker process gave no answer."""


class WorkerTimeout(WorkerError):
    """The work took longer than its deadline."""


class WorkerDied(WorkerError):
    """The process ended before it answered."""


class WorkerFailed(WorkerError):
    """The function raised an exception inside the worker."""
