"""Doubts: what may not have arrived is named until a message that names it has arrived."""

from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.store import Transaction, chats, outbox
from bot.store.outbox import Letter
from bot.store.schema import outbox as table
from tests.outbox_kit import a_doubt, a_letter, state
from tests.store_kit import GROUP, HOUR, MINUTE, NOW, PERSON, a_chat, opened

WAIT = 10 * MINUTE


@pytest.fixture
async def tx(tmp_path: Path) -> AsyncIterator[Transaction]:
    async with opened(tmp_path) as store, store.write() as tx:
        await a_chat(tx, PERSON)
        await a_chat(tx, GROUP)
        yield tx


async def carrier(tx: Transaction, letter: Letter) -> int | None:
    found: int | None = await tx.scalar(select(table.c.carried_by).where(table.c.id == letter.id))
    return found


async def posted_doubts(tx: Transaction, now: datetime) -> list[int]:
    """The chats that a message of its own goes to, which only names doubts."""
    await outbox.post_overdue_doubts(tx, WAIT, now)
    rows = select(table.c.chat_id).where(table.c.kind == "doubt", table.c.state == "pending")
    return sorted((await tx.scalars(rows)).all())


async def test_a_doubt_is_sent_with_the_message_that_names_it(tx: Transaction) -> None:
    doubted, elsewhere = await a_doubt(tx), await a_doubt(tx, GROUP)
    letter = await a_letter(tx)
    [found] = await outbox.doubts(tx, PERSON)
    assert found.id == doubted.id

    await outbox.carry(tx, letter.id, [found])
    await outbox.begin(tx, letter, NOW)
    assert await state(tx, doubted) == "uncertain"
    await outbox.sent(tx, letter.id, 1, NOW)

    assert await state(tx, doubted) == "sent"
    assert await state(tx, elsewhere) == "uncertain"


@pytest.mark.parametrize("outcome", ["again", "uncertain", "dead", "killed"])
async def test_a_doubt_stays_one_if_the_message_that_names_it_does_not_arrive(
    tx: Transaction, outcome: str
) -> None:
    doubted, letter = await a_doubt(tx), await a_letter(tx)
    await outbox.carry(tx, letter.id, [doubted])
    await outbox.begin(tx, letter, NOW)

    match outcome:
        case "again":
            await outbox.again(tx, letter.id, NOW, "HTTP 502", NOW)
        case "uncertain":
            await outbox.uncertain(tx, letter, "the reply was lost", NOW)
        case "dead":
            await outbox.dead(tx, letter.id, "HTTP 400", NOW)
        case _:
            await outbox.recover(tx, NOW)

    assert await state(tx, doubted) == "uncertain"
    assert await carrier(tx, doubted) is None
    assert doubted.id in [found.id for found in await outbox.doubts(tx, PERSON)]


async def test_a_doubt_that_no_message_names_in_time_gets_one_of_its_own(tx: Transaction) -> None:
    await a_doubt(tx)
    await a_doubt(tx)

    just_before = NOW + WAIT - MINUTE
    assert not await outbox.anything(tx, just_before, just_before - WAIT)
    assert await posted_doubts(tx, just_before) == []

    assert await outbox.anything(tx, NOW + WAIT, NOW)
    assert await posted_doubts(tx, NOW + WAIT) == [PERSON]
    assert await posted_doubts(tx, NOW + WAIT) == [PERSON]


async def test_doubts_of_two_chats_get_a_message_each(tx: Transaction) -> None:
    await a_doubt(tx)
    await a_doubt(tx, GROUP)

    assert await posted_doubts(tx, NOW + WAIT) == [GROUP, PERSON]


@pytest.mark.parametrize("chat_state", ["paused", "asleep"])
async def test_a_doubt_of_a_chat_that_is_not_served_waits_until_it_is_again(
    tx: Transaction, chat_state: str
) -> None:
    await a_doubt(tx)
    await chats.set_state(tx, PERSON, chat_state)

    assert not await outbox.anything(tx, NOW + HOUR, NOW)
    assert await posted_doubts(tx, NOW + HOUR) == []

    await chats.set_state(tx, PERSON, "active")
    assert await posted_doubts(tx, NOW + HOUR) == [PERSON]


async def test_a_doubt_of_a_chat_that_telegram_wants_left_alone_waits(tx: Transaction) -> None:
    await a_doubt(tx)
    await chats.hold(tx, PERSON, NOW + HOUR)

    assert await posted_doubts(tx, NOW + WAIT) == []
    assert await posted_doubts(tx, NOW + HOUR) == [PERSON]
