"""What is done now and then, whatever the news: the Monday line to admins, and forgetting.

All of it can be done again at any time: what is done already is not done twice.
"""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import structlog

from bot.config import Config
from bot.daemon.aging import age
from bot.daemon.canary import Canary
from bot.library import Library
from bot.pipeline import Tools, archive
from bot.store import (
    Store,
    Transaction,
    chats,
    drafts,
    memory,
    notices,
    own,
    people,
    state,
)
from bot.store.trouble import REMEDIES

log = structlog.get_logger()

MONDAY_AT = time(8)
WEEK = timedelta(days=7)
TOLD = "weekly.told"
"""The fact that says of which Monday the admins were told."""
DRAFTS_KEPT = timedelta(days=7)


class Upkeep:
    """What the daemon does every few minutes beside the news."""

    def __init__(self, tools: Tools, library: Library, config: Callable[[], Config]) -> None:
        """Nothing is done yet; `config` returns the configuration that holds."""
        self._tools, self._library, self._config = tools, library, config
        self._canary = Canary(tools, config)
        self._indexing = asyncio.Lock()

    async def do(self) -> None:
        """Do what is to be done."""
        await self._canary.fly_if_due()
        await chores(self._tools.store, self._library, self._config(), self._tools.now())
        async with self._indexing:
            await look_after_archive(self._tools.store)


async def look_after_archive(store: Store) -> None:
    """Bring the archive's index up to date, and let go what it needs no more."""
    try:
        await archive.catch_up(store)
    except archive.Damaged:
        log.warning("archive.not_made_anew", remedy=f"{REMEDIES['damaged']}; it is tried again")
        return
    await archive.sweep(store)


async def chores(store: Store, library: Library, config: Config, now: datetime) -> None:
    """Do what is to be done; the matcher then looks for what chats want, and for nobody else."""

    async def stored() -> Mapping[str, str]:
        async with store.read() as connection:
            return await own.sources(connection)

    await age(store, config, now)
    erased = await daily(store, ZoneInfo(config.alerts.timezone), now)
    if erased:
        log.info("chats.forgotten", chats=len(erased))
    # Also what somebody saved in the moment in which the database could not be read.
    await library.take_in_stored(stored)


async def daily(store: Store, zone: ZoneInfo, now: datetime) -> Sequence[int]:
    """Tell admins of the week, and forget what is kept for a time only.

    Args:
        store: the open store.
        zone: in which it is Monday.
        now: the present instant.

    Returns:
        The chats that were erased, as they had been asleep for so long.

    Raises:
        OSError: an erasure cannot be noted, so there is none; see `bot.store.people.erase`.
    """
    async with store.write() as tx:
        await _tell_of_week(tx, latest_monday(zone, now), now)
        await drafts.drop_before(tx, now - DRAFTS_KEPT)
    async with store.write() as tx:
        return await people.forget_long_asleep(tx, now)


def latest_monday(zone: ZoneInfo, now: datetime) -> str:
    """Return the latest Monday of which it has been 08:00, such as 2025-05-12."""
    today = now.astimezone(zone).date()
    monday = today - timedelta(days=today.weekday())
    if now < datetime.combine(monday, MONDAY_AT, zone).astimezone(UTC):
        monday -= WEEK
    return monday.isoformat()


async def _tell_of_week(tx: Transaction, monday: str, now: datetime) -> None:
    """Tell admins once of each week; who has only begun has had none yet."""
    told = await memory.fact(tx, TOLD)
    if told is not None and told >= monday:
        return
    await memory.put_fact(tx, TOLD, monday)
    if told is None:
        return
    health = (await state.of_service(tx, now)).health
    sent, uncertain = await state.alerts_since(tx, now - WEEK)
    counts = {
        # One that failed once, or was not read yet, is nothing to look after.
        "fine": health["well"] + health["failing"] + health["new"],
        "silent": health["silent"],
        "ill": health["ill"],
        "sent": sent,
        "uncertain": uncertain,
    }
    admins = [chat.id for chat in await chats.admins(tx)]
    await notices.post(tx, admins, "weekly", {k: str(n) for k, n in counts.items()}, now)
