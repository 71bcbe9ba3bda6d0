"""Drafts: what was sent to the bot, or found for somebody, and waits for them to choose."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.schema import drafts


@dataclass(frozen=True, slots=True)
class Draft:
    """What waits, and what it is called."""

    name: str
    content: bytes
    shown: datetime | None = None
    """When it was shown what choosing it would do; None: not yet."""


async def put(tx: AsyncConnection, chat_id: int, draft: Draft, now: datetime) -> int:
    """Keep a draft of a chat and return its number, which a button can carry."""
    values = {"chat_id": chat_id, "name": draft.name, "content": draft.content, "created": now}
    return int((await tx.scalars(insert(drafts).values(**values).returning(drafts.c.id))).one())


async def get(tx: AsyncConnection, chat_id: int, number: int) -> Draft | None:
    """Return a draft of this chat; None where it has no such, or it is too old."""
    which = (drafts.c.id == number) & (drafts.c.chat_id == chat_id)
    columns = (drafts.c.name, drafts.c.content, drafts.c.created)
    row = (await tx.execute(select(*columns).where(which))).one_or_none()
    return None if row is None else Draft(row.name, row.content, row.created)


async def shown_again(tx: AsyncConnection, number: int, now: datetime) -> None:
    """Note that it was shown anew what choosing a draft would do."""
    await tx.execute(update(drafts).where(drafts.c.id == number).values(created=now))


async def drop(tx: AsyncConnection, chat_id: int, number: int) -> None:
    """Forget a draft of this chat: it was saved or is not wanted."""
    which = (drafts.c.id == number) & (drafts.c.chat_id == chat_id)
    await tx.execute(delete(drafts).where(which))


async def drop_before(tx: AsyncConnection, instant: datetime) -> None:
    """Forget the drafts that nobody has chosen from since before that."""
    await tx.execute(delete(drafts).where(drafts.c.created < instant))
