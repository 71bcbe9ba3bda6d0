"""What is known of the running daemon, gathered for /healthz, /metrics and the heartbeat."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.counts import PERSONAL
from bot.library import Library
from bot.pipeline import Tools
from bot.schedule import Schedule
from bot.store import DatabaseTrouble, Transaction, canary, health
from bot.store.figures import Kept, figures, kept
from bot.telegram.service import Telegram
from bot.web.health import Vitals, faults
from bot.web.metrics import Seen

FRESH = timedelta(minutes=1)
"""Everything that is kept is not counted anew more often."""


class Observed:
    """Looks at the parts of a daemon."""

    def __init__(
        self, tools: Tools, schedule: Schedule, telegram: Telegram, library: Library
    ) -> None:
        self._tools = tools
        self._library = library
        self._schedule = schedule
        self._telegram = telegram
        self._started = tools.now()
        self._kept: tuple[datetime, Kept] | None = None

    async def vitals(self) -> Vitals:
        """Return how the daemon is."""
        now, line = self._tools.now(), self._telegram.line
        trouble = self._tools.store.trouble
        known = Vitals(
            self._started,
            self._schedule.last_tick,
            database=False,
            telegram=line.trouble(now),
            polled=line.polled,
            delivered=self._telegram.delivery.looked,
            looked=self._library.looked,
            database_trouble=trouble.remedy if trouble else None,
        )
        try:
            async with self._tools.store.read() as connection:
                due, success = await health.waiting_since(connection)
                down = await health.network_down_since(connection)
                arrival = await canary.latest(connection)
        except DatabaseTrouble:
            return known
        return replace(
            known,
            database=True,
            due_since=due,
            last_success=success,
            network_down_since=down,
            canary=arrival.at if arrival else None,
            canary_took=arrival.took if arrival else None,
        )

    async def _kept_now(self, connection: Transaction, now: datetime) -> Kept:
        if self._kept is None or not timedelta() <= now - self._kept[0] < FRESH:
            self._kept = now, await kept(connection, PERSONAL)
        return self._kept[1]

    async def faults(self) -> Sequence[str]:
        """Return what is wrong, in words."""
        return faults(await self.vitals(), self._tools.now())

    async def seen(self) -> Seen:
        """Return all that the metrics show."""
        vitals, now = await self.vitals(), self._tools.now()
        try:
            async with self._tools.store.read() as connection:
                stored = await figures(connection, await self._kept_now(connection, now), now)
        except DatabaseTrouble:
            stored = None
        return Seen(self._tools.counts, vitals, stored, now)
