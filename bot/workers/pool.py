"""The parent's side: starts workers when they are needed, hands them tasks, ends them."""

import asyncio
import contextlib
import os
import pickle
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any, Self, TypeVar, TypeVarTuple

from bot.errors import WorkerDied, WorkerError, WorkerFailed, WorkerTimeout
from bot.workers.frames import HEAD, REFUSALS, frame, size, values

Ts = TypeVarTuple("Ts")
T = TypeVar("T")

MEGABYTE = 1024 * 1024
SHARE = 160 * MEGABYTE
"""Memory to plan for each worker: one holds 100 MB after 200 pages, and 55 more once it has helped
with a backtest."""
MEMORY = 1024 * MEGABYTE
MAX_ANSWER, LARGE = 64 * MEGABYTE, MEGABYTE // 4
STARTING = timedelta(seconds=20)
"""For the start of a process and its imports."""
IDLE = timedelta(seconds=60)
RECYCLE = 500
CGROUP_LIMITS = (
    Path("/sys/fs/cgroup/memory.max"),
    Path("/sys/fs/cgroup/memory/memory.limit_in_bytes"),
)
OWN_GROUP, GROUPS = Path("/proc/self/cgroup"), Path("/sys/fs/cgroup")
"""A container sees its own group as the root of all; a service of systemd does not."""


class Workers:
    """A handful of worker processes."""

    def __init__(
        self,
        *,
        limit: int | None = None,
        memory: int = MEMORY,
        idle: timedelta = IDLE,
        recycle: int = RECYCLE,
        took: Callable[[str, str, float], None] = lambda *_: None,
    ) -> None:
        """Set the bounds; nothing is started yet.

        Args:
            limit: the most processes at a time; None: what cores and memory allow.
            memory: bytes of address space that one worker may use.
            idle: how long a worker without work stays.
            recycle: after how many tasks a worker is replaced.
            took: is told of every task its function's name, how it ended, and its seconds.
        """
        self._slots = asyncio.Semaphore(limit or default_limit())
        self._memory = memory
        self._stay = idle.total_seconds()
        self._recycle = recycle
        self._took = took
        self._idle: dict[_Worker, asyncio.TimerHandle] = {}
        self._busy: set[_Worker] = set()
        self._ending: set[asyncio.Task[None]] = set()
        self._closed = False

    async def run(self, function: Callable[[*Ts], T], *args: *Ts, deadline: timedelta) -> T:
        """Run `function(*args)` in a worker; cancelling this ends the worker.

        A worker that dies over it is replaced, and the task tried once more: most often it was the
        worker's time, or what it did before, and not this task.

        Args:
            function: importable by its module and qualified name, and without effects, as it may
                run twice; arguments and result are plain values: built-in types, dates and classes
                of this project.
            args: its arguments.
            deadline: for the function itself; waiting for a free worker and starting one have
                their own.

        Raises:
            WorkerTimeout: it took longer, or the process did not start in time.
            WorkerDied: the process ended without an answer, twice, or could not be started.
            WorkerFailed: the function raised.
            NotAFeed: as raised by the function.
            NotAnArticle: as raised by the function.
        """
        task = frame(function.__module__, function.__qualname__, args, deadline.total_seconds())
        async with self._slots:
            kind, *told = await self._timed(function.__name__, task, deadline)
        if kind == "refused":
            name, text = told
            raise REFUSALS[name](text)
        if kind == "failed":
            raise WorkerFailed(told[0])
        result: T = told[0]
        return result

    async def close(self) -> None:
        """End every worker and wait until they are gone; what they were doing fails."""
        self._closed = True
        for worker in [*self._idle, *self._busy]:
            self._end(worker)
        await asyncio.gather(*self._ending)

    async def _timed(self, name: str, task: bytes, deadline: timedelta) -> tuple[Any, ...]:
        now = asyncio.get_running_loop().time
        began, outcome = now(), ""
        try:
            answer = await self._perform_twice(task, deadline)
            outcome = answer[0]
        except WorkerError as error:
            outcome = "timeout" if isinstance(error, WorkerTimeout) else "died"
            raise
        finally:
            if outcome:
                self._took(name, outcome, now() - began)
        return answer

    async def _perform_twice(self, task: bytes, deadline: timedelta) -> tuple[Any, ...]:
        try:
            return await self._perform(task, deadline)
        except _Ended:
            return await self._perform(task, deadline)

    async def _perform(self, task: bytes, deadline: timedelta) -> tuple[Any, ...]:
        worker = await self._take()
        try:
            answer = await worker.perform(task, deadline)
        except BaseException:
            self._end(worker)
            raise
        self._give_back(worker)
        return answer

    async def _take(self) -> "_Worker":
        """Return an idle worker, the last used first so that surplus ones end, or a new one."""
        while self._idle:
            worker, timer = self._idle.popitem()
            timer.cancel()
            if worker.alive:
                self._busy.add(worker)
                return worker
            self._end(worker)
        if self._closed:
            raise WorkerDied("the workers are closed")
        worker = await _Worker.start(self._memory)
        self._busy.add(worker)
        return worker

    def _give_back(self, worker: "_Worker") -> None:
        if worker.tasks >= self._recycle or self._closed:
            self._end(worker)
            return
        self._busy.remove(worker)
        loop = asyncio.get_running_loop()
        self._idle[worker] = loop.call_later(self._stay, self._end, worker)

    def _end(self, worker: "_Worker") -> None:
        """Kill it: a worker holds nothing that is worth an orderly end."""
        self._busy.discard(worker)
        timer = self._idle.pop(worker, None)
        if timer:
            timer.cancel()
        ending = asyncio.create_task(worker.kill())
        self._ending.add(ending)
        ending.add_done_callback(self._ending.discard)


