"""What polling costs, beside the least that it can cost: the same feeds on the loopback, in turns.

    .venv/bin/python -m tests.bench.polling [--feeds 1000] [--rounds 3] [--no-validators 40]

The harness beside the project (`../shared/bench`) serves the feeds, 30 entries each, and has two
programs to compare with: the floor, aiohttp with validators and nothing else, and the yardstick,
aiohttp, feedparser and SQLite. Figures are CPU seconds of whole process trees, each less the same
command without a feed; poll 1 finds everything new, poll 2 nothing, poll 3 one new entry in each
twentieth feed. `--no-validators` takes them from so many of a hundred feeds.

To be reached, by the least of the rounds: poll 2 at most 1.3 times the floor and within 100 MB,
with every answer a 304, or twice the floor where 40 of 100 feeds have no validators; poll 3 at most
3 times that floor; poll 1 at most the yardstick.
"""

import argparse
import contextlib
import json
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

from tests.bench.corpus import ROOT

HARNESS = ROOT.parent / "shared" / "bench"
ENTRIES, AT_ONCE = 30, 20
FLOOR, YARDSTICK = "fetch", "async"
_PAGE = os.sysconf("SC_PAGE_SIZE")
_MB = 2**20


@dataclass(frozen=True, slots=True)
class Cost:
    """What a command cost."""

    cpu: float
    """Seconds, of the whole process tree."""
    peak: float
    """MB, of all its processes together."""
    answers: dict[str, int]
    """What the server counted meanwhile."""


def main() -> None:
    """Measure and print."""
    if not HARNESS.is_dir():
        sys.exit(f"This measures with {HARNESS}, which is not there.")
    parser = argparse.ArgumentParser()
    parser.add_argument("--feeds", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--no-validators", type=int, default=0)
    arguments = parser.parse_args()
    rounds = []
    with _server(arguments.feeds, arguments.no_validators) as base:
        for number in range(arguments.rounds):
            with tempfile.TemporaryDirectory() as folder:
                rounds.append(_round(base, arguments.feeds, Path(folder)))
            print(f"round {number + 1} of {arguments.rounds}")
            _print(rounds[-1:])
    print(f"\nthe least of {len(rounds)} rounds")
    _print(rounds)


@contextlib.contextmanager
def _server(feeds: int, without: int) -> Iterator[str]:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    options = ["--feeds", feeds, "--entries", ENTRIES, "--port", port, "--no-validators", without]
    command = [sys.executable, str(HARNESS / "feedserver.py"), *map(str, options)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as server:
        assert server.stdout is not None
        server.stdout.readline()  # "ready"
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


def _round(base: str, feeds: int, folder: Path) -> dict[str, Cost]:
    """Return the cost of each command, each poll of ours after the same one of the others."""
    costs: dict[str, Cost] = {}
    ours, nothing = _configured(base, feeds, folder / "ours"), _configured(base, 0, folder / "none")
    rivals = {name: _rival(name, base, feeds, folder / name) for name in (FLOOR, YARDSTICK)}
    starts = {name: _rival(name, base, 0, folder / f"{name}-0") for name in (FLOOR, YARDSTICK)}
    _run(base, nothing)  # makes its database
    for poll in (1, 2, 3):
        if poll == 3:
            _ask(f"{base}/_ctl?new=5")
        costs["ours start"] = _run(base, nothing)
        for name, command in rivals.items():
            costs[f"{name} start"] = _run(base, starts[name])
            costs[f"{name} {poll}"] = _run(base, command)
        costs[f"ours {poll}"] = _run(base, ours)
    return costs


def _configured(base: str, feeds: int, folder: Path) -> list[str]:
    """Return our command on a fresh store with so many feeds, added as any OPML file is."""
    (folder / "watchlists").mkdir(parents=True)
    for written in (ROOT / "watchlists").glob("*.txt"):
        (folder / "watchlists" / written.name).write_bytes(written.read_bytes())
    (folder / "config.toml").write_text(
        "[net]\nallow = ['127.0.0.0/8']\n[poll]\nper_host_gap = '0s'\n[articles]\nfetch = 'never'\n"
    )
    ausguck = [sys.executable, "-m", "bot"]
    config = ["--config", str(folder / "config.toml")]
    if feeds:
        (folder / "feeds.opml").write_bytes(_ask(f"{base}/opml"))
        added = [*ausguck, "feeds", "import", "--offline", *config, str(folder / "feeds.opml")]
        subprocess.run(added, check=True, cwd=ROOT, stdout=subprocess.DEVNULL)
    return [*ausguck, "poll", "--all", "--json", *config]


def _rival(name: str, base: str, feeds: int, folder: Path) -> list[str]:
    folder.mkdir()
    program = str(HARNESS / "peers" / "p_yardstick.py")
    return [sys.executable, program, name, str(folder), str(feeds), base, str(AT_ONCE)]


def _run(base: str, command: Sequence[str]) -> Cost:
    _ask(f"{base}/_reset")
    peak, ended = [0], threading.Event()
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL) as process:
        watch = threading.Thread(target=_watch, args=(process.pid, peak, ended))
        watch.start()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        ended.set()
        watch.join()
    counted = json.loads(_ask(f"{base}/_stats"))
    answers = {key: counted[key] for key in ("r200", "r304", "other", "conns")}
    return Cost(used.ru_utime + used.ru_stime, peak[0] / _MB, answers)


def _watch(pid: int, peak: list[int], ended: threading.Event) -> None:
    while not ended.wait(0.02):
        peak[0] = max(peak[0], sum(map(_resident, _tree(pid))))


def _tree(pid: int) -> Iterator[int]:
    yield pid
    with contextlib.suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text().split():
                yield from _tree(int(child))


def _resident(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * _PAGE
    except (OSError, IndexError):
        return 0


def _ask(url: str) -> bytes:
    for _ in range(50):
        with contextlib.suppress(ConnectionError), urlopen(url, timeout=60) as answer:
            content: bytes = answer.read()
            return content
        time.sleep(0.1)
    sys.exit(f"{url} does not answer")


def _print(rounds: Sequence[dict[str, Cost]]) -> None:
    print(f"{'CPU s, less the start':24} poll 1  poll 2  poll 3   start")
    net: dict[tuple[str, int], float] = {}
    for name in (FLOOR, YARDSTICK, "ours"):
        start = min(costs[f"{name} start"].cpu for costs in rounds)
        for poll in (1, 2, 3):
            net[name, poll] = min(costs[f"{name} {poll}"].cpu for costs in rounds) - start
        row = "".join(f"{net[name, poll]:8.2f}" for poll in (1, 2, 3))
        print(f"{name:23}{row}{start:8.2f}")
    second, third = (net["ours", poll] / net[FLOOR, 2] for poll in (2, 3))
    print(f"{'ours / floor of poll 2':31}{second:8.2f}{third:8.2f}")
    print(f"{'ours / yardstick':23}{net['ours', 1] / net[YARDSTICK, 1]:8.2f}")
    for poll in (1, 2, 3):
        cost = rounds[-1][f"ours {poll}"]
        print(f"poll {poll}: {cost.peak:.0f} MB at most, answers {cost.answers}")


if __name__ == "__main__":
    main()
