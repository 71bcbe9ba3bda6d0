"""Graves: which chats were erased, noted in a file beside the database.

A backup that is older than an erasure knows nothing of it. So every erasure is also noted where no
backup reaches, and carried out once more whenever a database is opened in which the chat is still
as it was before. The note is on the disk before the transaction ends: killed in between, the next
opening does what was asked for; the other way round, an erased chat could come back.
"""

import asyncio
import os
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import Fault, StoreError
from bot.model import Address
from bot.store.schema import chats

NAME = "erased"

Graves = Mapping[str, datetime]
"""When chats were erased, by what they are called in the file."""


def name_of(address: Address) -> str:
    """Return what a chat is called in the file: its id, of a topic also its number there."""
    return f"{address.chat_id}" + (f"/{address.thread}" if address.thread is not None else "")


async def note(tx: AsyncConnection, address: Address, now: datetime) -> None:
    """Note that a chat is erased in this transaction; to be called last in it.

    Raises:
        OSError: the file cannot be written; nothing is to be erased then.
    """
    file = Path(str(tx.engine.url.database)).with_name(NAME)
    await asyncio.to_thread(_append, file, f"{name_of(address)} {now.isoformat()}\n")


def read(folder: Path) -> Graves:
    """Return the graves of the database in a folder, of several of one chat the latest.

    Raises:
        StoreError: the file is there and cannot be read: who was erased would come back.
    """
    file = folder / NAME
    try:
        text = file.read_text(encoding="utf-8", errors="replace")
    except FileNotFoundError:
        return {}
    except OSError as error:
        what, remedy = f"cannot be read: {error.strerror}", "make it readable for the bot"
        raise StoreError(Fault(str(file), what, remedy)) from None
    found: dict[str, datetime] = {}
    for line in text.splitlines():
        name, _, written = line.partition(" ")
        if (erased := _instant(written)) is not None:
            found[name] = max(erased, found.get(name, erased))
    return found


async def risen(tx: AsyncConnection, graves: Graves) -> list[int]:
    """Return the chats that are as they were before they were erased, groups before topics.

    One that came back after its erasure is another one, and stays.
    """
    found = []
    for row in await tx.execute(select(chats).order_by(chats.c.group_id.is_not(None), chats.c.id)):
        erased = graves.get(name_of(Address(row.group_id or row.id, row.thread)))
        if erased is not None and row.since < erased:
            found.append(row.id)
    return found


def _instant(written: str) -> datetime | None:
    """Return an instant; None for what is none, such as the end of a line that was cut off."""
    try:
        found = datetime.fromisoformat(written)
    except ValueError:
        return None
    return found if found.tzinfo else None


def _append(file: Path, line: str) -> None:
    """Write a line, and return when it is on the disk."""
    is_new = not file.exists()
    with file.open("ab+") as book:
        if book.tell() and not _ends_with_newline(book.fileno(), book.tell()):
            line = f"\n{line}"  # the process ended in the middle of the last one
        book.write(line.encode())
        book.flush()
        os.fsync(book.fileno())
    if is_new:
        folder = os.open(file.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _ends_with_newline(book: int, size: int) -> bool:
    return os.pread(book, 1, size - 1) == b"\n"
