"""Entries in the store: who reads them, and when again."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.model import Article, Feed
from bot.store import Transaction, entries, feeds
from bot.store.schema import articles
from tests.store_kit import (
    HOUR,
    MINUTE,
    NOW,
    a_feed,
    an_entry,
    keep,
    new_entry,
    opened,
    waiting,
    was_read,
)

LEASE = 10 * MINUTE


@pytest.fixture
async def tx(tmp_path: Path) -> AsyncIterator[Transaction]:
    async with opened(tmp_path) as store, store.write() as tx:
        yield tx


@pytest.fixture
async def feed(tx: Transaction) -> Feed:
    return await a_feed(tx)


# Who reads.


async def test_new_entries_are_read_before_old_ones(tx: Transaction, feed: Feed) -> None:
    found = [new_entry("old", old=True), new_entry("new")]
    old, new = (await keep(tx, feed, *found)).new

    assert await entries.claim_waiting(tx, NOW, LEASE, 1) == [new]
    assert await entries.claim_waiting(tx, NOW, LEASE, 1) == [old]


async def test_what_is_claimed_is_nobody_elses_until_the_lease_ends(
    tx: Transaction, feed: Feed
) -> None:
    entry_id = await an_entry(tx, feed)
    assert await entries.claim(tx, [entry_id], NOW, NOW + LEASE) == [entry_id]

    assert not await entries.anything_waiting(tx, NOW + LEASE - MINUTE)
    assert await entries.claim_waiting(tx, NOW + LEASE - MINUTE, LEASE, 9) == []
    assert await entries.anything_waiting(tx, NOW + LEASE)
    assert await entries.claim_waiting(tx, NOW + LEASE, LEASE, 9) == [entry_id]


async def test_what_somebody_else_reads_or_nobody_needs_to_is_not_claimed(
    tx: Transaction, feed: Feed
) -> None:
    held, done = await an_entry(tx, feed, "a"), await an_entry(tx, feed, "b")
    await entries.claim(tx, [held], NOW, NOW + LEASE)
    await was_read(tx, await waiting(tx, done))

    assert await entries.claim(tx, [held, done], NOW, NOW + HOUR) == []


async def test_a_lease_can_be_renewed_and_given_back(tx: Transaction, feed: Feed) -> None:
    entry_id = await an_entry(tx, feed)
    await entries.claim(tx, [entry_id], NOW, NOW + LEASE)

    await entries.renew(tx, [entry_id], NOW + HOUR)
    assert await entries.claim_waiting(tx, NOW + LEASE, LEASE, 9) == []

    await entries.release(tx, [NOW + HOUR])
    assert await entries.claim_waiting(tx, NOW, LEASE, 9) == [entry_id]


async def test_what_was_removed_while_it_was_read_is_not_told(tx: Transaction, feed: Feed) -> None:
    entry = await waiting(tx, await an_entry(tx, feed))
    await feeds.remove(tx, feed.url)

    assert not await was_read(tx, entry, NOW + HOUR)

    assert await entries.waiting(tx, [entry.id]) == []


async def test_what_a_dead_process_held_is_given_back(tx: Transaction, feed: Feed) -> None:
    entry_id = await an_entry(tx, feed)
    await entries.claim_waiting(tx, NOW, LEASE, 9)

    await entries.release_all(tx)

    assert await entries.claim_waiting(tx, NOW, LEASE, 9) == [entry_id]


async def test_nothing_waits_before_its_time(tx: Transaction, feed: Feed) -> None:
    entry_id = await an_entry(tx, feed)
    await was_read(tx, await waiting(tx, entry_id), NOW + HOUR)

    assert not await entries.anything_waiting(tx, NOW + HOUR - MINUTE)
    assert await entries.claim_waiting(tx, NOW + HOUR - MINUTE, LEASE, 9) == []
    assert await entries.claim_waiting(tx, NOW + HOUR, LEASE, 9) == [entry_id]


# Having read.


async def test_what_was_read_waits_no_more(tx: Transaction, feed: Feed) -> None:
    entry_id = await an_entry(tx, feed)

    assert await was_read(tx, await waiting(tx, entry_id))
    assert await entries.waiting(tx, [entry_id]) == []
    assert not await entries.anything_waiting(tx, NOW + HOUR)


async def test_what_is_to_be_read_again_counts_its_attempts(tx: Transaction, feed: Feed) -> None:
    entry_id = await an_entry(tx, feed)
    for attempts in range(3):
        found = await waiting(tx, entry_id)
        assert found.attempts == attempts
        assert await was_read(tx, found, NOW + HOUR)

    assert (await waiting(tx, entry_id)).due == NOW + HOUR


async def test_what_changed_while_it_was_read_still_waits_in_its_new_form(
    tx: Transaction, feed: Feed
) -> None:
    entry_id = await an_entry(tx, feed)
    [claimed] = await entries.claim_waiting(tx, NOW, LEASE, 9)
    before = await waiting(tx, claimed)
    await keep(tx, feed, new_entry(digest="another", title="Neu"))

    assert not await was_read(tx, before)

    after = await waiting(tx, entry_id)
    assert (after.title, after.attempts) == ("Neu", 0)
    assert await entries.claim_waiting(tx, NOW, LEASE, 9) == [entry_id]


async def test_the_article_that_is_read_last_is_the_one_that_is_kept(
    tx: Transaction, feed: Feed
) -> None:
    entry_id = await an_entry(tx, feed)
    stand_in = Article("Titel", "Vorspann.", "feed")

    await entries.keep_articles(tx, [(entry_id, stand_in)], NOW)
    page = replace(stand_in, text="Alles.", text_from="page", language="de")
    await entries.keep_articles(tx, [(entry_id, page)], NOW + HOUR)

    [row] = (await tx.execute(select(articles))).all()
    assert (row.title, row.text, row.text_from, row.language, row.read) == (
        *("Titel", "Alles.", "page", "de"),
        NOW + HOUR,
    )


async def test_an_unknown_entry_waits_for_nothing(tx: Transaction) -> None:
    assert await entries.waiting(tx, [99]) == []
