"""What most commands begin with: the configuration, the log, the watchlists' files."""

import asyncio
from argparse import Namespace
from collections.abc import Coroutine
from typing import TYPE_CHECKING, Any, TypeVar

from bot import log
from bot.config import Config, load
from bot.errors import Fault, StoreError, UserError, WatchlistError

if TYPE_CHECKING:
    from bot.watch.watchlist import Watchlist

T = TypeVar("T")


def configured(arguments: Namespace) -> Config:
    """Read the configuration and set the log up by it.

    Raises:
        ConfigError: see `bot.config.load`.
    """
    config = load(arguments.config)
    secrets = [config.telegram.token, config.web.token]
    log.configure(config.log.level, config.log.format, [s.get_secret_value() for s in secrets if s])
    return config


def finish(work: Coroutine[Any, Any, T]) -> T:
    """Run asynchronous work to its end.

    Raises:
        StoreError: the database is locked, full, or cannot be written for another such reason.
    """
    try:
        return asyncio.run(work)
    except Exception as error:
        if fault := _of_database(error):
            raise StoreError(fault) from None
        raise


def _of_database(error: Exception) -> Fault | None:
    """Return what an error says of the database as a whole; None where that is nothing."""
    if not hasattr(error, "orig"):
        return None  # commands without a database do not load what it takes to look closer
    from bot.store.trouble import REMEDIES, kind_of

    kind = kind_of(error)
    return Fault("the database", REMEDIES[kind]) if kind else None


def read_watchlists(config: Config) -> tuple[list["Watchlist"], list[Fault]]:
    """Read the watchlists' folder: the good lists, and every fault of the others."""
    from bot.folder import read_folder
    from bot.watch.language import decode, parse

    lists, faults = [], []
    for name, content in sorted((read_folder(config.path(config.watch.folder)) or {}).items()):
        if isinstance(content, Fault):
            faults.append(content)
            continue
        try:
            lists.append(parse(decode(content), name, name.removesuffix(".txt")))
        except WatchlistError as error:
            faults += error.faults
    return lists, faults


def named_watchlist(config: Config, name: str) -> "Watchlist":
    """Read the watchlist of this name.

    Raises:
        UserError: there is none, or it has faults.
    """
    lists, faults = read_watchlists(config)
    chosen = next((each for each in lists if each.name == name), None)
    if chosen is None:
        broken = [fault for fault in faults if fault.where == f"{name}.txt"]
        there = ", ".join(each.name for each in lists) or "none"
        raise UserError(
            *(broken or [Fault("watchlist", f"there is no {name}", f"there are: {there}")])
        )
    return chosen
