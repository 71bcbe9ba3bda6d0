"""What the store knows against a list: false alarms, exclusions; and a sample to compare with."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.model import Article
from bot.pipeline import archive
from bot.store import Store, Transaction, alerts, background, claims, entries, outbox, own
from bot.store.schema import alerts as table
from tests.store_kit import (
    DAY,
    GROUP,
    NOW,
    PERSON,
    a_chat,
    a_feed,
    a_read_entry,
    an_entry,
    opened,
    told,
)


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    async with opened(tmp_path) as store:
        yield store


async def a_vote(tx: Transaction, entry_id: int, *watchlists: str, voters: int = 1) -> None:
    """A group was told of an entry, and some of its people call that not relevant."""
    letter = await outbox.post(tx, GROUP, "alert", NOW, NOW)
    await alerts.open_alert(tx, entry_id, told(GROUP, *watchlists), letter, NOW)
    alert = await tx.scalar(table.select().with_only_columns(table.c.id).order_by(-table.c.id))
    assert alert
    for voter in range(voters):
        await claims.vote(tx, alert, voter + 1)


async def test_false_alarms_are_known_by_list_and_since_when(store: Store) -> None:
    async with store.write() as tx:
        await a_chat(tx, GROUP)
        feed = await a_feed(tx)
        ours = await a_read_entry(tx, feed, "k1")
        theirs = await a_read_entry(tx, feed, "k2")
        old = await a_read_entry(tx, feed, "k3", published=NOW - 9 * DAY)
        await a_read_entry(tx, feed, "k4")
        await a_vote(tx, ours, "banken", "energie", voters=2)
        await a_vote(tx, theirs, "energie")
        await a_vote(tx, old, "banken")

        assert await claims.unwanted(tx, "banken", NOW - DAY) == {ours}
        assert await claims.unwanted(tx, "banken", NOW - 10 * DAY) == {ours, old}
        assert await claims.unwanted(tx, "wetter", NOW - DAY) == set()


async def test_what_most_chats_exclude_from_a_list_comes_first(store: Store) -> None:
    async with store.write() as tx:
        for chat in (PERSON, GROUP):
            await a_chat(tx, chat)
            await own.exclude(tx, chat, "banken", "Sandbank", NOW)
        await own.exclude(tx, PERSON, "banken", "Parkbank", NOW)
        await own.exclude(tx, PERSON, "energie", "Windrad", NOW)

        assert await own.lines_excluded(tx, "banken") == ["Sandbank", "Parkbank"]


async def test_queries_are_read_back_as_they_were_written_and_merged_so(store: Store) -> None:
    mine, theirs = ["(A |\x85B) & C\u2028D", "E\x0cF"], ["G\x1dH", "E\x0cF"]
    async with store.write() as tx:
        for chat, lines in ((PERSON, mine), (GROUP, theirs)):
            await a_chat(tx, chat)
            await own.set_lines(tx, chat, lines)

        assert await own.lines(tx, PERSON) == mine
        await own.merge(tx, GROUP, PERSON)

        assert await own.lines(tx, PERSON) == [*mine, "G\x1dH"]


async def test_a_sample_has_the_words_of_articles_from_all_of_the_time(store: Store) -> None:
    async with store.write() as tx:
        feed = await a_feed(tx)
        dates = [NOW - each * DAY for each in range(20)]
        ids = [await an_entry(tx, feed, f"k{n}", published=at) for n, at in enumerate(dates)]
        article = Article("Weizen", "Die Ernte war gut.", "page", "de")
        await entries.keep_articles(tx, [(each, article) for each in ids], NOW)
    await archive.catch_up(store)

    async with store.read() as connection:
        all_, one = await background.sample(connection, NOW - 30 * DAY, 100)
        some, step = await background.sample(connection, NOW - 30 * DAY, 5)
        late, _ = await background.sample(connection, NOW - 5 * DAY, 100)

    assert ([each.entry_id for each in all_], one) == (ids, 1)
    assert (len(some), step) == (5, 4)
    assert [each.entry_id for each in late] == ids[:6]
    assert len(background.numbers(all_[0].packed)) == 5


async def test_of_an_empty_archive_there_is_no_sample(store: Store) -> None:
    async with store.read() as connection:
        assert await background.sample(connection, NOW - DAY, 100) == ([], 1)
