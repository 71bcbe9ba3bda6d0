"""Which lines of a list make others superfluous: never one that finds more than they do."""

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.model import Article
from bot.text.languages import rules_for
from bot.watch.implication import Lines, is_covered
from bot.watch.language import parse_query
from bot.watch.matcher import Matcher
from bot.watch.printing import show
from bot.watch.query import And, AtLeast, Near, Node, Not, Only, Or, Term
from bot.watch.watchlist import Query
from tests.lists_kit import a_list

WORDS = ("Weizen", "Reis", "China")
TERMS = st.builds(
    Term, st.sampled_from(("word", "quoted", "exact")), st.tuples(st.sampled_from(WORDS))
) | st.builds(Term, st.sampled_from(("phrase", "quoted")), st.permutations(WORDS[:2]).map(tuple))
SIDES = TERMS | st.builds(Or, st.lists(TERMS, min_size=2, max_size=2, unique=True).map(tuple))


def deeper(parts: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    """Queries of such parts."""
    some = st.lists(parts, min_size=2, max_size=3, unique=True).map(tuple)
    return (
        st.builds(And, some)
        | st.builds(Or, some)
        | st.builds(lambda wanted, part: And((wanted, Not(part))), parts, parts)
        | st.builds(Only, st.sampled_from(("title", "text")), parts)
        | st.builds(Near, st.just(2), SIDES, SIDES)
        | st.builds(AtLeast, st.just(2), SIDES)
    )


QUERIES = st.recursive(TERMS, deeper, max_leaves=5).map(show)
TEXTS = st.lists(st.sampled_from((*WORDS, "Weizens", "reis", "und")), max_size=5).map(" ".join)


def by_line(*lines: str) -> tuple[Lines, tuple[Query, ...]]:
    queries = a_list(*lines).queries
    return Lines(queries), queries


def covers(*lines: str) -> list[list[int]]:
    """For each line, those that cover it."""
    known, queries = by_line(*lines)
    return [[each.line for each in known.covers(query)] for query in queries]


def test_what_asks_for_more_is_covered_and_what_asks_for_less_is_not() -> None:
    assert covers("Weizen", "Weizen & Reis") == [[], [1]]


def test_a_way_is_covered_by_the_line_that_has_it_among_others_and_not_that_line_by_it() -> None:
    assert covers("Weizen", "Weizen | Reis") == [[2], []]


def test_a_line_of_two_ways_is_covered_by_two_lines_together_and_both_are_named() -> None:
    assert covers("Weizen", "Reis", "Weizen | Reis")[2] == [1, 2]


def test_a_line_that_was_dropped_covers_nothing_any_more() -> None:
    known, [wheat, _, both] = by_line("Weizen", "Reis", "Weizen | Reis")

    known.drop(wheat)

    assert known.covers(both) == ()


def test_a_second_line_that_says_the_same_as_the_first_covers_when_that_is_dropped() -> None:
    known, [first, second, more] = by_line("Weizen", "Weizen", "Weizen & Reis")
    assert known.twin(second) == first

    known.drop(first)

    assert known.twin(second) is None
    assert known.covers(more) == (second,)


def test_lines_cover_what_comes_from_elsewhere_together() -> None:
    [query] = parse_query("Weizen | Reis").queries

    assert is_covered(query, a_list("Weizen", "Reis").queries)
    assert not is_covered(query, a_list("Weizen").queries)


def test_what_is_quoted_may_not_count_as_a_word_as_it_may_be_in_small_letters() -> None:
    assert covers("Reis", '"Reis"') == [[], []]
    assert covers("Reis", "=Reis") == [[], [1]]


def test_a_phrase_does_not_strictly_have_its_words() -> None:
    queries = a_list("Weizen", "Weizen Reis").queries

    assert Lines(queries).covers(queries[1]) == (queries[0],)
    assert Lines(queries, strictly=True).covers(queries[1]) == ()


@settings(max_examples=400, deadline=None)
@given(
    st.lists(QUERIES, min_size=2, max_size=5),
    st.lists(st.tuples(TEXTS, TEXTS), max_size=5),
    st.sampled_from(((), ("@ignore Weizen",), ("@ignore Weizens reis",))),
)
def test_whatever_matches_a_line_matches_one_of_those_that_cover_it(
    lines: list[str], articles: list[tuple[str, str]], ignoring: tuple[str, ...]
) -> None:
    watchlist = a_list(*lines, *ignoring)
    known = Lines(watchlist.queries, strictly=True)
    matcher = Matcher([watchlist], rules_for)
    found = [
        {match.line for match in matcher.match(Article(title, text, "page", "de"))}
        for title, text in articles
    ]

    for query in watchlist.queries:
        twin, together = known.twin(query), {each.line for each in known.covers(query)}
        for matched in found:
            assert query.line not in matched or not together or together & matched
            assert twin is None or (query.line in matched) == (twin.line in matched)
