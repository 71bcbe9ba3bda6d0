"""Restoring: what was there is kept aside, what waited is uncertain, what comes next is late."""

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

import pytest

from bot.alerts.decide import is_late
from bot.errors import StoreError
from bot.model import Validators
from bot.store import Store, Transaction, backup, locks, memory, migrate, outbox, people, polls
from bot.store.memory import Code
from bot.store.polls import Success
from bot.store.restoring import Restored, restore
from tests.schema_kit import dumped, released
from tests.store_kit import (
    DAY,
    HOUR,
    MINUTE,
    NOW,
    PERSON,
    SECOND,
    a_chat,
    a_feed,
    an_entry,
    migrated,
)

T = TypeVar("T")
USUAL = timedelta(minutes=10)


class Folder:
    """A data folder without a daemon, and a backup of it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.place = path / "ausguck.db"
        self.backup = path / "b.zip"

    def do(self, work: Callable[[Transaction], Awaitable[T]]) -> T:
        """Open the database, do something in one transaction, and close it."""

        async def run() -> T:
            store = await Store.open("sqlite:///ausguck.db", self.path)
            try:
                async with store.write() as tx:
                    return await work(tx)
            finally:
                await store.close()

        return asyncio.run(run())

    def pack(self) -> None:
        backup.pack(self.place, self.backup, {}, replace=True)

    def restore(self, later: timedelta = HOUR) -> Restored:
        return restore(self.backup, self.place, USUAL, NOW + later)

    def rows(self, question: str) -> list[tuple[object, ...]]:
        with closing(sqlite3.connect(self.place)) as connection:
            return connection.execute(question).fetchall()


@pytest.fixture
def data(tmp_path: Path) -> Folder:
    (tmp_path / "ausguck.db").write_bytes(migrated())
    return Folder(tmp_path)


def put(name: str, value: str) -> Callable[[Transaction], Awaitable[None]]:
    return lambda tx: memory.put_fact(tx, name, value)


def test_the_database_is_again_as_it_was_and_the_present_one_is_kept_aside(data: Folder) -> None:
    data.do(put("name", "then"))
    data.pack()
    data.do(put("name", "since"))
    since = dumped(data.place)

    found = data.restore()

    assert data.do(lambda tx: memory.fact(tx, "name")) == "then"
    assert dumped(found.aside / "ausguck.db") == since


def test_what_is_kept_aside_can_be_restored_itself(data: Folder) -> None:
    data.pack()
    data.do(put("name", "since"))
    aside = data.restore().aside

    restore(aside / "ausguck.db", data.place, USUAL, NOW + DAY)

    assert data.do(lambda tx: memory.fact(tx, "name")) == "since"


def test_what_was_still_in_the_log_of_a_killed_daemon_is_kept_as_well(data: Folder) -> None:
    data.pack()
    with closing(sqlite3.connect(data.place, isolation_level=None)) as killed:
        killed.execute("INSERT INTO settings VALUES ('name', 'in the log')")
        log = data.place.with_name("ausguck.db-wal").read_bytes()
        content = data.place.read_bytes()
    data.place.write_bytes(content)
    data.place.with_name("ausguck.db-wal").write_bytes(log)

    found = data.restore()

    assert any("in the log" in line for line in dumped(found.aside / "ausguck.db"))
    assert data.do(lambda tx: memory.fact(tx, "name")) is None


def test_a_database_that_is_damaged_can_be_replaced(data: Folder) -> None:
    data.do(put("name", "then"))
    data.pack()
    data.place.write_bytes(b"rubbish" * 1000)

    found = data.restore()

    assert data.do(lambda tx: memory.fact(tx, "name")) == "then"
    assert (found.aside / "ausguck.db").read_bytes() == b"rubbish" * 1000


def test_three_former_states_are_kept(data: Folder) -> None:
    data.pack()

    kept = [data.restore(n * HOUR).aside for n in range(1, 6)]

    assert sorted((data.path / "backups").iterdir()) == kept[2:]


def test_it_is_restored_where_there_was_nothing(data: Folder) -> None:
    data.do(put("name", "then"))
    data.pack()
    elsewhere = data.path / "new" / "place" / "ausguck.db"

    found = restore(data.backup, elsewhere, USUAL, NOW)

    assert not found.aside.exists()
    with closing(sqlite3.connect(elsewhere)) as connection:
        assert ("name", "then") in connection.execute("SELECT * FROM settings").fetchall()


def test_a_backup_of_an_earlier_version_is_brought_up_to_date(data: Folder) -> None:
    data.place.unlink()
    released(data.place, "0003")
    data.pack()
    data.place.unlink()

    data.restore()

    assert data.rows("SELECT version_num FROM alembic_version") == [(migrate.HEAD,)]
    assert data.rows("SELECT id FROM chats") == [(PERSON,)]
    assert not (data.path / "backups").exists()


def test_while_somebody_has_the_database_open_it_is_refused(data: Folder) -> None:
    data.pack()
    before = dumped(data.place)
    hold = locks.shared(data.place)

    with pytest.raises(StoreError) as refused:
        data.restore()
    hold.let_go()

    assert str(refused.value) == (
        f"{data.place}: is in use by `ausguck run` or another command; stop it first, and try again"
    )
    assert dumped(data.place) == before
    data.restore()


def test_the_database_is_no_backup_of_itself(data: Folder) -> None:
    with pytest.raises(StoreError, match="is the database itself"):
        restore(data.place, data.place, USUAL, NOW)


def test_a_backup_that_is_refused_changes_nothing(data: Folder) -> None:
    data.backup.write_text("no backup")
    before = data.place.read_bytes()

    with pytest.raises(StoreError, match="is no backup of Ausguck"):
        data.restore()

    assert data.place.read_bytes() == before
    left = {path.name for path in data.path.iterdir()}
    assert left == {"ausguck.db", "ausguck.db.in-use", "b.zip"}


def test_a_backup_that_lacks_a_table_is_refused_in_one_line(data: Folder) -> None:
    data.backup.write_bytes(migrated())
    with closing(sqlite3.connect(data.backup)) as connection:
        connection.execute("DROP TABLE feeds")

    with pytest.raises(StoreError, match="cannot be restored: no such table: feeds") as refusal:
        data.restore()

    assert "\n" not in str(refusal.value)


# What the time since makes of it.


def test_letters_that_waited_are_uncertain_and_notices_are_told_again(data: Folder) -> None:
    async def arrange(tx: Transaction) -> None:
        await a_chat(tx)
        for kind in ("alert", "digest", "catch_up", "notice", "edit"):
            await outbox.post(tx, PERSON, kind, NOW, NOW)
        letter = await outbox.next_due(tx, NOW)
        assert letter is not None
        await outbox.begin(tx, letter, NOW)
        done = await outbox.post(tx, PERSON, "alert", NOW, NOW)
        await outbox.sent(tx, done, 17, NOW)

    data.do(arrange)
    data.pack()

    assert data.restore().uncertain == 5
    assert data.rows("SELECT kind, state FROM outbox ORDER BY id") == [
        ("alert", "uncertain"),
        ("digest", "uncertain"),
        ("catch_up", "uncertain"),
        ("notice", "pending"),
        ("edit", "pending"),
        ("alert", "sent"),
    ]


@pytest.mark.parametrize("since", [MINUTE, HOUR, 30 * DAY])
@pytest.mark.parametrize("every", [None, 6 * HOUR])
def test_however_short_the_time_since_what_a_feed_brings_next_is_late(
    data: Folder, since: timedelta, every: timedelta | None
) -> None:
    async def arrange(tx: Transaction) -> None:
        feed = await a_feed(tx)
        await polls.succeeded(tx, feed, Success(Validators(), "digest", NOW + MINUTE), NOW)

    data.do(arrange)
    if every is not None:
        with closing(sqlite3.connect(data.place, isolation_level=None)) as connection:
            connection.execute("UPDATE feeds SET every = ?", (int(every / SECOND) * 1_000_000,))
    data.pack()
    data.restore(since)

    [(at,)] = data.rows("SELECT last_success FROM feeds")
    last = NOW + timedelta(microseconds=int(str(at)) - int(NOW.timestamp()) * 1_000_000)
    assert is_late(last, NOW + since, every or USUAL)
    assert last <= NOW


def test_a_feed_that_was_never_read_is_still_that(data: Folder) -> None:
    data.do(a_feed)
    data.pack()

    data.restore()

    assert data.rows("SELECT last_success FROM feeds") == [(None,)]


def test_an_entry_that_waited_to_be_read_is_late(data: Folder) -> None:
    async def arrange(tx: Transaction) -> None:
        await an_entry(tx, await a_feed(tx))

    data.do(arrange)
    data.pack()
    data.restore()

    assert data.rows("SELECT late FROM entries") == [(1,)]


def test_links_that_let_people_in_are_good_no_more(data: Folder) -> None:
    async def arrange(tx: Transaction) -> None:
        for purpose in ("own", "invite", "share"):
            await memory.put_code(tx, purpose, Code(purpose, NOW + DAY))

    data.do(arrange)
    data.pack()
    data.restore()

    assert data.rows("SELECT purpose FROM codes") == [("share",)]


def test_who_was_erased_since_does_not_come_back(data: Folder) -> None:
    data.do(a_chat)
    data.pack()
    data.do(lambda tx: people.erase(tx, PERSON, NOW + MINUTE))

    data.restore()

    assert data.rows("SELECT id FROM chats") == []
