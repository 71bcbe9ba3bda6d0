"""What the bot remembers across a restart: watchlists' last good versions, codes, facts."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete, select
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


async def put_code(tx: AsyncConnection, digest: str, purpose: str, expires: datetime) -> None:
    """Keep a one-time code's digest."""
    await tx.execute(insert(codes).values(digest=digest, purpose=purpose, expires=expires))


async def use_code(tx: AsyncConnection, digest: str, purpose: str, now: datetime) -> bool:
    """Spend a code: True once, and only before it expires."""
    used = delete(codes).where(codes.c.digest == digest, codes.c.purpose == purpose)
    expires = await tx.scalar(used.returning(codes.c.expires))
    return expires is not None and expires > now


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
