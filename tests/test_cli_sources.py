"""`ausguck feeds` and `ausguck poll`: which sources there are, and what they bring."""

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.cli_kit import (
    Command,
    Said,
    SandboxProcess,
    ausguck,
    environment,
    sandbox_process,
    write,
)
from tests.harness import ROOT, parade

FEED = "https://zeitung.example/feed.xml"
CONFIG = f'[[feeds]]\nurl = "{FEED}"\nname = "Zeitung"\ntags = ["ausland"]\n'


@pytest.fixture(scope="module")
def sandbox() -> Iterator[SandboxProcess]:
    with sandbox_process() as running:
        yield running


def listed(command: Command) -> dict[str, dict[str, Any]]:
    return {row["url"]: row for row in command("feeds", "list", "--json").rows}


def test_a_feed_can_be_added_paused_resumed_and_removed(command: Command) -> None:
    assert command("feeds", "add", "--offline", FEED) == Said(0, "added\n", "")
    assert command("feeds", "add", "--offline", FEED) == Said(0, "known already\n", "")
    assert listed(command)[FEED]["state"] == "active"
    assert command("feeds", "pause", FEED) == Said(0, "paused\n", "")
    assert listed(command)[FEED]["state"] == "paused"
    assert command("feeds", "resume", FEED) == Said(0, "active\n", "")
    assert listed(command)[FEED]["state"] == "active"
    assert command("feeds", "remove", FEED) == Said(0, "removed\n", "")
    assert command("feeds", "list", "--json") == Said(0, "", "")


def test_a_row_of_the_list_says_where_a_feed_is_from_and_how_it_is(command: Command) -> None:
    Path("config.toml").write_text(CONFIG, encoding="utf-8")
    command("feeds", "add", "--offline", "https://mine.example/")

    rows = listed(command)

    due = datetime.fromisoformat(rows[FEED].pop("next_due"))
    assert due.utcoffset() == timedelta(0)
    assert rows[FEED] == {
        "url": FEED,
        "name": "Zeitung",
        "from": "config",
        "state": "active",
        "last_success": None,
        "error": None,
        "health": "new",
        "errors": 0,
        "last_new": None,
        "entries_per_day": 0,
        "discovery_seconds": None,
    }
    assert rows["https://mine.example/"]["from"] == "store"


def test_the_list_for_people_says_the_same(command: Command) -> None:
    Path("config.toml").write_text(CONFIG, encoding="utf-8")
    assert command("feeds", "list").out == f"Zeitung  {FEED}  [config]  never read\n"


@pytest.mark.parametrize("verb", ["remove", "pause", "resume"])
def test_a_feed_of_the_configuration_is_changed_there(command: Command, verb: str) -> None:
    Path("config.toml").write_text(CONFIG, encoding="utf-8")
    line = f"{FEED}: is written in config.toml; change it there\n"
    assert command("feeds", verb, FEED) == Said(2, "", line)


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (("remove", FEED), f"{FEED}: is not known; `ausguck feeds list` shows what is"),
        (("add", "zeitung"), "zeitung: is no web address; begin it with https://"),
        (("add", "file:///etc/passwd"), "file:///etc/passwd: is no web address; begin it with "),
        (("import", "nix.opml"), "nix.opml: cannot be read: No such file or directory"),
        (("import", "cut.opml"), "cut.opml:2:"),
        (("import", "feed.opml"), "feed.opml:1: this is no OPML: it begins with <rss>"),
        (("import", "empty.opml"), "empty.opml: there is no feed in it"),
    ],
)
def test_a_mistake_is_told_in_one_line(command: Command, words: list[str], line: str) -> None:
    Path("cut.opml").write_text("<opml><body>\n<outline", encoding="utf-8")
    Path("feed.opml").write_text("<rss/>", encoding="utf-8")
    Path("empty.opml").write_text("<opml><body/></opml>", encoding="utf-8")
    said = command("feeds", *words)
    assert (said.code, said.out, len(said.faults)) == (2, "", 1)
    assert said.err.startswith(line)


