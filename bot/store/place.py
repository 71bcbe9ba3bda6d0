"""Where the database is: the file behind a URL, its folder, and what to do where it cannot be."""

import os
import shutil
from contextlib import suppress
from pathlib import Path

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from bot.errors import Fault, StoreError
from bot.owner import mend, nearest
from bot.store.network import refuse_network

COPIES = "backups"
"""The folder beside the database with the copies that are made before it is changed as a whole."""
RESERVE = 16 * 2**20
"""So much is to be left on the disk by whatever writes a whole database."""
MEGABYTE = 10**6


def sqlite_path(url: str, folder: Path) -> Path:
    """Return the file that a URL names; a relative path is relative to `folder`.

    Raises:
        StoreError: it names no SQLite file.
    """
    try:
        parsed = make_url(url)
    except ArgumentError:
        parsed = None
    if parsed is None or parsed.get_backend_name() != "sqlite" or not parsed.database:
        raise StoreError(
            Fault("", "store.url names no SQLite file", "write it as sqlite:///data/ausguck.db")
        )
    return folder / parsed.database


def is_postgresql(url: str) -> bool:
    """Whether a URL names a database that has tools of its own for copies."""
    return url.startswith(("postgresql:", "postgresql+", "postgres:"))


def make_folder(place: Path) -> None:
    """Make the folder of the database, and see that both can be written.

    Raises:
        StoreError: it cannot be made, or not be written, or is on a network file system.
    """
    parent = place.parent
    refuse_network(parent)
    try:
        parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(
            Fault(str(parent), f"cannot be made: {error.strerror}", own(parent, error))
        ) from None
    target = nearest(place)  # the database, or its folder where there is none or it is hidden
    if not os.access(target, os.W_OK) or not os.access(parent, os.W_OK | os.X_OK):
        raise StoreError(Fault(str(target), "cannot be written", own(parent)))


def own(folder: Path, error: OSError | None = None) -> str:
    """Return the exact remedy for a folder that belongs to somebody else."""
    ways = (mend(folder, error, writing=True), "set store.url to another place")
    return ", or ".join(filter(None, ways))


def wants_room(folder: Path, size: int, what: str) -> None:
    """See that so many bytes find room in a folder, and leave some.

    Raises:
        StoreError: they do not; the figures are in it.
    """
    free = shutil.disk_usage(folder).free
    if free < size + RESERVE:
        needed = f"{what} needs {megabytes(size + RESERVE)}, and {megabytes(free)} are free"
        raise StoreError(Fault(str(folder), needed, "make room on that disk and try again"))


def megabytes(size: int) -> str:
    """Return a number of bytes for people."""
    return f"{size / MEGABYTE:.1f} MB" if size >= MEGABYTE else f"{size / 1000:.0f} kB"


def give(path: Path, like: Path) -> None:
    """Let a file or folder belong to whom another one belongs to, where we may give files away.

    What root makes in passing would else be in the way of a daemon that is not root.
    """
    status = like.stat()
    with suppress(PermissionError):
        os.chown(path, status.st_uid, status.st_gid)


def sync(folder: Path) -> None:
    """Return when the names in a folder are on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
