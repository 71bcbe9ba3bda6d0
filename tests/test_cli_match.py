"""`ausguck match`: which watchlists match a document, where exactly, and why."""

import gzip
import json
import subprocess
import sys
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from tests.cli_kit import Said, ausguck, environment, exit_code, write
from tests.harness import parade

NORDKOREA = "@label Nordkorea\n\nNordkorea   # das Land und seine Leute\n-Videospiel\n"
SIEGESPARADE = "@label Siegesparade\nSiegesparade\n"

ONE_PER_LINE = "write one word or phrase per line, or | between them"

TEXTS = {
    "crlf.txt": "Die Lage:\r\nNordkorea schickt Soldaten.\r\n",
    "nfd.txt": unicodedata.normalize("NFD", "Für die Größe Nordkoreas über alles"),
    "bom.txt": "\ufeffNordkorea schickt Soldaten.",
    "astral.txt": "🔔🇰🇵 Nord\u00adkoreanische Truppen, Nordkorea\u2028und Nordkorea",
    "nothing.txt": "Südkorea wählt einen Präsidenten.",
}
DOCUMENTS = [
    {"id": "titled", "title": "Nordkorea", "text": "Über das Nordkorea von heute.", "lang": "de"},
    {"id": 7, "title": "", "text": "Die Siegesparade"},
    {"id": "excluded", "title": "Ein Videospiel", "text": "Nordkorea als Level"},
    {"text": "Nordkorea ohne Kennung"},
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two watchlists and documents of every kind."""
    folder = tmp_path_factory.mktemp("match")
    write(folder, nordkorea=NORDKOREA, siegesparade=SIEGESPARADE)
    for name, text in TEXTS.items():
        (folder / name).write_bytes(text.encode())
    (folder / "page.html").write_text(parade(), encoding="utf-8")
    (folder / "page.html.gz").write_bytes(gzip.compress(parade().encode()))
    lines = "\n\n".join(map(json.dumps, DOCUMENTS))
    (folder / "bulk.jsonl").write_text(lines, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def said(folder: Path) -> Said:
    """The answer for all of them at once."""
    files = (*TEXTS, "page.html", "page.html.gz", "bulk.jsonl", "-")
    return ausguck("match", "--json", *files, folder=folder, stdin=b"Nordkorea, gesagt")


@pytest.fixture(scope="module")
def found(said: Said) -> dict[Any, dict[str, Any]]:
    """The rows by their ids."""
    return {row["id"]: row for row in said.rows}


def spans(row: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        span for each in row["watchlists"] for query in each["queries"] for span in query["spans"]
    ]


def names(row: dict[str, Any]) -> list[str]:
    return [each["name"] for each in row["watchlists"]]


def test_every_document_has_its_line_in_the_order_given(said: Said) -> None:
    ids = ["titled", 7, "excluded", "bulk.jsonl:7"]
    assert [row["id"] for row in said.rows] == [*TEXTS, "page.html", "page.html.gz", *ids, "-"]
    assert (said.code, said.err) == (0, "")


def test_a_row_says_which_line_of_which_list_holds_and_where(
    found: dict[Any, dict[str, Any]],
) -> None:
    span = {"field": "text", "start": 11, "end": 20, "text": "Nordkorea"}
    [row_span] = spans(found["crlf.txt"])
    assert row_span.pop("rule")
    assert row_span == span
    query = {"query": "Nordkorea", "line": 3, "spans": [row_span]}
    lists = [{"name": "nordkorea", "queries": [query]}]
    assert found["crlf.txt"] == {"id": "crlf.txt", "watchlists": lists}


@pytest.mark.parametrize("name", [name for name in TEXTS if name != "nothing.txt"])
def test_spans_point_into_the_text_exactly_as_it_was_given(
    found: dict[Any, dict[str, Any]], name: str
) -> None:
    assert spans(found[name])
    for span in spans(found[name]):
        assert TEXTS[name][span["start"] : span["end"]] == span["text"]


def test_a_byte_order_mark_counts_as_the_character_that_it_is(
    found: dict[Any, dict[str, Any]],
) -> None:
    assert [span["start"] for span in spans(found["bom.txt"])] == [1]


def test_every_occurrence_is_named(found: dict[Any, dict[str, Any]]) -> None:
    words = [span["text"] for span in spans(found["astral.txt"])]
    assert words == ["Nord\u00adkoreanische", "Nordkorea", "Nordkorea"]


@pytest.mark.parametrize("name", ["page.html", "page.html.gz"])
def test_a_page_carries_the_title_and_text_that_its_spans_point_into(
    found: dict[Any, dict[str, Any]], name: str
) -> None:
    row = found[name]
    assert set(row) == {"id", "watchlists", "title", "text"}
    assert names(row) == ["nordkorea", "siegesparade"]
    for span in spans(row):
        assert row[span["field"]][span["start"] : span["end"]] == span["text"]


def test_places_in_the_title_come_first(found: dict[Any, dict[str, Any]]) -> None:
    places = [(span["field"], span["start"], span["end"]) for span in spans(found["titled"])]
    assert places == [("title", 0, 9), ("text", 9, 18)]


def test_what_does_not_match_or_is_excluded_has_no_watchlist(
    found: dict[Any, dict[str, Any]],
) -> None:
    assert names(found["nothing.txt"]) == names(found["excluded"]) == []
    assert names(found[7]) == ["siegesparade"]


def test_standard_input_is_a_text(found: dict[Any, dict[str, Any]]) -> None:
    assert [span["start"] for span in spans(found["-"])] == [0]


def test_without_json_the_place_is_shown_in_its_surroundings(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(folder)
    assert exit_code("match", "crlf.txt", "nothing.txt") == 0
    out, err = capsys.readouterr()
    assert "nordkorea, line 3: Nordkorea" in out
    assert "Die Lage: [Nordkorea] schickt Soldaten." in out
    assert "nothing.txt: nothing matches" in out
    assert err == ""


def test_one_watchlist_alone_can_be_asked(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(folder)
    assert exit_code("match", "--json", "--watchlist", "siegesparade", "page.html") == 0
    assert names(json.loads(capsys.readouterr().out)) == ["siegesparade"]


def test_a_query_has_no_name_and_needs_no_watchlists(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.txt").write_text("Die EU und die eu", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert exit_code("match", "--json", "--query", " =EU  # genau so", "a.txt") == 0
    [each] = json.loads(capsys.readouterr().out)["watchlists"]
    assert each["name"] is None
    [query] = each["queries"]
    assert (query["query"], query["line"]) == ("=EU", 1)
    assert [(span["start"], span["text"]) for span in query["spans"]] == [(4, "EU")]


def test_where_nothing_matches_the_answer_is_no(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(folder)
    assert exit_code("match", "--json", "nothing.txt") == 1
    assert json.loads(capsys.readouterr().out) == {"id": "nothing.txt", "watchlists": []}


MISTAKES = {
    "an unknown watchlist": (
        ("--watchlist", "nordpol", "crlf.txt"),
        "watchlist: there is no nordpol; there are: nordkorea, siegesparade",
    ),
    "a query that cannot be read": (
        ("--query", "Nord, Süd", "crlf.txt"),
        f"query:1:5: a comma or semicolon stands between words; {ONE_PER_LINE}",
    ),
    "an empty query": (
        ("--query", " ", "crlf.txt"),
        "query: this is not one query; write one line: A & B",
    ),
    "a file that is not there": (
        ("nix.txt",),
        "nix.txt: cannot be read: No such file or directory",
    ),
    "a folder": (("watchlists",), "watchlists: cannot be read: Is a directory"),
}


@pytest.mark.parametrize(("words", "line"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_told_in_one_line(
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    words: tuple[str, ...],
    line: str,
) -> None:
    monkeypatch.chdir(folder)
    assert exit_code("match", "--json", *words) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.splitlines()[0] == line


def test_documents_that_cannot_be_read_are_named_and_the_others_matched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    bad: dict[str, bytes] = {
        "paper.html": b"%PDF-1.7 ...",
        "cut.html.gz": gzip.compress(parade().encode())[:-40],
        "spoilt.html.gz": gzip.compress(b"Nordkorea")[:10] + b"no deflate stream",
        "lines.jsonl": b'{"text": "Nordkorea"}\n{"text": \n["Nordkorea"]\n' + b"[" * 100_000,
    }
    for name, content in bad.items():
        (tmp_path / name).write_bytes(content)
    (tmp_path / "good.txt").write_text("Nordkorea", encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    assert exit_code("match", "--json", "--query", "Nordkorea", *bad, "good.txt") == 2

    out, err = capsys.readouterr()
    assert [json.loads(row)["id"] for row in out.splitlines()] == ["lines.jsonl:1", "good.txt"]
    places = [line.partition(": ")[0] for line in err.splitlines()]
    in_lines = [f"lines.jsonl:{number}" for number in (2, 3, 4)]
    assert places == ["paper.html", "cut.html.gz", "spoilt.html.gz", *in_lines]
    assert "this is a PDF" in err


def test_what_no_encoding_can_write_is_written_in_the_notation_of_json(tmp_path: Path) -> None:
    document = {"id": "🔔\ud800", "text": "Nordkorea"}
    (tmp_path / "a.jsonl").write_text(json.dumps(document), encoding="utf-8")
    as_json = ("match", "--json", "--query", "Nordkorea", "a.jsonl")

    said = ausguck(*as_json, folder=tmp_path, environ={"PYTHONIOENCODING": "ascii"})

    assert [row["id"] for row in said.rows] == ["🔔\ud800"]


def test_a_reader_that_has_seen_enough_is_no_fault(tmp_path: Path) -> None:
    line = json.dumps({"id": "x" * 1000, "text": "Nordkorea"}) + "\n"
    (tmp_path / "a.jsonl").write_text(line * 500, encoding="utf-8")
    with subprocess.Popen(
        [sys.executable, "-m", "bot", "match", "--json", "--query", "Nordkorea", "a.jsonl"],
        cwd=tmp_path,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.readline()
        process.stdout.close()
        assert process.wait(60) == 0
        assert process.stderr.read() == b""


def test_why_not_says_what_every_other_line_lacks(folder: Path) -> None:
    said = ausguck("match", "--json", "--why-not", "nothing.txt", folder=folder)

    (row,) = said.rows
    assert row["watchlists"] == []
    assert [(each["watchlist"], each["line"], each["reasons"]) for each in row["why_not"]] == [
        ("nordkorea", 3, ["there is no Nordkorea; 'Südkorea' is another word"]),
        ("siegesparade", 2, ["there is no Siegesparade"]),
    ]


def test_for_people_the_rule_of_each_place_is_a_sentence(folder: Path) -> None:
    said = ausguck("match", "--query", "Nordkorea", "astral.txt", folder=folder)

    assert "adjective of Nordkorea)" in said.out
    assert "('Nordkorea' is the word Nordkorea)" in said.out
