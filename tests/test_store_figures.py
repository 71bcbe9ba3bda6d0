"""What the database knows of the service, in figures."""

from datetime import timedelta

from sqlalchemy import update

from bot.store import Transaction, alerts, feeds, outbox
from bot.store.feeds import Source
from bot.store.figures import Figures, Kept, Waits, figures, kept
from bot.store.schema import feeds as table
from tests.outbox_kit import a_letter
from tests.store_kit import GROUP, NOW, a_chat, a_feed, a_match, a_read_entry, an_entry

MINUTE = timedelta(minutes=1)


async def known(tx: Transaction) -> Figures:
    return await figures(tx, await kept(tx, "personal"), NOW)


async def test_an_empty_database_has_none(tx: Transaction) -> None:
    assert await known(tx) == Figures(Kept({}, {}), {}, 0, {}, 0)


async def test_letters_are_counted_by_kind_and_state_and_what_waits_with_its_age(
    tx: Transaction,
) -> None:
    await a_chat(tx, GROUP)
    sent = await outbox.post(tx, GROUP, "alert", NOW, NOW)
    await outbox.sent(tx, sent, 1, NOW)
    for minutes in (3, 1):
        await outbox.post(tx, GROUP, "alert", NOW - minutes * MINUTE, NOW)
    await outbox.post(tx, 1001, "digest", NOW + MINUTE, NOW)

    found = await known(tx)

    assert found.kept.letters == {
        ("alert", "sent"): 1,
        ("alert", "pending"): 2,
        ("digest", "pending"): 1,
    }
    assert found.waiting == {
        "alert": Waits(2, NOW - 3 * MINUTE),
        "digest": Waits(1, NOW + MINUTE),
    }
    assert found.deepest == 2


async def test_what_is_on_its_way_waits_too(tx: Transaction) -> None:
    letter = await a_letter(tx)
    await outbox.begin(tx, letter, NOW)

    assert (await known(tx)).deepest == 1


async def test_matches_are_articles_and_a_chats_own_lists_have_no_name(tx: Transaction) -> None:
    feed = await a_feed(tx)
    one = await a_read_entry(tx, feed, "a", ("nordkorea",))
    two = await a_read_entry(tx, feed, "b", ("nordkorea",))
    twice = [a_match("nordkorea", "eins"), a_match("nordkorea", "zwei"), a_match("own/1")]
    await alerts.keep_matches(tx, {one: twice}, NOW)
    await alerts.keep_matches(tx, {two: [a_match("nordkorea"), a_match("own/2")]}, NOW)

    assert (await known(tx)).kept.matches == {"nordkorea": 2, "personal": 2}


async def test_feeds_are_counted_by_state_without_those_that_were_removed(tx: Transaction) -> None:
    for name in ("fine", "fails", "paused", "removed"):
        await feeds.add(tx, Source(f"https://{name}.example/", name), NOW)
    await tx.execute(update(table).where(table.c.name == "fails").values(errors=2))
    await feeds.set_state(tx, "https://paused.example/", "paused")
    await feeds.remove(tx, "https://removed.example/")

    assert (await known(tx)).feeds == {"active": 1, "failing": 1, "paused": 1}


async def test_entries_that_are_due_are_counted(tx: Transaction) -> None:
    await an_entry(tx, await a_feed(tx))

    assert (await known(tx)).unread == 1
