"""`ausguck story`: one decision a line, in the order given; a bad line is one clear fault."""

import io
import json
from pathlib import Path
from typing import Any

import pytest

from bot.cli import DONE, MISTAKE, main
from tests.stories_kit import OTHER_WORDS, WIRE

LINES: list[dict[str, Any]] = [
    {"id": 1, "title": "Soldaten bei Siegesparade", "text": WIRE, "outlet": "welt.de",
     "url": "https://z.example/a", "published": "2026-05-04T08:00:00Z"},
    {"id": "b", "title": "Kim schickt Truppen", "text": OTHER_WORDS, "guid": "7", "lang": "de",
     "published": "2026-05-04T11:00:00+02:00"},
    {"id": "c", "title": "Pjöngjang in Moskau", "text": WIRE, "published": "2026-05-04T10:00"},
    {"id": "d", "title": "Soldaten bei Siegesparade", "text": WIRE, "url": "http://www.z.example/a/"},
]  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def written(folder: Path, *lines: str) -> str:
    path = folder / "news.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    return str(path)


def test_each_document_is_given_its_story_and_the_reasons(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name = written(folder, *map(json.dumps, LINES))

    assert main(["story", "--json", name]) == DONE

    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    keys = "id story verdict score with why threshold shared mass vetoes runner_up"
    assert [list(row) for row in rows] == [keys.split()] * 4
    told = [(row["id"], row["story"], row["verdict"], row["with"]) for row in rows]
    assert told == [
        (1, 1, "new", None),
        ("b", 1, "same", 1),
        ("c", 1, "wire", 1),
        ("d", 1, "duplicate", 1),
    ]
    assert "siegesparad" in rows[1]["why"]


def test_a_person_reads_a_line_for_each(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["story", written(folder, json.dumps(LINES[0]))]) == DONE
    told = capsys.readouterr().out
    assert told == "1: new, story 1: nothing like it is known; a text of dpa\n"


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ('{"id": 1, "title"', "is no JSON"),
        ("[1]", "is no document"),
        ("7", "is no document"),
        ("[" * 99_999, "is nested too deeply"),
        ('{"id": 1}', "has neither title nor text"),
        ('{"title": 7}', "title is no text"),
        ('{"title": "A", "text": ["B"]}', "text is no text"),
        ('{"title": "A", "published": "gestern"}', "published is no date: 'gestern'"),
        ('{"title": "A", "published": [7]}', "published is no date"),
    ],
)
def test_a_bad_line_is_one_fault_and_the_others_are_read(
    line: str, complaint: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name = written(folder, json.dumps(LINES[0]), line, json.dumps(LINES[1]))

    assert main(["story", "--json", name]) == MISTAKE

    told = capsys.readouterr()
    assert [json.loads(row)["id"] for row in told.out.splitlines()] == [1, "b"]
    assert told.err.startswith(f"{name}:2: {complaint}")
    assert told.err.count("\n") == 1


def test_a_dash_is_standard_input(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    given = io.TextIOWrapper(io.BytesIO(json.dumps(LINES[0]).encode()))
    monkeypatch.setattr("sys.stdin", given)
    assert main(["story", "-"]) == DONE
    assert capsys.readouterr().out.startswith("1: new")


def test_a_file_that_is_not_there_is_a_fault(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["story", "none.jsonl"]) == MISTAKE
    assert capsys.readouterr().err.startswith("none.jsonl: cannot be read")


def test_a_document_without_an_id_is_known_by_its_line(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name = written(folder, '{"title": "Kim schickt Soldaten"}')
    assert main(["story", "--json", name]) == DONE
    assert json.loads(capsys.readouterr().out)["id"] == f"{name}:1"
