"""When a chat is told: at once, without a sound, or collected for later. Asked before each message.

The rules, in order; the first that holds decides:

1. the chat is muted: collected until the mute ends;
2. a list that is urgent matched: at once;
3. it is quiet, and the chat wants quiet hours collected: collected until they end;
4. the chat wants digests, or all lists that matched are to be collected: until the next digest;
5. a digest of a burst waits in the chat already: collected with that, so that the order stays;
6. the chat got `burst` alerts within the window already: collected until the window ends;
7. it has waited for longer than the window, as its chat was held: collected with all that waits;
8. otherwise at once; without a sound in quiet hours, or where all lists that matched are quiet.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from itertools import product
from typing import Literal
from zoneinfo import ZoneInfo

MINUTE, HOURLY = timedelta(minutes=1), timedelta(hours=1)
DIGESTS = (8 * 60, 18 * 60)
"""When lists that are collected are told, where the chat has said nothing: minutes of the day."""


Folding = Literal["", "at_once", "hourly"]


@dataclass(frozen=True, slots=True)
class Quiet:
    """Quiet hours: minutes of the local day, the end exclusive. They may go over midnight."""

    begins: int
    ends: int
    collect: bool = False
    """Whether alerts wait for the end; else they come without a sound."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How a chat wants to be told."""

    muted_until: datetime | None = None
    quiet: Quiet | None = None
    digests: tuple[int, ...] = ()
    """Minutes of the local day at which all that there is comes together; empty: at once."""
    folding: Folding = ""
    """What is done with bursts: as configured, nothing, or a digest an hour."""


@dataclass(frozen=True, slots=True)
class Burst:
    """How many alerts go out at once within how long."""

    most: int
    window: timedelta


@dataclass(frozen=True, slots=True)
class Case:
    """What the timing of one message depends on beside the chat's manner."""

    now: datetime
    zone: ZoneInfo
    due: datetime
    """Since when it waits."""
    modes: Collection[str] = ("now",)
    """Of the lists that matched: urgent, now, quiet, digest."""
    sent: Sequence[datetime] = ()
    """When the chat's latest alerts were sent, newest first, as many as may go out at once."""
    folds_at: datetime | None = None
    """When the digest of a burst is due that waits in the chat; None: there is none."""


@dataclass(frozen=True, slots=True)
class Timing:
    """When it is told."""

    at: datetime | None
    """When the digest goes out that it is collected for; None: it goes out itself, now."""
    silent: bool = False
    """Whether it comes without a sound, where it goes out itself."""
    burst: bool = False
    """It is collected because there are too many."""


def timing(manner: Manner, case: Case, burst: Burst) -> Timing:
    """Return when an alert is told."""
    if held := collected_until(manner, case):
        return Timing(held)
    if "urgent" in case.modes:
        return Timing(None)
    if manner.digests or set(case.modes) == {"digest"}:
        return Timing(next_of(manner.digests or DIGESTS, case.now, case.zone))
    if (at := _burst_until(manner, case, burst)) is not None:
        return Timing(at, burst=True)
    are_quiet = set(case.modes) <= {"quiet", "digest"}
    return Timing(None, silent=are_quiet or is_quiet(manner, case))


def _burst_until(manner: Manner, case: Case, burst: Burst) -> datetime | None:
    """Return when the digest of a burst goes out that this belongs to; None: it is in none."""
    if manner.folding == "at_once":
        return None
    if case.folds_at is not None:
        return case.folds_at
    window = max(burst.window, HOURLY) if manner.folding == "hourly" else burst.window
    latest = [sent for sent in case.sent if sent > case.now - window]
    if len(latest) >= burst.most:
        return latest[burst.most - 1] + window
    return case.now if case.now - case.due > window else None


def collected_until(manner: Manner, case: Case) -> datetime | None:
    """Return until when a chat collects whatever comes, digests too; None: it does not."""
    if manner.muted_until is not None and manner.muted_until > case.now:
        return manner.muted_until
    if "urgent" in case.modes or manner.quiet is None or not manner.quiet.collect:
        return None
    return _end_of_quiet(manner.quiet, case) if is_quiet(manner, case) else None


def _end_of_quiet(quiet: Quiet, case: Case) -> datetime:
    """Return when the quiet ends that there is now.

    At the end of summer time the clock may come to it twice, the second time being the one.
    """
    again = (local.replace(fold=1) for local in _coming((quiet.ends,), case.now, case.zone))
    second = [end for local in again if (end := _instant(local)) > case.now]
    return min(next_of((quiet.ends,), case.now, case.zone), *second)


def is_quiet(manner: Manner, case: Case) -> bool:
    """Tell whether it is quiet in a chat at present."""
    if manner.quiet is None:
        return False
    local = case.now.astimezone(case.zone)
    minute, quiet = local.hour * 60 + local.minute, manner.quiet
    if quiet.begins <= quiet.ends:
        return quiet.begins <= minute < quiet.ends
    return minute >= quiet.begins or minute < quiet.ends


def next_of(minutes: Sequence[int], now: datetime, zone: ZoneInfo) -> datetime:
    """Return the next instant at which it is one of these minutes of the local day.

    An hour that the change to summer time skips comes with the change; one that happens twice
    counts once, the first time.
    """
    found = (_instant(local) for local in _coming(minutes, now, zone))
    return min(instant for instant in found if instant > now)


def _coming(minutes: Iterable[int], now: datetime, zone: ZoneInfo) -> Iterator[datetime]:
    """Yield these minutes of today, of tomorrow and of the day after, in local time."""
    today = now.astimezone(zone).date()
    for minute, days in product(minutes, range(3)):
        of_day = time(minute // 60, minute % 60, tzinfo=zone)
        yield datetime.combine(today + timedelta(days=days), of_day)


def _instant(local: datetime) -> datetime:
    """Return when it is that time, in UTC; of one that is skipped, when that happens."""
    instant = local.astimezone(UTC)
    if instant.astimezone(local.tzinfo).time() == local.time():
        return instant
    skipped = local.replace(fold=0)
    instant, before = skipped.astimezone(UTC), skipped.utcoffset()
    while (instant - MINUTE).astimezone(local.tzinfo).utcoffset() != before:
        instant -= MINUTE
    return instant
