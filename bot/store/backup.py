"""A backup: the database and some small files beside it in one file, and back again.

It is a ZIP file, whose list of contents is bounded by its own size: what it claims is checked
before anything is unpacked, and nothing in it says where on the disk anything goes.
"""

import os
import shutil
import sqlite3
import stat
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from contextlib import closing
from mmap import mmap
from pathlib import Path

from bot.errors import Fault, StoreError
from bot.store import copies, locks, migrate
from bot.store.place import megabytes, own, sync, wants_room
from bot.watch.files import is_watchlist_file

DATABASE, CONFIG, LISTS = "ausguck.db", "config.toml", "watchlists/"
MOST_FILES, LARGEST_FILE, LARGEST_ALL = 10_000, 5_000_000, 100_000_000
"""Beside the database: how many files, how large one, and all together."""
LONG = 8
"""A shorter secret may be a part of anything."""
_HEADER = b"SQLite format 3\0"
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError)


def pack(place: Path, target: Path, files: Mapping[str, bytes], *, replace: bool) -> int:
    """Write the database at `place` and the files into `target`; return the database's size.

    It is written beside `target` first, readable for us alone, and takes its name when it is whole.

    Args:
        place: the database; others may write it meanwhile.
        target: the backup's file.
        files: names in the backup, and what is in them.
        replace: whether a file of that name may be written over.

    Raises:
        StoreError: there is no database, it is damaged, there is too little room, the file is there
            already or cannot be written, or a restore would not take one of the files.
    """
    _limit(files)
    if not place.is_file():
        raise StoreError(Fault(str(place), "there is no database yet", "see store.url"))
    if target.is_dir() or not target.parent.is_dir():
        what = "is a folder" if target.is_dir() else "its folder is not there"
        raise StoreError(Fault(str(target), what, "name a file in a folder that is there"))
    if target.exists() and not replace:
        raise _is_there(target)
    hold = locks.shared(place)
    try:
        _wants_room(place, target, files)
        return _pack(place, target, files, replace=replace)
    except OSError as error:
        what, remedy = f"cannot be written: {error.strerror}", own(target.parent)
        remedy = remedy.partition(" or ")[0] + " or name another folder"
        raise StoreError(Fault(str(target), what, remedy)) from None
    except sqlite3.Error as error:
        what = f"cannot be copied: {error}"
        raise StoreError(Fault(str(place), what, "see whether its disk is full")) from None
    finally:
        hold.let_go()


def _limit(files: Mapping[str, bytes]) -> None:
    """See that a restore will take the files; what it refuses, it refuses with all the rest.

    Raises:
        StoreError: it will not.
    """
    for name, content in files.items():
        if not _is_known(name):
            raise StoreError(Fault(name, "no backup takes a file of this name", "rename it"))
        if len(content) > LARGEST_FILE:
            what = f"is larger than {megabytes(LARGEST_FILE)}, which is the most in a backup"
            raise StoreError(Fault(name, what, "shorten it"))
    size = sum(map(len, files.values()))
    if len(files) >= MOST_FILES or size > LARGEST_ALL:
        has = f"{len(files)} files beside the database have {megabytes(size)}"
        most = f"a backup takes {MOST_FILES - 1} and {megabytes(LARGEST_ALL)}"
        remedy = "move watchlists that are not needed out of the folder"
        raise StoreError(Fault(LISTS, f"{has}, and {most}", remedy))


def _wants_room(place: Path, target: Path, files: Mapping[str, bytes]) -> None:
    """See that there is room for the copy and for the file that is made from it, together.

    It may be the disk of a daemon, which must not find it full.
    """
    with closing(sqlite3.connect(place, timeout=copies.PATIENCE)) as connection:
        size = copies.size_of(connection)
    whole = 2 * size + sum(map(len, files.values()))
    wants_room(target.parent, whole, "a backup and the copy that it is made from")


def _is_there(target: Path) -> StoreError:
    remedy = "choose another name, or say --replace"
    return StoreError(Fault(str(target), "is there already", remedy))


def _pack(place: Path, target: Path, files: Mapping[str, bytes], *, replace: bool) -> int:
    with (
        copies.making(target.with_name(f"{target.name}.db")) as database,
        copies.making(target) as part,
    ):
        copies.copy(place, database)
        _forget_secrets(database)
        copies.verify_all(database, place)  # what a restore would refuse is no backup
        with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
            packed.write(database, DATABASE)
            for name, content in sorted(files.items()):
                packed.writestr(name, content)
        with part.open("rb") as file:
            os.fsync(file.fileno())
        size = database.stat().st_size
        if replace:
            part.replace(target)
        else:
            try:
                target.hardlink_to(part)  # unlike a renaming, it replaces nothing
            except FileExistsError:
                raise _is_there(target) from None
    sync(target.parent)
    return size


