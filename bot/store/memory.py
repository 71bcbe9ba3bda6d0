"""What the bot remembers across a restart: watchlists' last good versions, codes, facts."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, or_, select, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.schema import codes, settings, watchlists


async def stored_watchlists(tx: AsyncConnection) -> Mapping[str, str]:
    """Return the last good version of every watchlist: name -> source."""
    rows = await tx.execute(select(watchlists.c.name, watchlists.c.source))
    return {row.name: row.source for row in rows}


async def remember_watchlist(
    tx: AsyncConnection, name: str, source: str | None, now: datetime
) -> None:
    """Keep the last good version of a watchlist; None forgets it."""
    if source is None:
        await tx.execute(delete(watchlists).where(watchlists.c.name == name))
        return
    values = {"source": source, "saved": now}
    statement = insert(watchlists).values(name=name, **values)
    await tx.execute(statement.on_conflict_do_update(index_elements=["name"], set_=values))


@dataclass(frozen=True, slots=True)
class Code:
    """What a secret code in a link is good for."""

    purpose: str
    expires: datetime
    uses: int = 1
    """How often it can still be used."""
    data: Any = None
    """Plain values that go with it."""


async def put_code(tx: AsyncConnection, digest: str, code: Code) -> None:
    """Keep a code, by its digest."""
    await tx.execute(insert(codes).values(digest=digest, **asdict(code)))


async def use_code(tx: AsyncConnection, digest: str, purpose: str, now: datetime) -> Code | None:
    """Spend one use of a code, and return it as it was; None: it is good for nothing any more."""
    which = (codes.c.digest == digest) & (codes.c.purpose == purpose)
    used = update(codes).where(which, codes.c.uses > 0, codes.c.expires > now)
    spent = used.values(uses=codes.c.uses - 1).returning(codes.c.expires, codes.c.data)
    row = (await tx.execute(spent)).one_or_none()
    await tx.execute(delete(codes).where(or_(codes.c.uses <= 0, codes.c.expires <= now)))
    return None if row is None else Code(purpose, row.expires, data=row.data)


async def put_fact(tx: AsyncConnection, name: str, value: str) -> None:
    """Remember a fact about the service, such as the bot's user name."""
    statement = insert(settings).values(name=name, value=value)
    await tx.execute(
        statement.on_conflict_do_update(index_elements=["name"], set_={"value": value})
    )


async def fact(tx: AsyncConnection, name: str) -> str | None:
    """Return a remembered fact, or None."""
    found: str | None = await tx.scalar(select(settings.c.value).where(settings.c.name == name))
    return found


async def drop_codes(tx: AsyncConnection, purpose: str) -> None:
    """Let no other code for this purpose be good any more."""
    await tx.execute(delete(codes).where(codes.c.purpose == purpose))
