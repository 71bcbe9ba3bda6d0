"""Feeds in the store: files win, leases keep two from polling one, polls leave their mark."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.model import Feed, Validators
from bot.store import Transaction, entries, feeds, polls
from bot.store.feeds import FeedState, Source
from bot.store.polls import Failure, Success
from tests.store_kit import DAY, HOUR, MINUTE, NOW, URL, a_feed, an_entry, opened

OTHER = "https://kurier.example/rss"
LEASE = 10 * MINUTE


@pytest.fixture
async def tx(tmp_path: Path) -> AsyncIterator[Transaction]:
    async with opened(tmp_path) as store, store.write() as tx:
        yield tx


async def found(tx: Transaction, url: str = URL) -> FeedState:
    feed = await feeds.find(tx, url)
    assert feed is not None
    return feed


async def claimed(tx: Transaction, url: str = URL) -> Feed:
    [feed] = await feeds.claim_all(tx, NOW + DAY, LEASE, url)
    return feed


def success(**more: object) -> Success:
    return Success(Validators('"e"', "Fri"), "digest", NOW + HOUR, **more)  # type: ignore[arg-type]  # a title


# Which feeds there are.


async def test_a_feed_that_is_added_is_due_at_once(tx: Transaction) -> None:
    assert await feeds.add(tx, Source(URL, "Depesche", 5 * MINUTE, ("politik",)), NOW)

    assert await found(tx) == FeedState(
        URL, "Depesche", "store", "active", None, None, NOW, ("politik",)
    )
    [feed] = await feeds.claim_due(tx, NOW, LEASE, 10)
    assert (feed.every, feed.added) == (5 * MINUTE, NOW)
    assert (feed.first_success, feed.last_success, feed.errors) == (None, None, 0)
    assert feed.validators == Validators()


async def test_a_feed_that_is_known_is_left_as_it_is(tx: Transaction) -> None:
    await feeds.add(tx, Source(URL, "Depesche"), NOW)

    assert not await feeds.add(tx, Source(URL, "Another name"), NOW + HOUR)
    assert (await found(tx)).name == "Depesche"


async def test_configured_feeds_come_and_go_with_the_file(tx: Transaction) -> None:
    await feeds.configure(tx, [Source(URL, "A"), Source(OTHER, "B")], NOW)
    await feeds.configure(tx, [Source(OTHER, "C", 5 * MINUTE)], NOW + HOUR)

    [feed] = await feeds.listed(tx)
    assert (feed.url, feed.name, feed.origin) == (OTHER, "C", "config")


async def test_feeds_that_were_added_by_command_stay_when_the_file_changes(
    tx: Transaction,
) -> None:
    await feeds.add(tx, Source(URL), NOW)

    await feeds.configure(tx, [], NOW)

    assert (await found(tx)).origin == "store"


async def test_a_feed_in_both_takes_what_the_file_says(tx: Transaction) -> None:
    await feeds.add(tx, Source(URL, "By command", 5 * MINUTE, ("a",)), NOW)

    await feeds.configure(tx, [Source(URL, "By file", HOUR, ("b",))], NOW + HOUR)

    feed = await claimed(tx)
    assert (feed.name, feed.every, feed.tags) == ("By file", HOUR, ("b",))
    assert (await found(tx)).origin == "config"
    assert feed.added == NOW


async def test_a_file_without_a_name_leaves_the_name_that_the_feed_has(tx: Transaction) -> None:
    await feeds.add(tx, Source(URL, "By command"), NOW)

    await feeds.configure(tx, [Source(URL)], NOW)

    assert (await found(tx)).name == "By command"


async def test_configuring_the_same_again_keeps_what_was_polled(tx: Transaction) -> None:
    await feeds.configure(tx, [Source(URL, "A")], NOW)
    feed = await claimed(tx)
    entry_id = await an_entry(tx, feed)
    await polls.succeeded(tx, feed, success(), NOW)

    await feeds.configure(tx, [Source(URL, "A")], NOW + HOUR)

    feed = await claimed(tx)
    assert feed.validators == Validators('"e"', "Fri")
    assert feed.body_digest == "digest"
    assert await entries.waiting(tx, [entry_id])


async def test_of_a_feed_that_is_removed_nothing_more_is_polled_or_read(tx: Transaction) -> None:
    await an_entry(tx, await a_feed(tx))

    await feeds.remove(tx, URL)

    assert await feeds.find(tx, URL) is None
    assert not await feeds.anything_due(tx, NOW)
    assert not await entries.anything_waiting(tx, NOW)


async def test_a_feed_that_comes_back_begins_anew_and_knows_what_it_had(tx: Transaction) -> None:
    feed = await a_feed(tx)
    await an_entry(tx, feed)
    await polls.succeeded(tx, feed, Success(Validators("x"), "y", NOW), NOW)
    await feeds.remove(tx, URL)

    await feeds.add(tx, Source(URL), NOW)

    [again] = await feeds.claim_due(tx, NOW, timedelta(minutes=1), 10)
    assert (again.id, again.first_success, again.validators) == (feed.id, None, Validators())


async def test_feeds_are_listed_by_name(tx: Transaction) -> None:
    await feeds.add(tx, Source(URL, "B"), NOW)
    await feeds.add(tx, Source(OTHER, "A"), NOW)

    assert [feed.name for feed in await feeds.listed(tx)] == ["A", "B"]


# Who polls.


async def test_what_is_claimed_is_nobody_elses_until_the_lease_ends(tx: Transaction) -> None:
    await feeds.add(tx, Source(URL), NOW)
    await feeds.claim_due(tx, NOW, LEASE, 10)

    assert await feeds.claim_due(tx, NOW + LEASE - MINUTE, LEASE, 10) == []
    assert await feeds.claim_all(tx, NOW + LEASE - MINUTE, LEASE) == []
    assert not await feeds.anything_due(tx, NOW + LEASE - MINUTE)
    assert await feeds.anything_due(tx, NOW + LEASE)
    assert len(await feeds.claim_due(tx, NOW + LEASE, LEASE, 10)) == 1


async def test_what_a_dead_process_held_is_given_back(tx: Transaction) -> None:
    await a_feed(tx)

    await feeds.release_all(tx)

    assert len(await feeds.claim_due(tx, NOW, LEASE, 10)) == 1


async def test_the_longest_due_are_claimed_first(tx: Transaction) -> None:
    await feeds.add(tx, Source(URL), NOW)
    await feeds.add(tx, Source(OTHER), NOW - HOUR)

    assert [feed.url for feed in await feeds.claim_due(tx, NOW, LEASE, 1)] == [OTHER]
    assert [feed.url for feed in await feeds.claim_due(tx, NOW, LEASE, 1)] == [URL]


async def test_a_feed_is_not_due_before_its_time(tx: Transaction) -> None:
    await feeds.add(tx, Source(URL), NOW)

    assert not await feeds.anything_due(tx, NOW - MINUTE)
    assert await feeds.claim_due(tx, NOW - MINUTE, LEASE, 10) == []
    assert len(await feeds.claim_all(tx, NOW - MINUTE, LEASE)) == 1


async def test_one_feed_can_be_claimed_by_its_url(tx: Transaction) -> None:
    await feeds.add(tx, Source(URL), NOW)
    await feeds.add(tx, Source(OTHER), NOW)

    assert [feed.url for feed in await feeds.claim_all(tx, NOW, LEASE, OTHER)] == [OTHER]


async def test_a_paused_feed_is_left_alone_until_it_is_resumed(tx: Transaction) -> None:
    await feeds.add(tx, Source(URL), NOW)
    await feeds.set_state(tx, URL, "paused")

    assert not await feeds.anything_due(tx, NOW)
    assert await feeds.claim_all(tx, NOW, LEASE) == []

    await feeds.set_state(tx, URL, "active")
    assert len(await feeds.claim_due(tx, NOW, LEASE, 10)) == 1


# How a poll went.


async def test_a_poll_that_worked_is_remembered_and_gives_the_feed_back(tx: Transaction) -> None:
    await polls.succeeded(tx, await a_feed(tx), success(), NOW + MINUTE)

    [feed] = await feeds.claim_due(tx, NOW + HOUR, LEASE, 10)
    assert feed.validators == Validators('"e"', "Fri")
    assert feed.body_digest == "digest"
    assert (feed.first_success, feed.last_success) == (NOW + MINUTE, NOW + MINUTE)


async def test_the_first_success_stays_the_first(tx: Transaction) -> None:
    await polls.succeeded(tx, await a_feed(tx), success(), NOW)
    await polls.succeeded(tx, await claimed(tx), success(), NOW + DAY)

    feed = await claimed(tx)
    assert (feed.first_success, feed.last_success) == (NOW, NOW + DAY)


@pytest.mark.parametrize(("name", "expected"), [("", "Its title"), ("Given", "Given")])
async def test_a_feed_without_a_name_is_called_by_its_title(
    tx: Transaction, name: str, expected: str
) -> None:
    await polls.succeeded(tx, await a_feed(tx, name=name), success(title="Its title"), NOW)

    assert (await found(tx)).name == expected


async def test_a_poll_that_failed_keeps_what_the_last_good_one_left(tx: Transaction) -> None:
    await polls.succeeded(tx, await a_feed(tx), success(), NOW)
    await polls.failed(tx, await claimed(tx), Failure("HTTP 503", NOW + 2 * HOUR))

    state = await found(tx)
    assert (state.error, state.next_due, state.last_success) == ("HTTP 503", NOW + 2 * HOUR, NOW)
    [feed] = await feeds.claim_due(tx, NOW + 2 * HOUR, LEASE, 10)
    assert (feed.errors, feed.body_digest) == (1, "digest")


async def test_errors_are_counted_until_a_poll_works_again(tx: Transaction) -> None:
    await a_feed(tx)
    for hours in range(1, 4):
        feed = (await feeds.claim_all(tx, NOW + timedelta(days=hours), LEASE))[0]
        await polls.failed(tx, feed, Failure("HTTP 503", NOW))
    feed = await claimed(tx)
    assert feed.errors == 3

    await polls.succeeded(tx, feed, success(), NOW)

    assert (await claimed(tx)).errors == 0
    assert (await found(tx)).error is None