def _forget_secrets(database: Path) -> None:
    """Take out facts that are passwords, and what they leave behind in the file."""
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        if not connection.execute("SELECT 1 FROM sqlite_master WHERE name='settings'").fetchone():
            return
        connection.execute("PRAGMA secure_delete=ON")
        found = connection.execute(
            "DELETE FROM settings WHERE name LIKE '%token%' OR name LIKE '%secret%' RETURNING value"
        ).fetchall()
    _wipe(database, [value.encode() for (value,) in found if len(value) >= LONG])


def _wipe(file: Path, secrets: Sequence[bytes]) -> None:
    """Overwrite what stands nowhere but in the unused parts of a database.

    Where SQLite does not wipe by itself, whatever moved within the file left its traces there.
    """
    with file.open("r+b") as opened, mmap(opened.fileno(), 0) as content:
        for secret in secrets:
            at = content.find(secret)
            while at >= 0:
                content[at : at + len(secret)] = bytes(len(secret))
                at = content.find(secret, at)


def unpack(source: Path, database: Path) -> Mapping[str, bytes]:
    """Write a backup's database to the file `database`, and return the other files in it.

    A copy of the database alone, such as is made before a migration, is a backup as well.

    Raises:
        StoreError: it is no backup of ours, is damaged, of a later version, or too large.
    """
    try:
        with source.open("rb") as file:
            is_bare = file.read(len(_HEADER)) == _HEADER
        if is_bare:
            copies.copy(source, database)
            files: Mapping[str, bytes] = {}
        else:
            with zipfile.ZipFile(source) as packed:
                files = _unpacked(source, packed, database)
        _accept(source, database)
    except FileNotFoundError:
        raise StoreError(Fault(str(source), "there is no such file")) from None
    except OSError as error:
        raise StoreError(Fault(str(source), f"cannot be read: {error.strerror}")) from None
    except (*_BROKEN, sqlite3.Error) as error:
        raise _no_backup(source, f"it is damaged, or something else: {error}") from None
    return files


def _unpacked(source: Path, packed: zipfile.ZipFile, database: Path) -> dict[str, bytes]:
    inside = packed.infolist()
    if len(inside) > MOST_FILES or len({each.filename for each in inside}) < len(inside):
        raise _no_backup(source, "it holds too many files, or one twice")
    for each in inside:
        kind = stat.S_IFMT(each.external_attr >> 16)
        if not _is_known(each.filename) or kind not in {0, stat.S_IFREG}:
            raise _no_backup(source, f"it holds {each.filename!r:.100}")
    found = {each.filename: each for each in inside}
    if DATABASE not in found:
        raise _no_backup(source, f"it holds no {DATABASE}")
    whole = found.pop(DATABASE)
    sizes = [each.file_size for each in found.values()]
    if sum(sizes) > LARGEST_ALL or max(sizes, default=0) > LARGEST_FILE:
        raise _no_backup(source, "the files in it are too large")
    wants_room(database.parent, whole.file_size, f"the database in {source}")
    with packed.open(whole) as reading, database.open("wb") as writing:
        shutil.copyfileobj(reading, writing, 2**20)
    return {name: packed.read(each) for name, each in found.items()}


def _is_known(name: str) -> bool:
    """Whether a file of this name belongs into a backup."""
    file = name.removeprefix(LISTS)
    is_list = name.startswith(LISTS) and is_watchlist_file(file) and not {*"/\0"} & {*file}
    return is_list or name in {DATABASE, CONFIG}


def _accept(source: Path, database: Path) -> None:
    """See that an unpacked database is whole, ours, of a schema that we know, and does nothing."""
    copies.verify_all(database, source)
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA trusted_schema=OFF")
        active = "SELECT name FROM sqlite_master WHERE type IN ('trigger', 'view')"
        if (found := connection.execute(active).fetchone()) is not None:
            raise _no_backup(source, f"its database holds {found[0]!r:.100}")
    revision = copies.revision_of(database)
    if revision is None:
        raise _no_backup(source, "its database is another program's")
    if revision > migrate.HEAD:
        what = f"is of a later Ausguck (schema {revision}, this one knows {migrate.HEAD})"
        raise StoreError(Fault(str(source), what, "install that version and restore it there"))


def _no_backup(source: Path, why: str) -> StoreError:
    return StoreError(Fault(str(source), f"is no backup of Ausguck: {why}", "name another file"))
