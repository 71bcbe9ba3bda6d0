"""Refuses a database on a network file system.

SQLite's write-ahead log needs memory that all its processes share, which no network file system
offers; and many of them promise locks that they do not keep. Such a database breaks after days.
"""

import re
from pathlib import Path

from bot.errors import Fault, StoreError

MOUNTS = Path("/proc/self/mounts")

# Names as in /proc/self/mounts. 9p is not among them: virtual machines have local disks by it, too.
NETWORK = frozenset(
    {"afs", "ceph", "cifs", "coda", "davfs", "glusterfs", "lustre", "ncpfs", "nfs", "nfs4"}
    | {"smb3", "smbfs"}
    | {f"fuse.{name}" for name in ("ceph", "ceph-fuse", "curlftpfs", "davfs2", "glusterfs")}
    | {f"fuse.{name}" for name in ("gvfsd-fuse", "rclone", "s3fs", "smbnetfs", "sshfs")}
)
_OCTAL = re.compile(r"\\([0-7]{3})")


def refuse_network(folder: Path, mounts: Path | None = None) -> None:
    """Let a folder on a disk of this machine pass.

    Args:
        folder: where the database is or will be.
        mounts: the system's list of what is mounted; where there is none, everything passes.

    Raises:
        StoreError: the folder is on a network file system.
    """
    try:
        table = (mounts or MOUNTS).read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return
    kind = file_system(folder, table)
    if kind in NETWORK:
        raise StoreError(
            Fault(
                str(folder),
                f"is on a network file system ({kind}), where SQLite's write-ahead log breaks",
                "mount a folder of this machine there, or set store.url to one",
            )
        )


def file_system(folder: Path, table: str) -> str:
    """Return the kind of file system that a folder is on; nothing where that is unknown.

    Args:
        folder: it may be missing.
        table: what `/proc/self/mounts` says.
    """
    place, best, kind = folder.resolve(), -1, ""
    for line in table.splitlines():
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        point = Path(_OCTAL.sub(lambda found: chr(int(found[1], 8)), fields[1]))
        # Of several on one place, the later one covers the earlier one.
        if place.is_relative_to(point) and len(point.parts) >= best:
            best, kind = len(point.parts), fields[2]
    return kind
