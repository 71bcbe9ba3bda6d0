"""`ausguck check`: config, feeds and watchlists, every fault at once; no network unless asked."""

import asyncio
from argparse import Namespace
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.cli import DONE, MISTAKE, complain
from bot.cli.fetching import fetch_feed, open_tools
from bot.cli.listing import show
from bot.cli.settings import configured, finish, read_watchlists
from bot.config import Config
from bot.errors import (
    BotError,
    Fault,
    SourceError,
    StoreError,
    TokenError,
    WatchlistError,
    WorkerError,
)
from bot.folder import require_readable
from bot.store import Store, feeds
from bot.text.fold import fold
from bot.text.german.lexicon import german
from bot.watch.among import Around, Outlet
from bot.watch.check import warnings


@dataclass(slots=True)
class Findings:
    """What was found: faults stop the start, warnings do not."""

    faults: list[Fault] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    surprises: list[Fault] = field(default_factory=list)
    """Lines of watchlists that are in order, and will do something else than it seems."""


def check(arguments: Namespace) -> int:
    """Print how everything was read; faults and warnings go to stderr."""
    config = configured(arguments)
    found = Findings()
    print(f"configuration: {config.source or 'none; built-in defaults'}")
    print(f"feeds: {len(config.feeds)}")
    _check_settings(config, found)
    _check_watchlists(config, found)
    if arguments.online:
        finish(_check_online(config, found))
    for warning in found.warnings:
        complain(f"warning: {warning}")
    for surprise in found.surprises:
        _complain(f"warning: {surprise}", surprise.excerpt)
    for fault in found.faults:
        _complain(str(fault), fault.excerpt)
    return MISTAKE if found.faults else DONE


def _complain(what: str, excerpt: str | None) -> None:
    complain(what)
    if excerpt:
        complain(excerpt)


def _check_settings(config: Config, found: Findings) -> None:
    if not config.telegram.token:
        found.warnings.append(
            "there is no Telegram token; get one from @BotFather and set AUSGUCK_TELEGRAM__TOKEN"
        )
    if not config.feeds:
        found.warnings.append("no [[feeds]] are configured; only those added by command are polled")
    seen: set[str] = set()
    for feed in config.feeds:
        if feed.url in seen:
            found.warnings.append(f"{feed.url} is written twice")
        seen.add(feed.url)


def _check_watchlists(config: Config, found: Findings) -> None:
    folder = config.path(config.watch.folder)
    try:
        require_readable(folder)
    except WatchlistError as error:
        found.faults += error.faults
        return
    if not folder.is_dir():
        found.warnings.append(f"there is no folder {folder}; put watchlists (NAME.txt) into it")
        return
    lists, faults = read_watchlists(config)
    found.faults += faults
    if not lists and not faults:
        found.warnings.append(f"{folder} has no watchlist (NAME.txt) in it")
    for each in lists:
        show(each)
        if not each.queries:
            found.warnings.append(f"{each.name}.txt has no query; it never matches")
    found.surprises += warnings(lists, _is_noun, Around(lists, finish(_feeds(config))))


async def _feeds(config: Config) -> Sequence[Outlet]:
    """Return the feeds that are known: in the configuration and, where there is one, the database.

    Of those without a name in the configuration, the database has the title.
    """
    try:
        if not Store.is_there(config.store.url, config.folder):
            return config.feeds
        store = await Store.open(config.store.url, config.folder)
    except StoreError:
        return ()
    try:
        async with store.read() as connection:
            known = {feed.url: feed for feed in await feeds.listed(connection)}
    finally:
        await store.close()
    configured = [feed if feed.name else known.get(feed.url, feed) for feed in config.feeds]
    return [*configured, *(feed for feed in known.values() if feed.origin != "config")]


def _is_noun(word: str) -> bool:
    """Whether this is an ordinary noun: names are in the dictionary, but end no compounds."""
    return bool(german().costs(fold(word)).head)


async def _check_online(config: Config, found: Findings) -> None:
    await _check_token(config, found)
    async with open_tools(config) as (fetcher, workers):

        async def ask(url: str) -> None:
            try:
                parsed = await fetch_feed(fetcher, workers, url)
                print(f"{url}: {len(parsed.entries)} entries")
            except (SourceError, WorkerError) as error:
                found.faults.append(Fault(url, str(error)))

        await asyncio.gather(*(ask(feed.url) for feed in config.feeds))


async def _check_token(config: Config, found: Findings) -> None:
    if not config.telegram.token:
        return
    from bot.telegram.service import username

    try:
        print(f"Telegram: @{await username(config)}")
    except TokenError as error:
        found.faults += error.faults
    except BotError as error:
        found.faults.append(Fault("telegram", str(error)))
