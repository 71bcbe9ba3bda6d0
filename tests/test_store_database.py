"""The database: migrated once, strict, durable; what is wrong is told with its remedy."""

import asyncio
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, insert, select, text
from sqlalchemy.exc import IntegrityError, StatementError
from sqlalchemy.pool import NullPool

from bot.errors import StoreError
from bot.store import DatabaseTrouble, Store, chats, memory, migrate
from bot.store.chats import Chat
from bot.store.memory import Code
from bot.store.schema import metadata, settings
from tests.store_kit import GROUP, NOW, PERSON, a_chat, migrated, opened

URL = "sqlite:///data/ausguck.db"
NOBODY = 65534


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    async with opened(tmp_path) as store:
        yield store


async def refusal(url: str, folder: Path) -> str:
    with pytest.raises(StoreError) as refused:
        await Store.open(url, folder)
    return str(refused.value)


# Opening.


async def test_the_database_and_its_folder_are_made_beside_the_configuration(
    tmp_path: Path,
) -> None:
    store = await Store.open(URL, tmp_path)
    await store.close()

    assert (tmp_path / "data" / "ausguck.db").is_file()


async def test_an_absolute_path_does_not_depend_on_the_folder(tmp_path: Path) -> None:
    store = await Store.open(f"sqlite:///{tmp_path}/here.db", tmp_path / "elsewhere")
    await store.close()

    assert (tmp_path / "here.db").is_file()
    assert not (tmp_path / "elsewhere").exists()


async def test_what_was_written_is_there_after_the_next_opening(tmp_path: Path) -> None:
    async with opened(tmp_path) as store, store.write() as tx:
        await memory.put_fact(tx, "name", "Ausguck")

    store = await Store.open("sqlite:///ausguck.db", tmp_path)
    async with store.read() as connection:
        assert await memory.fact(connection, "name") == "Ausguck"
    await store.close()


@pytest.mark.parametrize(
    "url",
    [
        "",
        "data/ausguck.db",
        "sqlite://",
        "sqlite:///",
        "postgresql://localhost/ausguck",
        "http://x",
    ],
)
async def test_another_url_is_refused_with_one_that_works(tmp_path: Path, url: str) -> None:
    assert await refusal(url, tmp_path) == (
        "store.url names no SQLite file; write it as sqlite:///data/ausguck.db"
    )


async def test_a_file_that_is_no_database_is_left_alone_and_named(tmp_path: Path) -> None:
    place = tmp_path / "data" / "ausguck.db"
    place.parent.mkdir()
    place.write_text("Lieber Betreiber, dies ist ein Brief und keine Datenbank. " * 50)

    assert await refusal(URL, tmp_path) == (
        f"{place}: is no database of ours (file is not a database); move it away, or restore a copy"
    )
    assert place.read_text().startswith("Lieber Betreiber")


