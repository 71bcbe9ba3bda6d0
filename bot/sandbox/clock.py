"""The sandbox's clock: the system's time (or a test's) plus an offset that scripts move."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from bot.sandbox.errors import Mistake


def system_now() -> datetime:
    """Returns the system's time, aware, in UTC; the only reading of it in the sandbox."""
    return datetime.now(UTC)  # noqa: TID251 - the sandbox shares nothing with bot.clock


class Clock:
    """A clock that runs with its base and can be moved forward."""

    def __init__(self, base: Callable[[], datetime] = system_now) -> None:
        self._base = base
        self._offset = timedelta()

    def __call__(self) -> datetime:
        """Returns the sandbox's present: aware, UTC."""
        return self._base() + self._offset

    def advance(self, by: timedelta) -> None:
        """Moves the present forward.

        Raises:
            Mistake: `by` is negative; time never runs backwards.
        """
        if by < timedelta():
            raise Mistake("the clock only moves forward")
        self._offset += by

    def reset(self) -> None:
        """Follows the base again."""
        self._offset = timedelta()
