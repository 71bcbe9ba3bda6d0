"""One query: its operators, what each fault says and where, and that it can be written again."""

import pytest

from bot.watch.query import And, AtLeast, Near, Node, Not, Only, Or, Term, terms
from bot.watch.syntax import read_query

A, B, C, D = (Term("word", (name,)) for name in "ABCD")


def read(line: str) -> Node:
    """The tree of a query that is in order."""
    node, spots = read_query(line, 0)
    assert node is not None, spots
    return node


def wrong(line: str) -> list[tuple[int, str]]:
    """Where something is wrong with a query, and what together with the remedy."""
    _, spots = read_query(line, 0)
    return [(spot.at, f"{spot.what}; {spot.remedy}") for spot in spots]


@pytest.mark.parametrize(
    ("line", "tree"),
    [
        ("A & B", And((A, B))),
        ("A &B", And((A, B))),
        ("A AND B UND C", And((A, B, C))),
        ("A | B", Or((A, B))),
        ("A OR B ODER C", Or((A, B, C))),
        ("(A)|(B)", Or((A, B))),
        ("A & !B", And((A, Not(B)))),
        ("A AND NOT B", And((A, Not(B)))),
        ("A UND NICHT B", And((A, Not(B)))),
        ("A -B", And((A, Not(B)))),
        ("A –B", And((A, Not(B)))),
        ("A & -B", And((A, Not(B)))),
        ("A -title:B", And((A, Not(Only("title", B))))),
        ("A -/b+/", And((A, Not(Term("regex", ("b+",)))))),
        ("!A & B", And((Not(A), B))),
        ("A -(B | C)", And((A, Not(Or((B, C)))))),
        ("A NEAR/10 B", Near(10, A, B)),
        ("A NEAR/2 (B | C)", Near(2, A, Or((B, C)))),
        ("ATLEAST/3 A", AtLeast(3, A)),
        ("ATLEAST/3 (A | B)", AtLeast(3, Or((A, B)))),
        ("title:A", Only("title", A)),
        ("Titel: A", Only("title", A)),
        ("text:(A & B)", Only("text", And((A, B)))),
        ("!title:A & B", And((Not(Only("title", A)), B))),
    ],
)
def test_operators_make_a_tree(line: str, tree: Node) -> None:
    assert read(line) == tree


@pytest.mark.parametrize(
    ("line", "means"),
    [
        ("A | B & C", "A | (B & C)"),
        ("A & B | C & D", "(A & B) | (C & D)"),
        ("A & B NEAR/5 C", "A & (B NEAR/5 C)"),
        ("A & !B & C", "A & (!B) & C"),
        ("A | B -C", "A | (B & !C)"),
        ("title:A & B", "(title:A) & B"),
        ("ATLEAST/2 A | B", "(ATLEAST/2 A) | B"),
        ("(A & B) & (C & D)", "A & B & C & D"),
        ("((A | B)) | C", "A | B | C"),
    ],
)
def test_not_binds_before_near_before_and_before_or(line: str, means: str) -> None:
    assert read(line) == read(means)


