"""What polls leave behind in the store: rhythm, moves, ends, and hosts that are left alone."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.model import Feed, Hints, Validators
from bot.store import Transaction, feeds, polls
from bot.store.feeds import Source
from bot.store.polls import Failure, Success
from tests.store_kit import DAY, HOUR, MINUTE, NOW, URL, a_feed, opened

NEW = "https://depesche.example/new.xml"
OTHER = "https://kurier.example/rss"
WORKED = Success(Validators(), "digest", NOW + MINUTE)


@pytest.fixture
async def tx(tmp_path: Path) -> AsyncIterator[Transaction]:
    async with opened(tmp_path) as store, store.write() as tx:
        yield tx


async def claimed(tx: Transaction, url: str = URL) -> Feed:
    [feed] = await feeds.claim_all(tx, NOW + DAY, HOUR, url)
    await feeds.release_all(tx)
    return feed


async def due(tx: Transaction, url: str = URL) -> timedelta:
    feed = await feeds.find(tx, url)
    assert feed is not None
    return feed.next_due - NOW


# What is learned.


async def test_rhythm_hints_and_interval_are_remembered(tx: Transaction) -> None:
    hints = Hints(5 * MINUTE, (1, 2), (6,))
    success = replace(WORKED, rhythm=(1, 2), hints=hints, interval=4 * MINUTE, full=True)

    await polls.succeeded(tx, await a_feed(tx), success, NOW)

    feed = await claimed(tx)
    assert (feed.rhythm, feed.hints) == ((1, 2), hints)
    assert (feed.interval, feed.last_full) == (4 * MINUTE, NOW)


async def test_an_answer_without_a_body_leaves_them_as_they_are(tx: Transaction) -> None:
    hints = Hints(5 * MINUTE)
    full = replace(WORKED, rhythm=(1, 2), hints=hints, full=True)
    await polls.succeeded(tx, await a_feed(tx), full, NOW)

    await polls.succeeded(tx, await claimed(tx), WORKED, NOW + HOUR)

    feed = await claimed(tx)
    assert (feed.rhythm, feed.hints, feed.last_full) == ((1, 2), hints, NOW)


async def test_errors_add_their_weight_until_a_poll_works(tx: Transaction) -> None:
    await polls.failed(tx, await a_feed(tx), Failure("HTTP 503", NOW, 0.5))
    await polls.failed(tx, await claimed(tx), Failure("no name", NOW, 0.25))
    feed = await claimed(tx)
    assert (feed.errors, feed.streak) == (2, 0.75)

    await polls.succeeded(tx, feed, WORKED, NOW)

    feed = await claimed(tx)
    assert (feed.errors, feed.streak) == (0, 0)


async def test_a_feed_that_was_not_asked_has_not_failed(tx: Transaction) -> None:
    await polls.failed(tx, await a_feed(tx), Failure("HTTP 429", NOW, 0.5))

    await polls.postponed(tx, await claimed(tx), NOW + HOUR, "held")

    feed = await claimed(tx)
    assert (feed.errors, feed.streak, await due(tx)) == (1, 0.5, HOUR)


# Hosts.


async def test_no_feed_of_a_held_host_is_due_before_the_hold_ends(tx: Transaction) -> None:
    near = "HTTPS://Depesche.example:443/b.xml"
    far = [
        "https://not-depesche.example/",
        "https://depesche.example:8443/",
        f"{OTHER}?depesche.example",
    ]
    for url in (URL, near, *far):
        await feeds.add(tx, Source(url), NOW)

    await polls.hold_host(tx, ("depesche.example", 443), NOW + HOUR, "held")

    assert [await due(tx, url) for url in (URL, near)] == [HOUR, HOUR]
    assert [await due(tx, url) for url in far] == [timedelta(0)] * 3


async def test_a_hold_brings_nothing_forward(tx: Transaction) -> None:
    await polls.succeeded(tx, await a_feed(tx), replace(WORKED, next_due=NOW + DAY), NOW)

    await polls.hold_host(tx, ("depesche.example", 443), NOW + HOUR, "held")

    assert await due(tx) == DAY


# The end.


async def test_a_feed_that_has_ended_is_polled_no_more_and_ends_once(tx: Transaction) -> None:
    feed = await a_feed(tx)
    await feeds.release_all(tx)

    assert await polls.end(tx, feed, "HTTP 410")
    assert not await polls.end(tx, feed, "HTTP 410")

    state = await feeds.find(tx, URL)
    assert state is not None
    assert (state.state, state.error) == ("gone", "HTTP 410")
    assert await feeds.claim_all(tx, NOW + DAY, HOUR) == []


async def test_a_feed_that_has_ended_stays_so_while_the_file_names_it(tx: Transaction) -> None:
    await feeds.configure(tx, [Source(URL)], NOW)
    await polls.end(tx, await claimed(tx), "HTTP 410")

    await feeds.configure(tx, [Source(URL)], NOW)
    assert not await feeds.anything_due(tx, NOW)

    await feeds.configure(tx, [], NOW)
    await feeds.configure(tx, [Source(URL)], NOW)
    assert await feeds.anything_due(tx, NOW)


# Moving.


async def test_redirects_in_a_row_are_counted_until_one_differs(tx: Transaction) -> None:
    await a_feed(tx)
    counts = []
    for target in (NEW, NEW, OTHER, OTHER, None, NEW):
        feed = await claimed(tx)
        await polls.succeeded(tx, feed, replace(WORKED, moved_to=target), NOW)
        counts.append((await claimed(tx)).moved_polls)

    assert counts == [1, 2, 1, 2, 0, 1]


async def test_a_feed_that_has_moved_keeps_its_history_and_its_old_name(tx: Transaction) -> None:
    feed = await a_feed(tx)
    await feeds.release_all(tx)

    assert await polls.move(tx, feed, NEW)

    moved = await claimed(tx, NEW)
    assert (moved.id, moved.url) == (feed.id, NEW)
    assert (await claimed(tx, URL)).id == feed.id
    assert not await feeds.add(tx, Source(URL), NOW)


async def test_the_file_may_name_a_feed_by_its_former_url(tx: Transaction) -> None:
    await feeds.configure(tx, [Source(URL, "A")], NOW)
    feed = await claimed(tx)
    await polls.move(tx, feed, NEW)

    for written in (URL, NEW):
        await feeds.configure(tx, [Source(written, "B")], NOW)

        [state] = await feeds.listed(tx)
        assert (state.url, state.name) == (NEW, "B")
        assert (await claimed(tx, NEW)).id == feed.id


async def test_no_feed_moves_onto_another(tx: Transaction) -> None:
    feed = await a_feed(tx)
    await feeds.add(tx, Source(NEW), NOW)
    assert not await polls.move(tx, feed, NEW)

    await feeds.remove(tx, NEW)
    assert not await polls.move(tx, feed, NEW)


async def test_a_feed_may_move_back(tx: Transaction) -> None:
    feed = await a_feed(tx)
    await polls.move(tx, feed, NEW)

    assert await polls.move(tx, feed, URL)

    assert (await claimed(tx)).url == URL
