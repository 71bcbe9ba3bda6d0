"""What is asked of alerts afterwards: what a list matched lately, and how soon it was told."""

import pytest

from bot.model import Feed
from bot.store import Transaction, alerts, outbox
from tests.store_kit import DAY, HOUR, NOW, PERSON, URL, a_feed, a_read_entry, told


@pytest.fixture
async def feed(tx: Transaction) -> Feed:
    return await a_feed(tx)


async def an_alert(tx: Transaction, entry_id: int, *watchlists: str) -> int:
    letter = await outbox.post(tx, PERSON, "alert", NOW, NOW)
    await alerts.open_alert(tx, entry_id, told(PERSON, *watchlists), letter, NOW)
    return letter


# What a list matched lately.


async def recent(tx: Transaction, watchlist: str = "a") -> list[str]:
    return [f.article.title for f in await alerts.recent(tx, watchlist, NOW - DAY)]


async def test_recent_articles_are_those_of_the_list_and_the_day_newest_first(
    tx: Transaction, feed: Feed
) -> None:
    await a_read_entry(tx, feed, "older", ("a",), published=NOW - 2 * HOUR, old=True)
    await a_read_entry(tx, feed, "newer", ("a", "b"), published=NOW - HOUR)
    await a_read_entry(tx, feed, "yesterday", ("a",), published=NOW - DAY)
    await a_read_entry(tx, feed, "other", ("b",))
    await a_read_entry(tx, feed, "none")

    assert await recent(tx) == ["Titel newer", "Titel older"]


async def test_the_same_article_in_several_feeds_counts_once_where_it_is_newest(
    tx: Transaction, feed: Feed
) -> None:
    other = await a_feed(tx, f"{URL}?2")
    await a_read_entry(tx, feed, "old", ("a",), subject="same", published=NOW - 3 * HOUR)
    await a_read_entry(tx, feed, "between", ("a",), published=NOW - 2 * HOUR)
    await a_read_entry(tx, other, "new", ("a",), subject="same", published=NOW - HOUR)

    assert await recent(tx) == ["Titel new", "Titel between"]


async def test_what_was_matched_only_before_it_changed_is_not_recent(
    tx: Transaction, feed: Feed
) -> None:
    entry_id = await a_read_entry(tx, feed, lists=("a",))
    await alerts.keep_matches(tx, {entry_id: []}, NOW)

    assert await recent(tx) == []


# How soon.


async def test_the_delay_of_an_alert_is_from_publication_to_the_answer_of_telegram(
    tx: Transaction, feed: Feed
) -> None:
    entry_id = await a_read_entry(tx, feed, lists=("a",), published=NOW - HOUR)
    letter = await an_alert(tx, entry_id)
    await outbox.sent(tx, letter, 1, NOW + HOUR)

    assert await alerts.delays(tx, NOW) == [2 * HOUR]
    assert await alerts.delays(tx, NOW + HOUR) == []


async def test_what_was_late_or_is_on_its_way_has_no_delay(tx: Transaction, feed: Feed) -> None:
    late = await a_read_entry(tx, feed, "late", lists=("a",), late=True)
    await outbox.sent(tx, await an_alert(tx, late), 1, NOW)
    await an_alert(tx, await a_read_entry(tx, feed, "waiting", lists=("a",)))

    assert await alerts.delays(tx, NOW - HOUR) == []
