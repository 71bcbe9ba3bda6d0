"""The command line itself; and `run`, `sandbox`, `status` and `health` where no daemon runs."""

import json
import subprocess
import sys
import urllib.request
from datetime import timedelta
from pathlib import Path

import pytest

from bot import __version__
from bot.store import Transaction, canary, outbox
from bot.store.canary import Arrival
from tests.cli_kit import Command, arrange, environment, exit_code, sandbox_process
from tests.store_kit import NOW, PERSON, a_chat

COMMANDS = [
    "run",
    "demo",
    "sandbox",
    "check",
    "match",
    "extract",
    "poll",
    "feeds",
    "status",
    "health",
]
TOKEN = '[telegram]\ntoken = "12:secret"\n'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, without settings from outside."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("AUSGUCK_CONFIG", raising=False)
    return tmp_path


def test_help_names_every_command_and_the_exit_codes(capsys: pytest.CaptureFixture[str]) -> None:
    assert exit_code("--help") == 0
    out = capsys.readouterr().out
    assert [name for name in COMMANDS if f"    {name} " not in out] == []
    assert "Exit codes: 0 done, 1 the answer is no, 2 a mistake that you can mend." in out


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert exit_code(name, "--help") == 0
    assert capsys.readouterr().out.startswith(f"usage: ausguck {name}")


