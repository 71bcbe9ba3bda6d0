"""Notices: what chats are told about the service itself, and how a notice is brought up to date."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store import changes, outbox
from bot.store.schema import notices
from bot.store.schema import outbox as letters


async def post(
    tx: AsyncConnection, chat_ids: Sequence[int], key: str, params: Mapping[str, Any], now: datetime
) -> None:
    """Tell chats something about the service; `key` names the sentence in `bot.wording`."""
    if not chat_ids:
        return
    statement = insert(notices).values(key=key, params=dict(params), created=now)
    notice_id = (await tx.scalars(statement.returning(notices.c.id))).one()
    for chat_id in chat_ids:
        letter = await outbox.post(tx, chat_id, "notice", now, now)
        await tx.execute(update(letters).where(letters.c.id == letter).values(notice_id=notice_id))


async def get(tx: AsyncConnection, notice_id: int) -> tuple[str, dict[str, Any]]:
    """Return a notice's key and parameters."""
    row = (await tx.execute(select(notices).where(notices.c.id == notice_id))).one()
    return row.key, row.params


async def of_letter(tx: AsyncConnection, letter_id: int) -> tuple[str, Mapping[str, str]] | None:
    """Return what a letter says of the service; None where it says something else."""
    which = select(letters.c.notice_id).where(letters.c.id == letter_id)
    notice_id: int | None = await tx.scalar(which)
    return None if notice_id is None else await get(tx, notice_id)


async def latest(tx: AsyncConnection, key: str, since: datetime) -> Sequence[tuple[int, Any]]:
    """Return the notices of a key since then, the latest first: id and parameters."""
    which = (notices.c.key == key) & (notices.c.created >= since)
    rows = await tx.execute(select(notices).where(which).order_by(notices.c.id.desc()))
    return [(row.id, row.params) for row in rows]


async def amend(
    tx: AsyncConnection, notice_id: int, params: Mapping[str, Any], now: datetime
) -> None:
    """Bring a notice up to date: where it was sent, its message is changed."""
    changed = update(notices).where(notices.c.id == notice_id)
    await tx.execute(changed.values(params=dict(params)))
    sent = (letters.c.notice_id == notice_id) & letters.c.state.in_(["sending", "sent"])
    for row in (await tx.execute(select(letters.c.id, letters.c.chat_id).where(sent))).all():
        await changes.post_edit(tx, row.chat_id, row.id, now)
