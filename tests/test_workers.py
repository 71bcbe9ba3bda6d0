"""A function runs in a process of its own, within its deadline, or the caller is told why not."""

import asyncio
import operator
import os
import pickle
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.errors import NotAFeed, WorkerDied, WorkerFailed, WorkerTimeout
from bot.model import Entry
from bot.workers import Workers, frames, pool

SOON = timedelta(seconds=10)
AT_ONCE = timedelta(milliseconds=100)


@pytest.fixture
async def workers() -> AsyncIterator[Workers]:
    workers = Workers(limit=1)
    yield workers
    await workers.close()


async def ends(pid: int) -> None:
    """Wait for the end of a process, whoever its parent is."""
    over = asyncio.Event()
    try:
        descriptor = os.pidfd_open(pid)
    except ProcessLookupError:
        return
    asyncio.get_running_loop().add_reader(descriptor, over.set)
    try:
        async with asyncio.timeout(5):
            await over.wait()
    finally:
        asyncio.get_running_loop().remove_reader(descriptor)
        os.close(descriptor)


def loaded() -> list[str]:
    return sorted(sys.modules)


def chatter() -> str:
    sys.stdout.write("this must not end up between the frames")
    sys.stdout.flush()
    os.write(1, b"\0\0\0\0\0\0\0\4oops")
    return "said"


def refuse(text: str) -> None:
    raise NotAFeed(text)


def read_stdin() -> str:
    return sys.stdin.read()


def secrets() -> list[str]:
    return [name for name in os.environ if name.startswith("AUSGUCK_")]


def unspeakable() -> object:
    return lambda: None


def devour(size: int) -> int:
    return len(bytearray(size))


def crash_once(mark: str) -> str:
    if not Path(mark).exists():
        Path(mark).touch()
        os.abort()
    return "the second time"


def crash_and_count(marks: str) -> None:
    with Path(marks).open("a") as file:
        file.write("x")
    os.abort()


def hang_and_count(marks: str) -> None:
    with Path(marks).open("a") as file:
        file.write("x")
    time.sleep(60)


async def test_a_function_runs_elsewhere_and_its_value_comes_back(workers: Workers) -> None:
    assert await workers.run(operator.add, 2, 3, deadline=SOON) == 5
    assert await workers.run(os.getpid, deadline=SOON) != os.getpid()


async def test_values_of_the_model_travel_both_ways(workers: Workers) -> None:
    entry = Entry("key", None, "Größe", "", datetime(2025, 5, 7, 12, tzinfo=UTC))

    assert await workers.run(operator.getitem, [entry], 0, deadline=SOON) == entry


async def test_large_arguments_and_values_do_not_block_each_other(workers: Workers) -> None:
    body = bytes(3_000_000)

    assert await workers.run(operator.add, body, body, deadline=SOON) == body + body


async def test_a_worker_knows_neither_telegram_nor_the_database(workers: Workers) -> None:
    modules = await workers.run(loaded, deadline=SOON)

    assert {name.partition(".")[0] for name in modules}.isdisjoint(
        {"telegram", "sqlalchemy", "aiohttp", "apscheduler", "pydantic"}
    )


