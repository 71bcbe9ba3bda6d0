"""The doctor and the suggestions on an archive: what is said of a change is what it would find."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from pathlib import Path

import pytest
from sqlalchemy import insert

from bot.model import Article
from bot.pipeline import archive
from bot.pipeline.doctor import Report, examine
from bot.pipeline.suggest import suggest
from bot.store import Store, entries, own
from bot.store.schema import members
from bot.watch.language import parse, parse_query
from bot.watch.watchlist import Watchlist
from tests.bench.corpus import CORPUS, articles
from tests.store_kit import DAY, NOW, a_chat, a_feed, an_entry, opened

SINCE = NOW - 9 * DAY
BANKS = "Bank # das Haus\nSparkasse\nBank & Zins\nGold\n-Fußball\n"
TEXTS = (
    ("Zinsen", "Die Bank hebt den Zins."),
    ("Filialen", "Die Bank schließt."),
    ("Leipzig", "Die Deutsche Bank und die Sparkasse bauen."),
    ("Segler", "Ein Boot strandete auf einer Sandbank."),
    ("Robben", "Robben lagen auf der Sandbank."),
    ("Fußball", "Der Trainer blieb auf der Bank, ein Fußball flog."),
    ("Wetter", "Am Abend regnete es."),
)


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    async with opened(tmp_path) as store:
        yield store


async def read(
    store: Store, texts: Sequence[tuple[str, str]], stories: Mapping[int, int] | None = None
) -> list[int]:
    """These were read; `stories` are the places of articles of one event, and of its first."""
    async with store.write() as tx:
        feed = await a_feed(tx)
        ids = [await an_entry(tx, feed, key=f"k{n}") for n in range(len(texts))]
        made = [Article(title, text, "page", "de") for title, text in texts]
        await entries.keep_articles(tx, list(zip(ids, made, strict=True)), NOW)
        for place, first in (stories or {}).items():
            row = {"entry_id": ids[place], "story": ids[first], "verdict": "wire"}
            await tx.execute(insert(members).values(**row, decision={}, joined=NOW))
    await archive.catch_up(store)
    return ids


async def found(store: Store, watchlist: Watchlist) -> int:
    return len(await archive.search(store, watchlist, SINCE))


async def agrees(store: Store, report: Report) -> None:
    """Each change was said to leave what the changed list really finds."""
    for each in report.tried:
        changed = parse(each.source, "", report.watchlist.name)
        assert await found(store, changed) == each.articles, each.remedy


async def test_what_a_change_leaves_is_what_the_changed_list_finds(store: Store) -> None:
    await read(store, TEXTS)
    async with store.write() as tx:
        await a_chat(tx)
        await own.exclude(tx, 1001, "banken", "Boot | Leipzig", NOW)

    report = await examine(store, parse(BANKS, "", "banken"), SINCE)

    assert report.diagnosis.tally.articles == await found(store, report.watchlist) == 5
    assert {each.remedy.why for each in report.tried} == {
        *("excluded", "surprising_form", "superfluous")
    }
    await agrees(store, report)


async def test_on_real_articles_it_is_the_same(store: Store) -> None:
    if not CORPUS.is_dir():
        pytest.skip("the corpus is not here: no list is examined on real articles")
    await read(store, [("", text) for text in list(articles().values())[:300]])

    for source in ("Bank\nWahl\n-Sport\n", "Polizei\nMord & Wien\nMord\n", "Flüchtling\n"):
        report = await examine(store, parse(source, "", "liste"), SINCE)

        assert report.tried
        await agrees(store, report)


async def test_an_exclusion_that_keeps_something_away_is_not_idle(store: Store) -> None:
    await read(store, TEXTS)

    report = await examine(store, parse(f"{BANKS}-Parkbank\n", "", "banken"), SINCE)

    assert [each.text for each in report.diagnosis.idle] == ["-Parkbank"]


async def test_articles_of_one_story_are_one_event(store: Store) -> None:
    await read(store, TEXTS, {0: 0, 1: 0, 2: 0})

    report = await examine(store, parse("Bank\n", "", "banken"), SINCE)

    assert (report.diagnosis.tally.articles, report.diagnosis.tally.events) == (6, 4)


async def test_of_a_list_that_finds_too_much_the_newest_are_examined(store: Store) -> None:
    await read(store, TEXTS)

    report = await examine(store, parse("Bank\n", "", "banken"), SINCE, most=2)

    assert (report.cut, report.diagnosis.tally.articles) == (True, 2)


async def test_a_list_for_some_tags_is_examined_with_all_feeds(store: Store) -> None:
    await read(store, TEXTS)

    report = await examine(store, parse("@tags region\nBank\nGold\n", "", "banken"), SINCE)

    assert (report.anywhere, report.diagnosis.tally.articles) == (True, 6)
    assert report.tried


async def test_an_empty_archive_has_nothing_but_lines_that_found_nothing(store: Store) -> None:
    report = await examine(store, parse("Bank\n", "", "banken"), SINCE)

    assert [each.text for each in report.diagnosis.never] == ["Bank"]
    assert report.tried == []


async def test_copies_of_one_text_suggest_nothing(store: Store) -> None:
    copies = [("", "Die Bank folgt der EZB.")] * 5
    others = [("", f"Am Abend regnete es {n} Stunden.") for n in range(20)]

    await read(store, [*copies, *others], dict.fromkeys(range(5), 0))

    said = await suggest(store, parse_query("Bank"), SINCE)
    assert (said.articles, said.events, said.found) == (5, 1, [])


async def test_a_word_that_the_list_has_already_is_not_suggested(store: Store) -> None:
    news = [("", f"Die Bank folgt der EZB, der Zins steigt auf {n}.") for n in range(5)]
    others = [("", f"Am Abend regnete es {n} Stunden.") for n in range(20)]
    await read(store, [*news, *others])

    query = await suggest(store, parse_query("Bank"), SINCE)
    both = await suggest(store, parse("Bank\n=EZB\n", "", "banken"), SINCE)

    assert [each.line for each in query.found] == ["EZB", "Zins"]
    assert [each.line for each in both.found] == ["Zins"]


async def test_the_loop_goes_on_while_a_list_is_examined(store: Store) -> None:
    await read(store, TEXTS * 20)
    beats = 0

    async def beat() -> None:
        nonlocal beats
        while True:
            await asyncio.sleep(0)
            beats += 1

    beating = asyncio.create_task(beat())
    await examine(store, parse(BANKS, "", "banken"), SINCE)
    beating.cancel()

    assert beats > 20
