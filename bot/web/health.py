"""Pure: whether the daemon is well, from what is known about its parts."""

from dataclasses import dataclass
from datetime import datetime, timedelta

# They tick every second; past this a loop is stuck, not busy.
STALLED = timedelta(seconds=60)
OVERDUE = timedelta(minutes=30)
# It sets out every hour; one may be lost.
SILENT = timedelta(hours=3)


@dataclass(frozen=True, slots=True)
class Vitals:
    """What the daemon knows about itself."""

    started: datetime
    last_tick: datetime | None
    database: bool
    due_since: datetime | None = None
    """Since when the feed is due that waits longest; None: there is no feed."""
    last_success: datetime | None = None
    """When any feed was read last."""
    network_down_since: datetime | None = None
    """Since when our own network fails; None: it does not."""
    telegram: str | None = None
    """What is wrong with the line to Telegram; None: nothing."""
    database_trouble: str | None = None
    """Why the database cannot be written, be it read or not; None: it can."""
    polled: datetime | None = None
    """When Telegram was last asked for updates, and answered."""
    delivered: datetime | None = None
    """When the delivery last looked for something to send; None: it does not deliver yet."""
    looked: datetime | None = None
    """When the watchlists' folder was last looked at."""
    canary: datetime | None = None
    """When the canary last arrived: see `bot.daemon.canary`."""
    canary_took: timedelta | None = None


def ages(vitals: Vitals, now: datetime) -> dict[str, float | None]:
    """Return how many seconds ago the parts last moved; None: never."""
    moments = {
        "start": vitals.started,
        "tick": vitals.last_tick,
        "feed_read": vitals.last_success,
        "telegram_poll": vitals.polled,
        "delivery": vitals.delivered,
        "watchlists": vitals.looked,
        "canary": vitals.canary,
    }
    return {
        part: None if moment is None else round((now - moment).total_seconds(), 3)
        for part, moment in moments.items()
    }


def faults(vitals: Vitals, now: datetime) -> list[str]:
    """Return what is wrong, in words; nothing where all is well."""
    found = []
    if now - (vitals.last_tick or vitals.started) > STALLED:
        found.append(f"the poll loop has not moved for {STALLED.seconds} s")
    if vitals.delivered is not None and now - vitals.delivered > STALLED:
        found.append(f"the delivery has not moved for {STALLED.seconds} s")
    if vitals.database_trouble is not None:
        found.append(f"the database: {vitals.database_trouble}")
    elif not vitals.database:
        found.append("the database does not answer")
    if _is_overdue(vitals, now):
        found.append(f"feeds are due, and none was read for {OVERDUE.seconds // 60} min")
    if vitals.telegram is not None:
        found.append(vitals.telegram)
    if now - max(vitals.started, vitals.canary or vitals.started) > SILENT:
        hours = round(SILENT / timedelta(hours=1))
        found.append(f"the canary has not arrived for {hours} h; the log says why")
    return found


def _is_overdue(vitals: Vitals, now: datetime) -> bool:
    """Whether a feed waits for so long that a poll of one should have worked by now.

    While our network fails, a feed that was not reached is asked again and again and so is never
    due for long: there it is the network's failing that counts. After a start all may be overdue.
    """
    waits = [since for since in (vitals.due_since, vitals.network_down_since) if since]
    worked = max(vitals.started, vitals.last_success or vitals.started)
    return any(now - since > OVERDUE for since in waits) and now - worked > OVERDUE