async def test_a_database_of_a_later_version_is_refused(tmp_path: Path) -> None:
    place = tmp_path / "ausguck.db"
    place.write_bytes(migrated())
    with closing(sqlite3.connect(place, isolation_level=None)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")

    assert await refusal("sqlite:///ausguck.db", tmp_path) == (
        f"{place}: was written by a later Ausguck (schema 9999, this one knows {migrate.HEAD}); "
        "install that version again, or restore a copy"
    )


async def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file where the folder should be")

    said = await refusal(URL, tmp_path)

    assert said.startswith(f"{tmp_path}/data: ")
    assert said.endswith("or set store.url to another place")


@pytest.fixture
def foreign() -> Iterator[Path]:
    """A folder with a database in it that belongs to somebody else."""
    folder = Path(tempfile.mkdtemp())
    (folder / "ausguck.db").write_bytes(migrated())
    (folder / "ausguck.db").chmod(0o444)
    folder.chmod(0o555)
    root = os.geteuid() == 0
    if root:
        os.setresuid(NOBODY, NOBODY, 0)  # nothing is forbidden to root
    yield folder
    if root:
        os.setresuid(0, 0, 0)
    folder.chmod(0o755)
    shutil.rmtree(folder)


@pytest.mark.parametrize(
    ("url", "complaint"),
    [
        ("sqlite:///new.db", "cannot be written"),
        ("sqlite:///ausguck.db", "cannot be written"),
        (URL, "cannot be made: Permission denied"),
    ],
)
async def test_a_folder_of_somebody_else_is_told_with_the_command_that_mends_it(
    foreign: Path, url: str, complaint: str
) -> None:
    said = await refusal(url, foreign)

    assert complaint in said
    assert said.endswith(
        f"run `chown -R {os.getuid()}:{os.getgid()} {foreign}` or set store.url to another place"
    )


async def test_a_database_that_another_program_holds_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(migrate, "PATIENCE", 0.0)
    place = tmp_path / "ausguck.db"
    with closing(sqlite3.connect(place, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        said = await refusal("sqlite:///ausguck.db", tmp_path)

    assert said == f"{place}: is locked by another program; end that one and try again"


# The schema.


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Connection]:
    place = tmp_path / "ausguck.db"
    place.write_bytes(migrated())
    engine = create_engine(f"sqlite:///{place}", poolclass=NullPool)
    with engine.connect() as connection:
        yield connection


def test_the_migrations_lead_to_the_schema_that_the_code_knows(fresh: Connection) -> None:
    assert compare_metadata(MigrationContext.configure(fresh), metadata) == []


def test_the_newest_migration_is_the_one_that_is_asked_for() -> None:
    config = Config()
    config.set_main_option("script_location", str(migrate.SCRIPTS))

    assert ScriptDirectory.from_config(config).get_heads() == [migrate.HEAD]


def test_every_table_is_strict(fresh: Connection) -> None:
    tables = fresh.execute(text("SELECT name, strict FROM pragma_table_list WHERE type = 'table'"))

    strict = {row.name: row.strict for row in tables if row.name in metadata.tables}
    assert strict == dict.fromkeys(metadata.tables, 1)


def test_a_strict_table_refuses_a_value_of_another_type(fresh: Connection) -> None:
    with pytest.raises(IntegrityError, match="cannot store TEXT value in INTEGER column"):
        fresh.execute(text("INSERT INTO codes VALUES ('digest', 'own', 'tomorrow', NULL, 1)"))


def test_opening_an_up_to_date_file_does_not_load_alembic(tmp_path: Path) -> None:
    (tmp_path / "ausguck.db").write_bytes(migrated())
    before = {name: sys.modules.pop(name) for name in list(sys.modules) if "alembic" in name}

    migrate.upgrade(tmp_path / "ausguck.db")

    loaded = [name for name in sys.modules if "alembic" in name]
    sys.modules.update(before)
    assert loaded == []


def test_several_that_come_at_once_migrate_once(tmp_path: Path) -> None:
    place, gate = tmp_path / "ausguck.db", threading.Barrier(5)

    def start() -> None:
        gate.wait()
        migrate.upgrade(place)

    with ThreadPoolExecutor(5) as pool:
        for started in [pool.submit(start) for _ in range(5)]:
            started.result()

    assert versions(place) == [(migrate.HEAD,)]


def test_two_processes_that_start_together_migrate_once(tmp_path: Path) -> None:
    place = tmp_path / "ausguck.db"
    program = (
        "import sys, pathlib; from bot.store import migrate; "
        "migrate.upgrade(pathlib.Path(sys.argv[1]))"
    )
    command = (sys.executable, "-c", program, place)

    processes = [subprocess.Popen(command) for _ in range(2)]

    assert [process.wait(30) for process in processes] == [0, 0]
    assert versions(place) == [(migrate.HEAD,)]


def versions(place: Path) -> list[tuple[str]]:
    with closing(sqlite3.connect(place)) as connection:
        return connection.execute("SELECT version_num FROM alembic_version").fetchall()


def test_a_migration_that_fails_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    place = tmp_path / "ausguck.db"
    with closing(sqlite3.connect(place)) as connection:
        connection.execute("CREATE TABLE outbox (mine TEXT)")

    with pytest.raises(DatabaseTrouble, match="already exists"):
        migrate.upgrade(place)

    with closing(sqlite3.connect(place)) as connection:
        assert connection.execute("SELECT name FROM sqlite_master").fetchall() == [("outbox",)]


# Connections and transactions.


@pytest.mark.parametrize(
    ("pragma", "value"),
    [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("busy_timeout", 5000)],
)
async def test_a_connection_is_durable_and_keeps_references_whole(
    store: Store, pragma: str, value: object
) -> None:
    async with store.read() as connection:
        assert await connection.scalar(text(f"PRAGMA {pragma}")) == value


async def test_a_transaction_that_fails_leaves_nothing(store: Store) -> None:
    async def write() -> None:
        async with store.write() as tx:
            await memory.put_fact(tx, "name", "half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await write()

    async with store.read() as connection:
        assert await memory.fact(connection, "name") is None


async def test_a_transaction_that_is_cancelled_leaves_nothing_and_gives_way(store: Store) -> None:
    inside = asyncio.Event()

    async def write() -> None:
        async with store.write() as tx:
            await memory.put_fact(tx, "name", "half")
            inside.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(write())
    await inside.wait()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)

    async with store.write() as tx:
        assert await memory.fact(tx, "name") is None
        await memory.put_fact(tx, "name", "whole")


async def test_writers_take_turns(store: Store) -> None:
    async def count() -> None:
        async with store.write() as tx:
            number = int(await memory.fact(tx, "number") or 0)
            await asyncio.sleep(0)
            await memory.put_fact(tx, "number", str(number + 1))

    await asyncio.gather(*(count() for _ in range(10)))

    async with store.read() as connection:
        assert await memory.fact(connection, "number") == "10"


async def test_a_reader_sees_one_state_throughout(store: Store) -> None:
    async with store.read() as connection:
        assert await memory.fact(connection, "name") is None
        async with store.write() as tx:
            await memory.put_fact(tx, "name", "later")
        assert await memory.fact(connection, "name") is None


async def test_the_store_answers_as_long_as_its_file_is_whole(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        assert await store.answers()
    (tmp_path / "ausguck.db").write_bytes(b"rubbish" * 1000)

    assert not await store.answers()
    await store.close()


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


async def test_rows_can_be_inserted_again_after_a_failure(store: Store) -> None:
    async with store.write() as tx:
        await a_chat(tx, PERSON)
    with pytest.raises(DatabaseTrouble):
        async with store.write() as tx:
            await tx.execute(insert(settings).values(name=None, value=None))

    async with store.write() as tx:
        assert [chat.id for chat in await chats.listed(tx)] == [PERSON]