def test_what_is_exported_can_be_imported_elsewhere(command: Command) -> None:
    Path("config.toml").write_text(CONFIG, encoding="utf-8")
    command("feeds", "add", "--offline", "https://mine.example/?a=1&b=2")
    exported = command("feeds", "export").out
    Path("config.toml").unlink()
    Path("all.opml").write_text(exported, encoding="utf-8")

    said = command("feeds", "import", "--offline", "all.opml")
    assert said == Said(0, "1 added, 1 known already\n", "")

    rows = listed(command)
    assert set(rows) == {FEED, "https://mine.example/?a=1&b=2"}
    assert (rows[FEED]["name"], rows[FEED]["from"]) == ("Zeitung", "store")
    assert command("feeds", "export").out == exported


def test_a_feed_is_shown_without_being_kept(command: Command, sandbox: SandboxProcess) -> None:
    said = command("feeds", "test", sandbox.feed("morgenbote"))
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith("Deutscher Morgenbote: 2 entries\n")
    assert f"{sandbox.said['bot_api']}/articles/morgenbote/" in said.out
    assert list(Path().iterdir()) == []


def test_testing_what_is_no_feed_is_a_mistake(command: Command, sandbox: SandboxProcess) -> None:
    page = sandbox.said["chat_page"]
    said = command("feeds", "test", page)
    assert (said.code, said.out, len(said.faults)) == (2, "", 1)
    assert said.err.startswith(f"{page}: ")
    assert "HTML" in said.err


def test_testing_what_is_out_of_order_for_now_answers_no(
    command: Command, sandbox: SandboxProcess
) -> None:
    feed = sandbox.feed("kontor")
    sandbox.post("fault", method="GET /feeds/kontor.xml", fault="500")
    assert command("feeds", "test", feed) == Said(1, "", f"{feed}: HTTP 500\n")


def test_a_poll_says_of_each_feed_what_it_brought(
    command: Command, sandbox: SandboxProcess, tmp_path: Path
) -> None:
    write(tmp_path, nordkorea="Nordkorea\n")
    sandbox.post("publish", feed="bote", title="Nordkorea", html=parade())
    sandbox.post("publish", feed="bote", title="Wetter", html="<p>Es regnet im Norden.</p>")
    good, html = sandbox.feed("bote"), sandbox.said["chat_page"]
    command("feeds", "add", good)
    command("feeds", "add", "--offline", html)

    said = command("poll", "--json")

    rows = {row["url"]: row for row in said.rows}
    found = {"entries": 2, "new": 2, "matched": 1, "error": None}
    assert rows[good] == {"url": good, "status": "ok", **found}
    error = rows[html].pop("error")
    assert rows[html] == {"url": html, "status": "error", "entries": 0, "new": 0, "matched": 0}
    assert "HTML" in error
    assert said.code == 0
    assert listed(command)[good]["name"] == "bote"
    assert listed(command)[html]["error"] == error


def test_only_what_is_due_is_polled_unless_all_or_one_is_asked_for(
    command: Command, sandbox: SandboxProcess
) -> None:
    one, other = sandbox.feed("foyer"), sandbox.feed("meridian")
    command("feeds", "add", one)
    command("feeds", "add", other)
    assert len(command("poll", "--json").rows) == 2

    assert command("poll", "--due") == Said(0, "", "no feed is due\n")
    [row] = command("poll", "--json", "--feed", one).rows
    assert (row["url"], row["status"], row["new"]) == (one, "unchanged", 0)
    assert {row["url"] for row in command("poll", "--json", "--all").rows} == {one, other}
    command("feeds", "pause", other)
    assert [row["url"] for row in command("poll", "--json", "--all").rows] == [one]


def test_where_every_feed_fails_the_answer_is_no(command: Command, sandbox: SandboxProcess) -> None:
    gone = sandbox.feed("gone")
    command("feeds", "add", "--offline", gone)
    assert command("poll").out == f"{gone}: HTTP 404\n"
    assert command("poll", "--all").code == 1


