"""What processes hold in memory, as Linux counts it: shared pages by their share (PSS)."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

MEGABYTE = 1_000_000
_PROC = Path("/proc")


def family(pid: int) -> list[int]:
    """Return the process and all that came from it and are still there."""
    return [pid, *(each for child in _children(pid) for each in family(child))]


def pss(pid: int) -> float:
    """Return what one process holds, in MB; 0 for one that is gone."""
    with suppress(OSError):
        for line in (_PROC / str(pid) / "smaps_rollup").read_text(encoding="ascii").splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024 / MEGABYTE
    return 0.0


def pss_of_all(pid: int) -> float:
    """Return what a process and all that came from it hold together, in MB."""
    return sum(pss(each) for each in family(pid))


def _children(pid: int) -> Iterator[int]:
    for thread in _listed(_PROC / str(pid) / "task"):
        with suppress(OSError):
            yield from map(int, (thread / "children").read_text(encoding="ascii").split())


def _listed(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except OSError:
        return []
