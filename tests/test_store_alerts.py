"""Matches, decisions and alerts in the store: what was found, what was said of it and why."""

import pytest
from sqlalchemy import func, select

from bot.model import Article, Feed, FoundArticle
from bot.store import Transaction, alerts, feeds, outbox, pending
from bot.store.alerts import Told
from bot.store.schema import alerts as alerts_table
from bot.store.schema import decisions
from tests.store_kit import (
    DAY,
    GROUP,
    HOUR,
    NOW,
    PERSON,
    URL,
    a_feed,
    a_match,
    a_read_entry,
    told,
)

SUBJECT = "https://depesche.example/k1"


@pytest.fixture
async def feed(tx: Transaction) -> Feed:
    return await a_feed(tx)


async def an_alert(tx: Transaction, entry_id: int, *watchlists: str) -> int:
    letter = await outbox.post(tx, PERSON, "alert", NOW, NOW)
    await alerts.open_alert(tx, entry_id, told(PERSON, *watchlists), letter, NOW)
    return letter


# Matches.


async def test_the_matches_are_those_of_the_last_reading(tx: Transaction, feed: Feed) -> None:
    entry_id = await a_read_entry(tx, feed, lists=("a", "b"))
    assert await alerts.matched_lists(tx, [entry_id]) == {entry_id: {"a", "b"}}

    await alerts.keep_matches(tx, {entry_id: [a_match("c"), a_match("c", "Wort")]}, NOW)
    assert await alerts.matched_lists(tx, [entry_id]) == {entry_id: {"c"}}

    await alerts.keep_matches(tx, {entry_id: []}, NOW)
    assert await alerts.matched_lists(tx, [entry_id]) == {entry_id: frozenset()}


async def test_an_entry_is_matched_or_not_however_often_it_matches(
    tx: Transaction, feed: Feed
) -> None:
    first = await a_read_entry(tx, feed, "a", ("x", "y"))
    second = await a_read_entry(tx, feed, "b", ("x",))
    third = await a_read_entry(tx, feed, "c")

    assert await alerts.matched(tx, [first, second, third]) == {first, second}
    assert await alerts.matched(tx, [third]) == frozenset()


# Decisions.


async def reasons(tx: Transaction) -> dict[str, tuple[str, str]]:
    rows = await tx.execute(select(decisions))
    return {row.watchlist: (row.action, row.reason) for row in rows}


async def test_a_decision_is_kept_for_each_of_the_chats_lists(tx: Transaction, feed: Feed) -> None:
    entry_id = await a_read_entry(tx, feed)

    await alerts.keep_decision(tx, entry_id, Told(PERSON, ("a", "b"), "now", "it is new"), NOW)

    assert await reasons(tx) == {"a": ("now", "it is new"), "b": ("now", "it is new")}


async def test_silence_can_be_broken_later(tx: Transaction, feed: Feed) -> None:
    entry_id = await a_read_entry(tx, feed)

    await alerts.keep_decision(tx, entry_id, Told(PERSON, ("a",), "silent", "too old"), NOW)
    await alerts.keep_decision(tx, entry_id, Told(PERSON, ("a",), "now", "it is new"), NOW)

    assert await reasons(tx) == {"a": ("now", "it is new")}


@pytest.mark.parametrize("action", ["now", "catch_up"])
async def test_the_reason_of_an_alert_is_never_hidden_by_a_later_one(
    tx: Transaction, feed: Feed, action: str
) -> None:
    entry_id = await a_read_entry(tx, feed)

    await alerts.keep_decision(tx, entry_id, Told(PERSON, ("a",), action, "first"), NOW)
    await alerts.keep_decision(tx, entry_id, Told(PERSON, ("a",), "silent", "told before"), NOW)

    assert await reasons(tx) == {"a": (action, "first")}


# Alerts.


async def test_a_chat_knows_an_article_as_soon_as_its_alert_is_decided(
    tx: Transaction, feed: Feed
) -> None:
    entry_id = await a_read_entry(tx, feed)
    assert not await alerts.knows(tx, PERSON, SUBJECT)

    await an_alert(tx, entry_id)

    assert await alerts.knows(tx, PERSON, SUBJECT)
    assert not await alerts.knows(tx, PERSON, "https://depesche.example/k2")
    assert not await alerts.knows(tx, GROUP, SUBJECT)


