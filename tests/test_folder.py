"""Saving into the watchlists' folder: whole or not at all, and nobody else's files are touched."""

import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.errors import Fault
from bot.folder import LARGEST_FILE, read, read_folder, write
from bot.library import Library
from bot.watch.files import Event, Loaded, Shelf

NOBODY = 65_534


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "watchlists"
    path.mkdir()
    return path


def written(folder: Path, name: str, content: bytes) -> None:
    (folder / name).write_bytes(content)


# Files.


def test_a_list_is_written_byte_for_byte_and_leaves_nothing_else(folder: Path) -> None:
    content = "\ufeffÜbung\r\n".encode("utf-16")

    write(folder, "Türkei", content, alone=True)

    assert {each.name: each.read_bytes() for each in folder.iterdir()} == {"Türkei.txt": content}


def test_the_folder_is_made_where_the_list_may_be_alone(tmp_path: Path) -> None:
    write(tmp_path / "a" / "b", "nord", b"Kim", alone=True)

    assert (tmp_path / "a" / "b" / "nord.txt").read_bytes() == b"Kim"


@pytest.mark.parametrize("exists", [True, False])
def test_where_it_may_not_be_alone_an_empty_or_missing_folder_is_left_as_it_is(
    tmp_path: Path, exists: bool
) -> None:
    folder = tmp_path / "watchlists"
    if exists:
        folder.mkdir()

    with pytest.raises(FileNotFoundError):
        write(folder, "nord", b"Kim", alone=False)

    assert folder.exists() == exists
    assert not exists or list(folder.iterdir()) == []


def test_the_file_that_holds_a_list_is_written_however_its_umlauts_are_stored(
    folder: Path,
) -> None:
    written(folder, "Tu\u0308rkei.txt", b"Ankara")

    write(folder, "Türkei", b"Istanbul", alone=False)

    assert read_folder(folder) == {"Tu\u0308rkei.txt": b"Istanbul"}


def test_a_files_mode_stays(folder: Path) -> None:
    written(folder, "nord.txt", b"Nordkorea")
    (folder / "nord.txt").chmod(0o664)

    write(folder, "nord", b"Kim", alone=False)

    assert stat.S_IMODE((folder / "nord.txt").stat().st_mode) == 0o664


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")
def test_a_file_stays_its_owners(folder: Path) -> None:
    written(folder, "nord.txt", b"Nordkorea")
    os.chown(folder / "nord.txt", NOBODY, NOBODY)

    write(folder, "nord", b"Kim", alone=False)

    assert (folder / "nord.txt").stat().st_uid == NOBODY


def test_a_link_stays_one(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "real.txt").write_bytes(b"Nordkorea")
    (folder / "nord.txt").symlink_to(tmp_path / "real.txt")

    write(folder, "nord", b"Kim", alone=False)

    assert (folder / "nord.txt").is_symlink()
    assert (tmp_path / "real.txt").read_bytes() == b"Kim"


def test_what_cannot_be_put_in_its_place_leaves_no_rest(folder: Path) -> None:
    written(folder, "sieg.txt", b"Siegestag")
    (folder / "nord.txt").mkdir()

    with pytest.raises(IsADirectoryError):
        write(folder, "nord", b"Kim", alone=False)

    assert sorted(each.name for each in folder.iterdir()) == ["nord.txt", "sieg.txt"]


@pytest.fixture
def foreign() -> Iterator[Path]:
    """A folder with a list in it that we may only read."""
    folder = Path(tempfile.mkdtemp())
    written(folder, "nord.txt", b"Nordkorea")
    folder.chmod(0o555)
    root = os.geteuid() == 0
    if root:
        os.setresuid(NOBODY, NOBODY, 0)  # nothing is forbidden to root
    yield folder
    if root:
        os.setresuid(0, 0, 0)
    folder.chmod(0o755)
    shutil.rmtree(folder)


def test_a_folder_that_is_somebody_elses_stays_as_it_is(foreign: Path) -> None:
    with pytest.raises(PermissionError):
        write(foreign, "nord", b"Kim", alone=False)

    assert read_folder(foreign) == {"nord.txt": b"Nordkorea"}


def test_a_list_without_a_file_has_no_content(folder: Path) -> None:
    assert read(folder, "nord") is None
    assert read(folder / "missing", "nord") is None


def test_of_a_file_that_is_too_large_it_is_said_why(folder: Path) -> None:
    written(folder, "nord.txt", b"x" * (LARGEST_FILE + 1))

    content = read(folder, "nord")

    assert isinstance(content, Fault)
    assert content.what == "is larger than 5 MB"


# The library.


async def library(folder: Path, events: list[Event], **stored: str) -> Library:
    """A library that has read its folder; its clock stands still."""

    async def tell(event: Event) -> None:
        events.append(event)

    made = Library(folder, Shelf(stored), tell, lambda: datetime(2026, 5, 9, tzinfo=UTC))
    await made.start()
    return made


async def test_what_is_saved_is_in_force_at_once_though_most_of_it_is_gone(folder: Path) -> None:
    written(folder, "nord.txt", b"Nordkorea\nKim\nPutin\n")
    events: list[Event] = []
    made = await library(folder, events)

    await made.save("nord", b"Xi\n")

    assert events[1:] == [Loaded("nord", ("Xi",), ("Nordkorea", "Kim", "Putin"))]
    assert [each.source for each in made.watchlists] == ["Xi\n"]


async def test_the_only_list_can_be_saved_into_a_folder_that_is_gone(tmp_path: Path) -> None:
    made = await library(tmp_path / "gone", [], nord="Nordkorea")

    await made.save("nord", b"Nordkorea\nKim\n")

    assert await made.content("nord") == b"Nordkorea\nKim\n"


async def test_beside_others_nothing_is_saved_into_a_folder_that_is_gone(tmp_path: Path) -> None:
    made = await library(tmp_path / "gone", [], nord="Nordkorea", sieg="Siegestag")

    with pytest.raises(FileNotFoundError):
        await made.save("nord", b"Kim")

    assert [each.name for each in made.watchlists] == ["nord", "sieg"]
