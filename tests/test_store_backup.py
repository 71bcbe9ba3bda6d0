"""A backup: consistent while others write, private, whole; hostile ones are refused unread."""

import sqlite3
import stat
import threading
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from bot.errors import StoreError
from bot.store import Store, backup, memory, migrate
from tests.faults_kit import small_disk
from tests.schema_kit import dumped, released
from tests.store_kit import migrated

FILES = {"config.toml": b"[log]\n", "watchlists/nordkorea.txt": b"Nordkorea\n"}


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A database of ours."""
    (tmp_path / "ausguck.db").write_bytes(migrated())
    return tmp_path / "ausguck.db"


def refused(source: Path) -> str:
    """Return why a file cannot be restored; nothing is left behind of the attempt."""
    database = source.with_name("unpacked.db")
    with pytest.raises(StoreError) as refusal:
        backup.unpack(source, database)
    database.unlink(missing_ok=True)
    return str(refusal.value)


def test_what_was_packed_comes_out_again(place: Path, tmp_path: Path) -> None:
    backup.pack(place, tmp_path / "b.zip", FILES, replace=False)

    found = backup.unpack(tmp_path / "b.zip", tmp_path / "out.db")

    assert found == FILES
    assert dumped(tmp_path / "out.db") == dumped(place)


def test_a_backup_is_for_its_owner_alone_and_leaves_nothing_beside_it(
    place: Path, tmp_path: Path
) -> None:
    (tmp_path / "to").mkdir()

    backup.pack(place, tmp_path / "to" / "b.zip", FILES, replace=False)

    assert [path.name for path in (tmp_path / "to").iterdir()] == ["b.zip"]
    assert stat.S_IMODE((tmp_path / "to" / "b.zip").stat().st_mode) == 0o600


def test_a_backup_has_whole_transactions_while_another_thread_writes(
    place: Path, tmp_path: Path
) -> None:
    done = threading.Event()

    def write() -> None:
        number = 0
        with closing(sqlite3.connect(place, isolation_level=None, timeout=30)) as connection:
            while not done.is_set():
                number += 1
                connection.execute("BEGIN IMMEDIATE")
                for name in ("one", "other"):
                    row = (name, f"{number}" + "x" * 20_000)
                    connection.execute("INSERT OR REPLACE INTO settings VALUES (?, ?)", row)
                connection.execute("COMMIT")

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(5):
            target = tmp_path / f"{number}.zip"
            backup.pack(place, target, {}, replace=False)
            backup.unpack(target, tmp_path / "out.db")
            with closing(sqlite3.connect(tmp_path / "out.db")) as connection:
                values = connection.execute("SELECT DISTINCT value FROM settings").fetchall()
            assert len(values) <= 1
    finally:
        done.set()
        writer.join()


async def test_a_fact_that_is_a_secret_is_not_in_it(place: Path, tmp_path: Path) -> None:
    store = await Store.open("sqlite:///ausguck.db", tmp_path)
    async with store.write() as tx:
        await memory.put_fact(tx, "web.token", "correct-horse-battery")
        await memory.put_fact(tx, "telegram.username", "ausguck_bot")
    await store.close()

    backup.pack(place, tmp_path / "b.zip", {}, replace=False)

    backup.unpack(tmp_path / "b.zip", tmp_path / "out.db")
    assert b"correct-horse-battery" not in (tmp_path / "out.db").read_bytes()
    assert b"ausguck_bot" in (tmp_path / "out.db").read_bytes()


def test_no_secret_stands_in_the_unused_parts_of_it_either(place: Path, tmp_path: Path) -> None:
    secret = "correct-horse-battery"
    with closing(sqlite3.connect(place)) as connection, connection:
        connection.execute("PRAGMA secure_delete=OFF")
        added = "INSERT INTO settings VALUES (?, ?)"
        connection.executemany(added, [(f"{n}.fact", "v") for n in range(40)])
        connection.execute(added, ("web.token", secret))
        # Pages are split, and rows move from one to another.
        for longer in (50, 150):
            connection.execute("UPDATE settings SET value=? WHERE value<>?", ("v" * longer, secret))

    backup.pack(place, tmp_path / "b.zip", FILES, replace=False)

    backup.unpack(tmp_path / "b.zip", tmp_path / "out.db")
    assert place.read_bytes().count(secret.encode()) > 1
    assert secret.encode() not in (tmp_path / "out.db").read_bytes()


def test_nothing_is_written_over_unless_it_is_asked_for(place: Path, tmp_path: Path) -> None:
    target = tmp_path / "b.zip"
    target.write_text("mine")

    with pytest.raises(StoreError, match=r"is there already; choose another name"):
        backup.pack(place, target, {}, replace=False)
    assert target.read_text() == "mine"

    backup.pack(place, target, {}, replace=True)
    assert backup.unpack(target, tmp_path / "out.db") == {}


@pytest.mark.parametrize(
    ("name", "complaint"), [("no/b.zip", "its folder is not there"), (".", "is a folder")]
)
def test_a_place_where_it_cannot_be_is_named(
    place: Path, tmp_path: Path, name: str, complaint: str
) -> None:
    with pytest.raises(StoreError, match=complaint):
        backup.pack(place, tmp_path / name, {}, replace=False)


def test_with_too_little_room_it_is_refused_with_the_figure(place: Path, tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk") as disk:
        (disk / "filler").write_bytes(b"\0" * 12_000_000)

        with pytest.raises(StoreError, match=r"needs 1\d\.\d MB, and 1\d\.\d MB are free"):
            backup.pack(place, disk / "b.zip", {}, replace=False)

        assert [path.name for path in disk.iterdir()] == ["filler"]


# What is refused.


def zipped(target: Path, *files: tuple[str | zipfile.ZipInfo, bytes]) -> Path:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files:
            packed.writestr(name, content)
    return target


def link(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info


@pytest.mark.parametrize(
    "name",
    [
        "../ausguck.db",
        "/etc/passwd",
        "watchlists/../config.toml",
        "watchlists/../../x.txt",
        "watchlists//etc/x.txt",
        "watchlists/a/b.txt",
        "watchlists/..\\x.txt",
        "watchlists/",
        "watchlists/.hidden.txt",
        "watchlists/x.sh",
        "ausguck.db-wal",
        "config.toml.txt",
        "C:x.txt",
        link("watchlists/link.txt"),
        link("config.toml"),
    ],
    ids=str,
)
def test_an_archive_with_anything_else_in_it_is_refused_whole(
    tmp_path: Path, name: str | zipfile.ZipInfo
) -> None:
    source = zipped(tmp_path / "b.zip", ("ausguck.db", migrated()), (name, b"/etc/passwd"))

    assert "is no backup of Ausguck: it holds" in refused(source)
    assert [path.name for path in tmp_path.iterdir()] == ["b.zip"]


def test_a_file_that_comes_twice_is_refused(tmp_path: Path) -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        source = zipped(tmp_path / "b.zip", *[("ausguck.db", migrated())] * 2)

    assert "it holds too many files, or one twice" in refused(source)


def test_what_unpacks_to_too_much_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    bomb = ("watchlists/bomb.txt", b"\0" * (backup.LARGEST_FILE + 1))
    source = zipped(tmp_path / "b.zip", ("ausguck.db", migrated()), bomb)

    assert source.stat().st_size < 50_000
    assert "the files in it are too large" in refused(source)


def test_a_database_that_finds_no_room_is_refused_with_the_figure(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk") as disk:
        source = zipped(disk / "b.zip", ("ausguck.db", b"\0" * 100_000_000))

        assert "needs 116.8 MB, and 2" in refused(source)


def lying(source: Path) -> None:
    """Make the archive claim that its database is small."""
    content = source.read_bytes()
    size = len(migrated()).to_bytes(4, "little")
    source.write_bytes(content.replace(size, (100).to_bytes(4, "little")))


def cut(source: Path) -> None:
    source.write_bytes(source.read_bytes()[:-500])


def rubbish(source: Path) -> None:
    source.write_bytes(b"PK\3\4 nothing of the sort")


def bent(source: Path) -> None:
    content = bytearray(source.read_bytes())
    content[500:540] = b"\xff" * 40
    source.write_bytes(content)


@pytest.mark.parametrize("damage", [lying, cut, rubbish, bent])
def test_a_damaged_archive_is_refused(tmp_path: Path, damage: Callable[[Path], None]) -> None:
    source = zipped(tmp_path / "b.zip", ("ausguck.db", migrated()))

    damage(source)

    assert "is no backup of Ausguck: " in refused(source)


def changed(tmp_path: Path, statement: str) -> bytes:
    file = tmp_path / "changed.db"
    file.write_bytes(migrated())
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
        connection.execute(statement)
    content = file.read_bytes()
    file.unlink()
    return content


@pytest.mark.parametrize(
    ("statement", "complaint"),
    [
        (
            "CREATE TRIGGER evil AFTER INSERT ON chats BEGIN DELETE FROM outbox; END",
            "is no backup of Ausguck: its database holds 'evil'",
        ),
        ("CREATE VIEW evil AS SELECT 1", "its database holds 'evil'"),
        ("DROP TABLE alembic_version", "its database is another program's"),
        (
            "UPDATE alembic_version SET version_num='9999'",
            f"is of a later Ausguck (schema 9999, this one knows {migrate.HEAD}); install that",
        ),
    ],
)
@pytest.mark.parametrize("is_bare", [False, True])
def test_a_database_that_is_not_ours_or_newer_is_refused(
    tmp_path: Path, statement: str, complaint: str, is_bare: bool
) -> None:
    content, source = changed(tmp_path, statement), tmp_path / "b.zip"
    if is_bare:
        source.write_bytes(content)
    else:
        zipped(source, ("ausguck.db", content))

    assert complaint in refused(source)


def test_a_database_that_is_damaged_is_refused(tmp_path: Path) -> None:
    content = bytearray(migrated())
    content[5 * 4096 : 6 * 4096] = b"\xff" * 4096
    source = zipped(tmp_path / "b.zip", ("ausguck.db", bytes(content)))

    assert "damaged" in refused(source)


def test_an_archive_without_a_database_and_a_file_that_is_not_there_are_refused(
    tmp_path: Path,
) -> None:
    assert "it holds no ausguck.db" in refused(zipped(tmp_path / "b.zip", ("config.toml", b"")))
    assert refused(tmp_path / "none.zip").endswith("none.zip: there is no such file")


def test_a_copy_from_before_a_migration_is_a_backup_as_well(tmp_path: Path) -> None:
    place = tmp_path / "ausguck.db"
    released(place, "0004")
    before = dumped(place)
    migrate.upgrade(place)

    found = backup.unpack(tmp_path / "backups" / f"before-{migrate.HEAD}.db", tmp_path / "out.db")

    assert found == {}
    assert dumped(tmp_path / "out.db") == before
