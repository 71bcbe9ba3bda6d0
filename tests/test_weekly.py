"""The Monday line to admins, and what is forgotten with time."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import pytest_asyncio
from sqlalchemy import select, update

from bot.daemon.chores import TOLD, chores, daily
from bot.model import Article
from bot.store import Store, chats, drafts, feeds, memory, own
from bot.store.chats import Chat
from bot.store.drafts import Draft
from bot.store.feeds import Source
from bot.store.schema import feeds as feed_table
from bot.store.schema import notices, outbox
from tests.harness import Bot, running
from tests.store_kit import DAY, GROUP, HOUR, MINUTE, PERSON, a_feed, a_read_entry, opened
from tests.telegram_kit import Service, until, working

BERLIN = ZoneInfo("Europe/Berlin")
FRIDAY = datetime(2025, 5, 9, 8, 0, tzinfo=UTC)
MONDAY = datetime(2025, 5, 12, 6, 0, tzinfo=UTC)
"""08:00 in Berlin."""
OTHER = 2002


@pytest_asyncio.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    """A store with one admin, which has been at work since Friday."""
    async with opened(tmp_path) as store:
        await admin(store, PERSON)
        await daily(store, BERLIN, FRIDAY)
        yield store


async def admin(store: Store, chat: int, state: str = "active") -> None:
    async with store.write() as tx:
        await chats.put(tx, Chat(chat, "private", "de", state, admin=True), FRIDAY)


async def told(store: Store) -> list[tuple[int, dict[str, Any]]]:
    """Who is told of a week, and what."""
    joined = select(outbox.c.chat_id, notices.c.params).join(
        notices, notices.c.id == outbox.c.notice_id
    )
    async with store.read() as connection:
        rows = await connection.execute(joined.where(notices.c.key == "weekly"))
        return [(row.chat_id, row.params) for row in rows]


async def passed(store: Store, start: datetime, end: datetime) -> int:
    """Let time pass, with a look every hour; return how often an admin was told."""
    now, before = start, len(await told(store))
    while now <= end:
        await daily(store, BERLIN, now)
        now += HOUR
    return len(await told(store)) - before


# When.


async def test_on_monday_at_eight_every_admin_is_told_and_nobody_else(store: Store) -> None:
    await admin(store, OTHER)
    await admin(store, 3003, "paused")
    async with store.write() as tx:
        await chats.put(tx, Chat(GROUP, "group", "de", "active", admin=False), FRIDAY)

    await daily(store, BERLIN, MONDAY - MINUTE)
    assert await told(store) == []
    await daily(store, BERLIN, MONDAY)

    assert [chat for chat, _ in await told(store)] == [PERSON, OTHER]


async def test_it_is_told_once_a_week_however_often_it_is_looked(store: Store) -> None:
    assert await passed(store, FRIDAY, MONDAY + 20 * DAY) == 3


async def test_who_was_down_at_eight_tells_it_later_that_day(store: Store) -> None:
    assert await passed(store, MONDAY + 9 * HOUR, MONDAY + 10 * HOUR) == 1


async def test_who_was_down_for_weeks_tells_the_last_week_only(store: Store) -> None:
    assert await passed(store, MONDAY + 23 * DAY, MONDAY + 24 * DAY) == 1


async def test_who_begins_in_mid_week_tells_the_first_week_on_monday(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await admin(store, PERSON)

        assert await passed(store, FRIDAY, MONDAY - MINUTE) == 0
        assert await passed(store, MONDAY, MONDAY + DAY) == 1


@pytest.mark.parametrize(
    ("eight", "offset"),
    [
        (datetime(2025, 3, 31, 6, 0, tzinfo=UTC), 2),
        (datetime(2025, 10, 27, 7, 0, tzinfo=UTC), 1),
    ],
    ids=["into summer", "out of summer"],
)
async def test_after_a_night_in_which_the_clocks_change_it_is_told_at_eight(
    tmp_path: Path, eight: datetime, offset: int
) -> None:
    assert eight.astimezone(BERLIN).utcoffset() == timedelta(hours=offset)
    async with opened(tmp_path) as store:
        await admin(store, PERSON)

        assert await passed(store, eight - 5 * DAY, eight - MINUTE) == 0
        assert await passed(store, eight, eight + 6 * DAY) == 1


async def test_it_is_monday_where_the_configuration_says(store: Store) -> None:
    auckland = ZoneInfo("Pacific/Auckland")  # twelve hours ahead of UTC in May

    await daily(store, auckland, datetime(2025, 5, 11, 19, 59, tzinfo=UTC))
    assert await told(store) == []
    await daily(store, auckland, datetime(2025, 5, 11, 20, 0, tzinfo=UTC))

    assert len(await told(store)) == 1


# What.


async def test_feeds_are_counted_by_how_they_are(store: Store) -> None:
    fine: dict[str, Any] = {"last_success": MONDAY, "first_success": MONDAY}
    async with store.write() as tx:
        for name, values in {
            "fine": fine,
            "failing": {**fine, "errors": 1},
            "ill": {**fine, "errors": 5},
            "silent": {**fine, "added": MONDAY - 60 * DAY},
            "paused": {**fine, "state": "paused"},
        }.items():
            await feeds.add(tx, Source(f"https://{name}.example/"), MONDAY - HOUR)
            which = feed_table.c.url == f"https://{name}.example/"
            await tx.execute(update(feed_table).where(which).values(**values))

    await daily(store, BERLIN, MONDAY)

    [(_, params)] = await told(store)
    assert {name: params[name] for name in ("fine", "silent", "ill")} == {
        "fine": "2",
        "silent": "1",
        "ill": "1",
    }


async def test_the_line_arrives_with_the_alerts_of_the_last_seven_days(tmp_path: Path) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(PERSON, "nordkorea", admin=True)
        await alerted(bot, "Zu alt")
        await daily(bot.store, BERLIN, bot.clock())
        bot.clock.move(7 * 24 * 3_600)
        await alerted(bot, "Eins")
        await alerted(bot, "Zwei")
        bot.fault("reset_after")
        await bot.publish("Ungewiss")
        await until(lambda: "uncertain" in bot.states(), "an alert that is uncertain")
        bot.clock.move(60)

        await daily(bot.store, BERLIN, bot.clock())

        await until(lambda: "Die vergangene Woche" in bot.texts()[-1], "the line")
        assert bot.texts()[-1].split("\n")[:4] == [
            "📅 Die vergangene Woche",
            "Quellen: 1 in Ordnung, 0 still, 0 gestört (/feeds)",
            "Gesendete Meldungen: 2",
            "Vielleicht nicht angekommen: 1",
        ]


async def alerted(bot: Service, title: str) -> None:
    await bot.publish(title)
    await until(lambda: title in bot.titles(), f"the alert {title}")


# What is forgotten.


async def test_a_draft_is_forgotten_after_a_week(store: Store) -> None:
    async with store.write() as tx:
        old = await drafts.put(tx, PERSON, Draft("alt", b""), MONDAY - 7 * DAY - MINUTE)
        new = await drafts.put(tx, PERSON, Draft("neu", b""), MONDAY - 7 * DAY)

    await daily(store, BERLIN, MONDAY)

    async with store.read() as connection:
        assert await drafts.get(connection, PERSON, old) is None
        assert await drafts.get(connection, PERSON, new) is not None


async def test_a_chat_that_slept_for_half_a_year_is_erased_and_nobody_looks_for_it(
    tmp_path: Path,
) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(PERSON)
        async with bot.store.write() as tx:
            await own.set_lines(tx, PERSON, ["Leuchtturm"])
            await chats.fall_asleep(tx, PERSON, bot.clock())
        async with bot.store.read() as connection:
            await bot.library.take_in(await own.sources(connection))
        bot.clock.move(timedelta(days=180).total_seconds())
        await chores(bot.store, bot.library, bot.config, bot.clock())
        assert (bot.state(), len(found(bot))) == ("asleep", 1)

        bot.clock.move(1)
        await chores(bot.store, bot.library, bot.config, bot.clock())

        assert bot.state() is None
        assert found(bot) == []


async def test_what_a_chat_saved_before_the_database_failed_is_looked_for_a_little_later(
    tmp_path: Path,
) -> None:
    async with working(tmp_path) as bot:
        await bot.serve(PERSON)
        async with bot.store.write() as tx:
            await own.set_lines(tx, PERSON, ["Leuchtturm"])
        assert found(bot) == []

        await chores(bot.store, bot.library, bot.config, bot.clock())

        assert len(found(bot)) == 1


def found(bot: Service) -> list[str]:
    """Which lists hold on an article about a lighthouse."""
    article = Article("Der Leuchtturm", "Ein Leuchtturm.", "page", "de")
    return [match.watchlist for match in bot.library.matcher.match(article)]


async def test_the_daemon_does_the_chores(tmp_path: Path) -> None:
    async with running(tmp_path) as bot:
        await told_long_ago(bot)

        await bot.start()

        await until(lambda: "Die vergangene Woche" in "".join(bot.texts()), "the line")
        await until(lambda: archived(bot) == 1, "the article in the index")


def archived(bot: Bot) -> int:
    """How many articles the index has."""
    with closing(sqlite3.connect(bot.folder / "data" / "ausguck.db")) as connection:
        [[count]] = connection.execute("SELECT count(*) FROM archived")
    return int(count)


async def told_long_ago(bot: Bot) -> None:
    """The admin was told of a week for the last time years ago; an article was read since."""
    await bot.arrange()
    store = await Store.open("sqlite:///data/ausguck.db", bot.folder)
    async with store.write() as tx:
        await memory.put_fact(tx, TOLD, "2020-01-06")
        await a_read_entry(tx, await a_feed(tx))
    await store.close()
