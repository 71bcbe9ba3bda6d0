"""Reads what can be read of entries, where the disk has lost one of them."""

from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar

import structlog

from bot.store import DatabaseTrouble, Store, Transaction, archive
from bot.store.trouble import REMEDIES

log = structlog.get_logger()

T = TypeVar("T")
Load = Callable[[Transaction, Sequence[int]], Awaitable[Sequence[T]]]


async def readable(store: Store, load: Load[T], entry_ids: Sequence[int]) -> Sequence[T]:
    """Return what is read of entries; one that cannot be read is named in the log and left out.

    Args:
        store: the open store.
        load: reads of such entries what is wanted.
        entry_ids: which.
    """
    try:
        async with store.read() as connection:
            return await load(connection, entry_ids)
    except DatabaseTrouble as error:
        if not archive.is_damage(error):
            raise
        if len(entry_ids) == 1:
            cause = str(getattr(error, "orig", error))
            remedy = REMEDIES["damaged"]
            log.warning("archive.unreadable", entry=entry_ids[0], error=cause, remedy=remedy)
            return ()
    middle = len(entry_ids) // 2
    first = await readable(store, load, entry_ids[:middle])
    return [*first, *await readable(store, load, entry_ids[middle:])]
