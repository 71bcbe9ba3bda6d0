"""What is packed is what a restore takes, and packing leaves the database its room."""

import secrets
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.errors import StoreError
from bot.store import backup
from tests.faults_kit import small_disk
from tests.store_kit import migrated


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A database of ours."""
    (tmp_path / "ausguck.db").write_bytes(migrated())
    return tmp_path / "ausguck.db"


@pytest.mark.parametrize("name", ["watchlists\\nordkorea.txt", "a:b.txt", "Übung 1.txt", " .txt"])
def test_a_watchlist_of_any_name_that_a_folder_has_comes_out_again(
    place: Path, tmp_path: Path, name: str
) -> None:
    files = {f"watchlists/{name}": b"Nordkorea\n"}

    backup.pack(place, tmp_path / "b.zip", files, replace=False)

    assert backup.unpack(tmp_path / "b.zip", tmp_path / "out.db") == files


LARGE = b"x" * backup.LARGEST_FILE
MOST = (
    ", and a backup takes 9999 and 100.0 MB; move watchlists that are not needed out of the folder"
)
REFUSED = {
    "a name that a restore refuses": (
        {"watchlists/.hidden.txt": b""},
        "watchlists/.hidden.txt: no backup takes a file of this name; rename it",
    ),
    "a large file": (
        {"config.toml": LARGE + b"x"},
        "config.toml: is larger than 5.0 MB, which is the most in a backup; shorten it",
    ),
    "too many files": (
        {f"watchlists/{n}.txt": b"" for n in range(backup.MOST_FILES)},
        f"watchlists/: 10000 files beside the database have 0 kB{MOST}",
    ),
    "too much together": (
        {f"watchlists/{n}.txt": LARGE for n in range(21)},
        f"watchlists/: 21 files beside the database have 105.0 MB{MOST}",
    ),
}


@pytest.mark.parametrize(("files", "complaint"), REFUSED.values(), ids=REFUSED)
def test_what_a_restore_would_refuse_is_refused_before_anything_is_written(
    place: Path, tmp_path: Path, files: dict[str, bytes], complaint: str
) -> None:
    with pytest.raises(StoreError) as refused:
        backup.pack(place, tmp_path / "b.zip", files, replace=False)

    assert str(refused.value) == complaint
    assert [path.name for path in tmp_path.iterdir()] == ["ausguck.db"]


def test_as_many_files_as_a_restore_takes_are_packed(place: Path, tmp_path: Path) -> None:
    files = {f"watchlists/{n}.txt": b"" for n in range(backup.MOST_FILES - 1)}

    backup.pack(place, tmp_path / "b.zip", files, replace=False)

    assert backup.unpack(tmp_path / "b.zip", tmp_path / "out.db") == files


def test_without_room_for_both_the_copy_and_the_file_nothing_is_written(
    place: Path, tmp_path: Path
) -> None:
    with closing(sqlite3.connect(place)) as connection, connection:
        row = ("large", secrets.token_hex(2_000_000))
        connection.execute("INSERT INTO settings VALUES (?, ?)", row)
    with small_disk(tmp_path / "disk") as disk:
        (disk / "filler").write_bytes(b"\0" * 2_000_000)

        with pytest.raises(StoreError) as refused:
            backup.pack(place, disk / "b.zip", {}, replace=False)

        assert "a backup and the copy that it is made from needs 2" in str(refused.value)
        assert [path.name for path in disk.iterdir()] == ["filler"]
