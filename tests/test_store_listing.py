"""What a feed lists: new, changed, unchanged, under another id, or gone."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.model import Feed
from bot.store import Transaction, entries
from bot.store.entries import Waiting
from bot.store.listing import MOST_CHANGES, Kept
from tests.store_kit import (
    HOUR,
    MINUTE,
    NOW,
    URL,
    a_feed,
    an_entry,
    keep,
    new_entry,
    opened,
    waiting,
    was_read,
)


@pytest.fixture
async def tx(tmp_path: Path) -> AsyncIterator[Transaction]:
    async with opened(tmp_path) as store, store.write() as tx:
        yield tx


@pytest.fixture
async def feed(tx: Transaction) -> Feed:
    return await a_feed(tx)


# Keeping what a poll found.


async def test_what_is_new_waits_to_be_read(tx: Transaction, feed: Feed) -> None:
    kept = await keep(tx, feed, new_entry("a", old=True), new_entry("b"))

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
        listed=True,
    )


async def test_what_is_unchanged_is_left_alone(tx: Transaction, feed: Feed) -> None:
    entry_id = await an_entry(tx, feed)
    await was_read(tx, await waiting(tx, entry_id))

    assert await keep(tx, feed, new_entry(), now=NOW + HOUR) == Kept((), ())
    assert await entries.waiting(tx, [entry_id]) == []


async def test_what_changed_is_read_again(tx: Transaction, feed: Feed) -> None:
    entry_id = await an_entry(tx, feed)
    await was_read(tx, await waiting(tx, entry_id), NOW + HOUR)
    changed = new_entry(digest="another", title="Neuer Titel", text="Mehr.", late=True)

    kept = await keep(tx, feed, changed, now=NOW + MINUTE)

    assert kept == Kept((), (entry_id,))
    found = await waiting(tx, entry_id)
    assert (found.title, found.text, found.digest) == ("Neuer Titel", "Mehr.", "another")
    assert (found.changes, found.attempts, found.due) == (1, 0, NOW + MINUTE)
    assert found.late
    assert found.seen == NOW


async def test_a_change_of_the_link_makes_it_no_other_article(tx: Transaction, feed: Feed) -> None:
    entry_id = await an_entry(tx, feed)
    moved = new_entry(digest="another", link="https://depesche.example/x", subject="x")

    await keep(tx, feed, moved)

    found = await waiting(tx, entry_id)
    assert found.link == "https://depesche.example/x"
    assert found.subject == "https://depesche.example/k1"


async def test_with_its_text_it_takes_its_new_date_and_stays_old(
    tx: Transaction, feed: Feed
) -> None:
    entry_id = await an_entry(tx, feed, old=True)

    await keep(tx, feed, new_entry(digest="another", published=NOW + HOUR), now=NOW + HOUR)

    found = await waiting(tx, entry_id)
    assert (found.published, found.old) == (NOW + HOUR, True)


async def test_a_late_entry_that_changes_before_it_was_read_is_late_still(
    tx: Transaction, feed: Feed
) -> None:
    entry_id = await an_entry(tx, feed, late=True)

    await keep(tx, feed, new_entry(digest="another", late=False), now=NOW + HOUR)

    assert (await waiting(tx, entry_id)).late


async def test_an_entry_that_differs_every_time_is_read_once_an_hour_after_24_changes(
    tx: Transaction, feed: Feed
) -> None:
    entry_id = await an_entry(tx, feed)

    for number in range(MOST_CHANGES + 3):
        if number == MOST_CHANGES:
            await was_read(tx, await waiting(tx, entry_id))
        moment = NOW + number * MINUTE
        await keep(tx, feed, new_entry(digest=str(number)), now=moment)

    found = await waiting(tx, entry_id)
    assert found.due == NOW + MOST_CHANGES * MINUTE + HOUR
    assert found.digest == str(MOST_CHANGES + 2)


async def test_the_same_key_in_two_feeds_is_two_entries(tx: Transaction, feed: Feed) -> None:
    other = await a_feed(tx, f"{URL}?2")
    await an_entry(tx, feed)

    assert len((await keep(tx, other, new_entry())).new) == 1


async def test_a_feed_may_have_no_entries(tx: Transaction, feed: Feed) -> None:
    assert await keep(tx, feed) == Kept((), ())


# Gone, there again, under another id.


async def test_what_a_feed_lists_no_more_is_known_and_not_listed(
    tx: Transaction, feed: Feed
) -> None:
    gone = await an_entry(tx, feed, "gone")

    await keep(tx, feed, new_entry("there"))

    assert not (await waiting(tx, gone)).listed
    assert await keep(tx, feed, new_entry("gone"), new_entry("there")) == Kept((), ())
    assert (await waiting(tx, gone)).listed


async def test_what_half_a_feed_does_not_list_may_be_in_the_other_half(
    tx: Transaction, feed: Feed
) -> None:
    entry_id = await an_entry(tx, feed)

    await keep(tx, feed, new_entry("there"), complete=False)

    assert (await waiting(tx, entry_id)).listed


async def test_another_feed_says_nothing_of_what_is_listed(tx: Transaction, feed: Feed) -> None:
    entry_id = await an_entry(tx, feed)

    await keep(tx, await a_feed(tx, f"{URL}?2"), new_entry("there"))

    assert (await waiting(tx, entry_id)).listed


async def test_an_entry_that_says_the_same_under_another_id_is_the_same(
    tx: Transaction, feed: Feed
) -> None:
    await keep(tx, feed, new_entry("1", digest="a"), new_entry("2", digest="b"))

    again = [new_entry("3", digest="a"), new_entry("4", digest="b")]
    assert await keep(tx, feed, *again) == Kept((), ())

    assert await keep(tx, feed, *again) == Kept((), ())


async def test_an_entry_on_the_same_page_under_another_id_has_changed(
    tx: Transaction, feed: Feed
) -> None:
    entry_id = await an_entry(tx, feed)
    again = new_entry("k2", digest="another", title="Neuer Titel", subject=new_entry().subject)

    assert await keep(tx, feed, again) == Kept((), (entry_id,))

    assert (await waiting(tx, entry_id)).title == "Neuer Titel"


async def test_an_entry_beside_one_that_says_the_same_is_another(
    tx: Transaction, feed: Feed
) -> None:
    await an_entry(tx, feed)

    kept = await keep(tx, feed, new_entry(), new_entry("k2", digest="digest of k1"))

    assert len(kept.new) == 1


async def test_of_several_that_say_the_same_none_is_taken_for_another(
    tx: Transaction, feed: Feed
) -> None:
    await keep(tx, feed, new_entry("1", digest="a"), new_entry("2", digest="a"))

    kept = await keep(tx, feed, new_entry("3", digest="a"), new_entry("4", digest="a"))

    assert len(kept.new) == 2


async def test_a_change_without_a_date_leaves_the_date_as_it_was(
    tx: Transaction, feed: Feed
) -> None:
    entry_id = await an_entry(tx, feed, dated=False)
    changed = new_entry(digest="another", published=NOW + HOUR, dated=False)

    await keep(tx, feed, changed, now=NOW + HOUR)

    assert (await waiting(tx, entry_id)).published == NOW


async def test_who_is_listed_is_looked_up_in_the_index_of_those_that_are(
    tx: Transaction, feed: Feed
) -> None:
    plan = await tx.execute(
        text("EXPLAIN QUERY PLAN SELECT key FROM entries WHERE feed_id = 1 AND entries.listed = 1")
    )

    assert "entries_listed" in str(plan.all())


async def test_a_later_text_on_the_page_of_an_old_entry_is_news(
    tx: Transaction, feed: Feed
) -> None:
    entry_id = await an_entry(tx, feed, old=True)
    said = {"subject": new_entry().subject, "digest": "another", "published": NOW + HOUR}

    await keep(tx, feed, new_entry("k2", **said), now=NOW + HOUR)

    assert not (await waiting(tx, entry_id)).old


async def test_an_old_entry_that_only_gets_another_id_stays_old(
    tx: Transaction, feed: Feed
) -> None:
    entry_id = await an_entry(tx, feed, old=True)
    said = {"digest": new_entry().digest, "published": NOW + HOUR}

    await keep(tx, feed, new_entry("k2", **said), now=NOW + HOUR)

    assert (await waiting(tx, entry_id)).old


async def test_a_ticker_that_is_listed_again_is_read_again(tx: Transaction, feed: Feed) -> None:
    ticker, article = new_entry("ticker", grows=True), new_entry("article")
    for entry_id in (await keep(tx, feed, ticker, article)).new:
        await was_read(tx, await waiting(tx, entry_id))
    await keep(tx, feed, new_entry("another"))

    await keep(tx, feed, ticker, article, now=NOW + HOUR)

    found = await entries.waiting(tx, range(9))
    assert [(each.title, each.due) for each in found if each.seen == NOW and each.due > NOW] == [
        ("Titel ticker", NOW + HOUR)
    ]


async def test_any_number_of_entries_can_be_listed_no_more(tx: Transaction, feed: Feed) -> None:
    await keep(tx, feed, *(new_entry(str(number)) for number in range(40_000)))

    await keep(tx, feed, new_entry("there"))

    listed = await tx.scalar(text("SELECT count(*) FROM entries WHERE listed = 1"))
    assert listed == 1
