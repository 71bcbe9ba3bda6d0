"""What is asked for each message costs the same, however much was sent before."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from bot.store import Store, Transaction, alerts, changes, chats, digests, outbox, pending, reviews
from bot.store.outbox import Letter
from tests.sandbox_kit import Hand
from tests.store_kit import migrated

NOW = Hand().present
CHAT = 5
LETTER = Letter(1, CHAT, CHAT, "alert", NOW, 0, None)
Question = Callable[[Transaction], Awaitable[Any]]

QUESTIONS: dict[str, Question] = {
    "anything": lambda tx: outbox.anything(tx, NOW, NOW),
    "all_due": lambda tx: outbox.all_due(tx, NOW, [7], 30),
    "all_due without files": lambda tx: outbox.all_due(tx, NOW, [7], 30, [reviews.FILE]),
    "overdue_doubts": lambda tx: outbox.overdue_doubts(tx, timedelta(minutes=10), NOW),
    "doubts": lambda tx: outbox.doubts(tx, CHAT),
    "carry": lambda tx: outbox.carry(tx, 1, [LETTER]),
    "begin": lambda tx: outbox.begin(tx, LETTER, NOW),
    "sent": lambda tx: outbox.sent(tx, 1, 1, NOW),
    "again": lambda tx: outbox.again(tx, 1, NOW, "", NOW),
    "uncertain": lambda tx: outbox.uncertain(tx, LETTER, "", NOW),
    "post_edits": lambda tx: changes.post_edits(tx, 1, NOW),
    "withdraw": lambda tx: pending.withdraw(tx, 1),
    "carried": lambda tx: alerts.carried(tx, 1),
    "widen": lambda tx: pending.widen(tx, CHAT, "", ["x"]),
    "lately": lambda tx: outbox.lately(tx, NOW),
    "latest_alerts": lambda tx: digests.latest_alerts(tx, CHAT, 5),
}


async def plans(folder: Path, question: Question) -> list[str]:
    """Return how SQLite would answer."""
    (folder / "ausguck.db").write_bytes(migrated())
    store = await Store.open("sqlite:///ausguck.db", folder)
    asked: list[tuple[str, Any]] = []

    def note(_c: object, _cursor: object, sql: str, values: object, *_: object) -> None:
        if sql.startswith(("SELECT", "UPDATE", "DELETE")):
            asked.append((sql, values))

    async with store.write() as tx:
        await chats.put(tx, chats.Chat(CHAT, "private", "de", "active", admin=False), NOW)
        await chats.put(tx, chats.Chat(-CHAT, "group", "de", "active", admin=False), NOW)
        await outbox.post(tx, CHAT, "alert", NOW, NOW)
        event.listen(store._engine.sync_engine, "before_cursor_execute", note)
        await question(tx)
        event.remove(store._engine.sync_engine, "before_cursor_execute", note)
        rows = [
            await tx.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", values) for sql, values in asked
        ]
        found = [str(row.detail) for each in rows for row in each]
    await store.close()
    return found


@pytest.mark.parametrize("name", QUESTIONS)
async def test_no_question_of_the_delivery_looks_through_a_table(tmp_path: Path, name: str) -> None:
    found = await plans(tmp_path, QUESTIONS[name])
    assert found
    assert [step for step in found if step.startswith("SCAN")] == []


async def test_a_chats_doubts_are_found_without_its_history(tmp_path: Path) -> None:
    found = await plans(tmp_path, QUESTIONS["doubts"])
    assert any("outbox_uncertain" in step for step in found)


async def test_changes_that_are_due_are_found_without_what_else_waits(tmp_path: Path) -> None:
    found = await plans(tmp_path, QUESTIONS["all_due"])
    assert any("outbox_changes" in step for step in found)
