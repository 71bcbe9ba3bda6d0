"""Starts `ausguck` as a process of its own, quickly: forked from one that has imported it already.

The suite starts the daemon some fifty times; importing its libraries anew would be a third of the
suite's CPU time. The console script itself, started from nothing, is tested in test_cli_serving.py
and test_daemon.py.
"""

import logging
import multiprocessing
import os
import signal
import sys
from dataclasses import dataclass, field
from multiprocessing.context import ForkServerProcess
from pathlib import Path

from bot.cli import main

_context = multiprocessing.get_context("forkserver")
_context.set_forkserver_preload(["bot.daemon.serve", "bot.cli.parser", "bot.cli.serving"])


@dataclass(frozen=True, slots=True)
class Start:
    """How it is started; `killed_at` names the step at which it kills itself."""

    arguments: tuple[str, ...]
    output: Path
    folder: Path
    killed_at: str = ""
    environ: dict[str, str] = field(default_factory=dict)


def launch(start: Start) -> ForkServerProcess:
    """Start `ausguck` with these arguments; what it prints is appended to `output`."""
    # The server of forks has the environment of the test that happened to be the first.
    environ = {**os.environ, **start.environ}
    process = _context.Process(target=_run, args=(start, environ), daemon=True)
    process.start()
    return process


def _run(start: Start, environ: dict[str, str]) -> None:
    output = os.open(start.output, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(output, 1)
    os.dup2(output, 2)
    os.chdir(start.folder)
    os.environ.clear()
    os.environ |= environ
    if start.killed_at:
        _die_at(start.killed_at)
    sys.exit(main(start.arguments))


def _die_at(step: str) -> None:
    """Kill the process with SIGKILL when it comes to a step: an event of its debug log.

    Nothing of the bot is replaced: the standard library calls our factory for every line.
    """
    make = logging.getLogRecordFactory()

    def make_or_die(*given: object, **more: object) -> logging.LogRecord:
        record: logging.LogRecord = make(*given, **more)
        if isinstance(record.msg, dict) and record.msg.get("event") == step:
            os.kill(os.getpid(), signal.SIGKILL)
        return record

    logging.setLogRecordFactory(make_or_die)
