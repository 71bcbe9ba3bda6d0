"""Real faults of the disk and the database: a file system of our own that is full, another process
that holds the lock."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

MEGABYTES = 24
CHUNK = 64 * 1024
HOLDER = """
import sqlite3, sys, time
connection = sqlite3.connect(sys.argv[1], timeout=30, isolation_level=None)
connection.execute("BEGIN EXCLUSIVE")
print("held", flush=True)
time.sleep(float(sys.argv[2]))
connection.execute("ROLLBACK")
"""


@contextmanager
def small_disk(folder: Path) -> Iterator[Path]:
    """A file system of a few megabytes; the test is skipped where none may be mounted."""
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={MEGABYTES}m", "tmpfs", str(folder)]
    try:
        done = subprocess.run(command, capture_output=True, check=False)
    except OSError as error:
        pytest.skip(f"no file system can be mounted here: {error.strerror}")
    if done.returncode:
        pytest.skip(f"no file system may be mounted here: {done.stderr.decode().strip()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def fill(folder: Path) -> Path:
    """Write a file until nothing more fits on its disk; return it."""
    file = folder / "filler"
    with file.open("wb", buffering=0) as writing:
        try:
            while True:
                writing.write(b"\0" * CHUNK)
        except OSError:
            pass
        try:
            while True:
                writing.write(b"\0" * 512)
        except OSError:
            os.fsync(writing.fileno())
    return file


@contextmanager
def locked(place: Path, seconds: float) -> Iterator["subprocess.Popen[bytes]"]:
    """Another process holds the database's lock for so long, or until the end of the block."""
    command = [sys.executable, "-c", HOLDER, str(place), str(seconds)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        try:
            yield holder
        finally:
            holder.kill()
