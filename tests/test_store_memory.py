"""What is kept comes back as it was: values, codes, the last good watchlists, facts."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError, StatementError

from bot.store import Store, chats, memory
from bot.store.chats import Chat
from bot.store.memory import Code
from bot.store.schema import metadata, settings
from tests.store_kit import GROUP, NOW, a_chat, opened


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    async with opened(tmp_path) as store:
        yield store


# Values.


async def test_an_instant_comes_back_in_utc_to_the_microsecond(store: Store) -> None:
    berlin = datetime(2025, 5, 9, 10, 0, 0, 123456, tzinfo=UTC).astimezone()
    async with store.write() as tx:
        await memory.put_code(tx, "digest", Code("own", berlin))
        [expires] = await tx.scalars(select(metadata.tables["codes"].c.expires))

    assert expires == berlin
    assert expires.utcoffset() == timedelta(0)


async def test_an_instant_without_a_zone_is_refused(store: Store) -> None:
    with pytest.raises(StatementError, match="a naive datetime"):
        async with store.write() as tx:
            await memory.put_code(tx, "digest", Code("own", NOW.replace(tzinfo=None)))


async def test_a_chats_number_may_be_larger_than_32_bits(store: Store) -> None:
    async with store.write() as tx:
        await a_chat(tx, -1001234567890)

        assert await chats.get(tx, -1001234567890) == Chat(
            -1001234567890, "group", "de", "active", admin=False
        )


async def test_what_belongs_to_nobody_is_refused(store: Store) -> None:
    with pytest.raises(IntegrityError, match="FOREIGN KEY"):
        async with store.write() as tx:
            await chats.subscribe(tx, GROUP, "nordkorea", NOW)


# What is remembered across a restart.


async def test_a_code_is_used_once(store: Store) -> None:
    async with store.write() as tx:
        await memory.put_code(tx, "digest", Code("own", NOW + timedelta(hours=1)))

        assert await memory.use_code(tx, "digest", "own", NOW)
        assert not await memory.use_code(tx, "digest", "own", NOW)


async def test_a_code_is_good_until_it_expires(store: Store) -> None:
    async with store.write() as tx:
        await memory.put_code(tx, "early", Code("own", NOW + timedelta(hours=1)))
        await memory.put_code(tx, "late", Code("own", NOW + timedelta(hours=1)))
        just_before = NOW + timedelta(hours=1) - timedelta(microseconds=1)

        assert await memory.use_code(tx, "early", "own", just_before)
        assert not await memory.use_code(tx, "late", "own", NOW + timedelta(hours=1))


async def test_a_code_opens_only_what_it_was_made_for(store: Store) -> None:
    async with store.write() as tx:
        await memory.put_code(tx, "digest", Code("own", NOW + timedelta(hours=1)))

        assert not await memory.use_code(tx, "digest", "invite", NOW)
        assert not await memory.use_code(tx, "unknown", "own", NOW)
        assert await memory.use_code(tx, "digest", "own", NOW)


async def test_the_last_good_version_of_a_watchlist_is_kept_until_it_is_forgotten(
    store: Store,
) -> None:
    async with store.write() as tx:
        await memory.remember_watchlist(tx, "eins", "Wort\n", NOW)
        await memory.remember_watchlist(tx, "zwei", "Ort\n", NOW)
        await memory.remember_watchlist(tx, "eins", "Wörter\n", NOW)
        assert await memory.stored_watchlists(tx) == {"eins": "Wörter\n", "zwei": "Ort\n"}

        await memory.remember_watchlist(tx, "zwei", None, NOW)
        await memory.remember_watchlist(tx, "drei", None, NOW)
        assert await memory.stored_watchlists(tx) == {"eins": "Wörter\n"}


async def test_a_fact_is_replaced_by_the_next(store: Store) -> None:
    async with store.write() as tx:
        assert await memory.fact(tx, "telegram.username") is None
        await memory.put_fact(tx, "telegram.username", "a_bot")
        await memory.put_fact(tx, "telegram.username", "b_bot")

        assert await memory.fact(tx, "telegram.username") == "b_bot"
        assert (await tx.scalars(select(settings.c.name))).all() == ["telegram.username"]
