"""The database: durable, whole, its writers in turn; what is wrong is told with its remedy."""

import asyncio
import os
import shutil
import sqlite3
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import insert, text

from bot.errors import StoreError
from bot.store import DatabaseTrouble, Store, chats, memory, migrate
from bot.store.schema import settings
from tests.store_kit import PERSON, a_chat, migrated, opened

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
        "install that version again, or restore a backup of this version"
    )


async def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file where the folder should be")

    said = await refusal(URL, tmp_path)

    assert said.startswith(f"{tmp_path}/data: ")
    assert said.endswith("; set store.url to another place")


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
        f"run `chown -R {os.getuid()}:{os.getgid()} {foreign}`, or set store.url to another place"
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


async def test_rows_can_be_inserted_again_after_a_failure(store: Store) -> None:
    async with store.write() as tx:
        await a_chat(tx, PERSON)
    with pytest.raises(DatabaseTrouble):
        async with store.write() as tx:
            await tx.execute(insert(settings).values(name=None, value=None))

    async with store.write() as tx:
        assert [chat.id for chat in await chats.listed(tx)] == [PERSON]