async def test_a_worker_does_not_inherit_the_secrets_of_the_environment(
    workers: Workers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AUSGUCK_TELEGRAM__TOKEN", "12:secret")

    assert await workers.run(secrets, deadline=SOON) == []


async def test_prints_do_not_corrupt_the_answer(workers: Workers) -> None:
    assert await workers.run(chatter, deadline=SOON) == "said"


async def test_a_function_cannot_eat_the_next_task(workers: Workers) -> None:
    assert await workers.run(read_stdin, deadline=SOON) == ""


async def test_one_worker_serves_many_tasks(workers: Workers) -> None:
    first = await workers.run(os.getpid, deadline=SOON)

    assert await workers.run(os.getpid, deadline=SOON) == first


async def test_a_task_past_its_deadline_is_killed_and_the_next_one_runs(workers: Workers) -> None:
    pid = await workers.run(os.getpid, deadline=SOON)

    with pytest.raises(WorkerTimeout, match=r"within 0\.1 s"):
        await workers.run(time.sleep, 60, deadline=AT_ONCE)

    await ends(pid)
    assert await workers.run(os.getpid, deadline=SOON) != pid


async def test_the_deadline_counts_from_a_ready_worker(workers: Workers) -> None:
    started = await workers.run(operator.add, 1, 1, deadline=AT_ONCE)  # a start takes longer

    assert started == 2


async def test_a_crash_is_told_and_the_next_task_runs(workers: Workers) -> None:
    with pytest.raises(WorkerDied):
        await workers.run(os.abort, deadline=SOON)

    assert await workers.run(operator.add, 1, 1, deadline=SOON) == 2


async def test_a_task_whose_worker_was_killed_is_tried_once_more(
    workers: Workers, tmp_path: Path
) -> None:
    value = await workers.run(crash_once, str(tmp_path / "mark"), deadline=SOON)

    assert value == "the second time"


async def test_a_task_that_kills_its_worker_is_tried_twice_and_no_more(
    workers: Workers, tmp_path: Path
) -> None:
    with pytest.raises(WorkerDied):
        await workers.run(crash_and_count, str(tmp_path / "marks"), deadline=SOON)

    assert (tmp_path / "marks").read_text() == "xx"


async def test_a_task_past_its_deadline_is_not_tried_again(
    workers: Workers, tmp_path: Path
) -> None:
    with pytest.raises(WorkerTimeout):
        await workers.run(hang_and_count, str(tmp_path / "marks"), deadline=AT_ONCE)

    assert (tmp_path / "marks").read_text() == "x"


async def test_a_worker_killed_while_idle_is_replaced(workers: Workers) -> None:
    pid = await workers.run(os.getpid, deadline=SOON)
    os.kill(pid, signal.SIGKILL)
    await ends(pid)
    (worker,) = workers._idle
    await worker._process.wait()  # the loop hears of it a moment later

    assert await workers.run(os.getpid, deadline=SOON) != pid


async def test_an_exception_comes_back_as_text_only(workers: Workers) -> None:
    with pytest.raises(WorkerFailed, match=r"^ZeroDivisionError: "):
        await workers.run(operator.floordiv, 1, 0, deadline=SOON)


async def test_what_a_function_says_about_its_input_comes_back_as_that(workers: Workers) -> None:
    with pytest.raises(NotAFeed, match=r"^an HTML page$"):
        await workers.run(refuse, "an HTML page", deadline=SOON)


async def test_a_long_reason_is_cut(workers: Workers) -> None:
    with pytest.raises(NotAFeed) as caught:
        await workers.run(refuse, "x" * 100_000, deadline=SOON)

    assert len(str(caught.value)) <= 500


async def test_a_value_that_cannot_travel_is_a_failure_and_not_a_crash(workers: Workers) -> None:
    with pytest.raises(WorkerFailed, match="pickle"):
        await workers.run(unspeakable, deadline=SOON)
    with pytest.raises(WorkerDied, match=r"pathlib\.PosixPath is no plain value"):
        await workers.run(Path.cwd, deadline=SOON)


async def test_memory_is_limited() -> None:
    workers = Workers(limit=1, memory=500_000_000)

    with pytest.raises(WorkerFailed, match="MemoryError"):
        await workers.run(devour, 600_000_000, deadline=SOON)
    await workers.close()


async def test_cancelling_ends_the_worker(workers: Workers) -> None:
    pid = await workers.run(os.getpid, deadline=SOON)
    task = asyncio.create_task(workers.run(time.sleep, 60, deadline=timedelta(hours=1)))
    await asyncio.sleep(0)  # so that it has begun

    task.cancel()

    with pytest.raises(asyncio.CancelledError):
        await task
    await ends(pid)


async def test_no_more_run_at_a_time_than_the_limit_says() -> None:
    workers = Workers(limit=2)

    pids = await asyncio.gather(*(workers.run(os.getpid, deadline=SOON) for _ in range(6)))
    await workers.close()

    assert len(set(pids)) == 2


async def test_a_worker_is_replaced_after_its_share_of_tasks() -> None:
    workers = Workers(limit=1, recycle=2)

    pids = [await workers.run(os.getpid, deadline=SOON) for _ in range(3)]
    await workers.close()

    assert pids[0] == pids[1] != pids[2]


async def test_an_idle_worker_ends() -> None:
    workers = Workers(limit=1, idle=timedelta(0))

    pid = await workers.run(os.getpid, deadline=SOON)

    await ends(pid)
    await workers.close()


async def test_close_ends_what_runs_and_starts_nothing_more(workers: Workers) -> None:
    pid = await workers.run(os.getpid, deadline=SOON)
    task = asyncio.create_task(workers.run(time.sleep, 60, deadline=timedelta(hours=1)))
    await asyncio.sleep(0)

    await workers.close()

    with pytest.raises(WorkerDied):
        await task
    with pytest.raises(WorkerDied, match="closed"):
        await workers.run(os.getpid, deadline=SOON)
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


async def test_a_worker_ends_when_its_parent_is_killed() -> None:
    program = """
import asyncio, datetime, os, signal
from bot.workers import Workers

async def main():
    soon = datetime.timedelta(seconds=10)
    print(await Workers(limit=1).run(os.getpid, deadline=soon), flush=True)
    os.kill(os.getpid(), signal.SIGKILL)

asyncio.run(main())
"""
    parent = await asyncio.create_subprocess_exec(
        sys.executable, "-c", program, stdout=subprocess.PIPE
    )
    assert parent.stdout is not None
    pid = int(await parent.stdout.readline())

    await ends(pid)
    assert await parent.wait() == -signal.SIGKILL


async def test_a_stop_signal_to_the_group_is_left_to_the_parent(workers: Workers) -> None:
    pid = await workers.run(os.getpid, deadline=SOON)

    os.kill(pid, signal.SIGINT)
    os.kill(pid, signal.SIGTERM)

    assert await workers.run(os.getpid, deadline=SOON) == pid


def test_an_answer_that_names_a_function_is_not_read() -> None:
    hostile = pickle.dumps(os.system)

    with pytest.raises(pickle.UnpicklingError):
        frames.values(hostile)


@pytest.mark.parametrize(("written", "expected"), [("max\n", None), ("314572800\n", 314572800)])
def test_the_memory_limit_of_the_container_is_read(
    tmp_path: Path, written: str, expected: int | None
) -> None:
    (tmp_path / "memory.max").write_text(written)

    assert pool._memory_limit(tmp_path / "memory.max") == expected


def test_a_small_container_gets_one_worker_and_a_larger_one_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    limit = tmp_path / "memory.max"
    monkeypatch.setattr(pool, "CGROUP_LIMITS", (limit,))
    monkeypatch.setattr(pool, "OWN_GROUP", tmp_path / "none")
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: range(8))

    def allowed(megabytes: int) -> int:
        limit.write_text(str(megabytes * pool.MEGABYTE))
        return pool.default_limit()

    assert [allowed(128), allowed(512), allowed(100_000)] == [1, 2, 8]


def test_a_service_of_systemd_keeps_to_the_memory_limit_of_its_unit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    unit = tmp_path / "system.slice" / "ausguck.service"
    unit.mkdir(parents=True)
    (unit / "memory.max").write_text(str(512 * pool.MEGABYTE))
    (tmp_path / "cgroup").write_text("0::/system.slice/ausguck.service\n")
    monkeypatch.setattr(pool, "CGROUP_LIMITS", ())
    monkeypatch.setattr(pool, "OWN_GROUP", tmp_path / "cgroup")
    monkeypatch.setattr(pool, "GROUPS", tmp_path)
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: range(8))

    assert pool.default_limit() == 2
