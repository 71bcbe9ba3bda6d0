"""An erased chat stays erased: also where an older backup is restored, and killed at any moment."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.errors import StoreError
from bot.store import Store, chats, people
from bot.store.chats import Chat
from tests.store_kit import GROUP, HOUR, NOW, PERSON, a_chat, opened

THREAD = 7


async def erased_later(folder: Path, chat_id: int = PERSON) -> bytes:
    """A chat is served, a copy is made, and the chat is erased an hour later. Returns the copy."""
    async with opened(folder) as store:
        async with store.write() as tx:
            await a_chat(tx, chat_id)
        copy = copied(folder)
        async with store.write() as tx:
            await people.erase(tx, chat_id, NOW + HOUR)
    return copy


def copied(folder: Path) -> bytes:
    """A backup of the database as it is now."""
    with closing(sqlite3.connect(folder / "ausguck.db")) as connection:
        return connection.serialize()


def put_back(folder: Path, copy: bytes) -> None:
    for left in folder.glob("ausguck.db*"):
        left.unlink()
    (folder / "ausguck.db").write_bytes(copy)


async def known(folder: Path) -> list[int]:
    """Open the store again, and return the chats in it."""
    store = await Store.open("sqlite:///ausguck.db", folder)
    try:
        async with store.read() as connection:
            return [chat.id for chat in await chats.listed(connection)]
    finally:
        await store.close()


async def test_erased_is_erased_also_where_an_older_backup_is_restored(tmp_path: Path) -> None:
    copy = await erased_later(tmp_path)
    assert str(PERSON).encode() in (tmp_path / "erased").read_bytes()

    put_back(tmp_path, copy)

    assert await known(tmp_path) == []


async def test_who_came_back_after_being_erased_stays(tmp_path: Path) -> None:
    await erased_later(tmp_path)
    async with (store := await Store.open("sqlite:///ausguck.db", tmp_path)).write() as tx:
        await chats.put(tx, Chat(PERSON, "private", "de", "active", False), NOW + 2 * HOUR)
    await store.close()

    assert await known(tmp_path) == [PERSON]


async def test_of_two_erasures_the_later_one_counts(tmp_path: Path) -> None:
    copy = await erased_later(tmp_path)
    with (tmp_path / "erased").open("a") as book:
        book.write(f"{PERSON} {(NOW - HOUR).isoformat()}\n")

    put_back(tmp_path, copy)

    assert await known(tmp_path) == []


async def test_an_erased_topic_stays_erased_and_its_group_stays(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        async with store.write() as tx:
            topic = await chats.open_topic(tx, await a_chat(tx, GROUP), THREAD, NOW)
        copy = copied(tmp_path)
        async with store.write() as tx:
            await people.erase(tx, topic.id, NOW + HOUR)

    put_back(tmp_path, copy)

    assert await known(tmp_path) == [GROUP]


async def erase_and_die(store: Store) -> None:
    async with store.write() as tx:
        await people.erase(tx, PERSON, NOW + HOUR)
        raise KeyboardInterrupt


async def test_killed_before_the_end_of_the_erasure_the_next_opening_does_it(
    tmp_path: Path,
) -> None:
    async with opened(tmp_path) as store:
        async with store.write() as tx:
            await a_chat(tx)
        with pytest.raises(KeyboardInterrupt):
            await erase_and_die(store)

    assert await known(tmp_path) == []


async def test_where_it_cannot_be_noted_nothing_is_erased(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        async with store.write() as tx:
            await a_chat(tx)
        (tmp_path / "erased").mkdir()

        with pytest.raises(IsADirectoryError):
            async with store.write() as tx:
                await people.erase(tx, PERSON, NOW)

    (tmp_path / "erased").rmdir()
    assert await known(tmp_path) == [PERSON]


async def test_where_nobody_can_tell_who_was_erased_nothing_is_opened(tmp_path: Path) -> None:
    await erased_later(tmp_path)
    (tmp_path / "erased").unlink()
    (tmp_path / "erased").mkdir()

    with pytest.raises(StoreError, match="cannot be read"):
        await known(tmp_path)


@pytest.mark.parametrize("line", ["10", f"{PERSON}", f"{PERSON} 2025-05-0", "\x00", "no id 5"])
async def test_a_line_that_was_cut_off_harms_nobody_and_hides_no_other(
    tmp_path: Path, line: str
) -> None:
    (tmp_path / "erased").write_text(line)
    copy = await erased_later(tmp_path)

    put_back(tmp_path, copy)

    assert await known(tmp_path) == []
