"""What is collected is told together: each article in exactly one message."""

from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path

import pytest

from bot.store import Transaction, alerts, digests, outbox
from bot.store.digests import MOST_COLLECTED
from bot.store.outbox import Letter
from tests.store_kit import (
    GROUP,
    HOUR,
    MINUTE,
    NOW,
    PERSON,
    SECOND,
    a_chat,
    a_feed,
    a_read_entry,
    opened,
    told,
)

NOON = NOW + 4 * HOUR


@pytest.fixture
async def tx(tmp_path: Path) -> AsyncIterator[Transaction]:
    async with opened(tmp_path) as store, store.write() as tx:
        for chat_id in (PERSON, GROUP):
            await a_chat(tx, chat_id)
        yield tx


async def an_alert(tx: Transaction, key: str, chat_id: int = PERSON, due: datetime = NOW) -> Letter:
    """An alert of an article of its own that waits."""
    feed = await a_feed(tx, f"https://depesche.example/{key}{chat_id}.xml")
    entry_id = await a_read_entry(tx, feed, f"{key}{chat_id}", ("nordkorea",))
    letter_id = await outbox.post(tx, chat_id, "alert", due, NOW)
    await alerts.open_alert(tx, entry_id, told(chat_id), letter_id, NOW)
    return Letter(letter_id, chat_id, chat_id, "alert", due, 0, None)


async def collected(
    tx: Transaction, key: str, due: datetime = NOON, chat_id: int = PERSON, *, burst: bool = False
) -> None:
    await digests.collect(tx, await an_alert(tx, key, chat_id), due, NOW, burst=burst)


async def waiting(tx: Transaction, now: datetime = NOON + 24 * HOUR) -> list[tuple[Letter, int]]:
    """Return the messages that wait, in their order, each with how many articles it tells."""
    found = []
    while letter := await outbox.next_due(tx, now):
        found.append((letter, len(await alerts.carried(tx, letter.id))))
        await outbox.dead(tx, letter.id, "seen", now)
    return found


async def test_an_alert_that_is_collected_is_told_by_the_digest_alone(tx: Transaction) -> None:
    await collected(tx, "a")

    [(letter, articles)] = await waiting(tx)

    assert (letter.kind, letter.due, letter.burst, articles) == ("digest", NOON, False, 1)


async def test_what_is_due_together_is_one_digest(tx: Transaction) -> None:
    for key in "abc":
        await collected(tx, key)

    assert [articles for _, articles in await waiting(tx)] == [3]


async def test_what_is_due_at_another_time_or_in_another_chat_is_another(tx: Transaction) -> None:
    await collected(tx, "a")
    await collected(tx, "b", NOON + MINUTE)
    await collected(tx, "c", chat_id=GROUP)
    await collected(tx, "d", burst=True)

    assert [articles for _, articles in await waiting(tx)] == [1, 1, 1, 1]


async def test_a_digest_that_is_full_is_followed_by_another(tx: Transaction) -> None:
    for number in range(MOST_COLLECTED + 1):
        await collected(tx, str(number))

    assert [articles for _, articles in await waiting(tx)] == [MOST_COLLECTED, 1]


async def test_a_digest_that_is_being_sent_takes_nothing_more(tx: Transaction) -> None:
    await collected(tx, "a")
    first = await outbox.next_due(tx, NOON)
    assert first is not None
    await outbox.begin(tx, first, NOON)

    await collected(tx, "b")

    [(second, articles)] = await waiting(tx)
    assert (second.id != first.id, articles) == (True, 1)


# The digest of a burst that waits.


async def test_without_a_burst_nothing_is_folded(tx: Transaction) -> None:
    await collected(tx, "a")
    await collected(tx, "b", chat_id=GROUP, burst=True)

    assert await digests.folds_at(tx, PERSON) is None


async def test_a_burst_is_folded_until_its_last_digest_is_due(tx: Transaction) -> None:
    await collected(tx, "a", NOON, burst=True)
    await collected(tx, "b", NOON + HOUR, burst=True)

    assert await digests.folds_at(tx, PERSON) == NOON + HOUR


async def test_a_burst_whose_digest_is_on_its_way_is_over(tx: Transaction) -> None:
    await collected(tx, "a", burst=True)
    letter = await outbox.next_due(tx, NOON)
    assert letter is not None

    await outbox.begin(tx, letter, NOON)

    assert await digests.folds_at(tx, PERSON) is None


# What counts as told just now.


async def test_the_latest_alerts_count_newest_first_and_only_as_many_as_asked_for(
    tx: Transaction,
) -> None:
    for number in range(4):
        letter = await an_alert(tx, str(number))
        await outbox.begin(tx, letter, NOW)
        await outbox.sent(tx, letter.id, number, NOW + number * SECOND)

    latest = await digests.latest_alerts(tx, PERSON, 3)

    assert latest == [NOW + 3 * SECOND, NOW + 2 * SECOND, NOW + SECOND]


async def test_an_alert_counts_from_when_it_may_have_rung(tx: Transaction) -> None:
    pending, sending, unsure = [await an_alert(tx, key) for key in "abc"]
    await outbox.begin(tx, sending, NOW + SECOND)
    await outbox.uncertain(tx, unsure, "lost", NOW + 2 * SECOND)

    assert await digests.latest_alerts(tx, PERSON, 9) == [NOW + 2 * SECOND, NOW + SECOND]
    assert pending.id < sending.id


async def test_neither_digests_nor_other_chats_count(tx: Transaction) -> None:
    await collected(tx, "a", NOW)
    digest = await outbox.next_due(tx, NOW)
    assert digest is not None
    await outbox.sent(tx, digest.id, 1, NOW)
    elsewhere = await an_alert(tx, "b", GROUP)
    await outbox.sent(tx, elsewhere.id, 2, NOW)

    assert await digests.latest_alerts(tx, PERSON, 9) == []
