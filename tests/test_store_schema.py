"""The schema: strict, as the code knows it, and migrated to once, whoever comes."""

import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.pool import NullPool

from bot.store import DatabaseTrouble, migrate
from bot.store.schema import metadata
from tests.store_kit import migrated


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Connection]:
    place = tmp_path / "ausguck.db"
    place.write_bytes(migrated())
    engine = create_engine(f"sqlite:///{place}", poolclass=NullPool)
    with engine.connect() as connection:
        yield connection


def _is_ours(name: str | None, kind: str, _: object) -> bool:
    """The index's virtual tables, and those that FTS5 makes for them, are not in the metadata."""
    return kind != "table" or name is None or name.partition("_")[0] not in {"archive", "pieces"}


def test_the_migrations_lead_to_the_schema_that_the_code_knows(fresh: Connection) -> None:
    compared = MigrationContext.configure(fresh, opts={"include_name": _is_ours})

    assert compare_metadata(compared, metadata) == []


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
