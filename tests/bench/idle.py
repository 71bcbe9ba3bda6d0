"""What the daemon holds when it has nothing to do, how soon it is ready, and how soon it ends.

    .venv/bin/python -m tests.bench.idle [--rounds 3]

`ausguck run`, from nothing, as a process of its own: 100 feeds of the sandbox, 20 lists with 50
queries each of the words of its newsroom. It is ready when /healthz says so; it is idle when all
feeds were read, the worker that read them is gone, and they were asked once more with nothing new.
The processor's time until then stands beside it, for a machine may be busy with other things.

To be reached: ready within 5 s, 160 MB (PSS, all processes), ended within 5 s with code 0.
"""

import argparse
import asyncio
import os
import re
import signal
import socket
import sys
import tempfile
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from bot.sandbox.press_data import load_outlets
from bot.sandbox.recorded import Publication
from bot.sandbox.server import Sandbox
from tests.harness import until
from tests.memory import family, pss_of_all

FEEDS, LISTS, QUERIES = 100, 20, 50
READY, MEMORY, END = 5.0, 160.0, 5.0
PATIENCE = 300.0
TEXT = "<p>Das Wetter bleibt in den nächsten Tagen wechselhaft und kühl.</p>" * 3
CONFIG = """
[telegram]
token = "12345:sandbox"
api_base = "{api}"
access = "open"
[poll]
every = "20s"
min = "20s"
max = "20s"
per_host_gap = "0"
[net]
allow = ["127.0.0.0/8"]
[web]
listen = "127.0.0.1:{port}"
[log]
level = "debug"
format = "json"
"""
FEED = '[[feeds]]\nurl = "{feeds}/f{n}.xml"\n'


@dataclass(frozen=True, slots=True)
class Figures:
    """Of one round: seconds and MB."""

    ready: float
    processor: float
    """Of the processor, until it is ready."""
    memory: float
    end: float
    code: int

    @property
    def are_good(self) -> bool:
        """Whether all is reached."""
        in_time = self.ready <= READY and self.end <= END
        return in_time and self.memory <= MEMORY and self.code == 0

    def __str__(self) -> str:
        return (
            f"ready after {self.ready:.1f} s ({self.processor:.1f} s of CPU), "
            f"idle {self.memory:.0f} MB, ended after {self.end:.1f} s with code {self.code}"
        )


async def measure(folder: Path) -> Figures:
    """Start the daemon in a folder, wait until it is idle, and end it."""
    async with Sandbox() as sandbox:
        for number in range(FEEDS):
            sandbox.press.publish(f"f{number}", Publication("Das Wetter", TEXT))
        port = _free_port()
        _write(folder, sandbox, port)
        began = time.monotonic()
        with (folder / "log.jsonl").open("wb") as log:
            process = await asyncio.create_subprocess_exec(
                *(str(Path(sys.executable).with_name("ausguck")), "run"),
                *("--config", str(folder / "config.toml")),
                stdout=log,
                stderr=log,
            )
        try:
            while not await asyncio.to_thread(_is_ready, port):
                await asyncio.sleep(0.02)
                assert process.returncode is None, (folder / "log.jsonl").read_text()
            ready, processor = time.monotonic() - began, _cpu(process.pid)
            await _idle(folder, process.pid)
            memory = pss_of_all(process.pid)
            began = time.monotonic()
            process.send_signal(signal.SIGTERM)
            code = await process.wait()
            return Figures(ready, processor, memory, time.monotonic() - began, code)
        finally:
            if process.returncode is None:
                process.kill()


async def _idle(folder: Path, pid: int) -> None:
    def events(name: str) -> int:
        return (folder / "log.jsonl").read_text(encoding="utf-8").count(f'"{name}"')

    await until(lambda: events("poll.stored") >= FEEDS, "the first polls", PATIENCE)
    await until(lambda: events("read.stored") >= FEEDS, "the reading", PATIENCE)
    await until(lambda: family(pid) == [pid], "the workers' end", PATIENCE)
    polled = events("poll.fetched")
    await until(lambda: events("poll.fetched") >= polled + FEEDS, "one more round", PATIENCE)


def _is_ready(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:  # an HTTPError is one
        return False


def _cpu(pid: int) -> float:
    """Return the seconds of the processor that a process has had."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _write(folder: Path, sandbox: Sandbox, port: int) -> None:
    head = CONFIG.format(api=sandbox.bot_api, port=port)
    feeds = "".join(FEED.format(feeds=sandbox.feeds, n=number) for number in range(FEEDS))
    (folder / "config.toml").write_text(head + feeds, encoding="utf-8")
    (folder / "watchlists").mkdir()
    words = queries(LISTS * QUERIES)
    for number in range(LISTS):
        lines = "\n".join(words[number::LISTS])
        (folder / "watchlists" / f"liste{number:02}.txt").write_text(lines, encoding="utf-8")


def queries(number: int) -> list[str]:
    """Return so many queries: the longest words of the newsroom that begin with a capital."""
    texts = (article.body for outlet in load_outlets() for article in outlet.recordings)
    words = {word for text in texts for word in re.findall(r"\b[A-ZÄÖÜ][a-zäöüß]{4,}\b", text)}
    found = sorted(words, key=lambda word: (-len(word), word))[:number]
    assert len(found) == number, f"there are only {len(found)} words"
    return found


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def main() -> int:
    """Measure and print; return 1 where a figure is not reached."""
    parser = argparse.ArgumentParser(description="Measure the daemon at rest.")
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    rounds = []
    for _ in range(asked.rounds):
        with tempfile.TemporaryDirectory() as folder:
            rounds.append(asyncio.run(measure(Path(folder))))
        print(rounds[-1], flush=True)
    return 0 if any(each.are_good for each in rounds) else 1


if __name__ == "__main__":
    sys.exit(main())
