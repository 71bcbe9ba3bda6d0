"""What may be wrong with the database as a whole while we run: it passes, or an operator helps."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Kind = Literal["full", "read_only", "locked", "failing", "damaged"]

_KINDS: dict[int, Kind] = {
    # The primary result codes of https://sqlite.org/rescode.html.
    3: "read_only",  # PERM
    5: "locked",  # BUSY
    6: "locked",  # LOCKED
    8: "read_only",  # READONLY
    10: "failing",  # IOERR
    11: "damaged",  # CORRUPT
    13: "full",  # FULL
    14: "failing",  # CANTOPEN
    26: "damaged",  # NOTADB
}
_INDEX_DAMAGED = 267
"""CORRUPT_VTAB: only the index of the archive, which mends itself."""

REMEDIES: dict[Kind, str] = {
    "full": "the disk is full; make room, and it goes on by itself",
    "read_only": "it cannot be written; see who owns the data folder and how it is mounted",
    "locked": "another program holds it; end that one, and it goes on by itself",
    "failing": "the disk does not answer as it should; look at the system's log",
    "damaged": "the file is damaged; stop, and restore a backup",
}
"""What is wrong, and what to do, for the operator."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """Nothing can be written at present."""

    kind: Kind
    since: datetime

    @property
    def remedy(self) -> str:
        """What is wrong, and what to do."""
        return REMEDIES[self.kind]


def kind_of(error: BaseException) -> Kind | None:
    """Return what an error says of the database as a whole; None where that is nothing."""
    cause = getattr(error, "orig", None) or error
    code = getattr(cause, "sqlite_errorcode", None)
    if code is None or code == _INDEX_DAMAGED:
        return None
    return _KINDS.get(code & 0xFF)
