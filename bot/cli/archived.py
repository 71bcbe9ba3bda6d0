"""Asks the archive: its index is brought up to date before, and made anew where it is damaged."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from bot import clock
from bot.cli import complain
from bot.cli.settings import finish
from bot.config import Config
from bot.daemon.intake import open_store
from bot.errors import Fault, StoreError
from bot.pipeline import archive
from bot.store import Store, upkeep
from bot.store.trouble import REMEDIES

T = TypeVar("T")


def asked(config: Config, ask: Callable[[Store], Awaitable[T]]) -> T:
    """Return what an archive that is up to date answers.

    Raises:
        UserError: the data folder cannot be used, or the database cannot be read.
    """
    try:
        return finish(_asked(config, ask))
    except archive.Damaged:
        raise StoreError(Fault("the database", REMEDIES["damaged"])) from None


async def _asked(config: Config, ask: Callable[[Store], Awaitable[T]]) -> T:
    async with open_store(config, clock.now) as store:
        await archive.catch_up(store, _say_damaged)
        async with store.read() as connection:
            if await upkeep.has_text_since(connection) is None:
                complain("nothing was read yet: there is nothing to search")
        try:
            return await ask(store)
        except archive.Damaged:
            _say_damaged()
            await archive.catch_up(store)
            return await ask(store)


def _say_damaged() -> None:
    complain("the index was damaged; it is made anew, which takes a while")
