"""`ausguck atom LIST`: where a watchlist is as a feed."""

import re
from pathlib import Path

import pytest

from tests.cli_kit import Command

ADDRESS = r"http://127\.0\.0\.1:8787/feeds/nordkorea/[\w-]{43}\.atom"


@pytest.fixture(autouse=True)
def lists(tmp_path: Path) -> None:
    (tmp_path / "watchlists").mkdir()
    (tmp_path / "watchlists" / "nordkorea.txt").write_text("Nordkorea\n", encoding="utf-8")
    hidden = "@visible admins\nVorstand\n"
    (tmp_path / "watchlists" / "über uns.txt").write_text(hidden, encoding="utf-8")


def test_the_address_is_made_at_the_first_ask_and_stays(command: Command) -> None:
    first, second = command("atom", "nordkorea"), command("atom", "nordkorea")

    assert first.code == 0
    assert re.fullmatch(ADDRESS, first.out.strip())
    assert second.out == first.out
    assert first.err == ""


def test_a_new_address_ends_the_old_one(command: Command) -> None:
    before = command("atom", "nordkorea").out
    after = command("atom", "nordkorea", "--new").out

    assert re.fullmatch(ADDRESS, after.strip())
    assert after != before
    assert command("atom", "nordkorea").out == after


def test_a_feed_can_be_ended(command: Command) -> None:
    before = command("atom", "nordkorea").out

    assert command("atom", "nordkorea", "--off").code == 0
    assert command("atom", "nordkorea", "--off").code == 1
    assert command("atom", "nordkorea").out != before


def test_as_json_it_is_one_line(command: Command) -> None:
    [row] = command("atom", "--json", "nordkorea").rows

    assert row["list"] == "nordkorea"
    assert re.fullmatch(ADDRESS, row["url"])


def test_of_a_list_that_not_everybody_sees_it_says_so(command: Command) -> None:
    said = command("atom", "über uns")

    assert said.code == 0
    assert "/feeds/%C3%BCber%20uns/" in said.out
    assert "not everybody may see this list" in said.err


@pytest.mark.parametrize(
    ("name", "remedy"),
    [("nordkore", "did you mean nordkorea?"), ("x", "write the name of its file without .txt")],
)
def test_a_list_that_is_not_there_is_a_mistake(command: Command, name: str, remedy: str) -> None:
    said = command("atom", name)

    assert said.code == 2
    assert said.faults == [f"{name}: there is no such watchlist; {remedy}"]


def test_without_a_port_there_is_no_address(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AUSGUCK_WEB__LISTEN", "127.0.0.1:0")

    said = command("atom", "nordkorea")

    assert said.code == 2
    assert "web.listen: port 0" in said.err
