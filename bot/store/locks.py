"""Who uses the data folder: locks on two small files beside the database, released with a process.

Every process that has opened the database shares one of them, so that a restore can tell that
nobody does. The other one is the daemon's alone: of two on one folder each would take the other's
messages for its own.
"""

import fcntl
import os
import time
from pathlib import Path

from bot.errors import Fault, StoreError
from bot.store.place import give, make_folder, own, sqlite_path

IN_USE, DAEMON = "in-use", "daemon"
PATIENCE = 15.0
"""Seconds that a daemon waits for its predecessor, which may take ten to end."""
PAUSE = 0.05


class Hold:
    """A lock that is held until it is let go, or the process ends."""

    def __init__(self, handle: int) -> None:
        self._handle: int | None = handle

    def let_go(self) -> None:
        """Release it; a second time does nothing."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None


def shared(place: Path) -> Hold:
    """Take part in the use of the database at `place`.

    Raises:
        StoreError: it is being restored at present, or the file cannot be locked.
    """
    held = _lock(_file(place, IN_USE), fcntl.LOCK_SH, PATIENCE)
    if held is None:
        raise StoreError(Fault(str(place), "is being restored", "try again when that has ended"))
    return held


def alone(place: Path) -> Hold:
    """Keep everybody else from the database at `place`.

    Raises:
        StoreError: somebody uses it.
    """
    held = _lock(_file(place, IN_USE), fcntl.LOCK_EX, 0)
    if held is None:
        what = "is in use by `ausguck run` or another command"
        raise StoreError(Fault(str(place), what, "stop it first, and try again"))
    return held


def only_daemon(url: str, folder: Path) -> Hold:
    """Be the only daemon on a database; a predecessor gets time to end.

    Args:
        url: as in `[store] url`; a relative path is relative to `folder`.
        folder: the configuration's folder.

    Raises:
        StoreError: there is one, and it does not end; or the place cannot be written.
    """
    place = sqlite_path(url, folder)
    make_folder(place)
    held = _lock(_file(place, DAEMON), fcntl.LOCK_EX, PATIENCE)
    if held is None:
        what = "another `ausguck run` works on this database"
        raise StoreError(
            Fault(str(place), what, "end that one, or give this one another store.url")
        )
    return held


def _file(place: Path, what: str) -> Path:
    return place.with_name(f"{place.name}.{what}")


def _lock(file: Path, how: int, patience: float) -> Hold | None:
    """Return the lock; None where somebody else has it for longer than our patience."""
    try:
        handle = os.open(file, os.O_RDONLY | os.O_CREAT | os.O_CLOEXEC, 0o644)
        give(file, file.parent)
    except OSError as error:
        what = f"cannot be opened: {error.strerror}"
        raise StoreError(Fault(str(file), what, own(file.parent))) from None
    end = time.monotonic() + patience
    while True:
        try:
            fcntl.flock(handle, how | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= end:
                os.close(handle)
                return None
            time.sleep(PAUSE)
        except OSError as error:
            os.close(handle)
            what, remedy = f"cannot be locked: {error.strerror}", "keep the data on a local disk"
            raise StoreError(Fault(str(file), what, remedy)) from None
        else:
            return Hold(handle)
