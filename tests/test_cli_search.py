"""`ausguck search`: what was read and matches a query."""

from collections.abc import Iterator

import pytest

from tests.cli_kit import Command, SandboxProcess, sandbox_process
from tests.harness import parade


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


@pytest.mark.parametrize(
    "words", [("(Weizen",), ("Weizen", "--days", "0"), ("Weizen", "--days", "x")]
)
def test_a_fault_is_told_without_a_traceback(command: Command, words: tuple[str, ...]) -> None:
    said = command("search", *words)

    assert said.code == 2
    assert "Traceback" not in said.err
