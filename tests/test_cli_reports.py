"""`ausguck trend` and `ausguck review`: days as bars, and the press review as files."""

import asyncio
import csv
from io import StringIO
from pathlib import Path

import pytest

from bot import clock
from bot.store import Store
from bot.watch.language import parse
from tests.cli_kit import Command, write
from tests.reviews_kit import Report, have_read

LIST = "@label Nordkorea\nNordkorea\n"
PARADE = [Report(f"Nordkorea feiert, Teil {n}", f"Blatt {n}", story="parade") for n in range(3)]


def arranged(*reports: Report) -> None:
    """The bot in the current folder has read these articles, and has a list."""

    async def run() -> None:
        store = await Store.open("sqlite:///data/ausguck.db", Path())
        lists = [parse(LIST, "nordkorea.txt", "nordkorea")]
        await have_read(store, reports, clock.now(), lists)
        await store.close()

    write(Path(), nordkorea=LIST)
    Path("data").mkdir(exist_ok=True)
    asyncio.run(run())


@pytest.fixture(autouse=True)
def _read(command: Command) -> None:
    arranged(*PARADE, Report("Regen", hours=2), Report("Nordkorea hungert", hours=50))


def test_a_course_is_a_line_for_each_day(command: Command) -> None:
    said = command("trend", "Nordkorea", "--days", "4")

    assert said.code == 0
    lines = said.out.splitlines()
    assert len(lines) == 4
    assert sum(int(line.split()[2]) for line in lines) == 4
    assert "█" in said.out
    assert "stories: 2" in said.err
    assert "articles: 4" in said.err


def test_as_json_each_day_has_its_numbers_and_what_it_was_about(command: Command) -> None:
    rows = command("trend", "--json", "Nordkorea", "--days", "4").rows

    assert [list(row) for row in rows] == [["date", "articles", "stories", "top", "url"]] * 4
    assert "Nordkorea hungert" in {row["top"] for row in rows}


def test_a_picture_is_written_where_it_is_wanted(command: Command) -> None:
    said = command("trend", "Nordkorea", "--picture", "verlauf.png")

    assert said.code == 0
    assert Path("verlauf.png").read_bytes().startswith(b"\x89PNG")


def test_where_nothing_came_up_the_answer_is_no(command: Command) -> None:
    assert command("trend", "Weizen").code == 1


def test_for_each_list_a_page_and_a_table_are_written(command: Command) -> None:
    said = command("review", "--out", "spiegel")

    assert said.code == 0
    page, table = (Path(line) for line in said.out.splitlines())
    assert (page.parent.name, page.suffix, table.suffix) == ("spiegel", ".html", ".csv")
    assert "<mark>Nordkorea</mark>" in page.read_text(encoding="utf-8")
    rows = list(csv.reader(StringIO(table.read_text(encoding="utf-8-sig")), delimiter=";"))
    assert [row[3] for row in rows[1:]] == ["Blatt 0", "Blatt 1", "Blatt 2"]


def test_how_far_it_goes_back_can_be_said(command: Command) -> None:
    page, _ = command("review", "--watchlist", "nordkorea", "--days", "7").out.splitlines()

    assert "Nordkorea hungert" in Path(page).read_text(encoding="utf-8")


def test_lists_whose_files_would_be_called_the_same_have_two(command: Command) -> None:
    write(Path(), **{"nord korea": "Nordkorea\n", "nord-korea": "Nordkorea\n"})

    names = command("review", "--out", "spiegel").out.splitlines()

    assert len(names) == len(set(names)) == 6
    assert all(Path(name).exists() for name in names)


def test_where_nothing_came_the_answer_is_no_and_no_file_is_written(command: Command) -> None:
    write(Path(), nordkorea="Weizen\n")

    said = command("review", "--out", "spiegel")

    assert (said.code, said.out) == (1, "")
    assert "nordkorea: nothing" in said.err
    assert list(Path("spiegel").iterdir()) == []


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("trend", "(Weizen"), "(Weizen"),
        (("trend", "Weizen", "--days", "0"), "from 1 to"),
        (("trend", "Nordkorea", "--days", "91", "--picture", "a.png"), "90 days at most"),
        (("trend", "Nordkorea", "--picture", "nowhere/a.png"), "nowhere/a.png"),
        (("review", "--watchlist", "x"), "there are: nordkorea"),
        (("review", "--days", "x"), "from 1 to"),
        (("review", "--out", "config"), "config"),
    ],
)
def test_a_mistake_is_told_in_a_line(
    command: Command, words: tuple[str, ...], complaint: str
) -> None:
    Path("config").write_text("", encoding="utf-8")

    said = command(*words)

    assert said.code == 2
    assert complaint in said.err
    assert "Traceback" not in said.err