@pytest.mark.parametrize(
    ("line", "kind", "words"),
    [
        ("H&M", "word", ("H&M",)),
        ("1&1", "word", ("1&1",)),
        ("Yahoo!", "word", ("Yahoo",)),
        ("Recht und Ordnung", "phrase", ("Recht", "und", "Ordnung")),
        ("10.000 Euro", "phrase", ("10", "000", "Euro")),
        ("1,5", "phrase", ("1", "5")),
        ("Rock 'n' Roll", "phrase", ("Rock", "n", "Roll")),
        ("Rock-AND-Roll Band", "phrase", ("Rock", "AND", "Roll", "Band")),
        ("Siegespar*", "beginning", ("Siegespar",)),
        ("*parade", "ending", ("parade",)),
        ("=EU", "exact", ("EU",)),
        ("=OR", "exact", ("OR",)),
        ("=Die Zeit", "exact", ("Die", "Zeit")),
        ('"A & (B"', "quoted", ("A", "B")),
        ("„Kim Jong Un“", "quoted", ("Kim", "Jong", "Un")),
        ("”Kim Jong Un”", "quoted", ("Kim", "Jong", "Un")),
        ("«Kim Jong Un»", "quoted", ("Kim", "Jong", "Un")),
        ("‚Kim Jong Un‘", "quoted", ("Kim", "Jong", "Un")),
        ("‘Kim Jong Un’", "quoted", ("Kim", "Jong", "Un")),
        ("'Kim Jong Un'", "quoted", ("Kim", "Jong", "Un")),
        ("›Kim Jong Un‹", "quoted", ("Kim", "Jong", "Un")),
        ("/Kim Jong[- ]?Un/", "regex", ("Kim Jong[- ]?Un",)),
        (r"/a\/b|c & (d)/", "regex", (r"a\/b|c & (d)",)),
        ("/Kim–Un/", "regex", (r"Kim\-Un",)),
        ("Soldat:innen", "word", ("Soldat",)),
        ("Soldat*innen", "word", ("Soldat",)),
        ("Soldat_innen", "word", ("Soldat",)),
        ("SoldatInnen", "word", ("Soldat",)),
        ("Soldat/-innen", "word", ("Soldat",)),
        ("LinkedIn", "word", ("LinkedIn",)),
        ("russische SoldatInnen", "phrase", ("russische", "Soldat")),
        ("Pjo\u0308ng\u00adjang", "word", ("Pjöngjang",)),
    ],
)
def test_a_term_is_read_by_how_it_is_written(line: str, kind: str, words: tuple[str, ...]) -> None:
    (term,) = terms(read(line))

    assert (term.kind, term.words) == (kind, words)
    assert (term.start, term.end) == (0, len(line))


@pytest.mark.parametrize(
    ("line", "at", "told"),
    [
        ("A & ", 2, "& has nothing after it"),
        ("| A", 0, "| has nothing before it"),
        ("A & | B", 4, "nothing between & and |"),
        ("(A &) | B", 3, "& has nothing after it"),
        ('A "B C"', 2, "an operator is missing"),
        ("A (B | C)", 2, "an operator is missing"),
        ("A !B", 2, "write A & !B, or A -B"),
        ("A NOT B", 2, "write A & !B, or A -B"),
        ("(A) (B)", 4, "an operator is missing"),
        ("„Spiegel“-Redakteur", 9, "an operator is missing"),
        ("A =EU", 2, "an operator is missing"),
        ("A & (B | C", 4, "closing parenthesis is missing"),
        ("A & B) | C", 5, "opening parenthesis is missing"),
        ("A & ()", 4, "nothing in these parentheses"),
        ('A & "B', 4, "the second quote is missing"),
        ('A B" & C', 3, "the second quote is missing"),
        ('A & ""', 4, "no word in these quotes"),
        ("!A", 0, "write -Word on a line of its own"),
        ("!A & !B", 0, "write -Word on a line of its own"),
        ("A | !B", 4, "-B on a line of its own"),
        ("A | -B", 4, "-B on a line of its own"),
        ("A & (B | !C)", 9, "-B on a line of its own"),
        ("A & !!B", 5, "a double negation"),
        ("A & !(!B)", 6, "a double negation"),
        ("A -!B", 3, "a double negation"),
        ("A -AND B", 3, "nothing between - and AND"),
        ("title:!A & B", 6, "write !title:A"),
        ("A NEAR B", 2, "write A NEAR/10 B"),
        ("A NEAR 5 B", 2, "write A NEAR/10 B"),
        ("A near/5 B", 2, "did you mean NEAR/5?"),
        ("A NEAR5 B", 2, "did you mean NEAR/5?"),
        ("A NEAR/0 B", 2, "from 1 to 100"),
        ("A NEAR/101 B", 2, "from 1 to 100"),
        ("ATLEAST A", 0, "write ATLEAST/3 A"),
        ("!A NEAR/5 B", 0, "write !(A NEAR/5 B)"),
        ("(A & B) NEAR/5 C", 1, "NEAR takes a word"),
        ("A NEAR/5 B NEAR/5 C", 11, "NEAR joins two"),
        ("ATLEAST/2 title:A", 10, "write title:(ATLEAST/3 A)"),
        ("Si*", 2, "at least 3 letters"),
        ("*", 0, "a * stands alone"),
        ("*para*", 0, "both ends"),
        ("Sieges*parade", 6, "within a word"),
        ("Große Parade*", 12, "in a phrase"),
        ('"Große Parade*"', 13, "no effect in quotes"),
        ("=Parade*", 7, "do not go together"),
        ("= EU", 0, "= cannot stand here"),
        ("a=b", 1, "= cannot stand here"),
        ('="Kim"', 0, "= cannot stand here"),
        ("/a(b/", 1, "missing ): a(b"),
        ("/ab[/", 3, "missing ]: ["),
        ("//", 1, "is empty"),
        ("/x*/", 1, "matches everywhere"),
        (r"/\b/", 1, "matches everywhere"),
        ("/abc", 0, "never ends"),
        ("A && B", 2, "write A & B"),
        ("A || B", 2, "write A | B"),
        ("A|B", 1, "write A | B"),
        ('"A"&"B"', 3, "write A & B"),
        ("+A +B", 0, "write A & B"),
        ("site:ndr.de", 0, "@feeds"),
        ("intitle:A", 0, "did you mean title:"),
        ("A~2", 1, "~ is no operator"),
        ("W?rt", 1, "? is no wildcard"),
        ("[A]", 0, "write ( and )"),
        ("A, B", 1, "one word or phrase per line, or |"),
        ("A; B", 1, "one word or phrase per line, or |"),
        ("A / B", 2, "write | for either"),
        ("A – B", 2, "a dash stands alone"),
        ("! A", 0, "! stands alone"),
        ("...", 0, "no word here"),
        ("(" * 51 + "A" + ")" * 51, 50, "more than 50 levels"),
        ("Pjo\u0308ng\u00adjang & (B", 14, "closing parenthesis is missing"),
    ],
)
def test_a_fault_says_where_and_what_to_do(line: str, at: int, told: str) -> None:
    faults = wrong(line)

    assert faults[0][0] == at
    assert told in faults[0][1]


