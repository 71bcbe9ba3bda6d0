"""The language of watchlists: what each line means, and how faults are told."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import Fault, WatchlistError
from bot.watch.language import decode, parse, parse_query
from bot.watch.watchlist import Query, Settings

PIECES = [
    *'\n \t#@-="„“&|!*(/,:\0\u00adä',
    *("Wort", "AND", "NEAR/2", "title:", "@label ", "@alert ", "now", "H&M"),
]
SYNTAX = st.lists(st.sampled_from(PIECES)).map("".join)


def faults_of(text: str) -> tuple[Fault, ...]:
    with pytest.raises(WatchlistError) as caught:
        parse(text, "liste.txt", "liste")
    return caught.value.faults


@pytest.mark.parametrize(
    ("line", "kind", "words"),
    [
        ("Nordkorea", "word", ("Nordkorea",)),
        ("  Nordkorea\t# the North", "word", ("Nordkorea",)),
        ("#MeToo", "word", ("MeToo",)),
        ("H&M", "word", ("H&M",)),
        ("1&1", "word", ("1&1",)),
        ("Yahoo!", "word", ("Yahoo",)),
        ("Nordkorea-Konflikt", "word", ("Nordkorea-Konflikt",)),
        ("Soldat*innen", "word", ("Soldat",)),
        ("Kim Jong-un", "phrase", ("Kim", "Jong", "un")),
        ("Recht und Ordnung", "phrase", ("Recht", "und", "Ordnung")),
        ("2,5 Prozent", "phrase", ("2", "5", "Prozent")),
        ('"Kim Jong Un"', "quoted", ("Kim", "Jong", "Un")),
        ("„Kim Jong Un“", "quoted", ("Kim", "Jong", "Un")),
        ("“Kim Jong Un”", "quoted", ("Kim", "Jong", "Un")),
        ("»Kim Jong Un«", "quoted", ("Kim", "Jong", "Un")),
        ('"Titel: Recht & Ordnung"', "quoted", ("Titel", "Recht", "Ordnung")),
        ("=EU", "exact", ("EU",)),
        ("=OR", "exact", ("OR",)),
    ],
)
def test_a_line_is_read_as(line: str, kind: str, words: tuple[str, ...]) -> None:
    (query,) = parse(line, "liste.txt", "liste").queries

    assert (query.kind, query.words) == (kind, words)


def test_a_query_is_kept_as_written_without_its_comment() -> None:
    watchlist = parse("# Titel\n\n  Kim Jong Un   # der Dritte\n", "liste.txt", "liste")

    assert [(query.text, query.line) for query in watchlist.queries] == [("Kim Jong Un", 3)]


@pytest.mark.parametrize("line", ["-Videospiel", "–Videospiel", '-"Videospiel"', "-=Videospiel"])
def test_a_line_with_a_dash_is_an_exclusion(line: str) -> None:
    watchlist = parse(line, "liste.txt", "liste")

    assert not watchlist.queries
    assert [query.words for query in watchlist.exclusions] == [("Videospiel",)]


def test_settings_are_read() -> None:
    text = """
        @label   Der Norden # shown
        @lang    DE
        @feeds   Tagesschau, NDR Info
        @tags    politik
        @ignore  Auswahl Wortwahl, Skiwahl
        @stories wire
        @alert   Quiet
        @visible 1001, -1002
        """

    settings = parse(text, "liste.txt", "liste").settings

    assert settings == Settings(
        label="Der Norden",
        lang="de",
        feeds=("Tagesschau", "NDR Info"),
        tags=("politik",),
        ignore=("Auswahl", "Wortwahl", "Skiwahl"),
        stories="wire",
        alert="quiet",
        visible=("1001", "-1002"),
    )


def test_a_list_without_a_label_is_shown_by_its_name() -> None:
    assert parse("Nordkorea", "liste.txt", "liste").label == "liste"


@pytest.mark.parametrize(
    "line",
    [
        "A & B",
        "A &B",
        "A | B",
        "A|B",
        "A AND B",
        "A ODER B",
        "NICHT A",
        "A -B",
        "!A",
        "A !B",
        "-!A",
        "(A B)",
        "A NEAR/10 B",
        "ATLEAST/3 A",
        "Siegespar*",
        "*parade",
        "/Kim Jong[- ]?Un/",
        "title:A",
        "titel: A",
        "text:A",
    ],
)
def test_an_operator_is_a_fault_and_never_read_as_a_word(line: str) -> None:
    first = faults_of(line)[0]

    assert "not supported yet" in first.what
    assert first.remedy


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
        "= EU",
        "A =EU",
        "...",
        "@labl Nordkorea",
        "@label",
        "@label a\n@label b",
        "@lang deutsch",
        "@alert sofort",
        "@visible jeder",
        "@feeds ,",
        "N\0o\0r\0d\0",
        "a|" * 501,
    ],
)
def test_what_cannot_be_meant_is_a_fault(line: str) -> None:
    assert all(fault.what and fault.remedy for fault in faults_of(line))


def test_a_misspelt_setting_is_told_the_right_one() -> None:
    (fault,) = faults_of("@labl Nordkorea")

    assert str(fault) == "liste.txt:1:1: there is no setting @labl; did you mean @label?"


def test_all_faults_of_a_file_are_told_at_once() -> None:
    faults = faults_of("Nordkorea\nA & B\n@labl x\n\tC (D)\n")

    assert [(fault.line, fault.column) for fault in faults] == [(2, 3), (3, 1), (4, 4), (4, 6)]
    assert {fault.where for fault in faults} == {"liste.txt"}


def test_a_table_put_among_the_lists_has_only_its_first_faults_told() -> None:
    assert 200 <= len(faults_of("Land,Stadt,Fluss\n" * 100_000)) <= 210


def test_a_fault_shows_its_place() -> None:
    (fault,) = faults_of("\tPjöngjang, Kim  # hier")

    assert fault.excerpt == "\tPjöngjang, Kim  # hier\n\t         ^"
    assert fault.column == 11


def test_a_long_line_is_shown_around_the_place() -> None:
    (fault,) = faults_of("x" * 400 + " | " + "y" * 400)

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


@given(st.text() | SYNTAX)
def test_any_text_is_a_watchlist_or_has_faults_that_point_into_it(text: str) -> None:
    faults: tuple[Fault, ...] = ()
    queries: tuple[Query, ...] = ()

    try:
        watchlist = parse(text, "liste.txt", "liste")
        queries = watchlist.queries + watchlist.exclusions
    except WatchlistError as error:
        faults = error.faults

    assert all(query.words for query in queries)
    assert all(fault.line and fault.column and fault.excerpt for fault in faults)


@given(st.binary())
def test_any_bytes_are_text(content: bytes) -> None:
    assert isinstance(decode(content), str)
