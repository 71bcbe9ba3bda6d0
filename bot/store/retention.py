"""What chats were told is kept for a time only: alerts, their reasons, letters that are done."""

from datetime import datetime

from sqlalchemy import and_, delete, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.schema import alerts, decisions, notices, outbox

DONE = ("sent", "dead")


async def forget(tx: AsyncConnection, before: datetime) -> int:
    """Forget what was told, or decided to be left, before that; return how many alerts it were.

    What is still to be sent stays, however long it waits. The article itself is not touched: that
    it is known keeps it from being news again.
    """
    done = select(outbox.c.id).where(outbox.c.state.in_(DONE), outbox.c.changed < before)
    shown = and_(alerts.c.outbox_id.is_(None), alerts.c.created < before)
    told = delete(alerts).where(or_(alerts.c.outbox_id.in_(done), shown))
    forgotten = await tx.execute(told)
    await tx.execute(delete(decisions).where(decisions.c.decided < before))
    await tx.execute(delete(outbox).where(outbox.c.state.in_(DONE), outbox.c.changed < before))
    letters = select(outbox.c.notice_id).where(outbox.c.notice_id.is_not(None))
    unsent = and_(notices.c.created < before, notices.c.id.not_in(letters))
    await tx.execute(delete(notices).where(unsent))
    return int(forgotten.rowcount)
