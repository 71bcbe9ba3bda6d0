"""What keeps the database from being written is noted once, tried again, and then over."""

import asyncio
import sqlite3
import subprocess
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest
import structlog
from sqlalchemy import text
from structlog.testing import capture_logs

from bot.store import DatabaseTrouble, Store, database, memory
from bot.store.database import LARGEST_LOG
from tests.faults_kit import fill, small_disk
from tests.store_kit import migrated

LARGE = "x" * 60_000_000


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    """A store on a small disk of its own."""
    with small_disk(tmp_path / "data") as disk:
        (disk / "ausguck.db").write_bytes(migrated())
        store = await Store.open("sqlite:///ausguck.db", disk)
        yield store
        await store.close()


def disk_of(tmp_path: Path) -> Path:
    return tmp_path / "data"


async def written(store: Store, value: str = "value") -> bool:
    """Write a fact; whether that worked."""
    try:
        async with store.write() as tx:
            await memory.put_fact(tx, "name", value)
    except DatabaseTrouble:
        return False
    return True


def kind(store: Store) -> str | None:
    return store.trouble.kind if store.trouble else None


async def mended(store: Store) -> None:
    async with asyncio.timeout(20):
        await store.mended()


async def test_a_full_disk_is_noted_once_and_over_when_there_is_room(
    store: Store, tmp_path: Path
) -> None:
    structlog.reset_defaults()
    with capture_logs() as lines:
        filler = fill(disk_of(tmp_path))
        tries = [await written(store, "x" * 100_000) for _ in range(3)]
        assert tries == [False] * 3
        assert kind(store) == "full"
        assert not await store.usable()
        filler.unlink()
        await mended(store)

    assert kind(store) is None
    assert await written(store)
    assert [line["event"] for line in lines] == ["database.trouble", "database.recovered"]


async def test_while_hardly_anything_fits_the_disk_is_full_still(
    store: Store, tmp_path: Path
) -> None:
    filler = fill(disk_of(tmp_path))
    assert not await written(store, "x" * 100_000)

    with filler.open("r+b") as file:
        file.truncate(filler.stat().st_size - 200_000)

    await asyncio.sleep(database.PROBE_EACH)
    assert not await store.usable()


async def test_a_full_disk_can_be_read(store: Store, tmp_path: Path) -> None:
    assert await written(store)
    fill(disk_of(tmp_path))
    assert not await written(store, "x" * 100_000)

    async with store.read() as connection:
        assert await memory.fact(connection, "name") == "value"


async def test_a_disk_that_becomes_read_only_is_noted_and_over_when_it_is_written_again(
    store: Store, tmp_path: Path
) -> None:
    disk = disk_of(tmp_path)
    await store._engine.dispose()  # else its open files keep the disk from being mounted anew
    remount(disk, "ro")

    assert not await written(store)
    assert kind(store) in {"read_only", "failing"}
    await store._engine.dispose()
    remount(disk, "rw")
    await mended(store)

    assert await written(store)


def remount(disk: Path, how: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{how}", str(disk)], check=True)


async def test_a_lock_of_another_program_is_noted_and_over_when_it_is_gone(
    store: Store, tmp_path: Path
) -> None:
    place = disk_of(tmp_path) / "ausguck.db"
    with closing(sqlite3.connect(place, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert not await written(store)
        assert kind(store) == "locked"
        other.execute("ROLLBACK")

    await mended(store)
    assert await written(store)


async def test_trouble_that_is_back_at_once_is_tried_less_and_less_often(tmp_path: Path) -> None:
    place = tmp_path / "ausguck.db"
    place.write_bytes(migrated())
    damage(place, "drafts")
    store = await Store.open("sqlite:///ausguck.db", tmp_path)
    loop, waits = asyncio.get_running_loop(), []

    for _ in range(3):
        with pytest.raises(DatabaseTrouble):
            async with store.read() as connection:
                await connection.execute(text("SELECT * FROM drafts"))
        began = loop.time()
        await mended(store)  # what is tried is another table
        waits.append(loop.time() - began)

    assert [wait >= 2 * n * database.PROBE_EACH for n, wait in enumerate(waits)] == [True] * 3
    await store.close()


def damage(place: Path, table: str) -> None:
    """Write over the page that a table begins on."""
    with closing(sqlite3.connect(place)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        which = "SELECT rootpage FROM sqlite_master WHERE name = ?"
        [root] = connection.execute(which, (table,)).fetchone()
        [size] = connection.execute("PRAGMA page_size").fetchone()
    with place.open("r+b") as file:
        file.seek((root - 1) * size)
        file.write(b"\xff" * size)


async def test_a_mistake_of_ours_is_no_trouble_of_the_database(store: Store) -> None:
    with pytest.raises(DatabaseTrouble):
        async with store.write() as tx:
            await tx.execute(text("INSERT INTO settings VALUES (NULL, NULL)"))

    assert kind(store) is None
    assert await store.usable()


# Growth.


async def test_the_log_is_small_again_after_a_large_transaction(tmp_path: Path) -> None:
    (tmp_path / "ausguck.db").write_bytes(migrated())
    store = await Store.open("sqlite:///ausguck.db", tmp_path)
    log = tmp_path / "ausguck.db-wal"

    assert await written(store, LARGE)
    largest = log.stat().st_size
    for number in range(3):
        assert await written(store, f"{number}")

    assert largest > len(LARGE)
    assert log.stat().st_size <= LARGEST_LOG
    await store.close()


async def test_room_that_is_free_in_the_file_is_used_again(tmp_path: Path) -> None:
    (tmp_path / "ausguck.db").write_bytes(migrated())
    store = await Store.open("sqlite:///ausguck.db", tmp_path)
    sizes = []

    for _ in range(4):
        assert await written(store, LARGE)
        assert await written(store, "")
        sizes.append((tmp_path / "ausguck.db").stat().st_size)

    assert sizes[1:] == sizes[:1] * 3
    await store.close()
