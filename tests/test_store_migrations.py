"""Migrations: from every released schema to that of the code, with all that is in it."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from bot.store import Store, chats, feeds, migrate, outbox
from bot.store.schema import metadata
from tests.schema_kit import ROWS, released, revisions
from tests.store_kit import NOW, PERSON


def test_every_released_schema_is_tried() -> None:
    assert len(revisions()) >= 8
    assert revisions()[0] == "0001"
    assert revisions()[-1] == migrate.HEAD


@pytest.mark.parametrize("revision", revisions())
def test_a_migrated_database_has_all_rows_and_the_schema_of_the_code(
    tmp_path: Path, revision: str
) -> None:
    place, made = tmp_path / "ausguck.db", tmp_path / "made.db"
    released(place, revision)
    metadata.create_all(engine := create_engine(f"sqlite:///{made}", poolclass=NullPool))
    engine.dispose()

    migrate.upgrade(place)

    assert shape(place) == shape(made)
    with closing(sqlite3.connect(place)) as connection:
        connection.row_factory = sqlite3.Row
        assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        for table, row in ROWS.items():
            found = dict(connection.execute(f"SELECT * FROM {table}").fetchone())
            assert {name: found[name] for name in row} == row


Shape = dict[str, dict[str, set[tuple[object, ...]]]]


def shape(place: Path) -> Shape:
    """Return what makes up every table of ours: strictness, columns, keys and indexes.

    SQLite itself tells virtual tables, and those that FTS5 makes for them, from ours.
    """
    found: Shape = {}
    with closing(sqlite3.connect(place)) as connection:
        tables = connection.execute("SELECT name, strict FROM pragma_table_list WHERE type='table'")
        for name, strict in tables.fetchall():
            if name.startswith(("sqlite_", "alembic_")):
                continue
            found[name] = {
                "strict": {(strict,)},
                "columns": _rows(connection, "name, type, [notnull], pk", "table_info", name),
                "keys": _rows(
                    connection,
                    "[table], [from], [to], on_update, on_delete",
                    "foreign_key_list",
                    name,
                ),
                "indexes": _indexes(connection, name),
            }
    return found


def _rows(
    connection: sqlite3.Connection, columns: str, pragma: str, name: str
) -> set[tuple[object, ...]]:
    return {*connection.execute(f"SELECT {columns} FROM pragma_{pragma}(?)", (name,))}


def _indexes(connection: sqlite3.Connection, table: str) -> set[tuple[object, ...]]:
    found: set[tuple[object, ...]] = set()
    listed = "SELECT name, [unique], origin, partial FROM pragma_index_list(?)"
    for name, unique, origin, partial in connection.execute(listed, (table,)).fetchall():
        parts = connection.execute("SELECT name FROM pragma_index_info(?)", (name,)).fetchall()
        sql = connection.execute("SELECT sql FROM sqlite_master WHERE name=?", (name,)).fetchone()[
            0
        ]
        condition = sql.partition(" WHERE ")[2] if partial else ""
        # What SQLite makes for a UNIQUE has a name of its own.
        shown = name if origin == "c" else ""
        found.add((shown, unique, origin, *parts, condition))
    return found


def test_every_table_of_ours_is_strict_after_all_migrations(tmp_path: Path) -> None:
    place = tmp_path / "ausguck.db"
    released(place, "0001")

    migrate.upgrade(place)

    strict = {name: table["strict"] for name, table in shape(place).items()}
    assert strict == {name: {(1,)} for name in metadata.tables}


@pytest.mark.parametrize("revision", revisions())
async def test_the_service_goes_on_with_a_migrated_database(tmp_path: Path, revision: str) -> None:
    released(tmp_path / "ausguck.db", revision)

    store = await Store.open("sqlite:///ausguck.db", tmp_path)

    async with store.write() as tx:
        assert [chat.id for chat in await chats.admins(tx)] == [PERSON]
        assert [feed.url for feed in await feeds.listed(tx)] == ["https://a.example/rss"]
        letter = await outbox.next_due(tx, NOW)
        assert letter is not None
        assert letter.id == 3
    await store.close()
