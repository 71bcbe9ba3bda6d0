"""A configuration that is changed while the daemon runs: what is taken on, and what is said."""

import asyncio
import os
from contextlib import suppress
from pathlib import Path

import pytest
import structlog
from structlog.testing import capture_logs

from bot.config import Config, load
from bot.config.changes import NEEDS_RESTART
from bot.config.sections import SECTIONS
from bot.daemon.reload import Reloader
from tests.virtual import virtually


class Desk:
    """A file, an environment, and somebody who takes on what is read there."""

    def __init__(self, folder: Path, text: str = "", **environ: str) -> None:
        self.file = folder / "config.toml"
        self.environ = environ
        self.taken: list[Config] = []
        self.trouble: Exception | None = None
        self.written = 0
        self.write(text)
        structlog.reset_defaults()
        self.reloader = Reloader(load(self.file, environ), self.take, environ)

    def write(self, text: str) -> None:
        """Save the file: each time at another moment."""
        self.file.write_text(text, encoding="utf-8")
        self.written += 1
        os.utime(self.file, (self.written, self.written))

    async def take(self, config: Config) -> None:
        if self.trouble:
            raise self.trouble
        self.taken.append(config)

    async def said(self) -> list[dict[str, object]]:
        """Read everything again, as after SIGHUP; return what is logged."""
        with capture_logs() as logged:
            await self.reloader.reload()
        return [{k: v for k, v in each.items() if k != "log_level"} for each in logged]


async def test_what_was_changed_is_taken_on_and_named(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.write("[alerts]\nburst = 9\n[log]\nlevel = 'debug'\n[[feeds]]\nurl = 'https://a.example'")

    said = await desk.said()

    changed = ["alerts.burst", "log.level", "feeds"]
    assert said == [{"event": "config.reloaded", "changed": changed}]
    assert desk.reloader.config.alerts.burst == 9
    assert desk.taken == [desk.reloader.config]


async def test_who_asks_is_told_also_that_nothing_was_changed(tmp_path: Path) -> None:
    assert await Desk(tmp_path).said() == [{"event": "config.reloaded", "changed": []}]


async def test_the_contents_of_a_secret_file_count_and_are_not_shown(tmp_path: Path) -> None:
    secret = tmp_path / "token"
    secret.write_text("1:one")
    desk = Desk(tmp_path, AUSGUCK_TELEGRAM__TOKEN_FILE=str(secret))
    secret.write_text("1:two")

    said = await desk.said()

    assert said == [{"event": "config.reloaded", "changed": ["telegram.token"]}]


async def test_with_faults_the_old_one_stays_and_each_is_a_line(tmp_path: Path) -> None:
    desk = Desk(tmp_path, "[alerts]\nburst = 3\n")
    desk.write("[alerts]\nburst = 0\n[poll]\nevry = '5m'\n")

    said = await desk.said()

    assert [each["event"] for each in said] == [
        *["config.fault"] * 2,
        "config.not_reloaded",
    ]
    assert "2:1: alerts.burst" in str(said[0]["fault"])
    assert "did you mean every?" in str(said[1]["fault"])
    assert desk.taken == []
    assert desk.reloader.config.alerts.burst == 3


async def test_what_needs_a_restart_is_named_until_there_is_one(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    late = {"event": "config.needs_restart", "keys": ["web.listen"]}
    desk.write("[web]\nlisten = '127.0.0.1:1'\n[poll]\nevery = '5m'\n")
    assert await desk.said() == [{"event": "config.reloaded", "changed": ["poll.every"]}, late]
    desk.write("[web]\nlisten = '127.0.0.1:1'\n")
    assert await desk.said() == [{"event": "config.reloaded", "changed": ["poll.every"]}, late]
    desk.write("")
    assert await desk.said() == [{"event": "config.reloaded", "changed": []}]


def test_every_key_that_needs_a_restart_is_one() -> None:
    keys = {f"{name}.{key}" for name in SECTIONS for key in SECTIONS[name].model_fields}
    assert keys > NEEDS_RESTART


def test_a_file_counts_when_it_was_changed_and_has_settled(tmp_path: Path) -> None:
    secret = tmp_path / "token"
    desk = Desk(tmp_path, AUSGUCK_WEB__LISTEN="127.0.0.1:0")
    desk.environ["AUSGUCK_TELEGRAM__TOKEN_FILE"] = str(secret)
    reloader = Reloader(desk.reloader.config, desk.take, desk.environ)

    assert [reloader.has_settled() for _ in range(2)] == [True, False]  # once at the start
    desk.write("")
    assert [reloader.has_settled() for _ in range(3)] == [False, True, False]
    secret.write_text("1:one")
    assert [reloader.has_settled() for _ in range(3)] == [False, True, False]
    desk.write("[poll]")
    assert not reloader.has_settled()
    desk.write("[poll]\nevery = '5m'\n")  # still being written
    assert [reloader.has_settled() for _ in range(3)] == [False, True, False]
    secret.unlink()
    assert [reloader.has_settled() for _ in range(3)] == [False, True, False]


def running(desk: Desk, seconds: float) -> list[str]:
    """What is logged while it runs for so long, on a loop that jumps; trouble ends half-way."""

    async def work() -> None:
        running = asyncio.create_task(desk.reloader.run())
        await asyncio.sleep(seconds / 2)
        desk.trouble = None
        await asyncio.sleep(seconds / 2)
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running

    with capture_logs() as logged:
        virtually(work)
    return [each["event"] for each in logged]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_a_changed_file_is_taken_on_within_seconds(desk: Desk) -> None:
    desk.write("[alerts]\nburst = 9\n")

    assert running(desk, 5) == ["config.reloaded"]
    assert desk.reloader.config.alerts.burst == 9


def test_what_is_saved_between_its_reading_and_serving_is_taken_on(desk: Desk) -> None:
    read = desk.reloader.config
    desk.write("[alerts]\nburst = 9\n")
    desk.reloader = Reloader(read, desk.take, desk.environ)

    assert running(desk, 5) == ["config.reloaded"]
    assert desk.reloader.config.alerts.burst == 9


def test_a_changed_comment_is_not_worth_a_line(desk: Desk) -> None:
    desk.write("# a comment\n")

    assert running(desk, 5) == []
    assert desk.taken == []


def test_faults_are_told_once(desk: Desk) -> None:
    desk.write("[alert]\n")

    assert running(desk, 60) == ["config.fault", "config.not_reloaded"]


def test_what_the_database_cannot_take_is_told_once_and_tried_again(desk: Desk) -> None:
    desk.trouble = OSError("the database is locked")
    desk.write("[alerts]\nburst = 9\n")

    assert running(desk, 100) == ["config.not_taken", "config.reloaded"]
    assert desk.reloader.config.alerts.burst == 9