@pytest.mark.parametrize("line", ["A, B", "A – B", '="Kim"', "A|B", "A, & B"])
def test_one_mistake_is_not_told_twice(line: str) -> None:
    places = [at for at, _ in wrong(line)]

    assert len(places) == sum(line.count(sign) for sign in ",–=|!")


def test_independent_faults_of_a_line_are_told_at_once() -> None:
    line = "Si* & (A near/5 B | /a(b/ && !C, D"

    assert [at for at, _ in wrong(line)] == [2, 6, 9, 21, 26, 31]


def test_a_faulty_term_does_not_hide_what_is_wrong_with_the_expression() -> None:
    assert [at for at, _ in wrong("Si* | !B")] == [2, 6]


@pytest.mark.parametrize("line", ["A | B", "A & B", "A -B"])
def test_an_exclusion_of_an_expression_needs_parentheses(line: str) -> None:
    _, spots = read_query(f"-{line}", 1, is_exclusion=True)
    node, none = read_query(f"-({line})", 1, is_exclusion=True)

    assert "-(A & B)" in spots[0].remedy
    assert (node, none) == (read(line), [])


@pytest.mark.parametrize(
    "unit",
    ['"', "(", ")", "/", " /a", "‚", "›", "-", " -a", "!", "&", "| ", ",", "*", " Si*", "=",
     "\u0308", "title:", "!title:", "near/", "a NEAR/1 ", "Innen", "\u00ad",
     "a & ", "(a | ", "'a ", "1,"],
)  # fmt: skip
def test_the_work_grows_with_the_line_and_no_faster(unit: str) -> None:
    # A quadratic reader would need a minute for this; no clock is needed to see that.
    node, spots = read_query(unit * (40_000 // len(unit)), 0)

    assert (node is None) == bool(spots)
    assert len(spots) <= 20