class _Ended(WorkerDied):
    """The process is gone, through its task or not."""


class _Worker:
    """One process."""

    def __init__(
        self, process: Process, stdin: asyncio.StreamWriter, stdout: asyncio.StreamReader
    ) -> None:
        self._process = process
        self._stdin = stdin
        self._stdout = stdout
        self.tasks = 0

    @classmethod
    async def start(cls, memory: int) -> Self:
        """Start a process that imports what this one would, and knows none of its secrets."""
        environment = {k: v for k, v in os.environ.items() if not k.startswith("AUSGUCK_")}
        environment["PYTHONPATH"] = os.pathsep.join(filter(None, sys.path))
        command = (sys.executable, "-P", "-W", "ignore", "-m", "bot.workers", str(memory))
        try:
            process = await asyncio.create_subprocess_exec(
                *command, stdin=PIPE, stdout=PIPE, env=environment
            )
        except OSError as error:
            raise WorkerDied(f"a worker cannot be started: {error.strerror}") from None
        if process.stdin is None or process.stdout is None:
            raise WorkerDied("a worker was started without its pipes")
        return cls(process, process.stdin, process.stdout)

    @property
    def alive(self) -> bool:
        return self._process.returncode is None

    async def perform(self, task: bytes, deadline: timedelta) -> tuple[Any, ...]:
        """Hand over the task and return its answer."""
        self.tasks += 1
        allowed = STARTING
        try:
            async with asyncio.timeout(allowed.total_seconds()):
                answer = await self._ask(task)
            if answer[0] == "ready":
                allowed = deadline
                async with asyncio.timeout(allowed.total_seconds()):
                    answer = await self._receive()
        except TimeoutError:
            seconds = allowed.total_seconds()
            raise WorkerTimeout(f"no answer from a worker within {seconds:g} s") from None
        except (OSError, asyncio.IncompleteReadError):
            raise _Ended("a worker ended before it answered") from None
        except pickle.UnpicklingError as error:
            raise WorkerDied(f"a worker's answer cannot be read: {error}") from None
        return answer

    async def _ask(self, task: bytes) -> tuple[Any, ...]:
        self._stdin.write(task)
        await self._stdin.drain()
        return await self._receive()

    async def _receive(self) -> tuple[Any, ...]:
        length = size(await self._stdout.readexactly(HEAD))
        if length > MAX_ANSWER:
            raise WorkerDied(f"a worker's answer is larger than {MAX_ANSWER // MEGABYTE} MB")
        answer = await self._stdout.readexactly(length)
        # To read a large one takes tenths of a second.
        return values(answer) if length < LARGE else await asyncio.to_thread(values, answer)

    async def kill(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            self._process.kill()
        self._stdin.close()
        await self._process.wait()


def default_limit() -> int:
    """Return how many workers cores and memory allow, at least 1; the daemon takes one share."""
    files = (*CGROUP_LIMITS, *_service_limits())
    limits = [limit for limit in map(_memory_limit, files) if limit]
    return max(1, min([_cores(), *(limit // SHARE - 1 for limit in limits)]))


def _service_limits() -> list[Path]:
    try:
        groups = OWN_GROUP.read_text().splitlines()
    except (OSError, UnicodeDecodeError):
        return []
    found = [group.removeprefix("0::/") for group in groups if group.startswith("0::/")]
    return [GROUPS / group / "memory.max" for group in found]


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _memory_limit(source: Path) -> int | None:
    try:
        return int(source.read_text())
    except (OSError, ValueError):  # no such file, or "max"
        return None