def test_both_ways_to_call_it_are_the_same() -> None:
    module = [sys.executable, "-m", "bot"]
    script = [str(Path(sys.executable).with_name("ausguck"))]
    for command in (module, script):
        shown = subprocess.run([*command, "--version"], capture_output=True, text=True, check=True)
        assert shown.stdout == f"ausguck {__version__}\n"


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("nix",),
        ("match",),
        ("match", "--query", "A", "--watchlist", "B", "file"),
        ("poll", "--due", "--all"),
        ("feeds",),
        ("feeds", "add"),
        ("sandbox", "--port", "70000"),
        ("sandbox", "--port", "http"),
        ("status", "--jsn"),
    ],
)
def test_a_command_that_is_none_shows_how_it_is_called(
    words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert exit_code(*words) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("usage: ausguck")


def test_status_of_an_empty_folder_is_all_zeros(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert exit_code("status", "--json") == 0
    out, err = capsys.readouterr()
    assert json.loads(out) == {
        "feeds": 0,
        "feeds_with_errors": 0,
        "health": {},
        "ill": [],
        "silent": [],
        "entries_per_day": 0,
        "discovery_seconds": None,
        "network_down_since": None,
        "entries_waiting": 0,
        "chats": 0,
        "admins": 0,
        "outbox": {},
        "told_seconds": None,
        "canary": None,
        "sent_plainly": 0,
        "page": "http://127.0.0.1:8787/",
        "owner_link": None,
    }
    assert err == ""
    assert exit_code("status") == 0
    assert "feeds: 0, of which 0 with errors" in capsys.readouterr().out


def test_status_says_when_the_canary_arrived_and_how_long_it_took(command: Command) -> None:
    async def arrived(tx: Transaction) -> None:
        await canary.note(tx, Arrival(NOW, timedelta(seconds=1.2)))

    arrange(arrived)

    assert command("status", "--json").rows[0]["canary"] == {
        "arrived": NOW.isoformat(),
        "seconds": 1.2,
    }
    line = f"the canary last arrived at {NOW.isoformat()}, within 2 s"
    assert line in command("status").out.splitlines()


def test_status_says_what_became_of_messages_that_are_not_sent(
    command: Command,
) -> None:
    async def a_dead_letter(tx: Transaction) -> None:
        await a_chat(tx)
        await outbox.dead(tx, await outbox.post(tx, PERSON, "alert", NOW, NOW), "unwanted", NOW)

    arrange(a_dead_letter)

    said = command("status").out.splitlines()
    assert "messages: 1 dropped (collected, or no longer wanted)" in said


@pytest.mark.parametrize("listen", ["127.0.0.1:9", "nowhere.invalid:80"])
def test_where_no_daemon_answers_health_is_no(
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    listen: str,
) -> None:
    monkeypatch.setenv("AUSGUCK_WEB__LISTEN", listen)
    assert exit_code("health") == 1
    assert capsys.readouterr() == ("", f"no daemon answers on {listen}\n")


def test_asking_for_health_loads_neither_database_nor_telegram() -> None:
    """A container does it every half minute."""
    ask = "import sys; from bot.cli import main; main(['health']); print(*sys.modules)"
    asked = subprocess.run(
        [sys.executable, "-c", ask],
        env=environment(AUSGUCK_WEB__LISTEN="127.0.0.1:1"),
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = set(asked.stdout.split())
    assert loaded & {"sqlalchemy", "telegram", "aiohttp", "trafilatura", "lxml"} == set()


def test_without_a_token_the_daemon_does_not_start(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert exit_code("run") == 2
    line = "there is no token; get one from @BotFather and set AUSGUCK_TELEGRAM__TOKEN"
    assert capsys.readouterr() == ("", f"telegram.token: {line}\n")


def test_with_a_fault_in_its_configuration_the_daemon_does_not_start(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "config.toml").write_text(f'{TOKEN}[poll]\nevry = "5m"\n', encoding="utf-8")
    assert exit_code("run") == 2
    line = "config.toml:4:1: poll.evry is unknown; did you mean every?\n"
    assert capsys.readouterr() == ("", line)


@pytest.mark.parametrize(
    "words",
    [("run",), ("status",), ("poll",), ("feeds", "list"), ("feeds", "add", "https://a.example/")],
)
@pytest.mark.parametrize(
    ("url", "line"),
    [
        (
            "sqlite:///config.toml/data.db",
            "config.toml: cannot be made: File exists; set store.url ",
        ),
        ("sqlite:////proc/nowhere/data.db", "/proc/nowhere: cannot be made: "),
        ("sqlite:///config.toml", "config.toml: is no database of ours (file is not a database); "),
        ("data.db", "store.url names no SQLite file; write it as sqlite:///data/ausguck.db"),
    ],
)
def test_a_place_where_no_data_can_be_kept_is_told_in_one_line(
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    words: tuple[str, ...],
    url: str,
    line: str,
) -> None:
    (folder / "config.toml").write_text(TOKEN, encoding="utf-8")
    monkeypatch.setenv("AUSGUCK_STORE__URL", url)
    assert exit_code(*words) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(line)
    assert len(err.splitlines()) == 1


def test_the_sandbox_says_where_it_is_serves_and_ends_when_asked() -> None:
    with sandbox_process() as sandbox:
        assert list(sandbox.said) == ["bot_api", "feeds", "chat_page"]
        pages = [sandbox.said["feeds"], sandbox.said["chat_page"], sandbox.feed("foyer")]
        for url in (f"{sandbox.said['bot_api']}/bot1:any/getMe", *pages):
            with urllib.request.urlopen(url, timeout=5) as answer:
                assert answer.status == 200
        assert sandbox.end() == 0
        assert sandbox.process.stderr
        assert sandbox.process.stderr.read() == b""


def test_a_port_that_is_taken_is_told_in_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    with sandbox_process() as sandbox:
        port = sandbox.said["bot_api"].rpartition(":")[2]
        assert exit_code("sandbox", "--port", port) == 2
    line = f"--port: port {port} cannot be used: Address already in use; choose another, or 0 "
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(line)
    assert len(err.splitlines()) == 1


def test_the_command_line_loads_what_a_command_needs_and_no_more() -> None:
    """Starting is quick, and a worker inherits nothing: see also the rules of the house."""
    loaded = subprocess.run(
        [sys.executable, "-c", "import sys, bot.cli.parser; print(*sys.modules)"],
        env=environment(),
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    heavy = {"telegram", "sqlalchemy", "trafilatura", "feedparser", "aiohttp", "pydantic", "lxml"}
    assert heavy.isdisjoint(loaded)
