"""The watchlists' folder: looks at its files, reads them, and writes one."""

import errno
import hashlib
import os
import secrets
import stat
from contextlib import suppress
from pathlib import Path

from bot.errors import Fault, WatchlistError
from bot.owner import remedy
from bot.watch.files import ENDING, Content, is_watchlist_file, name_of

LARGEST_FILE = 5_000_000
_HASHED_FILE = 64 * 1024  # larger ones are known by size and time alone

Seen = tuple[object, ...]


def identity(folder: Path) -> tuple[int, int] | None:
    """Return what tells a folder from one made anew in its place; None if there is none."""
    try:
        status = folder.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def look(folder: Path) -> Seen:
    """Return what changes when a watchlist in the folder does."""
    try:
        return tuple(_digest(path) for path in _paths(folder))
    except OSError as error:
        return (error.errno,)


def _digest(path: Path) -> Seen:
    try:
        status = path.stat()
        is_small = status.st_size <= _HASHED_FILE
        content = hashlib.blake2b(path.read_bytes()).digest() if is_small else b""
    except OSError as error:
        return path.name, error.errno
    return path.name, status.st_size, status.st_mtime_ns, status.st_ino, content


def _paths(folder: Path) -> list[Path]:
    with os.scandir(folder) as entries:
        names = [e.name for e in entries if is_watchlist_file(e.name) and not e.is_dir()]
    return [folder / name for name in sorted(names)]


def read_folder(folder: Path) -> dict[str, Content] | None:
    """Return what each watchlist file holds or why it cannot be read; None without a folder."""
    try:
        contents = {_printable(path.name): _content(path) for path in _paths(folder)}
    except OSError:
        return None
    return {name: content for name, content in contents.items() if content is not None}


def require_readable(folder: Path) -> None:
    """Let a folder pass that can be read, and one that is not there: it may come later.

    Raises:
        WatchlistError: it belongs to somebody else.
    """
    try:
        _paths(folder)
    except PermissionError as error:
        what = f"cannot be read ({error.strerror})"
        raise WatchlistError(Fault(str(folder), what, remedy(folder))) from None
    except OSError:
        return


def _printable(name: str) -> str:
    """Return a file's name as text; signs that are no UTF-8 become a question mark."""
    return os.fsencode(name).decode("utf-8", errors="replace")


def _content(path: Path) -> Content | None:
    name = _printable(path.name)
    if name != path.name:
        return Fault(name, "the file's name is not UTF-8", "give it another name")
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
    except FileNotFoundError:  # it went after the folder was listed
        return None
    except OSError as error:
        remedy = "make it readable for the bot"
        return Fault(path.name, f"cannot be read ({error.strerror})", remedy)
    if len(content) > LARGEST_FILE:
        return Fault(path.name, "is larger than 5 MB", "split it into several watchlists")
    return content


def _file_of(folder: Path, name: str) -> Path:
    """Return the file that a list is in, however its umlauts are stored, or would be in."""
    try:
        paths = _paths(folder)
    except (FileNotFoundError, NotADirectoryError):
        paths = []
    named = [path for path in paths if name_of(_printable(path.name)) == name]
    return named[-1] if named else folder / f"{name}{ENDING}"


def read(folder: Path, name: str) -> Content | None:
    """Return what is in the file of a list, or why it cannot be read; None without a file."""
    return _content(_file_of(folder, name))


def write(folder: Path, name: str, content: bytes, *, alone: bool) -> None:
    """Write a list's file as it is: whole, or not at all.

    Args:
        folder: where.
        name: the list's.
        content: what is to be in it.
        alone: whether it may be the only one there; the folder is made then.

    Raises:
        FileNotFoundError: it would be the only one, and may not.
        OSError: it cannot be written.
    """
    if alone:
        folder.mkdir(parents=True, exist_ok=True)
    elif not (folder.is_dir() and _paths(folder)):
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(folder))
    path = Path(os.path.realpath(_file_of(folder, name)))
    written = path.with_name(f".{secrets.token_hex(8)}.tmp")
    try:
        with written.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            status = path.stat()
            written.chmod(stat.S_IMODE(status.st_mode))
            with suppress(PermissionError):  # it stays its owner's where we may give files away
                os.chown(written, status.st_uid, status.st_gid)
        written.replace(path)
    finally:
        written.unlink(missing_ok=True)
    directory = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)


def remove(folder: Path, name: str) -> None:
    """Delete a list's file, unless it is the only one there: then it is kept.

    Raises:
        FileNotFoundError: there is no such file, or no other: a folder without any looks as if it
            had gone.
        OSError: it cannot be deleted.
    """
    path = _file_of(folder, name)
    if not any(each != path for each in _paths(folder)):
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(folder))
    path.unlink()
