"""Queries of any shape: read or refused, never an exception, and written so as to be read again."""

from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.watch.lexer import OPERATORS
from bot.watch.printing import describe, describe_exclusion, show
from bot.watch.query import And, AtLeast, Near, Node, Not, Only, Or, Term, terms
from bot.watch.syntax import read_query
from bot.watch.watchlist import Query
from bot.wording.de import GERMAN


def read(line: str) -> Node:
    """The tree of a query that is in order."""
    node, spots = read_query(line, 0)
    assert node is not None, spots
    return node


# Any text, and text that is made of what the language is made of

PIECES = [
    *" \t()&|!-–=*/\"„“‚‘'#,;:~?+[]\u00ad\u0308ä1",
    *(" & ", " | ", " -", "Wort", "zwei Wörter", "H&M", "AND", " OR ", "NOT ", " NEAR/2 ", "NEAR"),
    *("ATLEAST/3 ", "title:", "text:", "Sieg*", "/a+/", "=EU", ":innen", "Innen", '"Kim Un"', "\\"),
]
TEXTS = st.text() | st.lists(st.sampled_from(PIECES), max_size=12).map("".join)


@given(TEXTS)
def test_any_text_is_read_or_refused(line: str) -> None:
    node, spots = read_query(line, 0)

    assert (node is None) == bool(spots)
    assert all(0 <= spot.at <= len(line) and spot.what and spot.remedy for spot in spots)


@given(TEXTS)
def test_what_is_read_can_be_written_and_read_again(line: str) -> None:
    node, _ = read_query(line, 0)

    if node is not None:
        assert read(show(node)) == node


@given(TEXTS)
def test_terms_stand_where_they_say(line: str) -> None:
    node, _ = read_query(line, 0)

    found = list(terms(node)) if node is not None else []
    assert all(line[term.start : term.end].strip() for term in found)
    for term in found:
        alone, spots = read_query(line[: term.end], term.start)
        assert alone == term, spots


WORDS = st.sampled_from(["Wort", "AND", "H&M", "über", "Soldat", "2", "OR"])
WORD = WORDS | st.just("Nordkorea-Konflikt")
SEVERAL = st.lists(WORDS, min_size=2, max_size=4)
TERMS = (
    st.builds(lambda word: Term("word", (word,)), WORD)
    | st.builds(lambda words: Term("phrase", tuple(words)), SEVERAL)
    | st.builds(lambda words: Term("quoted", tuple(words)), SEVERAL)
    | st.builds(lambda words: Term("exact", tuple(words)), SEVERAL)
    | st.sampled_from([Term("beginning", ("Sieg",)), Term("ending", ("parade",))])
    | st.sampled_from([Term("regex", ("a+b",)), Term("regex", (r"\(a\/b | c",))])
)


def _either(parts: list[Node]) -> Node:
    """An `Or` as the reader makes it: flat."""
    flat = [part.parts if isinstance(part, Or) else (part,) for part in parts]
    return Or(tuple(chain.from_iterable(flat)))


def _both(parts: list[Node], excluded: list[Node]) -> Node:
    """An `And` as the reader makes it: flat, and something in it is asked for."""
    flat = [part.parts if isinstance(part, And) else (part,) for part in parts]
    return And((*chain.from_iterable(flat), *map(Not, excluded)))


PLACES = TERMS | st.lists(TERMS, min_size=2, max_size=3).map(lambda parts: Or(tuple(parts)))
LEAVES = (
    TERMS
    | st.builds(Near, st.integers(1, 100), PLACES, PLACES)
    | st.builds(AtLeast, st.integers(1, 100), PLACES)
)
TREES: st.SearchStrategy[Node] = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, min_size=2, max_size=3).map(_either)
        | st.builds(_both, st.lists(inner, min_size=2, max_size=3), st.lists(inner, max_size=2))
        | st.builds(Only, st.sampled_from(["title", "text"]), inner)
    ),
    max_leaves=8,
)


@given(TREES)
def test_any_tree_can_be_written_and_read_again(tree: Node) -> None:
    assert read(show(tree)) == tree


@pytest.mark.parametrize("word", sorted(OPERATORS))
def test_a_word_that_looks_like_an_operator_is_written_so_that_it_is_none(word: str) -> None:
    assert read(show(Term("word", (word,)))) == Term("word", (word,))


def test_a_query_is_described_in_words() -> None:
    line = 'Nordkorea & (Truppen | "rote Armee") & !title:=EU'

    assert describe(Query(line, 1, read(line))) == (
        "the word Nordkorea and its family; and (at least one of: the word Truppen and its family,"
        ' or exactly "rote Armee"); and not exactly EU, case included, in the title'
    )


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (
            "title:Weizen",
            "ausgeschlossen: das Wort Weizen und seine Familie, in der Überschrift",
        ),
        (
            '(Weizen | "Brot und Spiele")',
            "ausgeschlossen: das Wort Weizen und seine Familie, oder genau „Brot und Spiele“",
        ),
    ],
)
def test_an_exclusion_is_described_with_one_colon(line: str, told: str) -> None:
    assert describe_exclusion(Query(f"-{line}", 1, read(line)), GERMAN.reading) == told
