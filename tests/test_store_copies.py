"""Before a migration there is a verified copy, or there is no migration."""

import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from bot.errors import StoreError
from bot.store import Store, copies, migrate
from tests.faults_kit import small_disk
from tests.schema_kit import dumped, released
from tests.store_kit import migrated


def test_before_a_migration_there_is_a_copy_of_the_database_as_it_was(tmp_path: Path) -> None:
    place = tmp_path / "ausguck.db"
    released(place, "0003")
    before = dumped(place)

    migrate.upgrade(place)

    copy = tmp_path / "backups" / f"before-{migrate.HEAD}.db"
    assert dumped(copy) == before
    assert copy.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in copy.parent.iterdir()] == [copy.name]


@pytest.mark.parametrize("is_there", [False, True])
def test_where_nothing_is_migrated_nothing_is_copied(tmp_path: Path, is_there: bool) -> None:
    place = tmp_path / "ausguck.db"
    if is_there:
        place.write_bytes(migrated())

    migrate.upgrade(place)

    assert not (tmp_path / "backups").exists()


def test_three_copies_are_kept(tmp_path: Path) -> None:
    place, folder = tmp_path / "ausguck.db", tmp_path / "backups"
    released(place, "0001")
    folder.mkdir()
    for name in ("before-0002.db", "before-0003.db", "before-0004.db", "before-mine.db"):
        (folder / name).write_bytes(b"an older one")

    migrate.upgrade(place)

    kept = sorted(path.name for path in folder.iterdir())
    newest = f"before-{migrate.HEAD}.db"
    assert kept == ["before-0003.db", "before-0004.db", newest, "before-mine.db"]


def test_processes_that_start_together_make_one_copy_of_what_was_before(tmp_path: Path) -> None:
    place = tmp_path / "ausguck.db"
    released(place, "0001")
    before = dumped(place)
    program = (
        "import sys, pathlib; from bot.store import migrate; "
        "migrate.upgrade(pathlib.Path(sys.argv[1]))"
    )

    processes = [subprocess.Popen([sys.executable, "-c", program, place]) for _ in range(2)]

    assert [process.wait(60) for process in processes] == [0, 0]
    assert dumped(tmp_path / "backups" / f"before-{migrate.HEAD}.db") == before


def test_with_too_little_room_for_the_copy_it_is_refused_with_the_figure(tmp_path: Path) -> None:
    with small_disk(tmp_path / "data") as disk:
        place = disk / "ausguck.db"
        released(place, "0005")
        before = dumped(place)
        (disk / "filler").write_bytes(b"\0" * 12_000_000)

        with pytest.raises(StoreError) as refused:
            migrate.upgrade(place)

        figures = (
            rf"{disk / 'backups'}: a copy of the database needs 1\d\.\d MB, and 1\d\.\d MB are "
            "free; make room on that disk and try again"
        )
        assert re.fullmatch(figures, str(refused.value))
        assert dumped(place) == before
        assert list((disk / "backups").iterdir()) == []


def test_a_database_that_is_damaged_is_not_migrated(tmp_path: Path) -> None:
    place = tmp_path / "ausguck.db"
    released(place, "0005")
    with place.open("r+b") as file:
        file.seek(3 * 4096)
        file.write(b"\xff" * 4096)

    with pytest.raises(StoreError, match=r"is damaged|malformed"):
        migrate.upgrade(place)

    assert not list((tmp_path / "backups").iterdir())


# A migration that fails.


def test_where_only_the_archives_index_is_damaged_there_are_copies_still(tmp_path: Path) -> None:
    place, target = tmp_path / "ausguck.db", tmp_path / "copy.db"
    place.write_bytes(migrated())
    with closing(sqlite3.connect(place)) as connection, connection:
        connection.execute("DELETE FROM archive_data")

    copies.copy(place, target)

    copies.verify_all(target, target)


@pytest.mark.parametrize(
    "said",
    [
        'fts5: corruption found reading blob 2336462209025 from table "archive"',
        "malformed inverted index for FTS5 table main.archive",
        "unable to validate the inverted index for FTS5 table main.pieces: out of memory",
    ],
)
def test_what_new_versions_of_sqlite_say_of_the_index_is_no_damage_of_the_rest(said: str) -> None:
    assert copies.damage(["ok"]) == copies.damage([said]) == ""
    assert copies.damage([said, "Tree 7 page 9: btreeInitPage() returns error code 11"])
    assert copies.damage([]) == "no answer"


async def test_a_migration_that_fails_is_one_line_and_leaves_the_file_as_it_was(
    tmp_path: Path,
) -> None:
    place = tmp_path / "ausguck.db"
    released(place, "0005")
    with closing(sqlite3.connect(place)) as connection:
        connection.execute("CREATE TABLE own_lists (mine TEXT)")
    before, content = dumped(place), place.read_bytes()

    with pytest.raises(StoreError) as refused:
        await Store.open("sqlite:///ausguck.db", tmp_path)

    copy = tmp_path / "backups" / f"before-{migrate.HEAD}.db"
    assert str(refused.value) == (
        f"{place}: could not be brought from schema 0005 to {migrate.HEAD} (table own_lists "
        f"already exists); nothing was changed: install the version before again; a copy is {copy}"
    )
    assert dumped(place) == before
    assert place.read_bytes() == content


# A newer version's data folder.


async def test_what_a_later_version_wrote_is_refused_with_the_copy_to_restore(
    tmp_path: Path,
) -> None:
    place, folder = tmp_path / "ausguck.db", tmp_path / "backups"
    place.write_bytes(migrated())
    folder.mkdir()
    (folder / "before-9998.db").write_bytes(migrated())
    for later in (folder / "before-9999.db", place):
        later.write_bytes(migrated())
        with closing(sqlite3.connect(later, isolation_level=None)) as connection:
            connection.execute("UPDATE alembic_version SET version_num = '9998'")

    with pytest.raises(StoreError) as refused:
        await Store.open("sqlite:///ausguck.db", tmp_path)

    assert str(refused.value) == (
        f"{place}: was written by a later Ausguck (schema 9998, this one knows {migrate.HEAD}); "
        f"install that version again, or run `ausguck restore {folder / 'before-9998.db'}`"
    )
    assert copies.revision_of(place) == "9998"
