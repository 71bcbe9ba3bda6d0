"""What came of a list in a stretch of time: once, without a gap, and nothing that is excluded."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.model import Match
from bot.store import Store, alerts, chats, outbox, reviews
from bot.store.alerts import Told
from bot.store.outbox import Letter
from bot.store.reviews import Counts, File, Heading, Plan, Stretch
from bot.watch.language import parse
from tests.reviews_kit import Report, have_read
from tests.store_kit import migrated

NOW = datetime(2026, 11, 26, 5, 30, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
CHAT, LIST = 1001, "nordkorea"
LISTS = [parse("Nordkorea\n", "nordkorea.txt", LIST)]
LAST = Stretch(NOW - DAY, NOW)
PLAN = Plan(390, csv=False, since=NOW - DAY)


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    (tmp_path / "a.db").write_bytes(migrated())
    store = await Store.open("sqlite:///a.db", tmp_path)
    async with store.write() as tx:
        await chats.put(tx, chats.Chat(CHAT, "private", "de", "active", admin=False), NOW)
    yield store
    await store.close()


async def counted(store: Store, stretch: Stretch = LAST) -> Counts:
    async with store.read() as connection:
        return await reviews.counts(connection, CHAT, LIST, stretch)


async def decide(store: Store, entry_id: int, action: str, reason: str, at: datetime) -> None:
    async with store.write() as tx:
        await alerts.keep_decision(tx, entry_id, Told(CHAT, (LIST,), action, reason), at)


async def read_again(store: Store, entry_id: int, at: datetime) -> None:
    async with store.write() as tx:
        found = [Match(LIST, "Nordkorea", 1, ())]
        await alerts.keep_matches(tx, {entry_id: found}, at)


async def test_articles_are_counted_and_their_stories(store: Store) -> None:
    parade = [Report("Nordkorea feiert", story="parade", outlet=name) for name in ("A", "B")]
    await have_read(store, [*parade, Report("Nordkorea hungert"), Report("Regen")], NOW, LISTS)

    assert await counted(store) == Counts(2, 3)


async def test_stretches_follow_each_other_without_a_gap(store: Store) -> None:
    await have_read(store, [Report(f"Nordkorea {n}", hours=n) for n in range(48)], NOW, LISTS)

    before = await counted(store, Stretch(NOW - 2 * DAY, NOW - DAY))
    last = await counted(store, LAST)

    assert before.articles + last.articles == 47
    assert last.articles == 24


async def test_what_was_told_does_not_come_again_when_it_is_read_again(store: Store) -> None:
    [entry] = await have_read(store, [Report("Nordkorea feiert", hours=30)], NOW, LISTS)
    await decide(store, entry, "now", "it is new", NOW - 30 * HOUR)
    await read_again(store, entry, NOW - HOUR)

    assert (await counted(store, Stretch(NOW - 2 * DAY, NOW - DAY))).articles == 1
    assert (await counted(store)).articles == 0


async def test_what_the_chat_excludes_is_left_out(store: Store) -> None:
    [entry, _] = await have_read(
        store, [Report("Nordkorea im Spiel", hours=2), Report("Nordkorea")], NOW, LISTS
    )
    await decide(store, entry, "silent", "it is excluded here: Spiel", NOW - 2 * HOUR)

    assert (await counted(store)).articles == 1


async def test_what_a_new_feed_listed_long_ago_is_no_news(store: Store) -> None:
    reports = [
        Report("Nordkorea, alt", hours=30, old=True),
        Report("Nordkorea, von heute früh", hours=3, old=True),
    ]
    entries = await have_read(store, reports, NOW, LISTS)
    await read_again(store, entries[0], NOW - HOUR)

    assert (await counted(store)).articles == 1


async def test_an_article_in_two_feeds_counts_once_and_comes_with_its_matches(
    store: Store,
) -> None:
    await have_read(store, [Report("Nordkorea feiert")], NOW, LISTS)

    async with store.read() as connection:
        [(_, matches)] = await reviews.came(connection, CHAT, LIST, LAST)

    assert [span.text for match in matches for span in match.spans if span.field == "title"] == [
        "Nordkorea"
    ]


# What a chat wants, and its letters


async def letters(store: Store, now: datetime = NOW) -> list[Letter]:
    async with store.read() as connection:
        found: list[Letter] = []
        while letter := await outbox.next_due(connection, now, [each.lane for each in found]):
            found.append(letter)
        return found


async def test_a_plan_is_kept_changed_and_dropped(store: Store) -> None:
    async with store.write() as tx:
        assert await reviews.plan(tx, CHAT) is None
        await reviews.set_plan(tx, CHAT, PLAN, NOW, NOW)
        await reviews.set_plan(tx, CHAT, Plan(480, csv=True, since=NOW), NOW + HOUR, NOW)
        assert await reviews.plan(tx, CHAT) == Plan(480, csv=True, since=NOW)
        assert await reviews.drop(tx, CHAT, NOW)
        assert not await reviews.drop(tx, CHAT, NOW)
        assert await reviews.plan(tx, CHAT) is None


async def test_opening_one_posts_the_next_which_begins_where_it_ends(store: Store) -> None:
    async with store.write() as tx:
        await reviews.set_plan(tx, CHAT, PLAN, NOW, NOW)
    [letter] = await letters(store)

    async with store.write() as tx:
        said = await reviews.heading(tx, letter)
        assert said == Heading(PLAN)
        assert await reviews.begin(tx, letter, said, NOW + DAY, NOW) == LAST
        assert await reviews.heading(tx, letter) == Heading(PLAN, NOW, opened=True)
        assert await reviews.plan(tx, CHAT) == Plan(390, csv=False, since=NOW)


async def test_of_two_that_came_together_in_one_chat_one_goes_on(store: Store) -> None:
    async with store.write() as tx:
        await reviews.set_plan(tx, CHAT, PLAN, NOW, NOW)
        await chats.put(tx, chats.Chat(7, "private", "de", "active", admin=False), NOW)
        await reviews.set_plan(tx, 7, PLAN, NOW, NOW)
        await chats.move(tx, 7, CHAT)
    async with store.write() as tx:
        for _ in range(2):
            letter = await outbox.next_due(tx, NOW)
            assert letter is not None
            said = await reviews.heading(tx, letter)
            assert said is not None
            await reviews.begin(tx, letter, said, NOW + DAY, NOW)
            await outbox.sent(tx, letter.id, 1, NOW)
        assert await outbox.next_due(tx, NOW) is None
        later = await outbox.next_due(tx, NOW + DAY)
        assert later is not None
        assert await outbox.next_due(tx, NOW + DAY, [later.lane]) is None


async def ask(store: Store, now: datetime = NOW, *, csv: bool = False) -> bool:
    async with store.write() as tx:
        return await reviews.ask_once(tx, CHAT, LAST, now, csv=csv)


async def test_one_that_is_asked_for_twice_comes_once(store: Store) -> None:
    assert await ask(store)

    assert not await ask(store)
    assert not await ask(store, NOW + DAY)  # it waits still, such as for the end of quiet hours


async def test_another_is_to_be_had_a_minute_after_one_that_came(store: Store) -> None:
    await ask(store)
    [letter] = await letters(store)
    async with store.write() as tx:
        await outbox.begin(tx, letter, NOW)
    assert not await ask(store, NOW + HOUR)
    async with store.write() as tx:
        await outbox.sent(tx, letter.id, 1, NOW)

    assert not await ask(store, NOW + timedelta(seconds=30))
    assert await ask(store, NOW + timedelta(seconds=90))


async def test_what_is_asked_for_does_not_stand_in_for_what_comes_daily(store: Store) -> None:
    async with store.write() as tx:
        await reviews.set_plan(tx, CHAT, PLAN, NOW + DAY, NOW)

    assert await ask(store)


async def test_a_table_is_to_be_had_where_pages_alone_come(store: Store) -> None:
    assert await ask(store)
    assert await ask(store, csv=True)

    assert not await ask(store)
    assert not await ask(store, csv=True)


async def test_after_a_long_pause_it_goes_back_a_month(store: Store) -> None:
    long_ago = Heading(Plan(390, csv=False, since=NOW - 100 * DAY))

    assert reviews.stretch_of(long_ago, NOW) == Stretch(NOW - 31 * DAY, NOW)


async def test_a_file_is_written_down_by_its_list_and_times_alone(store: Store) -> None:
    file = File(LIST, "csv", LAST)
    async with store.write() as tx:
        await reviews.set_plan(tx, CHAT, PLAN, NOW + DAY, NOW)
        held = await outbox.next_due(tx, NOW + DAY)
        assert held is not None
        await reviews.post_files(tx, held, [file], NOW)
    [letter] = await letters(store)

    async with store.read() as connection:
        assert await reviews.file(connection, letter) == file


async def test_who_erases_everything_has_no_press_review_left(store: Store) -> None:
    async with store.write() as tx:
        await reviews.set_plan(tx, CHAT, PLAN, NOW, NOW)
        await chats.erase(tx, CHAT)

    assert await letters(store) == []
