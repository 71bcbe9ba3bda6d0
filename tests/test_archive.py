"""The archive finds what a watchlist would alert, no more and no less, whatever is asked."""

from collections.abc import AsyncIterator, Sequence
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.model import Article
from bot.pipeline import archive
from bot.pipeline.beside import Helpers
from bot.pipeline.candidates import Candidates
from bot.store import Store, entries
from bot.text.languages import rules_for
from bot.watch.language import parse, parse_query
from bot.watch.matcher import Matcher
from bot.watch.watchlist import Watchlist
from bot.workers import Workers
from tests.archive_kit import kept
from tests.bench.corpus import CORPUS, articles
from tests.store_kit import DAY, NOW, a_feed, an_entry, opened

TEXTS = (
    ("Parade", "Nordkoreanische Soldaten marschierten bei der Siegesparade in Moskau mit."),
    ("Gipfel", "Der USA-Nordkorea-Gipfel endete ohne Erklärung, sagte Kim Jong-un in Pjöngjang."),
    ("Südkorea wählt", "Die Häuser in Seoul waren geschmückt, ein Museum schloss früher."),
    ("Museen in Not", "Den Museen fehlt Geld. Die Äcker liegen brach, der Weizen ist teuer."),
    ("Weizen", "Die Weizenpreise stiegen. Bauern klagten über Mäusefraß und Trockenheit."),
    ("Borussia siegt", "Weniger als 1.000 Zuschauer sahen das Ligaspiel gegen Nigeria."),
    ("Gas", "Erdgas und Gaspreise: Die Gasse war gesperrt, Gastgeber war die Feuerwehr."),
    ("Soldat:innen", "Zelenskyj sprach mit Polizist*innen; KCNA meldete den Start im H&M-Haus."),
    ("平壤", "北朝鮮の兵士が平壌で行進した。"),
)
QUERIES = (
    *("Nordkorea", "Siegesparade", "Parade", "Kim Jong Un", '"Kim Jong-un"', "=KCNA", "Haus"),
    *("Museum", "Maus", "Gas", "Niger", "Weiz*", "*preise", "Soldat", "Selenskyj", "Polizei"),
    *("Weizen & Preis", "Weizen | Parade", "Gas & !Gasse", "Moskau NEAR/3 Soldaten"),
    *("title:Gas", "ATLEAST/2 Gas", "/Sold[a-z]+/", "平壌", "ein", "un", "Korea", "Acker", "H&M"),
    *("Gas & !un", "title:Weizen & Bauern", "title:Gas | title:Museen", "Weizen & !=Die"),
    *("title:Gas & !Gasse", "text:Gas", "Museum & !title:Not", "(title:Weizen | Seoul) & Museum"),
)


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    async with opened(tmp_path) as store:
        yield store


async def found(store: Store, watchlist: Watchlist) -> set[int]:
    return {each.entry_id for each in await archive.search(store, watchlist, NOW - 9 * DAY)}


def matched(written: Sequence[Article], watchlist: Watchlist) -> set[int]:
    """Return the places of what the watchlist matches, without any index."""
    matcher = Matcher([watchlist], rules_for)
    return {n for n, each in enumerate(written) if matcher.match(each)}


SOME = [Article(title, said, "page", "de") for title, said in TEXTS]


async def test_what_is_found_is_what_a_watchlist_matches(store: Store) -> None:
    ids = await kept(store, SOME)
    await archive.catch_up(store)

    for query in QUERIES:
        watchlist = parse_query(query)
        expected = {ids[n] for n in matched(SOME, watchlist)}
        assert await found(store, watchlist) == expected, query


async def test_a_list_with_exclusions_and_a_language_of_its_own_is_searched_as_it_matches(
    store: Store,
) -> None:
    english = Article("Parade", "Museums and wolves: a wolf was seen near it.", "page", "en")
    written = [*SOME, english]
    ids = await kept(store, written)
    await archive.catch_up(store)

    for source in ("Gas\nWeizen\n-Gasse\n", "@lang en\nwolf\nMuseum\n", "wolves\nHaus\n"):
        watchlist = parse(source, "list.txt", "list")
        assert await found(store, watchlist) == {ids[n] for n in matched(written, watchlist)}


