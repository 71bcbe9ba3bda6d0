"""When the canary last arrived: an article of our own that goes all the way, and to nobody."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store import memory

FACT = "canary.arrived"


@dataclass(frozen=True, slots=True)
class Arrival:
    """The canary was handed over."""

    at: datetime
    took: timedelta
    """From its publication on."""


async def note(tx: AsyncConnection, arrival: Arrival) -> None:
    """Remember an arrival."""
    said = {"at": arrival.at.isoformat(), "seconds": arrival.took.total_seconds()}
    await memory.put_fact(tx, FACT, json.dumps(said))


async def latest(tx: AsyncConnection) -> Arrival | None:
    """Return the last arrival; None: there was none yet."""
    said = await memory.fact(tx, FACT)
    if said is None:
        return None
    known = json.loads(said)
    return Arrival(datetime.fromisoformat(known["at"]), timedelta(seconds=known["seconds"]))
