"""What the tests of the outbox share: messages of a kind, and the state that they are in."""

from datetime import datetime

from sqlalchemy import select

from bot.store import Transaction, alerts, outbox
from bot.store.outbox import Letter
from bot.store.schema import outbox as table
from tests.store_kit import NOW, PERSON, a_feed, a_read_entry, told


async def a_letter(
    tx: Transaction, kind: str = "alert", due: datetime = NOW, chat_id: int = PERSON
) -> Letter:
    """A message that is due; an alert tells an article of its own."""
    letter_id = await outbox.post(tx, chat_id, kind, due, NOW)
    if kind in {"alert", "catch_up"}:
        feed = await a_feed(tx, f"https://feed.example/{letter_id}")
        entry_id = await a_read_entry(tx, feed, f"k{letter_id}")
        await alerts.open_alert(tx, entry_id, told(chat_id), letter_id, NOW)
    return Letter(letter_id, chat_id, chat_id, kind, due, 0, None)


async def a_doubt(tx: Transaction, chat_id: int = PERSON) -> Letter:
    """An alert of which nobody knows whether it arrived."""
    letter = await a_letter(tx, chat_id=chat_id)
    await outbox.begin(tx, letter, NOW)
    await outbox.uncertain(tx, letter, "the reply was lost", NOW)
    return letter


async def state(tx: Transaction, letter: Letter | int) -> str:
    letter_id = letter if isinstance(letter, int) else letter.id
    return str(await tx.scalar(select(table.c.state).where(table.c.id == letter_id)))