async def test_a_list_with_lines_for_titles_among_others_is_searched_as_it_matches(
    store: Store,
) -> None:
    ids = await kept(store, SOME)
    await archive.catch_up(store)

    for source in (
        "title:Gas\nWeizen\n",
        "title:Weizen & Bauern\nGas & !Gasse\n",
        "title:Museen\nMuseum\n",
        "title:Gas\n/Sold[a-z]+/\n",
        "title:/Ga[a-z]+/\nWeizen\n",
        "title:(Gas | /Weiz[a-z]+/)\nMuseum\n-Not\n",
        "title:Weizen\ntitle:Gipfel\nSeoul\n-Mäuse\n",
    ):
        watchlist = parse(source, "list.txt", "list")
        assert await found(store, watchlist) == {ids[n] for n in matched(SOME, watchlist)}, source


@pytest.mark.parametrize("source", ["title:Weizen\nGas\n", "@lang de\ntitle:Weizen\ntitle:Gas\n"])
async def test_what_only_lines_for_titles_want_is_read_only_where_a_title_can_do(
    store: Store, source: str
) -> None:
    english = Article("Wheat", "Weizen is German for wheat.", "page", "en")
    ids = await kept(store, [*SOME, english])
    await archive.catch_up(store)
    candidates = Candidates(store, parse(source, "", ""))
    await candidates.look_up(NOW - 9 * DAY)

    read = {each async for some in candidates.worth_reading() for each in some}

    assert read == {ids[4], ids[6]}
    assert ids[3] in candidates.ids  # there is wheat in its text alone


async def test_workers_find_what_is_found_in_a_thread(store: Store) -> None:
    ids = await kept(store, SOME)
    await archive.catch_up(store)
    outcomes: set[str] = set()
    workers = Workers(limit=1, took=lambda _, outcome, __: outcomes.add(outcome))
    helpers = Helpers(workers)

    for query in (*QUERIES, "Gas & !Sport", "ATLEAST/2 Weizen | =KCNA"):
        candidates = Candidates(store, parse_query(query))
        await candidates.look_up(NOW - 9 * DAY)
        here, there = await candidates.judge(), await candidates.judge(helpers)
        assert await there(ids) == await here(ids), query

    assert outcomes == {"ok"}
    await workers.close()


async def test_on_real_articles_it_is_the_same(store: Store) -> None:
    if not CORPUS.is_dir():
        pytest.skip("the corpus is not here: real articles are not searched")
    written = [Article("", each, "page", "de") for each in list(articles().values())[:250]]
    ids = await kept(store, written)
    await archive.catch_up(store)

    for query in (
        "Nordkorea",
        "Polizei & Wien",
        "Bank",
        "Regierung",
        "Haus",
        "*ung & Klima",
        "Gas",
    ):
        watchlist = parse_query(query)
        assert await found(store, watchlist) == {ids[n] for n in matched(written, watchlist)}, query


async def test_an_article_that_reads_otherwise_is_found_by_what_it_says_now(store: Store) -> None:
    [first, *_] = await kept(store, SOME[:2])
    await archive.catch_up(store)
    async with store.write() as tx:
        changed = Article("Weizen", "Die Ernte war gut.", "page", "de")
        await entries.keep_articles(tx, [(first, changed)], NOW + timedelta(hours=1))

    await archive.catch_up(store)

    assert await found(store, parse_query("Weizen")) == {first}
    assert first not in await found(store, parse_query("Nordkorea"))


async def test_what_is_deleted_is_found_no_more(store: Store) -> None:
    await kept(store, SOME[:2])
    await archive.catch_up(store)
    async with store.write() as tx:
        await tx.execute(text("DELETE FROM entries"))

    assert await archive.catch_up(store) == 2

    assert await found(store, parse_query("Nordkorea")) == set()
    async with store.read() as connection:
        assert (await connection.scalars(text("SELECT rowid FROM archive"))).all() == []


async def test_what_is_up_to_date_is_not_taken_in_again(store: Store) -> None:
    await kept(store, SOME)

    assert await archive.catch_up(store) == len(SOME)
    assert await archive.catch_up(store) == 0


async def test_only_what_is_dated_since_then_is_found_the_newest_first(store: Store) -> None:
    async with store.write() as tx:
        feed = await a_feed(tx)
        dates = {"old": NOW - 9 * DAY, "new": NOW, "middle": NOW - DAY}
        ids = {key: await an_entry(tx, feed, key=key, published=at) for key, at in dates.items()}
        await entries.keep_articles(tx, [(each, SOME[0]) for each in ids.values()], NOW)
    await archive.catch_up(store)

    found = await archive.search(store, parse_query("Nordkorea"), NOW - 2 * DAY)

    assert [each.entry_id for each in found] == [ids["new"], ids["middle"]]
