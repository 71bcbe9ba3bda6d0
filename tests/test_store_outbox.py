"""The outbox, step by step: what is due, what became of it, what is to be named again."""

from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.store import Transaction, alerts, chats, digests, notices, outbox
from bot.store.digests import MOST_NAMED
from bot.store.outbox import NOTICE_PAUSE, Letter
from bot.store.schema import outbox as table
from tests.store_kit import (
    GROUP,
    HOUR,
    MINUTE,
    NOW,
    PERSON,
    a_chat,
    a_feed,
    a_read_entry,
    opened,
    told,
)

WAIT = 10 * MINUTE


@pytest.fixture
async def tx(tmp_path: Path) -> AsyncIterator[Transaction]:
    async with opened(tmp_path) as store, store.write() as tx:
        await a_chat(tx, PERSON)
        await a_chat(tx, GROUP)
        yield tx


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


async def carrier(tx: Transaction, letter: Letter) -> int | None:
    found: int | None = await tx.scalar(select(table.c.carried_by).where(table.c.id == letter.id))
    return found


async def next_id(tx: Transaction, now: datetime = NOW, busy: tuple[int, ...] = ()) -> int | None:
    letter = await outbox.next_due(tx, now, busy)
    return letter.id if letter else None


async def posted_doubts(tx: Transaction, now: datetime) -> list[int]:
    """The chats that a message of its own goes to, which only names doubts."""
    await outbox.post_overdue_doubts(tx, WAIT, now)
    rows = select(table.c.chat_id).where(table.c.kind == "doubt", table.c.state == "pending")
    return sorted((await tx.scalars(rows)).all())


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


# Naming what may not have arrived.


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


# Digests and notices.


async def test_late_articles_share_a_digest_until_it_is_full(tx: Transaction) -> None:
    feed = await a_feed(tx)
    letters = []
    for number in range(2 * MOST_NAMED + 1):
        letter_id = await digests.open_catch_up(tx, PERSON, NOW + number * MINUTE, NOW)
        entry_id = await a_read_entry(tx, feed, f"k{number}")
        await alerts.open_alert(tx, entry_id, told(), letter_id, NOW)
        letters.append(letter_id)

    assert [letters.count(letter) for letter in dict.fromkeys(letters)] == [
        *(MOST_NAMED, MOST_NAMED, 1),
    ]
    first = await outbox.next_due(tx, NOW)
    assert first is not None
    assert (first.id, first.kind, first.due) == (letters[0], "catch_up", NOW)


async def test_a_digest_that_is_on_its_way_takes_nothing_more(tx: Transaction) -> None:
    first = await digests.open_catch_up(tx, PERSON, NOW, NOW)
    letter = await outbox.next_due(tx, NOW)
    assert letter is not None
    await outbox.begin(tx, letter, NOW)

    assert await digests.open_catch_up(tx, PERSON, NOW, NOW) != first


async def test_every_chat_has_a_digest_of_its_own(tx: Transaction) -> None:
    await outbox.post(tx, PERSON, "alert", NOW, NOW)
    mine = await digests.open_catch_up(tx, PERSON, NOW, NOW)

    assert await digests.open_catch_up(tx, GROUP, NOW, NOW) != mine
    assert await digests.open_catch_up(tx, PERSON, NOW, NOW) == mine


async def test_a_notice_goes_to_each_chat_with_what_it_says(tx: Transaction) -> None:
    await notices.post(tx, [PERSON, GROUP], "list_removed", {"name": "Ä & B"}, NOW)

    told_chats = []
    while letter := await outbox.next_due(tx, NOW):
        assert letter.kind == "notice"
        assert letter.notice_id is not None
        assert await notices.get(tx, letter.notice_id) == ("list_removed", {"name": "Ä & B"})
        await outbox.begin(tx, letter, NOW)
        told_chats.append(letter.chat_id)

    assert sorted(told_chats) == [GROUP, PERSON]


async def test_without_an_admin_there_is_no_notice(tx: Transaction) -> None:
    await notices.post(tx, [], "folder_gone", {}, NOW)

    assert await outbox.counts(tx) == {}
