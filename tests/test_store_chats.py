"""Chats in the store: who is served, what each wants, and how a chat leaves or moves."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import func, insert, select

from bot.store import Transaction, alerts, chats, outbox, own
from bot.store.chats import Chat
from bot.store.schema import metadata
from tests.store_kit import (
    GROUP,
    HOUR,
    NOW,
    PERSON,
    a_chat,
    a_feed,
    a_read_entry,
    opened,
    told,
)

SUPERGROUP = -1001234567890
BELONGING = (
    *("subscriptions", "decisions", "outbox", "alerts", "heard"),
    *("own_lists", "exclusions", "drafts"),
)


@pytest.fixture
async def tx(tmp_path: Path) -> AsyncIterator[Transaction]:
    async with opened(tmp_path) as store, store.write() as tx:
        yield tx


async def a_full_chat(tx: Transaction, chat_id: int, key: str = "k1") -> int:
    """A chat with a row in every table that a chat can have one in; returns its letter."""
    await a_chat(tx, chat_id)
    await chats.subscribe(tx, chat_id, "nordkorea", NOW)
    await own.set_lines(tx, chat_id, ["Kim Jong Un"])
    await own.exclude(tx, chat_id, "nordkorea", f"title:Videospiel{chat_id}", NOW)
    draft = {"chat_id": chat_id, "name": "a", "content": b"A", "created": NOW}
    await tx.execute(insert(metadata.tables["drafts"]).values(**draft))
    await tx.execute(
        insert(metadata.tables["heard"]).values(chat_id=chat_id, subject=f"once {key}")
    )
    feed = await a_feed(tx, f"https://{key}.example/", key)
    entry_id = await a_read_entry(tx, feed, key, ("nordkorea",))
    letter = await outbox.post(tx, chat_id, "alert", NOW, NOW)
    await alerts.keep_decision(tx, entry_id, told(chat_id), NOW)
    await alerts.open_alert(tx, entry_id, told(chat_id), letter, NOW)
    return letter


async def rows_of(tx: Transaction, chat_id: int) -> dict[str, int]:
    """How many rows a chat has in each table."""
    found = {}
    for name in BELONGING:
        table = metadata.tables[name]
        count = select(func.count()).select_from(table).where(table.c.chat_id == chat_id)
        found[name] = await tx.scalar(count) or 0
    return found


def test_these_are_all_the_tables_that_a_chat_has_rows_in() -> None:
    referring = {t.name for t in metadata.tables.values() if "chat_id" in t.columns}

    assert referring == set(BELONGING)


# Who is served.


async def test_a_chat_is_as_it_was_written_last(tx: Transaction) -> None:
    chat = await a_chat(tx)
    assert await chats.get(tx, PERSON) == chat

    changed = replace(chat, language="en", state="paused", admin=True)
    await chats.put(tx, changed, NOW + HOUR)

    assert await chats.listed(tx) == [changed]
    assert await chats.get(tx, GROUP) is None


@pytest.mark.parametrize("state", ["asked", "active", "paused", "asleep"])
async def test_only_an_active_chat_is_served(tx: Transaction, state: str) -> None:
    await a_chat(tx)
    await chats.set_state(tx, PERSON, state)

    chat = await chats.get(tx, PERSON)
    assert chat is not None
    assert chat.served == (state == "active")


async def test_admins_are_those_who_can_be_written_to(tx: Transaction) -> None:
    for chat_id, state, admin in ((1, "active", True), (2, "asleep", True), (3, "active", False)):
        await chats.put(tx, Chat(chat_id, "private", "de", state, admin), NOW)

    assert [chat.id for chat in await chats.admins(tx)] == [1]


# What each wants.


async def test_a_list_is_switched_on_and_off(tx: Transaction) -> None:
    await a_chat(tx)
    for name in ("nordkorea", "siegesparade", "nordkorea"):
        await chats.subscribe(tx, PERSON, name, NOW)
    assert await chats.subscribed(tx, PERSON) == {"nordkorea", "siegesparade"}

    await chats.unsubscribe(tx, PERSON, "nordkorea")
    await chats.unsubscribe(tx, PERSON, "unknown")
    assert await chats.subscribed(tx, PERSON) == {"siegesparade"}


async def test_subscribers_come_each_with_the_lists_that_they_want(tx: Transaction) -> None:
    person, group = await a_chat(tx), await a_chat(tx, GROUP, "paused")
    for name in ("b", "a", "c"):
        await chats.subscribe(tx, PERSON, name, NOW)
    await chats.subscribe(tx, GROUP, "b", NOW)

    assert await chats.subscribers(tx, ["a", "b"]) == [(group, ("b",)), (person, ("a", "b"))]
    assert await chats.subscribers(tx, []) == []


# Leaving.


async def test_an_erased_chat_leaves_nothing_behind(tx: Transaction) -> None:
    await a_full_chat(tx, PERSON, "a")
    await a_full_chat(tx, GROUP, "b")

    await chats.erase(tx, PERSON)

    assert await chats.get(tx, PERSON) is None
    assert await rows_of(tx, PERSON) == dict.fromkeys(BELONGING, 0)
    assert await rows_of(tx, GROUP) == dict.fromkeys(BELONGING, 1)


# Moving.


async def test_what_belongs_to_a_group_follows_it_to_its_new_id(tx: Transaction) -> None:
    await a_full_chat(tx, GROUP)
    await chats.hold(tx, GROUP, NOW + HOUR)

    await chats.move(tx, GROUP, SUPERGROUP)

    assert await chats.listed(tx) == [Chat(SUPERGROUP, "supergroup", "de", "active", admin=False)]
    assert await rows_of(tx, SUPERGROUP) == dict.fromkeys(BELONGING, 1)
    letter = await outbox.next_due(tx, NOW)
    assert letter is not None
    assert letter.chat_id == SUPERGROUP


async def test_a_group_that_was_seen_under_its_new_id_before_becomes_one_with_it(
    tx: Transaction,
) -> None:
    await a_full_chat(tx, GROUP, "a")
    await a_full_chat(tx, SUPERGROUP, "b")
    await chats.set_state(tx, SUPERGROUP, "asked")
    await chats.subscribe(tx, SUPERGROUP, "siegesparade", NOW)

    await chats.move(tx, GROUP, SUPERGROUP)

    assert await chats.listed(tx) == [Chat(SUPERGROUP, "supergroup", "de", "active", admin=False)]
    assert await chats.subscribed(tx, SUPERGROUP) == {"nordkorea", "siegesparade"}
    both = dict.fromkeys(BELONGING, 2)
    assert await rows_of(tx, SUPERGROUP) == {**both, "own_lists": 1}


@pytest.mark.parametrize(("old", "new"), [(GROUP, SUPERGROUP), (SUPERGROUP, SUPERGROUP)])
async def test_a_move_that_was_made_before_changes_nothing(
    tx: Transaction, old: int, new: int
) -> None:
    await a_full_chat(tx, SUPERGROUP)

    await chats.move(tx, old, new)

    assert await rows_of(tx, SUPERGROUP) == dict.fromkeys(BELONGING, 1)
