"""`ausguck backtest`: what a watchlist or a query would have alerted."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot import clock
from tests.cli_kit import Command, SandboxProcess, sandbox_process, write
from tests.harness import parade


@pytest.fixture(scope="module")
def sandbox() -> Iterator[SandboxProcess]:
    with sandbox_process() as running:
        yield running


def read(command: Command, sandbox: SandboxProcess, feed: str) -> str:
    """The bot has read an article after its feed's first poll; return its address."""
    earlier = (clock.now() - timedelta(hours=1)).isoformat()
    start = {"title": "Anfang", "html": "<p>Nordkorea war da.</p>", "published": earlier}
    sandbox.post("publish", feed=feed, **start)
    command("feeds", "add", "--offline", sandbox.feed(feed))
    command("poll", "--all")
    made = sandbox.post("publish", feed=feed, title="Parade in Moskau", html=parade())
    command("poll", "--all")
    return str(made["url"])


def test_what_would_have_been_told_is_printed_and_counted(
    command: Command, sandbox: SandboxProcess
) -> None:
    url = read(command, sandbox, "probe")

    said = command("backtest", "--query", "Nordkorea")

    assert said.code == 0
    first, link, *counted = said.out.splitlines()
    assert first.endswith(": Parade in Moskau")
    assert link.strip() == url
    assert counted[0] == "30 days: alerts 1, events 1, articles that match 2"
    assert counted[1] == "  1 not told: the feed listed it when it was first read"


def test_as_json_each_article_is_a_line_with_what_would_have_been_done(
    command: Command, sandbox: SandboxProcess, tmp_path: Path
) -> None:
    url = read(command, sandbox, "zeilen")
    write(tmp_path, lage="Weizen\nSiegesparade\n")

    [row] = command("backtest", "lage", "--json", "--days", "3").rows

    assert (row["url"], row["action"], row["lines"]) == (url, "now", [2])
    assert {span["text"] for span in row["spans"]} >= {"Siegesparade"}


def test_where_nothing_would_have_been_told_the_answer_is_no(command: Command) -> None:
    said = command("backtest", "--query", "Nordkorea")

    assert said.code == 1
    assert said.out == "30 days: alerts 0, events 0, articles that match 0\n"


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        ((), "backtest: one of the two is wanted; name a watchlist, or write --query Q"),
        (("lage", "--query", "x"), "backtest: one of the two is wanted"),
        (("nirgends",), "watchlist: there is no nirgends; there are: none"),
        (("--query", "(Weizen"), "1:1"),
    ],
)
def test_a_mistake_is_told_in_a_line(command: Command, words: tuple[str, ...], fault: str) -> None:
    said = command("backtest", *words)

    assert said.code == 2
    assert fault in said.err
    assert "Traceback" not in said.err
