"""Runs the command line: as a person does, or in this process where a start would cost too much."""

import asyncio
import json
import logging
import os
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import structlog

from bot import log  # noqa: F401 - loaded here, it writes to the stderr of the whole run
from bot.cli import main
from bot.store import Store, Transaction

TIMEOUT = 60


@dataclass(frozen=True, slots=True)
class Said:
    """What a command answered."""

    code: int
    out: str
    err: str

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The results under --json: one object a line, whatever a reader takes for a line's end."""
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def faults(self) -> list[str]:
        """The lines on stderr."""
        return self.err.splitlines()


Command = Callable[..., Said]
"""The `command` fixture: words as on the command line, answered in this process."""


def arrange(work: Callable[[Transaction], Awaitable[object]]) -> None:
    """Write something into the database of the current folder."""

    async def run() -> None:
        store = await Store.open("sqlite:///data/ausguck.db", Path())
        async with store.write() as tx:
            await work(tx)
        await store.close()

    asyncio.run(run())


def environment(**more: str) -> dict[str, str]:
    """Our environment without the settings of whoever runs the tests."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith("AUSGUCK_")}
    return {**ours, **more}


def ausguck(
    *words: str | Path, folder: Path, stdin: bytes = b"", environ: Mapping[str, str] | None = None
) -> Said:
    """Run a command in a folder to its end, as a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "bot", *words],
        cwd=folder,
        env=environment(**(environ or {})),
        input=stdin,
        capture_output=True,
        check=False,
        timeout=TIMEOUT,
    )
    assert b"Traceback" not in done.stderr, done.stderr.decode()
    return Said(done.returncode, done.stdout.decode(), done.stderr.decode())


def exit_code(*words: str) -> int:
    """Run a command in this process; the log is left as it was."""
    handlers, level = logging.root.handlers[:], logging.root.level
    try:
        return main(words)
    except SystemExit as error:  # how argparse ends
        return int(error.code or 0)
    finally:
        logging.root.handlers[:] = handlers
        logging.root.setLevel(level)
        structlog.reset_defaults()
        _forget_loggers()


def _forget_loggers() -> None:
    """Undo what structlog keeps of a command's settings in the modules' loggers."""
    for module in list(sys.modules.values()):
        logger = getattr(module, "log", None)
        if isinstance(logger, structlog._config.BoundLoggerLazyProxy):
            vars(logger).pop("bind", None)


def write(folder: Path, **files: str) -> None:
    """Write watchlists; a name without its ending is the list's name."""
    (folder / "watchlists").mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / "watchlists" / f"{name}.txt").write_text(text, encoding="utf-8")


@dataclass(frozen=True, slots=True)
class SandboxProcess:
    """`ausguck sandbox`, as a process of its own: what it said when it was ready."""

    process: "subprocess.Popen[bytes]"
    said: dict[str, str]

    def post(self, name: str, **body: object) -> dict[str, Any]:
        """Call the control API, such as `publish`."""
        request = urllib.request.Request(
            f"{self.said['bot_api']}/_sandbox/{name}",
            data=json.dumps(body).encode(),
            headers={"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=TIMEOUT) as answer:
            found: dict[str, Any] = json.load(answer)
            return found

    def feed(self, name: str) -> str:
        """Return the address of a feed."""
        return f"{self.said['feeds']}/{name}.xml"

    def end(self) -> int:
        """Ask it to end and return the exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(TIMEOUT)


@contextmanager
def sandbox_process() -> Iterator[SandboxProcess]:
    """A running `ausguck sandbox --port 0`."""
    with subprocess.Popen(
        [sys.executable, "-m", "bot", "sandbox", "--port", "0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
    ) as process:
        assert process.stdout
        try:
            yield SandboxProcess(process, json.loads(process.stdout.readline()))
        finally:
            process.kill()
