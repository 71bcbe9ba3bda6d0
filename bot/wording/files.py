"""Which sentences there are. Watchlists that are sent as files, and what became of them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class FileWords:
    """Watchlists that are sent as files, and what became of them."""

    unknown_kind: str
    too_large: str
    not_writable: str