async def test_the_same_article_in_another_feed_is_known(tx: Transaction, feed: Feed) -> None:
    await an_alert(tx, await a_read_entry(tx, feed))
    other = await a_read_entry(tx, await a_feed(tx, f"{URL}?2"))

    await an_alert(tx, other)

    assert await tx.scalar(select(func.count()).select_from(alerts_table)) == 1


async def test_an_alert_tells_its_article_with_all_that_is_known_of_it(
    tx: Transaction, feed: Feed
) -> None:
    published = NOW - HOUR
    entry_id = await a_read_entry(tx, feed, lists=("a", "b"), published=published, late=True)
    letter = await an_alert(tx, entry_id, "a", "b")

    [alert] = await alerts.carried(tx, letter)

    assert alert.watchlists == ("a", "b")
    assert alert.found == FoundArticle(
        entry_id=entry_id,
        outlet="Depesche",
        link=SUBJECT,
        article=Article("Titel k1", "Der ganze Text.", "page", "de"),
        published=published,
        seen=NOW,
        old=False,
        late=True,
        matches=(a_match("a"), a_match("b")),
    )


async def test_a_digest_tells_the_oldest_article_first(tx: Transaction, feed: Feed) -> None:
    letter = await outbox.post(tx, PERSON, "catch_up", NOW, NOW)
    for key, age in (("a", HOUR), ("b", DAY), ("c", 2 * HOUR)):
        entry_id = await a_read_entry(tx, feed, key, published=NOW - age)
        await alerts.open_alert(tx, entry_id, told(), letter, NOW)

    assert [alert.found.article.title for alert in await alerts.carried(tx, letter)] == [
        *("Titel b", "Titel c", "Titel a"),
    ]


async def test_an_alert_that_is_still_to_be_sent_can_name_more_lists(
    tx: Transaction, feed: Feed
) -> None:
    letter = await an_alert(tx, await a_read_entry(tx, feed), "b")

    await pending.widen(tx, PERSON, SUBJECT, ["c", "a", "b"])

    [alert] = await alerts.carried(tx, letter)
    assert alert.watchlists == ("a", "b", "c")


async def test_an_alert_that_is_on_its_way_stays_as_it_is(tx: Transaction, feed: Feed) -> None:
    letter = await an_alert(tx, await a_read_entry(tx, feed), "b")
    waiting = await outbox.next_due(tx, NOW)
    assert waiting is not None
    await outbox.begin(tx, waiting, NOW)

    await pending.widen(tx, PERSON, SUBJECT, ["a"])

    [alert] = await alerts.carried(tx, letter)
    assert alert.watchlists == ("b",)


async def test_an_alert_without_a_message_was_told_in_another_way(
    tx: Transaction, feed: Feed
) -> None:
    entry_id = await a_read_entry(tx, feed)

    await alerts.open_alert(tx, entry_id, told(), None, NOW)
    await pending.widen(tx, PERSON, SUBJECT, ["a"])

    assert await alerts.knows(tx, PERSON, SUBJECT)


async def test_what_was_decided_is_told_even_if_its_feed_is_removed(
    tx: Transaction, feed: Feed
) -> None:
    letter = await an_alert(tx, await a_read_entry(tx, feed))

    await feeds.remove(tx, URL)

    assert len(await alerts.carried(tx, letter)) == 1


# What matches no more when it is to be sent.


async def test_a_list_that_matches_no_more_is_taken_out_of_an_alert(
    tx: Transaction, feed: Feed
) -> None:
    letter = await an_alert(tx, await a_read_entry(tx, feed, lists=("a",)), "a", "b")

    await pending.withdraw(tx, letter)

    [alert] = await alerts.carried(tx, letter)
    assert alert.watchlists == ("a",)


async def test_an_article_that_no_list_matches_any_more_is_news_when_one_does_again(
    tx: Transaction, feed: Feed
) -> None:
    letter = await an_alert(tx, await a_read_entry(tx, feed), "a")

    await pending.withdraw(tx, letter)

    assert await alerts.carried(tx, letter) == []
    assert not await alerts.knows(tx, PERSON, SUBJECT)


async def test_an_article_matches_where_its_entry_in_any_feed_does(
    tx: Transaction, feed: Feed
) -> None:
    letter = await an_alert(tx, await a_read_entry(tx, feed), "a")
    await a_read_entry(tx, await a_feed(tx, f"{URL}?2"), lists=("a",))

    await pending.withdraw(tx, letter)

    assert len(await alerts.carried(tx, letter)) == 1
