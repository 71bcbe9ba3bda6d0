"""Versions of watchlists, and what follows a list under another name."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine

from bot.store import Store, chats, memory, migrate, subscriptions, versions
from tests.store_kit import NOW, PERSON, a_chat, opened

HOUR = timedelta(hours=1)


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    async with opened(tmp_path) as store:
        yield store


async def test_the_latest_version_is_the_one_that_was_kept_last(store: Store) -> None:
    async with store.write() as tx:
        await versions.keep(tx, "nord", "Kim", NOW)
        number = await versions.keep(tx, "nord", "Xi", NOW)
        await versions.keep(tx, "sieg", "Parade", NOW)

        assert await versions.latest(tx, "nord") == (number, "nord", "Xi", NOW)
        assert await versions.get(tx, number) == (number, "nord", "Xi", NOW)
        assert await versions.latest(tx, "iran") is None


async def test_the_oldest_go_but_not_the_one_that_is_spared(store: Store) -> None:
    async with store.write() as tx:
        first = await versions.keep(tx, "nord", "0", NOW)
        second = await versions.keep(tx, "nord", "1", NOW)
        for number in range(2, versions.KEPT + 2):
            await versions.keep(tx, "nord", str(number), NOW, spare=first)

        assert await versions.get(tx, first) is not None
        assert await versions.get(tx, second) is None


async def test_a_list_is_there_since_its_first_version(store: Store) -> None:
    async with store.write() as tx:
        await versions.keep(tx, "nord", "Kim", NOW)
        await versions.keep(tx, "nord", "Xi", NOW + HOUR)

        assert await versions.since(tx) == {"nord": NOW}


async def test_in_force_is_what_was_remembered_last(store: Store) -> None:
    async with store.write() as tx:
        await memory.remember_watchlist(tx, "nord", "", NOW)

        assert await versions.in_force(tx, "nord") == ""
        assert await versions.in_force(tx, "sieg") is None


async def test_versions_follow_a_list_under_its_new_name(store: Store) -> None:
    async with store.write() as tx:
        number = await versions.keep(tx, "nord", "Kim", NOW)

        await versions.rename(tx, "nord", "korea")

        assert await versions.latest(tx, "korea") == (number, "korea", "Kim", NOW)
        assert await versions.latest(tx, "nord") is None


async def test_who_has_both_lists_on_keeps_how_the_new_one_is_told(store: Store) -> None:
    async with store.write() as tx:
        await a_chat(tx, PERSON)
        for name in ("nord", "korea"):
            await chats.subscribe(tx, PERSON, name, NOW)
        await subscriptions.set_mode(tx, PERSON, "nord", "quiet")
        await subscriptions.set_mode(tx, PERSON, "korea", "urgent")

        await subscriptions.rename(tx, "nord", "korea")

        assert await subscriptions.modes(tx, PERSON) == {"korea": "urgent"}


async def test_lists_of_before_have_their_version(tmp_path: Path) -> None:
    place = tmp_path / "ausguck.db"
    config = Config()
    config.set_main_option("script_location", str(migrate.SCRIPTS))
    engine = create_engine(f"sqlite:///{place}")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0005")
        connection.exec_driver_sql("INSERT INTO watchlists VALUES ('nord', 'Kim', 7)")
    engine.dispose()

    migrate.upgrade(place)

    with closing(sqlite3.connect(place)) as database:
        kept = database.execute("SELECT name, source, saved FROM versions").fetchall()
    assert kept == [("nord", "Kim", 7)]
