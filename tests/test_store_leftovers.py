"""What a process left that was killed, or what does not fit together, gets into no database."""

import os
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from bot.errors import StoreError
from bot.store import backup, copies
from tests.schema_kit import dumped
from tests.store_kit import migrated


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A database of ours."""
    (tmp_path / "ausguck.db").write_bytes(migrated())
    return tmp_path / "ausguck.db"


def killed_while_writing(part: Path) -> None:
    """Leave a file with its log, as a process does that was killed."""
    part.write_bytes(migrated())
    with closing(sqlite3.connect(part, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("INSERT INTO settings VALUES ('name', 'of the killed one')")
        left = [(file, file.read_bytes()) for file in part.parent.glob(f"{part.name}*")]
    for file, content in left:
        file.write_bytes(content)


def test_the_log_that_a_killed_restore_left_is_not_written_into_the_next_one(
    place: Path, tmp_path: Path
) -> None:
    (tmp_path / "to").mkdir()
    target = tmp_path / "to" / "ausguck.db"
    killed_while_writing(target.with_name(f".{target.name}.{os.getpid()}.part"))
    backup.pack(place, tmp_path / "b.zip", {}, replace=False)

    with copies.making(target) as part:
        backup.unpack(tmp_path / "b.zip", part)

        assert dumped(part) == dumped(place)
    assert list(target.parent.iterdir()) == []


def lost_a_parent(connection: sqlite3.Connection) -> None:
    connection.execute("INSERT INTO articles VALUES (7, 'T', 'T', 'page', 'de', 0, 0)")


def has_an_index_of_something_else(connection: sqlite3.Connection) -> None:
    connection.execute("INSERT INTO settings VALUES ('a', 'b')")
    connection.execute("CREATE INDEX extra ON settings(value)")
    connection.execute("PRAGMA writable_schema=ON")
    other = "CREATE INDEX extra ON settings(name)"
    connection.execute("UPDATE sqlite_master SET sql = ? WHERE name = 'extra'", (other,))


@pytest.mark.parametrize("change", [lost_a_parent, has_an_index_of_something_else])
def test_a_database_that_does_not_fit_together_is_neither_packed_nor_restored(
    place: Path, tmp_path: Path, change: Callable[[sqlite3.Connection], None]
) -> None:
    with closing(sqlite3.connect(place, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
        change(connection)
    source = tmp_path / "b.zip"

    with pytest.raises(StoreError, match="is damaged"):
        backup.pack(place, source, {}, replace=False)
    assert not source.exists()

    with zipfile.ZipFile(source, "w") as packed:
        packed.write(place, backup.DATABASE)
    with pytest.raises(StoreError, match="is damaged"):
        backup.unpack(source, tmp_path / "out.db")
