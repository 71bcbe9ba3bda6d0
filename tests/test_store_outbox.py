"""The outbox, step by step: what is due, and what became of it."""

from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.store import Transaction, chats, outbox
from bot.store.outbox import NOTICE_PAUSE
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


async def next_id(tx: Transaction, now: datetime = NOW, busy: tuple[int, ...] = ()) -> int | None:
    letter = await outbox.next_due(tx, now, busy)
    return letter.id if letter else None


# What is due.


async def test_the_message_that_has_been_due_longest_goes_first(tx: Transaction) -> None:
    late = await a_letter(tx, due=NOW)
    early = await a_letter(tx, due=NOW - HOUR)
    same = await a_letter(tx, due=NOW)

    order = []
    while letter := await outbox.next_due(tx, NOW):
        order.append(letter.id)
        await outbox.begin(tx, letter, NOW)

    assert order == [early.id, late.id, same.id]


async def test_nothing_is_sent_before_its_time(tx: Transaction) -> None:
    letter = await a_letter(tx, due=NOW + MINUTE)

    assert await next_id(tx) is None
    assert not await outbox.anything(tx, NOW, NOW - WAIT)
    assert await outbox.anything(tx, NOW + MINUTE, NOW - WAIT)
    assert await next_id(tx, NOW + MINUTE) == letter.id


async def test_one_busy_chat_does_not_hold_up_the_others(tx: Transaction) -> None:
    await a_letter(tx)
    other = await a_letter(tx, chat_id=GROUP)

    assert await next_id(tx, busy=(PERSON,)) == other.id
    assert await next_id(tx, busy=(PERSON, GROUP)) is None


async def test_a_chat_that_telegram_wants_left_alone_is_left_alone(tx: Transaction) -> None:
    letter = await a_letter(tx)
    await chats.hold(tx, PERSON, NOW + MINUTE)

    assert await next_id(tx) is None
    assert not await outbox.anything(tx, NOW, NOW - WAIT)
    assert await next_id(tx, NOW + MINUTE) == letter.id


# What became of it.


async def test_a_message_is_marked_before_the_call(tx: Transaction) -> None:
    letter = await a_letter(tx)

    await outbox.begin(tx, letter, NOW)

    assert await state(tx, letter) == "sending"
    assert await next_id(tx) is None


async def test_what_telegram_confirmed_is_sent_with_its_message_id(tx: Transaction) -> None:
    letter = await a_letter(tx)
    await outbox.begin(tx, letter, NOW)

    await outbox.sent(tx, letter.id, 77, NOW)

    [row] = (await tx.execute(select(table))).all()
    assert (row.state, row.message_id, row.attempts) == ("sent", 77, 1)


async def test_what_telegram_did_not_take_is_due_again_and_counts_its_attempts(
    tx: Transaction,
) -> None:
    letter = await a_letter(tx)
    await outbox.begin(tx, letter, NOW)

    await outbox.again(tx, letter.id, NOW + MINUTE, "HTTP 502", NOW)

    assert await next_id(tx) is None
    found = await outbox.next_due(tx, NOW + MINUTE)
    assert found is not None
    assert (found.id, found.attempts) == (letter.id, 1)


async def test_what_can_never_be_sent_is_dead(tx: Transaction) -> None:
    letter = await a_letter(tx)

    await outbox.dead(tx, letter.id, "no longer wanted", NOW)

    assert await state(tx, letter) == "dead"
    assert await next_id(tx) is None


@pytest.mark.parametrize(
    ("kind", "becomes"),
    [
        ("alert", "uncertain"),
        ("catch_up", "uncertain"),
        ("doubt", "dead"),  # those that it names are named anew
        ("notice", "pending"),  # reading it twice does no harm
    ],
)
async def test_what_a_lost_reply_means_depends_on_the_message(
    tx: Transaction, kind: str, becomes: str
) -> None:
    letter = await a_letter(tx, kind)
    await outbox.begin(tx, letter, NOW)

    await outbox.uncertain(tx, letter, "the reply was lost", NOW)

    assert await state(tx, letter) == becomes
    assert await next_id(tx) is None
    expected = letter.id if kind == "notice" else None
    assert await next_id(tx, NOW + NOTICE_PAUSE) == expected


async def test_what_was_in_flight_when_the_process_ended_is_uncertain(tx: Transaction) -> None:
    flying, waiting, done = [await a_letter(tx) for _ in range(3)]
    notice = await a_letter(tx, "notice")
    for letter in (flying, done, notice):
        await outbox.begin(tx, letter, NOW)
    await outbox.sent(tx, done.id, 1, NOW)

    assert await outbox.recover(tx, NOW) == 2

    states = [await state(tx, letter) for letter in (flying, waiting, done, notice)]
    assert states == ["uncertain", "pending", "sent", "pending"]
    assert await outbox.recover(tx, NOW) == 0


async def test_states_are_counted(tx: Transaction) -> None:
    assert await outbox.counts(tx) == {}
    await a_letter(tx)
    await a_letter(tx)
    await a_doubt(tx)

    assert await outbox.counts(tx) == {"pending": 2, "uncertain": 1}


async def test_what_was_sent_in_plain_words_is_counted(tx: Transaction) -> None:
    await outbox.sent(tx, (await a_letter(tx)).id, 1, NOW)
    await outbox.sent(tx, (await a_letter(tx)).id, 2, NOW, plain=True)

    assert await outbox.sent_plainly(tx) == 1
