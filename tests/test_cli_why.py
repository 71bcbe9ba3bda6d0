"""`ausguck why`: what became of an article."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.store import Transaction, chats, own
from tests.cli_kit import Command, SandboxProcess, arrange, sandbox_process, write
from tests.harness import parade
from tests.store_kit import NOW, PERSON, a_chat


@pytest.fixture(scope="module")
def sandbox() -> Iterator[SandboxProcess]:
    with sandbox_process() as running:
        yield running


def test_an_address_that_no_feed_has_listed_is_told_with_its_sites_feeds(
    command: Command, sandbox: SandboxProcess
) -> None:
    assert command("why", "https://nowhere.example/a").out.splitlines() == [
        "no feed has listed this address",
        "no feed of its site is polled; admins can add one with /addfeed",
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
    assert row["steps"][-2:] == ["it matches asien (Nordkorea)", "it opens a story"]
    assert command("why", made["url"], "--chat", "77").out.splitlines()[-1] == (
        "this chat is not known"
    )


def test_an_article_that_matches_is_told_with_how_to_ask_for_a_chat_and_whose_queries_it_matches(
    command: Command, sandbox: SandboxProcess
) -> None:
    async def a_chat_with_a_query(tx: Transaction) -> None:
        await a_chat(tx)
        await chats.subscribe(tx, PERSON, await own.set_lines(tx, PERSON, ["Nordkorea"]), NOW)

    made = sandbox.post("publish", feed="eigene", title="Nordkorea", html=parade())
    command("feeds", "add", "--offline", sandbox.feed("eigene"))
    arrange(a_chat_with_a_query)
    command("poll", "--all")

    said = command("why", made["url"]).out.splitlines()

    assert f"it matches the queries of chat {PERSON} (Nordkorea)" in said
    assert said[-1].startswith("whether a chat was told of it, --chat ID says")
    assert "none of these lists is on" not in command("why", made["url"], "--chat", str(PERSON)).out
