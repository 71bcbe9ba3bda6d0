"""The language of watchlists: what each line means, and how faults are told."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import Fault, WatchlistError
from bot.watch.language import decode, parse, parse_query
from bot.watch.query import And, Node, Only, Term

PIECES = [
    *'\n \t#@-="„“&|!*(/,:\0\u00adä',
    *("Wort", "AND", " NEAR/2 ", "title:", "@label ", "@alert ", "now", "H&M", " & ", "\r\n"),
]
FILES = st.text() | st.lists(st.sampled_from(PIECES)).map("".join)
A, B = Term("word", ("A",)), Term("word", ("B",))


def faults_of(text: str) -> tuple[Fault, ...]:
    with pytest.raises(WatchlistError) as caught:
        parse(text, "liste.txt", "liste")
    return caught.value.faults


@pytest.mark.parametrize(
    ("line", "node"),
    [
        ("Nordkorea", Term("word", ("Nordkorea",))),
        ("  Nordkorea\t# the North", Term("word", ("Nordkorea",))),
        ("#MeToo", Term("word", ("MeToo",))),
        ("A #B", Term("phrase", ("A", "B"))),
        ("C#", Term("word", ("C",))),
        ("Nordkorea-Konflikt", Term("word", ("Nordkorea-Konflikt",))),
        ("Kim Jong-un", Term("phrase", ("Kim", "Jong", "un"))),
        ('"Titel: Recht & Ordnung"', Term("quoted", ("Titel", "Recht", "Ordnung"))),
        ("A & B #", And((A, B))),
        ("\ufeffA", A),
    ],
)
def test_a_line_is_read_as(line: str, node: Node) -> None:
    (query,) = parse(line, "liste.txt", "liste").queries

    assert query.node == node


def test_a_comment_begins_within_quotes_too() -> None:
    # Else a quote that somebody forgot to close would make the comment part of the query.
    (fault,) = faults_of('"Kim Jong Un   # genannt "Kim"')

    assert fault.column == 1
    assert "quote" in fault.what


def test_a_term_knows_its_place_in_its_line() -> None:
    (query,) = parse("\t  A & Kim Jong Un  # hier", "liste.txt", "liste").queries

    assert isinstance(query.node, And)
    assert [(t.start, t.end) for t in query.node.parts if isinstance(t, Term)] == [(3, 4), (7, 18)]


def test_a_query_is_kept_as_written_without_its_comment() -> None:
    watchlist = parse("# Titel\n\n  Kim Jong Un   # der Dritte\n", "liste.txt", "liste")

    assert [(query.text, query.line) for query in watchlist.queries] == [("Kim Jong Un", 3)]


@pytest.mark.parametrize(
    ("line", "node"),
    [
        ("-A", A),
        ("–A", A),
        ("  -A # nie", A),
        ('-"A B"', Term("quoted", ("A", "B"))),
        ("-=A", Term("exact", ("A",))),
        ("-A B", Term("phrase", ("A", "B"))),
        ("-(A & B)", And((A, B))),
        ("-title:A", Only("title", A)),
        ("\u200b-A", A),
    ],
)
def test_a_line_with_a_dash_is_an_exclusion(line: str, node: Node) -> None:
    watchlist = parse(line, "liste.txt", "liste")

    assert not watchlist.queries
    assert [query.node for query in watchlist.exclusions] == [node]


@pytest.mark.parametrize(
    "line",
    [
        "Nordkorea, Südkorea",
        "Nordkorea; Südkorea",
        "Nordkorea,",
        '"Kim Jong Un',
        'Präsident "Kim Jong Un"',
        '"Kim" "Un"',
        '""',
        "---",
        "- Nordkorea",
        "-- Nordkorea --",
        "...",
        "-!A",
        "-A | B",
        "N\0o\0r\0d\0",
        "a | " * 2_501 + "b",
    ],
)
def test_what_cannot_be_meant_is_a_fault(line: str) -> None:
    assert all(fault.what and fault.remedy for fault in faults_of(line))


def test_all_faults_of_a_file_are_told_at_once() -> None:
    faults = faults_of("Nordkorea\nA &\n@labl x\n\tSi* & (D\n@alert x\n!E")

    places = [(fault.line, fault.column) for fault in faults]
    assert places == [(2, 3), (3, 1), (4, 4), (4, 8), (5, 8), (6, 1)]
    assert {fault.where for fault in faults} == {"liste.txt"}


def test_thousands_of_faults_are_told() -> None:
    faults = faults_of("Nordkorea\nA &\n" * 5_000)

    assert [fault.line for fault in faults] == list(range(2, 10_001, 2))


def test_a_table_put_among_the_lists_has_only_its_first_faults_told() -> None:
    assert 10_000 <= len(faults_of("Land,Stadt,Fluss\n" * 100_000)) <= 10_100


def test_a_line_of_a_megabyte_has_one_fault() -> None:
    (fault,) = faults_of("Nordkorea & (" * 80_000)

    assert "10,000 characters" in fault.what
    assert len(fault.excerpt) < 300


def test_a_fault_shows_its_place() -> None:
    (fault,) = faults_of("\tPjöngjang, Kim  # hier")

    assert fault.excerpt == "\tPjöngjang, Kim  # hier\n\t         ^"
    assert fault.column == 11


def test_a_long_line_is_shown_around_the_place() -> None:
    (fault,) = faults_of("x" * 400 + " || " + "y" * 400)

    line, mark = fault.excerpt.split("\n")
    assert len(line) <= 100
    assert line[mark.index("^")] == "|"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_end_as_on_any_system(end: str) -> None:
    watchlist = parse(f"Nordkorea{end}Kim", "liste.txt", "liste")

    assert [query.line for query in watchlist.queries] == [1, 2]


@pytest.mark.parametrize(
    "content",
    [
        "Pjöngjang".encode(),
        "Pjöngjang".encode("utf-8-sig"),
        "Pjöngjang".encode("windows-1252"),
        codecs.BOM_UTF16_LE + "Pjöngjang".encode("utf-16-le"),
        codecs.BOM_UTF16_BE + "Pjöngjang".encode("utf-16-be"),
    ],
)
def test_a_file_is_read_however_an_editor_wrote_it(content: bytes) -> None:
    assert decode(content) == "Pjöngjang"


def test_a_query_alone_is_a_list_without_a_name() -> None:
    watchlist = parse_query("Kim Jong Un")

    assert watchlist.name == ""
    assert [query.text for query in watchlist.queries] == ["Kim Jong Un"]


@pytest.mark.parametrize("text", ["", "# nichts", "A\nB", "-A", "@label x", "A\n# b"])
def test_what_is_not_one_query_is_refused(text: str) -> None:
    with pytest.raises(WatchlistError):
        parse_query(text)


def test_a_line_that_moves_is_the_same_query_on_another_line() -> None:
    before = parse("A & B\n", "liste.txt", "liste")
    after = parse("Neu\nA & B\n", "liste.txt", "liste")

    assert [query.line for query in after.queries] == [1, 2]
    assert after.queries[1].node is before.queries[0].node


@given(FILES)
def test_any_text_is_a_watchlist_or_has_faults_that_point_into_it(text: str) -> None:
    faults: tuple[Fault, ...] = ()

    try:
        watchlist = parse(text, "liste.txt", "liste")
        assert all(query.text for query in watchlist.queries + watchlist.exclusions)
    except WatchlistError as error:
        faults = error.faults

    assert all(fault.line and fault.column and fault.excerpt for fault in faults)


@given(st.binary())
def test_any_bytes_are_text(content: bytes) -> None:
    assert isinstance(decode(content), str)
