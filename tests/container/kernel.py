"""What the kernel counts of a container: under cgroups of the first and of the second kind."""

from pathlib import Path

from tests.container.scene import Failed

FIRST, SECOND = Path("/sys/fs/cgroup/memory"), Path("/sys/fs/cgroup")


def _group(pid: int) -> Path:
    """Return where the kernel counts the memory of a container."""
    for line in Path(f"/proc/{pid}/cgroup").read_text(encoding="utf-8").splitlines():
        _, controllers, path = line.split(":", 2)
        if "memory" in controllers.split(","):
            return FIRST / path.lstrip("/")
        unified = SECOND / path.lstrip("/")
        if not controllers and (unified / "memory.max").exists():
            return unified
    raise Failed("the kernel says nothing of the container's memory")


def counter(pid: int, first: str, second: str, key: str) -> int:
    """Return what the kernel has counted, by its name in cgroups of the first and second kind."""
    group = _group(pid)
    file = group / first if (group / first).exists() else group / second
    lines = [line.split() for line in file.read_text(encoding="utf-8").splitlines()]
    return next((int(line[-1]) for line in lines if not key or line[0] == key), 0)


def processes(pid: int) -> list[int]:
    """Return all processes of a container, by its first one."""
    text = (_group(pid) / "cgroup.procs").read_text(encoding="utf-8")
    return [int(each) for each in text.split()]


def pss(pid: int) -> int:
    """Return the memory of a process in kB, what it shares being divided."""
    text = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="utf-8")
    return next(int(line.split()[1]) for line in text.splitlines() if line.startswith("Pss:"))
