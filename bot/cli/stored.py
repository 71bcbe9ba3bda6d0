"""What commands about the archive begin with: the store, brought up to date; one of the lists."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot import clock
from bot.cli.settings import read_watchlists
from bot.config import Config
from bot.daemon.intake import open_store
from bot.errors import Fault, UserError
from bot.pipeline import archive
from bot.store import Store
from bot.watch.watchlist import Watchlist


@asynccontextmanager
async def archived(config: Config) -> AsyncIterator[Store]:
    """Open the store, with all that was read in its index.

    Raises:
        UserError: the index is damaged.
    """
    async with open_store(config, clock.now) as store:
        await archive.catch_up(store)
        try:
            yield store
        except archive.Damaged:
            what, remedy = "the index was damaged, and is empty now", "ask again: it is made anew"
            raise UserError(Fault("archive", what, remedy)) from None


def one_list(name: str, config: Config) -> Watchlist:
    """Return a watchlist by its name.

    Raises:
        UserError: there is none of this name, or it cannot be read.
    """
    lists, faults = read_watchlists(config)
    chosen = next((each for each in lists if each.name == name), None)
    if chosen is not None:
        return chosen
    broken = [fault for fault in faults if fault.where == f"{name}.txt"]
    there = ", ".join(each.name for each in lists) or "none"
    raise UserError(*(broken or [Fault(name, "there is no such list", f"there are: {there}")]))
