"""The watchlists in force: what is remembered of them, and who is told what happens to them."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime

import structlog

from bot.config import Config
from bot.daemon.saves import Saves
from bot.errors import Fault
from bot.library import Library
from bot.store import DatabaseTrouble, Store, chats, memory, notices, own, versions
from bot.telegram import readings
from bot.watch.files import Broken, Event, FolderGone, Shelf
from bot.wording import LANGUAGES, Sentences

log = structlog.get_logger()

Tell = Callable[[Event], Awaitable[None]]

MOST_SHOWN = 20  # faults of one file in the log or a message: the wrong file has thousands


async def open_library(
    config: Config, store: Store, tell: Tell, now: Callable[[], datetime]
) -> Library:
    """Read the watchlists: all good ones are in force then.

    Args:
        config: the configuration.
        store: keeps the last good versions.
        tell: is awaited with every event of the watchlists.
        now: the clock.
    """
    async with store.read() as connection:
        stored = await memory.stored_watchlists(connection)
        since = await versions.since(connection)
        others = await own.sources(connection)
    # Where nothing was ever in force, that the lists are there is no news.
    saves = Saves(store, now, lambda: library.watchlists, tells=bool(stored))

    async def told(event: Event) -> None:
        await saves(event)
        await tell(event)

    library = Library(config.path(config.watch.folder), Shelf(stored, since), told, now)
    await library.start()
    saves.begin_to_tell()
    await library.take_in(others)
    return library


async def log_event(event: Event) -> None:
    """Say in the log what happened to the watchlists."""
    match event:
        case Broken(name, faults):
            for fault in faults[:MOST_SHOWN]:
                log.warning("watchlist.broken", watchlist=name, fault=str(fault))
            if len(faults) > MOST_SHOWN:
                log.warning("watchlist.broken", watchlist=name, more=len(faults) - MOST_SHOWN)
        case FolderGone():
            log.warning("watchlist.folder_gone", remedy="put the folder back; all lists still hold")
        case _:
            log.info("watchlist.changed", watchlist=event.name, what=type(event).__name__.lower())


def _shown(faults: Sequence[Fault]) -> Mapping[str, str]:
    """Return what is wrong, in every language."""
    return {code: _said(faults, words) for code, words in LANGUAGES.items()}


def _said(faults: Sequence[Fault], words: Sentences) -> str:
    shown = [readings.told(fault, words) for fault in faults[:MOST_SHOWN]]
    return "\n".join(shown + (["…"] if len(faults) > len(shown) else []))


def tell_admins(store: Store, now: Callable[[], datetime]) -> Tell:
    """Return a `tell` that writes to the log and posts what admins must see to."""

    async def tell(event: Event) -> None:
        await log_event(event)
        match event:
            case Broken(name, faults):
                params = {"name": name, "faults": _shown(faults)}
                key = "list_broken" if event.has_good else "list_broken_new"
            case FolderGone():
                key, params = "folder_gone", {}
            case _:
                return
        try:
            async with store.write() as tx:
                admins = [chat.id for chat in await chats.admins(tx)]
                await notices.post(tx, admins, key, params, now())
        except DatabaseTrouble:
            log.exception("watchlist.admins_not_told", notice=key)

    return tell