def test_polling_an_unknown_feed_is_a_mistake(command: Command) -> None:
    line = f"--feed: {FEED} is not known; see feeds list\n"
    assert command("poll", "--feed", FEED) == Said(2, "", line)


def test_without_any_feed_a_poll_does_nothing(command: Command) -> None:
    assert command("poll", "--all") == Said(0, "", "there is no feed; see config.toml\n")


def test_a_poll_loads_no_telegram_and_keeps_the_log_off_its_results(
    tmp_path: Path, sandbox: SandboxProcess
) -> None:
    write(tmp_path, nordkorea="Nordkorea\n")
    feed = f'[[feeds]]\nurl = "{sandbox.feed("tageslage")}"\n'
    (tmp_path / "config.toml").write_text(feed, encoding="utf-8")
    environ = {
        "AUSGUCK_NET__ALLOW": "127.0.0.1",
        "AUSGUCK_POLL__PER_HOST_GAP": "0",
        "AUSGUCK_LOG__LEVEL": "debug",
        "PYTHONPROFILEIMPORTTIME": "1",
    }

    said = ausguck("poll", "--json", folder=tmp_path, environ=environ)

    assert [row["status"] for row in said.rows] == ["ok"]
    log = [json.loads(line) for line in said.faults if line.startswith("{")]
    assert "poll.stored" in [event["event"] for event in log]
    loaded = {line.rpartition("|")[2].strip() for line in said.faults if "|" in line}
    assert "bot.pipeline" in loaded
    assert not [name for name in loaded if name.partition(".")[0] == "telegram"]


# What a poll loads.

LOADED = """
import sys
from bot.cli import main
code = main(["poll", "--all"])
heavy = {"telegram", "trafilatura", "feedparser", "bot.text.german", "bot.watch.matcher"}
print(code, *sorted(heavy & sys.modules.keys()), file=sys.stderr)
"""


def loaded(folder: Path) -> list[str]:
    """What a poll of all feeds has loaded in the end, after its exit code."""
    environ = environment(AUSGUCK_NET__ALLOW="127.0.0.0/8", AUSGUCK_POLL__PER_HOST_GAP="0")
    done = subprocess.run(
        [sys.executable, "-c", LOADED],
        cwd=folder,
        env={**environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stderr.splitlines()[-1].split()


def test_a_poll_loads_no_telegram_and_words_only_where_something_is_new(
    tmp_path: Path, sandbox: SandboxProcess
) -> None:
    sandbox.post("publish", feed="loaded", title="Nordkorea", html=parade())
    ausguck("feeds", "add", "--offline", sandbox.feed("loaded"), folder=tmp_path)

    first, again = loaded(tmp_path), loaded(tmp_path)

    assert "bot.watch.matcher" in first
    assert "telegram" not in first
    assert again == ["0"]


def test_a_poll_starts_no_worker_where_no_body_has_changed(
    command: Command, sandbox: SandboxProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    sandbox.post("publish", feed="still", title="Nordkorea", html=parade())
    command("feeds", "add", "--offline", sandbox.feed("still"))
    command("poll", "--all")
    monkeypatch.setattr(sys, "executable", "/nowhere/python")

    assert "unchanged" in command("poll", "--all").out


def test_more_feeds_than_are_polled_at_once_are_all_polled(
    command: Command, sandbox: SandboxProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.cli.poll.AT_ONCE", 2)
    for name in ("depesche", "kurier", "abendblatt"):
        command("feeds", "add", "--offline", sandbox.feed(name))
    for number in range(2):
        command("feeds", "add", "--offline", f"{sandbox.feed('depesche')}?{number}")

    assert len(command("poll", "--json").rows) == 5
    assert command("poll", "--json").rows == []
    assert len(command("poll", "--all", "--json").rows) == 5
