"""What is kept of a chat: handed out, erased for good, forgotten after half a year."""

import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import insert

from bot.store import (
    Store,
    Transaction,
    alerts,
    chats,
    claims,
    memory,
    notices,
    outbox,
    own,
    people,
)
from bot.store.chats import Chat
from bot.store.claims import Claim
from bot.store.memory import Code
from bot.store.schema import drafts, heard, metadata
from tests.store_kit import (
    DAY,
    GROUP,
    NOW,
    PERSON,
    a_chat,
    a_feed,
    a_read_entry,
    opened,
    told,
)

THREAD = 7


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    async with opened(tmp_path) as store:
        yield store


@pytest.fixture
async def tx(store: Store) -> AsyncIterator[Transaction]:
    async with store.write() as tx:
        yield tx


async def a_full_chat(tx: Transaction, chat_id: int, key: str = "k1") -> int:
    """A chat that was told something and has something of everything; returns its alert."""
    await a_chat(tx, chat_id)
    await chats.subscribe(tx, chat_id, "nordkorea", NOW)
    await own.set_lines(tx, chat_id, ["Kim Jong Un"])
    await own.exclude(tx, chat_id, "nordkorea", "title:Videospiel", NOW)
    draft = {"chat_id": chat_id, "name": "a.txt", "content": b"Nordsee", "created": NOW}
    await tx.execute(insert(drafts).values(**draft))
    await tx.execute(insert(heard).values(chat_id=chat_id, subject="https://a.example/once"))
    await memory.put_code(tx, f"digest {key}", Code("share", NOW + DAY, data={"chat": chat_id}))
    feed = await a_feed(tx, f"https://{key}.example/", key)
    entry_id = await a_read_entry(tx, feed, key, ("nordkorea",))
    letter = await outbox.post(tx, chat_id, "alert", NOW, NOW)
    await alerts.keep_decision(tx, entry_id, told(chat_id), NOW)
    await alerts.open_alert(tx, entry_id, told(chat_id), letter, NOW)
    [alert] = await alerts.carried(tx, letter)
    return alert.id


async def a_topic(tx: Transaction) -> Chat:
    group = await chats.get(tx, GROUP) or await a_chat(tx, GROUP)
    return await chats.open_topic(tx, group, THREAD, NOW)


async def everything(tx: Transaction) -> str:
    """All rows of all tables."""
    return str([(await tx.execute(table.select())).all() for table in metadata.tables.values()])


# Handed out.


async def test_all_that_is_kept_of_a_chat_is_handed_out_with_titles_and_times(
    tx: Transaction,
) -> None:
    await a_full_chat(tx, PERSON)

    found = await people.export(tx, PERSON)

    assert found["chat"]["id"] == PERSON
    assert found["chat"]["language"] == "de"
    assert found["lists"][0]["watchlist"] == "nordkorea"
    assert found["own_queries"] == ["Kim Jong Un"]
    assert found["exclusions"][0]["line"] == "title:Videospiel"
    assert found["drafts"][0]["content"] == "Nordsee"
    assert found["links"] == [{"purpose": "share", "expires": (NOW + DAY).isoformat()}]
    assert found["messages"][0]["kind"] == "alert"
    [alert], [decision] = found["alerts"], found["decisions"]
    assert alert["title"] == decision["title"] == "Titel k1"
    assert alert["link"] == "https://depesche.example/k1"
    assert alert["created"] == decision["decided"] == NOW.isoformat()
    assert decision["reason"] == "it is new"
    json.dumps(found)


async def test_no_table_that_a_chat_has_rows_in_is_left_out(tx: Transaction) -> None:
    await a_full_chat(tx, PERSON)

    found = await people.export(tx, PERSON)

    names = {"subscriptions": "lists", "own_lists": "own_queries", "outbox": "messages"}
    kept = {t.name for t in metadata.tables.values() if "chat_id" in t.columns}
    assert all(found[names.get(name, name)] for name in kept)


