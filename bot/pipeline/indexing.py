"""Takes what was read into the archive's index by and by, looks after it, and mends it."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime

import structlog

from bot.model import Article
from bot.pipeline.salvage import readable
from bot.store import DatabaseTrouble, Store, archive, memory, upkeep
from bot.store.archive import Indexed, Unread
from bot.text.languages import code_of, rules_for
from bot.watch.needs import entry, vocabulary

log = structlog.get_logger()

BATCH = 20
"""Articles in one transaction: it is over in some hundredths of a second."""
LOOKED_FOR = 5_000
"""Articles that are to be taken in are looked for so many at a time: that reads the whole list."""
CHECKED = 50
"""So many articles are looked for each time: where the index has lost some, it is soon known."""
SWEPT, SWEEPS = 500, 4
"""Words that are looked at in one transaction to find those that no article has, and how often."""
ANEW = "archive.anew"
"""The fact that says that the index was emptied and is being filled."""
SWEPT_TO = "archive.swept"


class Damaged(Exception):
    """The index could not be read. It is empty now, and filled again by `catch_up`."""


async def catch_up(store: Store, damaged: Callable[[], object] = bool) -> int:
    """Bring the index up to date with what was read and what is gone; return how much it was.

    Args:
        store: the open store.
        damaged: called where the index is found to be damaged, before it is filled anew.

    Raises:
        Damaged: it cannot be filled anew either, so that it is not the index that is damaged.
    """
    try:
        async with mended(store):
            await _add_pieces(store)
            await _check(store)
            return await _catch_up(store)
    except Damaged:
        damaged()
    async with mended(store):
        await _add_pieces(store)
        return await _catch_up(store)


async def _check(store: Store) -> None:
    """Look for some articles and words: an index may have lost them without an error.

    Raises:
        Damaged: some are not found.
    """
    async with store.read() as connection:
        lost = await upkeep.lost(connection, CHECKED)
        lost = lost or await upkeep.lost_words(connection, CHECKED)
    if lost:
        await _empty(store, f"{lost[0]} is not found by what it has")
        raise Damaged


async def _catch_up(store: Store) -> int:
    done = 0
    while True:
        async with store.read() as connection:
            gone = await archive.gone(connection, LOOKED_FOR)
            missing = await archive.missing(connection, LOOKED_FOR)
        if not gone and not missing:
            break
        for some in _batches(gone):
            async with store.write() as tx:
                await archive.take_out(tx, some)
        for some in _batches(list(missing)):
            unread = await readable(store, archive.unread, some)
            await _take_in(store, [*unread, *_left_out(unread, some, missing)])
        done += len(gone) + len(missing)
    if await is_being_filled(store):
        async with store.write() as tx:
            await memory.put_fact(tx, ANEW, "")
        log.info("archive.made_anew", articles=done)
    return done


def _left_out(
    unread: Sequence[Unread], some: Sequence[int], missing: Mapping[int, datetime]
) -> Iterator[Unread]:
    """Yield those that are not read as articles without a word: nobody looks for them again."""
    for entry_id in {*some} - {each.entry_id for each in unread}:
        yield Unread(entry_id, missing[entry_id], Article("", "", "page", None))


async def _add_pieces(store: Store) -> None:
    more = True
    while more:
        async with store.write() as tx:
            more = await archive.add_pieces(tx)


async def is_being_filled(store: Store) -> bool:
    """Tell whether the index was emptied and has not everything yet."""
    async with store.read() as connection:
        return bool(await memory.fact(connection, ANEW))


def _batches(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    return (ids[at : at + BATCH] for at in range(0, len(ids), BATCH))


@asynccontextmanager
async def mended(store: Store) -> AsyncIterator[None]:
    """Empty the index where what is done within finds that it is damaged.

    Raises:
        Damaged: it was.
    """
    try:
        yield
    except DatabaseTrouble as error:
        if not archive.is_damage(error):
            raise
        await _empty(store, str(getattr(error, "orig", error)))  # not what was looked for
        raise Damaged from error


async def _empty(store: Store, why: str) -> None:
    log.warning("archive.damaged", error=why, remedy="the index is made anew")
    async with store.write() as tx:
        await archive.reset(tx)
        await memory.put_fact(tx, ANEW, "yes")


async def _take_in(store: Store, unread: Sequence[Unread]) -> None:
    by_language: defaultdict[str, list[Indexed]] = defaultdict(list)
    for each in await asyncio.to_thread(_read, unread):
        by_language[each.language].append(each)
    for language, indexed in by_language.items():
        while not await _put(store, language, indexed):
            continue  # another process has let words go meanwhile


async def _put(store: Store, language: str, indexed: Sequence[Indexed]) -> bool:
    """Put articles in one language into the index; False: they are to be put anew."""
    wanted = {word for each in indexed for word in each.words}
    async with store.read() as connection:
        known = await archive.known(connection, language, wanted)
    new = await asyncio.to_thread(_entries, language, wanted - known.keys())
    async with store.write() as tx:
        await archive.add_words(tx, language, new)
        if not await upkeep.are_there(tx, known.values()):
            return False
        numbers = {**known, **await archive.known(tx, language, new.keys())}
        await archive.put(tx, indexed, numbers)
    return True


def _read(unread: Sequence[Unread]) -> list[Indexed]:
    return [
        Indexed(each.entry_id, each.read, code_of(each.article.language), vocabulary(each.article))
        for each in unread
    ]


def _entries(language: str, new: set[str]) -> Mapping[str, str]:
    rules = rules_for(language)
    return {word: entry(word, rules) for word in sorted(new)}


async def sweep(store: Store) -> int:
    """Let go some words that no article has any more, going on where it ended last time."""
    done = 0
    for _ in range(SWEEPS):
        async with store.read() as connection:
            after = int(await memory.fact(connection, SWEPT_TO) or 0)
            idle, last = await upkeep.idle_words(connection, after, SWEPT)
        async with store.write() as tx:
            done += await upkeep.drop_words(tx, idle)
            await memory.put_fact(tx, SWEPT_TO, str(last))
    return done
