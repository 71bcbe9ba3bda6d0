"""The matcher against a slow, obvious one, on queries and texts that chance puts together."""

import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.model import Article
from bot.watch.matcher import Matcher
from bot.watch.query import And, AtLeast, Near, Node, Not, Only, Or, Term
from bot.watch.watchlist import Query, Settings, Watchlist
from tests.reference import is_in_order, matches
from tests.standin import StandIn

RULES = StandIn()
WORDS = ["Kim", "Kims", "kim", "Jong", "un", "Kim-Jong", "Par", "Parade", "Soldat:innen", "Ärz"]
TEXT_WORDS = [*WORDS, "Par-Kim-un", "Soldat", "Para\u00addes", "A\u0308rzte", "–", "x", "H&M"]
TERMS = st.one_of(
    st.builds(Term, st.just("word"), st.tuples(st.sampled_from(WORDS))),
    st.builds(
        Term,
        st.sampled_from(["phrase", "quoted", "exact"]),
        st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(tuple),
    ),
    st.builds(Term, st.just("beginning"), st.tuples(st.sampled_from(["Par", "Ki", "sold"]))),
    st.builds(Term, st.just("ending"), st.tuples(st.sampled_from(["de", "M", "dat"]))),
)
SIDES = TERMS | st.builds(Or, st.tuples(TERMS, TERMS))


def _larger(parts: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    several = st.lists(parts, min_size=2, max_size=3).map(tuple)
    return st.one_of(
        st.builds(And, several),
        st.builds(Or, several),
        st.builds(Not, parts),
        st.builds(Only, st.sampled_from(["title", "text"]), parts),
    )


NODES: st.SearchStrategy[Node] = st.recursive(
    st.one_of(
        TERMS,
        st.builds(Near, st.integers(0, 4), SIDES, SIDES),
        st.builds(AtLeast, st.integers(1, 4), SIDES),
    ),
    _larger,
    max_leaves=6,
)
GAPS = st.sampled_from([" ", " ", " ", "-", "\n", "\u00a0", ", ", "’s ", "  "])
TEXTS = st.lists(st.tuples(st.sampled_from(TEXT_WORDS), GAPS), max_size=12).map(
    lambda pairs: "".join(word + gap for word, gap in pairs)
)


def _as_written(text: str, *, decomposed: bool) -> str:
    return unicodedata.normalize("NFD", text) if decomposed else text


ARTICLES = st.builds(
    lambda title, text, nfd: Article(title, _as_written(text, decomposed=nfd), "page"),
    TEXTS,
    TEXTS,
    st.booleans(),
)
IGNORED = st.lists(st.sampled_from(WORDS), max_size=2).map(tuple)


def _watchlist(
    name: str, queries: list[Node], excluded: list[Node], ignore: tuple[str, ...]
) -> Watchlist:
    lines = [Query(str(node), n, node) for n, node in enumerate([*queries, *excluded], start=1)]
    chosen = Settings(ignore=ignore)
    return Watchlist(name, tuple(lines[: len(queries)]), tuple(lines[len(queries) :]), chosen, "")


WATCHLISTS = st.lists(
    st.builds(
        _watchlist,
        st.sampled_from(["a", "b", "c"]),
        st.lists(NODES, max_size=4),
        st.lists(NODES, max_size=1),
        IGNORED,
    ),
    max_size=3,
    unique_by=lambda each: each.name,
)


@given(WATCHLISTS, ARTICLES)
@settings(max_examples=300)
def test_the_matcher_finds_what_a_slow_one_finds(
    watchlists: list[Watchlist], article: Article
) -> None:
    found = Matcher(watchlists, lambda _: RULES).match(article)

    assert found == matches(watchlists, article, RULES)
    assert is_in_order(found)


@given(st.lists(WATCHLISTS, min_size=2, max_size=5), ARTICLES)
def test_an_updated_matcher_finds_what_a_new_one_finds(
    versions: list[list[Watchlist]], article: Article
) -> None:
    matchers = [Matcher(versions[0], lambda _: RULES)]
    for version in versions[1:]:
        matchers.append(matchers[-1].updated(version))

    for matcher, version in zip(matchers, versions, strict=True):
        assert matcher.match(article) == matches(version, article, RULES)


MANY = _watchlist("many", [Term("word", (f"Wort{n}x",)) for n in range(150)], [], ())


@given(st.lists(st.lists(NODES, max_size=4), min_size=1, max_size=5), ARTICLES)
def test_small_edits_beside_a_large_list_count_at_once(
    edits: list[list[Node]], article: Article
) -> None:
    matcher = Matcher([MANY], lambda _: RULES)

    for nodes in edits:
        # Lines go and come in the middle of the large list, too: all the later ones move.
        large = [*(q.node for q in MANY.queries[: 90 - len(nodes)]), *nodes]
        large += [query.node for query in MANY.queries[90:]]
        version = [_watchlist("small", nodes, [], ()), _watchlist("many", large, [], ())]
        matcher = matcher.updated(version)
        assert matcher.match(article) == matches(version, article, RULES)


@given(WATCHLISTS, ARTICLES)
def test_every_span_is_the_slice_of_the_original_that_it_names(
    watchlists: list[Watchlist], article: Article
) -> None:
    for match in Matcher(watchlists, lambda _: RULES).match(article):
        for span in match.spans:
            whole = article.title if span.field == "title" else article.text
            assert whole[span.start : span.end] == span.text
