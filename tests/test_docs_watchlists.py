"""docs/watchlists.md tells the truth: every list in it is read, every example in it holds."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from bot.errors import WatchlistError
from bot.model import Article
from bot.text.german.rules import GermanRules
from bot.watch.language import parse
from bot.watch.matcher import Matcher
from bot.watch.settings import SettingsReader

PAGE = Path(__file__).parent.parent / "docs" / "watchlists.md"
GERMAN, ENGLISH = PAGE.read_text(encoding="utf-8").split("\n## English\n")
HALVES = {"German": GERMAN, "English": ENGLISH}

FINDS = ("Zeile | findet | findet nicht", "line | finds | does not find")
FIELDS = ("Zeile | Überschrift | Text | trifft zu", "line | title | text | holds")
HABITS = ("falsch | richtig", "wrong | right")
MEANS = ("geschrieben | bedeutet", "written | means")
HOLDS = ("ja", "yes")

BLOCK = re.compile(r"(?ms)^```text\n(.*?)^```")
TABLE = re.compile(r"(?m)^\| (.+) \|\n\|[-|]+\|\n((?:\|.*\n)+)")
CELLS = re.compile(r"(?<!\\)\|")  # a | in a cell is written \|
CODE = re.compile("`([^`]+)`")


class Row(NamedTuple):
    """A row of a table: its cells as they stand, without the spaces around."""

    cells: tuple[str, ...]

    def code(self, cell: int) -> list[str]:
        """What stands between backticks in a cell."""
        return CODE.findall(self.cells[cell])

    @property
    def source(self) -> str:
        """The list in the first cell: code after code is line after line."""
        return "\n".join(self.code(0))

    @property
    def example(self) -> str:
        """All code of the row: the same in both languages."""
        return " ".join(CODE.findall(" ".join(self.cells)))


def rows(headers: tuple[str, str], page: str = GERMAN + ENGLISH) -> Iterator[Row]:
    """The rows of all tables with one of these headers."""
    for header, body in TABLE.findall(page):
        if header in headers:
            for line in body.splitlines():
                cells = (cell.strip().replace(r"\|", "|") for cell in CELLS.split(line)[1:-1])
                yield Row(tuple(cells))


def each(headers: tuple[str, str]) -> pytest.MarkDecorator:
    """Run a test for each row of these tables."""
    found = list(rows(headers))
    assert found
    return pytest.mark.parametrize("row", found, ids=[row.source for row in found])


@cache
def rules(_: str) -> GermanRules:
    return GermanRules()


def holds(source: str, text: str, title: str = "") -> bool:
    """Whether a list holds for an article in German."""
    matcher = Matcher([parse(source, "list.txt", "list")], rules)
    return bool(matcher.match(Article(title, text, "page", "de")))


@pytest.mark.parametrize("half", HALVES)
def test_every_list_is_read(half: str) -> None:
    blocks = BLOCK.findall(HALVES[half])

    lists = [parse(block, "list.txt", "list") for block in blocks]

    assert len(lists) > 10
    assert all(each.queries for each in lists)


@each(MEANS)
def test_what_is_written_at_a_glance_is_read(row: Row) -> None:
    assert row.code(0)
    for line in row.code(0):
        parse(line, "list.txt", "list")


def test_every_setting_is_explained() -> None:
    shown = {word for row in rows(MEANS) for word in re.findall(r"^@\w+", row.source)}

    told = SettingsReader().read("@sonderbar", 0)[0].remedy

    assert shown == set(re.findall(r"@[a-z]+(?= @|;)", told))


@each(FINDS)
def test_a_line_finds_what_the_page_says(row: Row) -> None:
    missed = [text for text in row.code(1) if not holds(row.source, text)]

    assert row.code(1)
    assert not missed


@each(FINDS)
def test_a_line_does_not_find_what_the_page_says(row: Row) -> None:
    found = [text for text in row.code(2) if holds(row.source, text)]

    assert row.code(2)
    assert not found


@each(FIELDS)
def test_a_line_holds_for_title_and_text_as_the_page_says(row: Row) -> None:
    (title,), (text,) = row.code(1), row.code(2)

    assert holds(row.source, text, title) == (row.cells[3] in HOLDS)


@each(HABITS)
def test_a_habit_is_a_fault_and_its_remedy_is_none(row: Row) -> None:
    with pytest.raises(WatchlistError):
        parse(row.source, "list.txt", "list")

    meant = parse(row.code(1)[0], "list.txt", "list")
    assert meant.queries or meant.exclusions


@pytest.mark.parametrize("half", HALVES)
def test_the_fault_that_is_shown_is_what_check_says(half: str) -> None:
    with pytest.raises(WatchlistError) as caught:
        parse("Nordkorea, Südkorea", "ostasien.txt", "ostasien")

    (fault,) = caught.value.faults
    assert f"$ ausguck check\n{fault}\n{fault.excerpt}\n```" in HALVES[half]


def test_both_languages_show_the_same_examples() -> None:
    def shown(page: str) -> list[str]:
        examples = [row.example for kind in (FINDS, FIELDS, HABITS) for row in rows(kind, page)]
        return examples + [row.source for row in rows(MEANS, page)]

    assert shown(GERMAN) == shown(ENGLISH)


def test_both_languages_show_the_same_lists() -> None:
    def lists(page: str) -> list[list[str]]:
        read = [parse(block, "list.txt", "list") for block in BLOCK.findall(page)]
        return [[query.text for query in each.queries + each.exclusions] for each in read]

    assert lists(GERMAN) == lists(ENGLISH)


def test_both_languages_have_the_same_sections() -> None:
    sections = [len(re.findall("(?m)^### ", page)) for page in (GERMAN, ENGLISH)]

    assert sections[0] == sections[1] > 15
