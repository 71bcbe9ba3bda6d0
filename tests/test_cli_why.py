"""`ausguck why`: what became of an article."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli_kit import Command, SandboxProcess, sandbox_process, write
from tests.harness import parade


@pytest.fixture(scope="module")
def sandbox() -> Iterator[SandboxProcess]:
    with sandbox_process() as running:
        yield running


def test_an_address_that_no_feed_has_listed_is_told_with_its_sites_feeds(
    command: Command, sandbox: SandboxProcess
) -> None:
    assert command("why", "https://nowhere.example/a").out.splitlines() == [
        "no feed has listed this address",
        "no feed of its site is polled",
    ]

    sandbox.post("publish", feed="warum", title="Alt", html="<p>Es regnet.</p>")
    command("feeds", "add", "--offline", sandbox.feed("warum"))
    command("poll", "--all")
    said = command("why", f"{sandbox.said['feeds']}/nothing")

    assert said.code == 1
    assert "its site’s feed" in said.out
    assert "UTC" in said.out


def test_an_article_that_matches_nothing_is_told_with_what_each_line_lacks(
    command: Command, sandbox: SandboxProcess
) -> None:
    write(Path(), asien="Nordsee\n")
    made = sandbox.post("publish", feed="luecke", title="Nordkorea", html=parade())
    command("feeds", "add", "--offline", sandbox.feed("luecke"))
    command("poll", "--all")

    said = command("why", made["url"])

    assert said.code == 1
    assert said.out.splitlines()[-2:] == [
        "no watchlist matches it",
        "  asien, line 1: there is no Nordsee",
    ]


def test_an_article_that_matches_is_told_with_its_lists(
    command: Command, sandbox: SandboxProcess
) -> None:
    write(Path(), asien="Nordkorea\n")
    made = sandbox.post("publish", feed="treffer", title="Nordkorea", html=parade())
    command("feeds", "add", "--offline", sandbox.feed("treffer"))
    command("poll", "--all")

    said = command("why", "--json", made["url"])

    assert said.code == 0
    [row] = said.rows
    assert row["told"] is True
    assert row["steps"][-2:] == ["it matches asien", "it opens a story"]
    assert command("why", made["url"], "--chat", "77").out.splitlines()[-1] == (
        "this chat is not known"
    )
