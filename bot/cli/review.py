"""`ausguck review`: the press review of watchlists, each as an HTML and a CSV file."""

from argparse import Namespace
from collections.abc import Container, Sequence
from datetime import datetime, timedelta
from itertools import chain, count
from pathlib import Path
from zoneinfo import ZoneInfo

from bot import clock
from bot.cli import DONE, NO, complain
from bot.cli.archived import asked
from bot.cli.settings import configured, named_watchlist, read_watchlists
from bot.config import Config
from bot.errors import ConfigError, Fault
from bot.pipeline.review import Frame, file_name, made, searched, written
from bot.store import Store
from bot.watch.watchlist import Watchlist
from bot.wording import sentences


def review(arguments: Namespace) -> int:
    """Write what came of each list, and print the files' names; NO where nothing came."""
    config, until = configured(arguments), clock.now()
    wanted = _wanted(config, arguments.watchlist)
    try:
        arguments.out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _not_written(arguments.out, error) from None
    ends = (until - timedelta(days=arguments.days), until)
    files = asked(config, lambda store: _reviews(store, config, wanted, ends))
    for name, content in files.items():
        try:
            (arguments.out / name).write_bytes(content)
        except OSError as error:
            raise _not_written(arguments.out / name, error) from None
        print(arguments.out / name)
    return DONE if files else NO


def _wanted(config: Config, name: str | None) -> Sequence[Watchlist]:
    if name is not None:
        return [named_watchlist(config, name)]
    lists, faults = read_watchlists(config)
    for fault in faults:
        complain(str(fault))
    return lists


async def _reviews(
    store: Store, config: Config, wanted: Sequence[Watchlist], ends: tuple[datetime, datetime]
) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    for each in wanted:
        for name, content in await _files(store, config, each, ends):
            files[_free(name, files)] = content
    return files


def _free(name: str, taken: Container[str]) -> str:
    """Return a name that no other list's file has: `a b` and `a-b` would be called the same."""
    stem, dot, ending = name.rpartition(".")
    others = (f"{stem}-{number}{dot}{ending}" for number in count(2))
    return next(each for each in chain([name], others) if each not in taken)


async def _files(
    store: Store, config: Config, watchlist: Watchlist, ends: tuple[datetime, datetime]
) -> list[tuple[str, bytes]]:
    words, zone = sentences(config.watch.language), ZoneInfo(config.alerts.timezone)
    what = await searched(store, watchlist, ends[0])
    if not what.events:
        complain(f"{watchlist.name}: nothing")
        return []
    made_up = made(what, Frame(watchlist.label, words, zone, *ends))
    day = ends[1].astimezone(zone)
    return [
        (file_name(watchlist.name, day, form, words), await written(made_up, form, words))
        for form in ("html", "csv")
    ]


def _not_written(place: Path, error: OSError) -> ConfigError:
    cause = error.strerror or "it cannot be written"
    return ConfigError(Fault(str(place), cause, "name a folder that can be written to"))
