"""How long it is kept what chats were told."""

from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import PrimaryKeyConstraint, UniqueConstraint, delete, func, select

from bot.store import Transaction, alerts, notices, outbox, retention
from bot.store.schema import metadata
from tests.store_kit import DAY, NOW, PERSON, a_chat, a_feed, a_read_entry, opened, told

LONG = 400 * DAY


@pytest.fixture
async def tx(tmp_path: Path) -> AsyncIterator[Transaction]:
    async with opened(tmp_path) as store, store.write() as tx:
        yield tx


async def count(tx: Transaction, table: str) -> int:
    rows = await tx.scalar(select(func.count()).select_from(metadata.tables[table]))
    return rows or 0


async def an_alert(tx: Transaction, at: datetime, *, is_sent: bool = True) -> int:
    """An alert that was decided then, and sent at once; returns its entry."""
    await a_chat(tx)
    entry_id = await a_read_entry(tx, await a_feed(tx), "k1", ("nordkorea",))
    letter = await outbox.post(tx, PERSON, "alert", at, at)
    await alerts.keep_decision(tx, entry_id, told(), at)
    await alerts.open_alert(tx, entry_id, told(), letter, at)
    if is_sent:
        await outbox.sent(tx, letter, 7, at)
    return entry_id


async def test_an_old_alert_goes_with_its_letter_and_its_reason(tx: Transaction) -> None:
    await an_alert(tx, NOW)

    assert await retention.forget(tx, NOW + DAY) == 1
    assert await retention.forget_decisions(tx, NOW + DAY) == 1

    assert [await count(tx, t) for t in ("alerts", "outbox", "decisions")] == [0, 0, 0]


async def test_that_the_chat_knows_the_article_stays(tx: Transaction) -> None:
    await an_alert(tx, NOW)

    await retention.forget(tx, NOW + DAY)

    assert await alerts.knows(tx, PERSON, "https://depesche.example/k1")
    assert not await alerts.knows(tx, PERSON, "https://depesche.example/k2")


async def test_more_than_a_step_goes_in_several(tx: Transaction) -> None:
    await a_chat(tx)
    for _ in range(retention.STEP + 1):
        await outbox.sent(tx, await outbox.post(tx, PERSON, "doubt", NOW, NOW), 7, NOW)

    assert await retention.forget(tx, NOW + DAY) == retention.STEP
    assert await retention.forget(tx, NOW + DAY) == 1
    assert await count(tx, "outbox") == 0


async def test_the_article_stays_known(tx: Transaction) -> None:
    await an_alert(tx, NOW)

    await retention.forget(tx, NOW + DAY)

    assert [await count(tx, t) for t in ("entries", "articles", "matches")] == [1, 1, 1]


async def test_what_is_not_old_enough_stays(tx: Transaction) -> None:
    await an_alert(tx, NOW)

    assert await retention.forget(tx, NOW) == 0
    assert await retention.forget_decisions(tx, NOW) == 0

    assert [await count(tx, t) for t in ("alerts", "outbox", "decisions")] == [1, 1, 1]


async def test_what_is_still_to_be_sent_stays_however_old(tx: Transaction) -> None:
    await an_alert(tx, NOW, is_sent=False)

    await retention.forget(tx, NOW + LONG)

    assert [await count(tx, t) for t in ("alerts", "outbox")] == [1, 1]


async def test_a_notice_goes_with_its_last_letter(tx: Transaction) -> None:
    await a_chat(tx)
    await notices.post(tx, [PERSON], "list_removed", {"name": "x"}, NOW)
    await retention.forget(tx, NOW + DAY)
    assert await count(tx, "notices") == 1
    [letter] = (await tx.scalars(select(metadata.tables["outbox"].c.id))).all()
    await outbox.sent(tx, letter, 7, NOW)

    await retention.forget(tx, NOW + DAY)

    assert await count(tx, "notices") == 0


async def test_what_was_shown_when_a_list_was_switched_on_goes_as_well(tx: Transaction) -> None:
    await a_chat(tx)
    entry_id = await a_read_entry(tx, await a_feed(tx), "k1", ("nordkorea",))
    await alerts.open_alert(tx, entry_id, told(), None, NOW)

    assert await retention.forget(tx, NOW + DAY) == 1


async def test_notices_go_in_several_steps_as_well(tx: Transaction) -> None:
    await a_chat(tx)
    for _ in range(retention.STEP + 1):
        await notices.post(tx, [PERSON], "list_removed", {"name": "x"}, NOW)
    table = metadata.tables["outbox"]
    await tx.execute(delete(table))

    assert await retention.forget(tx, NOW + DAY) == retention.STEP
    assert await retention.forget(tx, NOW + DAY) == 1
    assert await count(tx, "notices") == 0


async def test_what_belongs_to_a_row_that_goes_is_found_by_an_index() -> None:
    """Else SQLite reads a whole table for each row that goes, while everybody waits."""
    missed = set()
    for table in metadata.tables.values():
        leading = {next(iter(index.columns)).name for index in table.indexes}
        for constraint in table.constraints:
            if isinstance(constraint, UniqueConstraint | PrimaryKeyConstraint):
                leading |= {column.name for column in list(constraint.columns)[:1]}
        missed |= {
            (table.name, key.parent.name)
            for key in table.foreign_keys
            if key.parent.name not in leading and key.column.table.name != "chats"
        }

    assert missed == set()
