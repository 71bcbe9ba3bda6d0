"""Digests and notices in the outbox: what shares a message, and whom it goes to."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.store import Transaction, alerts, digests, notices, outbox
from bot.store.digests import MOST_NAMED
from tests.store_kit import GROUP, MINUTE, NOW, PERSON, a_chat, a_feed, a_read_entry, opened, told


@pytest.fixture
async def tx(tmp_path: Path) -> AsyncIterator[Transaction]:
    async with opened(tmp_path) as store, store.write() as tx:
        await a_chat(tx, PERSON)
        await a_chat(tx, GROUP)
        yield tx


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
