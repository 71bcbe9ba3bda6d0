"""`ausguck search`: what was read and matches a query."""

import os
import pty
import subprocess
import sys
from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from bot import clock
from bot.cli.parser import parser
from bot.model import Article
from bot.store import Transaction, entries
from tests.archive_kit import lose, of_an_index
from tests.cli_kit import Command, SandboxProcess, arrange, environment, sandbox_process
from tests.harness import parade
from tests.store_kit import a_feed, an_entry


@pytest.fixture(scope="module")
def sandbox() -> Iterator[SandboxProcess]:
    with sandbox_process() as running:
        yield running


def test_what_matches_is_printed_with_its_passage(
    command: Command, sandbox: SandboxProcess
) -> None:
    made = sandbox.post("publish", feed="suche", title="Parade in Moskau", html=parade())
    command("feeds", "add", "--offline", sandbox.feed("suche"))
    command("poll", "--all")

    said = command("search", "Nordkorea")

    assert said.code == 0
    lines = said.out.splitlines()
    assert lines[0].endswith("Parade in Moskau")
    assert "nordkoreanische" in lines[1].lower()
    assert lines[2].strip() == made["url"]


def test_as_json_each_article_is_a_line_with_its_places(
    command: Command, sandbox: SandboxProcess
) -> None:
    made = sandbox.post("publish", feed="zeilen", title="Parade in Moskau", html=parade())
    command("feeds", "add", "--offline", sandbox.feed("zeilen"))
    command("poll", "--all")

    [row] = command("search", "--json", "Siegesparade").rows

    assert row["url"] == made["url"]
    assert {span["text"] for span in row["spans"]} >= {"Siegesparade"}


def test_where_nothing_matches_the_answer_is_no(command: Command) -> None:
    said = command("search", "Nordkorea")

    assert (said.code, said.out) == (1, "")
    assert said.faults == ["nothing was read yet: there is nothing to search"]


@pytest.mark.parametrize(
    "words", [("(Weizen",), ("Weizen", "--days", "0"), ("Weizen", "--days", "x")]
)
def test_a_fault_is_told_without_a_traceback(command: Command, words: tuple[str, ...]) -> None:
    said = command("search", *words)

    assert said.code == 2
    assert "Traceback" not in said.err


def read(*articles: tuple[str, str], days_ago: Sequence[int] = ()) -> None:
    """These articles, titles and texts, were read an hour ago."""

    async def keep(tx: Transaction) -> None:
        feed, now = await a_feed(tx), clock.now() - timedelta(hours=1)
        for number, (title, said) in enumerate(articles):
            dated = now - timedelta(days=days_ago[number] if days_ago else 0, minutes=number)
            entry = await an_entry(tx, feed, key=f"k{number}", published=dated)
            await entries.keep_articles(tx, [(entry, Article(title, said, "page", "de"))], now)

    arrange(keep)


@pytest.fixture
def filled(command: Command) -> Command:
    """A database with nothing in it."""
    assert command("search", "Nordkorea").code == 1
    return command


def test_the_best_comes_first_where_that_is_asked_for(filled: Command) -> None:
    read(("Wetter", "Auch der Weizen leidet."), ("Weizen und Mais", "Der Weizen ist teuer."))

    newest, best = (
        [row["title"] for row in filled("search", "--json", "Weizen", *how).rows]
        for how in ((), ("--best",))
    )

    assert newest == ["Wetter", "Weizen und Mais"]
    assert best == ["Weizen und Mais", "Wetter"]


def test_that_there_is_more_is_said_beside_the_results(filled: Command) -> None:
    read(*((f"Weizen {number}", "Mais.") for number in range(30)))

    said = filled("search", "--json", "--most", "3", "Weizen")

    assert len(said.rows) == 3
    assert "there is more than these 3 events: --most shows more of them" in said.faults


def test_since_when_there_are_texts_is_said_where_more_is_asked_for(filled: Command) -> None:
    read(("Weizen", "Mais."))

    said = filled("search", "--days", "90", "Weizen")

    assert said.code == 0
    [line] = said.faults
    day = clock.now() - timedelta(hours=1)
    assert line.startswith(f"there are texts since {day:%Y-%m-%d} ")
    assert line.endswith(" UTC, and none before")


def test_an_index_that_is_damaged_is_made_anew_before_it_answers(filled: Command) -> None:
    read(("Weizen", "Mais."))
    assert filled("search", "Weizen").code == 0

    async def damage(tx: Transaction) -> None:
        await tx.execute(text("DELETE FROM archive_data WHERE id > 10"))

    arrange(damage)

    said = filled("search", "Weizen")

    assert said.code == 0
    assert "Weizen" in said.out


def test_where_the_database_itself_is_damaged_that_is_said(filled: Command) -> None:
    read(("Weizen", "Mais."))
    lose(Path("data/ausguck.db"), of_an_index)

    said = filled("search", "Weizen")

    assert said.code == 2
    assert said.faults[-1] == "the database: the file is damaged; stop, and restore a backup"
    assert "the index was damaged; it is made anew, which takes a while" in said.faults


@pytest.mark.parametrize("asked", [("search", "Weizen"), ("backtest", "--query", "Weizen")])
def test_what_a_terminal_takes_for_a_command_is_not_printed(
    filled: Command, asked: Sequence[str]
) -> None:
    read(("Weizen\x1b]0;x\x07", "Der \x1b[2JWeizen ist teuer."))

    said = filled(*asked)

    assert "Weizen" in said.out
    assert "\x1b" not in said.out
    assert "\x07" not in said.out


def test_on_a_terminal_what_matched_is_bold(filled: Command, tmp_path: Path) -> None:
    read(("Mehr Weizen", "Der Weizen ist teuer."))
    ours, theirs = pty.openpty()

    subprocess.run(
        [sys.executable, "-m", "bot", "search", "Weizen"],
        stdout=theirs,
        env=environment(),
        check=True,
        timeout=60,
    )
    os.close(theirs)

    shown = os.read(ours, 10_000).decode()
    assert "Mehr \x1b[1mWeizen\x1b[0m" in shown
    os.close(ours)


@pytest.mark.parametrize("most", ["0", "x", "1000000"])
def test_a_number_of_events_that_is_none_is_refused(most: str) -> None:
    with pytest.raises(SystemExit):
        parser().parse_args(["search", "Weizen", "--most", most])
