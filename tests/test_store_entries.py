"""Entries in the store: new, changed or unchanged; who reads them, and when again."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.model import Article, Feed
from bot.store import Transaction, entries
from bot.store.entries import MOST_CHANGES, Kept, Waiting
from bot.store.schema import articles
from tests.store_kit import HOUR, MINUTE, NOW, URL, a_feed, an_entry, new_entry, opened

LEASE = 10 * MINUTE

MINUTE = timedelta(minutes=1)


@pytest.fixture
async def tx(tmp_path: Path) -> AsyncIterator[Transaction]:
    async with opened(tmp_path) as store, store.write() as tx:
        yield tx


@pytest.fixture
async def feed(tx: Transaction) -> Feed:
    return await a_feed(tx)


async def waiting(tx: Transaction, entry_id: int) -> Waiting:
    found = await entries.waiting(tx, entry_id)
    assert found is not None
    return found


# Keeping what a poll found.


async def test_what_is_new_waits_to_be_read(tx: Transaction, feed: Feed) -> None:
    kept = await entries.keep(tx, feed.id, [new_entry("a", old=True), new_entry("b")], NOW)

    assert len(kept.new) == 2
    assert kept.changed == ()
    found = await waiting(tx, kept.new[0])
    assert found == Waiting(
        id=kept.new[0],
        subject="https://depesche.example/a",
        outlet="Depesche",
        tags=frozenset(),
        interval=None,
        link="https://depesche.example/a",
        title="Titel a",
        text="Vorspann.",
        digest="digest of a",
        changes=0,
        published=NOW,
        seen=NOW,
        old=True,
        late=False,
        due=NOW,
        attempts=0,
    )


async def test_what_is_unchanged_is_left_alone(tx: Transaction, feed: Feed) -> None:
    entry_id = await an_entry(tx, feed)
    await entries.was_read(tx, await waiting(tx, entry_id), None)

    assert await entries.keep(tx, feed.id, [new_entry()], NOW + HOUR) == Kept((), ())
    assert await entries.waiting(tx, entry_id) is None


async def test_what_changed_is_read_again(tx: Transaction, feed: Feed) -> None:
    entry_id = await an_entry(tx, feed)
    await entries.was_read(tx, await waiting(tx, entry_id), NOW + HOUR)
    changed = new_entry(digest="another", title="Neuer Titel", text="Mehr.", late=True)

    kept = await entries.keep(tx, feed.id, [changed], NOW + MINUTE)

    assert kept == Kept((), (entry_id,))
    found = await waiting(tx, entry_id)
    assert (found.title, found.text, found.digest) == ("Neuer Titel", "Mehr.", "another")
    assert (found.changes, found.attempts, found.due) == (1, 0, NOW + MINUTE)
    assert found.late
    assert found.seen == NOW


async def test_a_change_of_the_link_makes_it_no_other_article(tx: Transaction, feed: Feed) -> None:
    entry_id = await an_entry(tx, feed)
    moved = new_entry(digest="another", link="https://depesche.example/x", subject="x")

    await entries.keep(tx, feed.id, [moved], NOW)

    found = await waiting(tx, entry_id)
    assert found.link == "https://depesche.example/x"
    assert found.subject == "https://depesche.example/k1"


async def test_with_its_text_it_takes_its_new_date_and_stays_old(
    tx: Transaction, feed: Feed
) -> None:
    entry_id = await an_entry(tx, feed, old=True)

    await entries.keep(tx, feed.id, [new_entry(digest="another", published=NOW + HOUR)], NOW + HOUR)

    found = await waiting(tx, entry_id)
    assert (found.published, found.old) == (NOW + HOUR, True)


async def test_a_late_entry_that_changes_before_it_was_read_is_late_still(
    tx: Transaction, feed: Feed
) -> None:
    entry_id = await an_entry(tx, feed, late=True)

    await entries.keep(tx, feed.id, [new_entry(digest="another", late=False)], NOW + HOUR)

    assert (await waiting(tx, entry_id)).late


async def test_an_entry_that_differs_every_time_is_read_once_an_hour_after_24_changes(
    tx: Transaction, feed: Feed
) -> None:
    entry_id = await an_entry(tx, feed)

    for number in range(MOST_CHANGES + 3):
        if number == MOST_CHANGES:
            await entries.was_read(tx, await waiting(tx, entry_id), None)
        moment = NOW + number * MINUTE
        await entries.keep(tx, feed.id, [new_entry(digest=str(number))], moment)

    found = await waiting(tx, entry_id)
    assert found.due == NOW + MOST_CHANGES * MINUTE + HOUR
    assert found.digest == str(MOST_CHANGES + 2)


async def test_the_same_key_in_two_feeds_is_two_entries(tx: Transaction, feed: Feed) -> None:
    other = await a_feed(tx, f"{URL}?2")
    await an_entry(tx, feed)

    assert len((await entries.keep(tx, other.id, [new_entry()], NOW)).new) == 1


async def test_a_feed_may_have_no_entries(tx: Transaction, feed: Feed) -> None:
    assert await entries.keep(tx, feed.id, [], NOW) == Kept((), ())


# Who reads.


async def test_new_entries_are_read_before_old_ones(tx: Transaction, feed: Feed) -> None:
    found = [new_entry("old", old=True), new_entry("new")]
    old, new = (await entries.keep(tx, feed.id, found, NOW)).new

    assert await entries.claim_waiting(tx, NOW, LEASE, 1) == [new]
    assert await entries.claim_waiting(tx, NOW, LEASE, 1) == [old]


async def test_what_is_claimed_is_nobody_elses_until_the_lease_ends(
    tx: Transaction, feed: Feed
) -> None:
    entry_id = await an_entry(tx, feed)
    await entries.claim(tx, [entry_id], NOW + LEASE)

    assert not await entries.anything_waiting(tx, NOW + LEASE - MINUTE)
    assert await entries.claim_waiting(tx, NOW + LEASE - MINUTE, LEASE, 9) == []
    assert await entries.anything_waiting(tx, NOW + LEASE)
    assert await entries.claim_waiting(tx, NOW + LEASE, LEASE, 9) == [entry_id]


async def test_what_a_dead_process_held_is_given_back(tx: Transaction, feed: Feed) -> None:
    entry_id = await an_entry(tx, feed)
    await entries.claim_waiting(tx, NOW, LEASE, 9)

    await entries.release_all(tx)

    assert await entries.claim_waiting(tx, NOW, LEASE, 9) == [entry_id]


async def test_nothing_waits_before_its_time(tx: Transaction, feed: Feed) -> None:
    entry_id = await an_entry(tx, feed)
    await entries.was_read(tx, await waiting(tx, entry_id), NOW + HOUR)

    assert not await entries.anything_waiting(tx, NOW + HOUR - MINUTE)
    assert await entries.claim_waiting(tx, NOW + HOUR - MINUTE, LEASE, 9) == []
    assert await entries.claim_waiting(tx, NOW + HOUR, LEASE, 9) == [entry_id]


# Having read.


async def test_what_was_read_waits_no_more(tx: Transaction, feed: Feed) -> None:
    entry_id = await an_entry(tx, feed)

    assert await entries.was_read(tx, await waiting(tx, entry_id), None)
    assert await entries.waiting(tx, entry_id) is None
    assert not await entries.anything_waiting(tx, NOW + HOUR)


async def test_what_is_to_be_read_again_counts_its_attempts(tx: Transaction, feed: Feed) -> None:
    entry_id = await an_entry(tx, feed)
    for attempts in range(3):
        found = await waiting(tx, entry_id)
        assert found.attempts == attempts
        assert await entries.was_read(tx, found, NOW + HOUR)

    assert (await waiting(tx, entry_id)).due == NOW + HOUR


async def test_what_changed_while_it_was_read_still_waits_in_its_new_form(
    tx: Transaction, feed: Feed
) -> None:
    entry_id = await an_entry(tx, feed)
    [claimed] = await entries.claim_waiting(tx, NOW, LEASE, 9)
    before = await waiting(tx, claimed)
    await entries.keep(tx, feed.id, [new_entry(digest="another", title="Neu")], NOW)

    assert not await entries.was_read(tx, before, None)

    after = await waiting(tx, entry_id)
    assert (after.title, after.attempts) == ("Neu", 0)
    assert await entries.claim_waiting(tx, NOW, LEASE, 9) == [entry_id]


async def test_the_article_that_is_read_last_is_the_one_that_is_kept(
    tx: Transaction, feed: Feed
) -> None:
    entry_id = await an_entry(tx, feed)
    stand_in = Article("Titel", "Vorspann.", "feed")

    await entries.keep_article(tx, entry_id, stand_in, NOW)
    page = replace(stand_in, text="Alles.", text_from="page", language="de")
    await entries.keep_article(tx, entry_id, page, NOW + HOUR)

    [row] = (await tx.execute(select(articles))).all()
    assert (row.title, row.text, row.text_from, row.language, row.read) == (
        *("Titel", "Alles.", "page", "de"),
        NOW + HOUR,
    )


async def test_an_unknown_entry_waits_for_nothing(tx: Transaction) -> None:
    assert await entries.waiting(tx, 99) is None
