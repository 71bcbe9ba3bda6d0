"""The worker itself: reads tasks from stdin and answers them, until its parent is gone."""

import contextlib
import importlib
import logging
import os
import resource
import signal
import sys
from collections.abc import Callable
from typing import Any, BinaryIO

from bot.workers.frames import HEAD, REFUSALS, frame, size, values

MAX_REASON = 500
ORPHANED = 5
"""Seconds past its deadline after which the kernel ends a task whose parent is gone."""


def main() -> None:
    """Keep the pipes for frames, limit the memory to argv[1] bytes, and serve."""
    # Ctrl-C and a service manager's stop go to the whole group. The parent decides what they
    # mean; its end of the pipe tells.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    memory = int(sys.argv[1])
    with contextlib.suppress(ValueError, OSError):  # a lower limit is in force already
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    logging.disable(logging.CRITICAL)
    tasks, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(2, 1)  # stray prints must not end up between the frames
    with contextlib.suppress(BrokenPipeError):
        serve(tasks, answers)


def serve(tasks: BinaryIO, answers: BinaryIO) -> None:
    """Answer one task after the other, until the pipe is closed."""
    warm: set[str] = set()
    while len(head := tasks.read(HEAD)) == HEAD:
        body = tasks.read(size(head))
        try:
            module, name, arguments, seconds = values(body)
            function = _resolve(module, name, warm)
            _write(answers, frame("ready"))
            signal.setitimer(signal.ITIMER_REAL, seconds + ORPHANED)
            answer = frame("ok", function(*arguments))
        except Exception as error:  # noqa: BLE001 - whatever a parser raises is an answer
            answer = _explained(error)
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
        _write(answers, answer)


def _resolve(module: str, name: str, warm: set[str]) -> Callable[..., Any]:
    """Import the function; see `bot.workers` for what `warm_up` is."""
    found: Any = importlib.import_module(module)
    if module not in warm:
        getattr(found, "warm_up", lambda: None)()
        warm.add(module)
    for part in name.split("."):
        found = getattr(found, part)
    function: Callable[..., Any] = found
    return function


def _explained(error: Exception) -> bytes:
    name, text = type(error).__name__, str(error)[:MAX_REASON]
    if REFUSALS.get(name) is type(error):
        return frame("refused", name, text)
    return frame("failed", f"{name}: {text}")


def _write(answers: BinaryIO, answer: bytes) -> None:
    rest = memoryview(answer)
    while rest:
        rest = rest[answers.write(rest) :]


if __name__ == "__main__":
    main()
