"""The line to Telegram: whether it takes our token, whether another process uses it, what is said.

Told by whoever polls and sends; asked by the delivery, the health page and the log.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

CALM = timedelta(seconds=60)
"""So long nobody else may have polled before anything is sent again."""
CONFLICT_TOLD = timedelta(minutes=5)
"""A restart may overlap with its predecessor; two processes that stay are told of."""
SILENCE = timedelta(minutes=3)
"""Without a completed poll, of which one ends every 25 s."""


@dataclass(slots=True)
class Line:
    """What is known of it at present. Instants are aware, UTC."""

    since: datetime
    """When it was opened."""
    polled: datetime | None = None
    """When the last poll for updates was completed."""
    barred_since: datetime | None = None
    """Since when Telegram refuses the token."""
    conflict_since: datetime | None = None
    conflict_last: datetime | None = None

    def was_polled(self, now: datetime) -> None:
        """A poll was completed: the token is good; whether we are alone shows in a minute."""
        self.polled = now
        self.was_accepted()
        if self.conflict_last is not None and now - self.conflict_last >= CALM:
            self.conflict_since = self.conflict_last = None

    def was_accepted(self) -> None:
        """Telegram took the token."""
        self.barred_since = None

    def was_barred(self, now: datetime) -> None:
        """Telegram refused the token."""
        self.barred_since = self.barred_since or now

    def was_disturbed(self, now: datetime) -> None:
        """Another process polled with our token."""
        self.conflict_since, self.conflict_last = self.conflict_since or now, now

    @property
    def is_open(self) -> bool:
        """Whether anything may be sent: another process may be sending the same."""
        return self.barred_since is None and self.conflict_since is None

    def trouble(self, now: datetime) -> str | None:
        """Say what is wrong, for people; None where all is well."""
        if self.barred_since is not None:
            return "Telegram refuses the token; copy it again from @BotFather"
        if self.conflict_since is not None and now - self.conflict_since >= CONFLICT_TOLD:
            return "another process uses this token; end it, or give one of the two another token"
        answered = (self.since, self.polled, self.conflict_last)
        if now - max(filter(None, answered)) > SILENCE:
            return "Telegram cannot be reached"
        return None