async def test_what_somebody_did_in_a_group_is_handed_out_too(tx: Transaction) -> None:
    alert = await a_full_chat(tx, GROUP)
    await a_chat(tx, PERSON)
    await claims.claim(tx, alert, Claim(PERSON, NOW))
    await claims.vote(tx, alert, PERSON)

    found = await people.export(tx, PERSON)

    assert [row["title"] for row in found["claimed"]] == ["Titel k1"]
    assert [row["title"] for row in found["not_relevant"]] == ["Titel k1"]


async def test_a_group_is_handed_out_with_its_topics(tx: Transaction) -> None:
    topic = await a_topic(tx)
    await chats.subscribe(tx, topic.id, "siegesparade", NOW)

    found = await people.export(tx, GROUP)

    [theirs] = found["topics"]
    assert theirs["chat"]["thread"] == THREAD
    assert theirs["lists"][0]["watchlist"] == "siegesparade"


async def test_one_chats_export_says_nothing_of_another(tx: Transaction) -> None:
    await a_full_chat(tx, GROUP)
    await a_chat(tx, PERSON)

    assert people.is_blank(await people.export(tx, PERSON))
    assert not people.is_blank(await people.export(tx, GROUP))


# Erased.


async def test_erased_a_person_is_in_no_table_any_more(tx: Transaction) -> None:
    alert = await a_full_chat(tx, GROUP, "k1")
    await a_full_chat(tx, PERSON, "k2")
    await claims.claim(tx, alert, Claim(PERSON, NOW))
    await claims.vote(tx, alert, PERSON)
    await notices.post(tx, [GROUP], "chat_parked", {"chat": str(PERSON)}, NOW)

    assert await people.erase(tx, PERSON, NOW)

    assert str(PERSON) not in await everything(tx)
    assert (await people.export(tx, GROUP))["alerts"]


async def test_who_is_not_known_is_not_erased_and_not_noted(
    tx: Transaction, tmp_path: Path
) -> None:
    assert not await people.erase(tx, PERSON, NOW)

    assert not (tmp_path / "erased").exists()


async def test_a_group_is_erased_with_its_topics(tx: Transaction) -> None:
    await a_topic(tx)

    await people.erase(tx, GROUP, NOW)

    assert await chats.listed(tx) == []


async def test_a_topic_is_erased_alone(tx: Transaction) -> None:
    topic = await a_topic(tx)

    await people.erase(tx, topic.id, NOW)

    assert [chat.id for chat in await chats.listed(tx)] == [GROUP]


# Paused.


async def test_a_group_is_paused_and_goes_on_with_its_topics(tx: Transaction) -> None:
    topic = await a_topic(tx)
    await a_chat(tx, PERSON)

    await people.pause(tx, GROUP)
    paused = {chat.id: chat.state for chat in await chats.listed(tx)}
    await people.resume(tx, GROUP)

    assert paused == {GROUP: "paused", topic.id: "paused", PERSON: "active"}
    assert {chat.state for chat in await chats.listed(tx)} == {"active"}


async def test_a_topic_goes_on_alone(tx: Transaction) -> None:
    topic = await a_topic(tx)
    await people.pause(tx, GROUP)

    await people.resume(tx, topic.id)

    assert {chat.id: chat.state for chat in await chats.listed(tx)} == {
        GROUP: "paused",
        topic.id: "active",
    }


# Forgotten.


async def test_a_chat_is_erased_that_has_been_asleep_for_half_a_year(tx: Transaction) -> None:
    for chat_id, slept in ((1, 181 * DAY), (2, 179 * DAY)):
        await a_chat(tx, chat_id)
        await chats.fall_asleep(tx, chat_id, NOW - slept)
    await a_chat(tx, 3)

    assert await people.forget_long_asleep(tx, NOW) == [1]

    assert [chat.id for chat in await chats.listed(tx)] == [2, 3]


async def test_who_woke_in_between_is_not_forgotten(tx: Transaction) -> None:
    await a_chat(tx)
    await chats.fall_asleep(tx, PERSON, NOW - 181 * DAY)
    await chats.wake(tx, PERSON)

    assert await people.forget_long_asleep(tx, NOW) == []
