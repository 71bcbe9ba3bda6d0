"""Names the command that lets the bot at a file or folder of somebody else's; changes nothing."""

import errno
import os
from contextlib import suppress
from pathlib import Path
from shlex import quote

IN_CONTAINER = "AUSGUCK_IN_CONTAINER"
"""The image sets it: there, a path is another one on the machine itself."""


def us() -> str:
    """Return whom the bot runs as: its user and group, in numbers."""
    return f"{os.geteuid()}:{os.getegid()}"


def mend(path: Path, error: OSError | None, *, writing: bool = False) -> str:
    """Return what to do about an error, see `remedy`; nothing where it is not about rights."""
    about_rights = error is None or error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}
    return remedy(path, writing=writing) if about_rights else ""


def remedy(path: Path, *, writing: bool = False) -> str:
    """Return what to do so that the bot may read a path, in one line.

    Args:
        path: what was refused; it may be missing, or lie where the bot cannot look.
        writing: whether it is also to be written.
    """
    there = nearest(path).absolute()
    status = there.stat()
    recursive = "-R " if there.is_dir() else ""
    if writing and os.statvfs(there).f_flag & os.ST_RDONLY:
        return f"{there} is mounted read-only: mount it without `ro`"
    if status.st_uid == os.geteuid() != 0:
        return f"run `chmod {recursive}u+rwX {quote(str(there))}`{_where()}"
    said = f"run `chown {recursive}{us()} {quote(str(there))}`{_where()}"
    if status.st_uid == 0:
        return said  # whoever makes the bot root gives away more than a folder
    owner = f"{status.st_uid}:{status.st_gid}"
    return f'{said}, or the bot as its owner: `user: "{owner}"` in compose.yaml, `--user {owner}`'


def nearest(path: Path) -> Path:
    """Return the path itself or, where it is not there or hidden, the closest folder above it."""
    for each in (path, *path.parents, *path.absolute().parents):
        with suppress(OSError):
            each.stat()
            return each
    return Path("/")


def _where() -> str:
    return " (on the host: what is mounted there)" if os.environ.get(IN_CONTAINER) else ""
