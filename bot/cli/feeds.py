"""`ausguck feeds`: which sources are polled."""

from argparse import Namespace
from collections.abc import Mapping, Sequence
from datetime import datetime

from bot import clock
from bot.cli import DONE, code_of, complain, json_line, printable
from bot.cli.fetching import fetch_feed, open_tools
from bot.cli.settings import configured, finish
from bot.config import Config
from bot.daemon.intake import open_store
from bot.errors import Fault, SourceError, UserError, WorkerError
from bot.feeds.health import in_words
from bot.model import ParsedFeed
from bot.pipeline.adding import as_opml
from bot.store import Store, feeds, health
from bot.store.feeds import FeedState
from bot.store.health import Doing

SHOWN = 10


def list_(arguments: Namespace) -> int:
    """Print all feeds and how they are."""
    listed, doing = finish(_doing(configured(arguments)))
    for feed in listed:
        each = doing[feed.url]
        print(json_line(_as_json(feed, each)) if arguments.json else _line(feed, each))
    return DONE


async def _doing(config: Config) -> tuple[Sequence[FeedState], Mapping[str, Doing]]:
    async with open_store(config, clock.now) as store, store.read() as connection:
        return await feeds.listed(connection), await health.overview(connection, clock.now())


def _as_json(feed: FeedState, doing: Doing) -> dict[str, object]:
    return {
        "url": feed.url,
        "name": feed.name,
        "from": feed.origin,
        "state": feed.state,
        "last_success": feed.last_success and feed.last_success.isoformat(),
        "error": feed.error,
        "next_due": feed.next_due.isoformat(),
        "health": doing.health,
        "errors": doing.errors,
        "last_new": doing.last_new and doing.last_new.isoformat(),
        "entries_per_day": round(doing.per_day, 1),
        "discovery_seconds": doing.discovery and round(doing.discovery.total_seconds()),
    }


def _line(feed: FeedState, doing: Doing) -> str:
    words = [_state(feed, doing)]
    if doing.per_day:
        words.append(f"{doing.per_day:.3g} a day")
    if doing.discovery is not None:
        words.append(f"found {in_words(doing.discovery)} after publication")
    return f"{feed.name or '(no name yet)'}  {feed.url}  [{feed.origin}]  {', '.join(words)}"


def _state(feed: FeedState, doing: Doing) -> str:
    read = f"read {_time(feed.last_success)}" if feed.last_success else "never read"
    match doing.health:
        case "paused":
            return "paused"
        case "gone":
            return f"ended by its publisher: {feed.error}"
        case "ill" | "failing":
            times = "once" if doing.errors == 1 else f"{doing.errors} times"
            state = "ill" if doing.health == "ill" else "error"
            return f"{state}: {feed.error} ({times} in a row; {read})"
        case "silent":
            new = f"since {_time(doing.last_new)}" if doing.last_new else "yet"
            return f"silent: {read}, nothing new {new}"
        case _:
            return read


def _time(instant: datetime) -> str:
    return f"{instant:%Y-%m-%d %H:%M} UTC"


def export(arguments: Namespace) -> int:
    """Print all feeds as OPML."""
    listed, _ = finish(_doing(configured(arguments)))
    print(as_opml(listed).decode())
    return DONE


def remove(arguments: Namespace) -> int:
    """Poll a feed no more that was added by command."""
    return finish(_change(configured(arguments), arguments.url, "remove"))


def pause(arguments: Namespace) -> int:
    """Leave a feed alone."""
    return finish(_change(configured(arguments), arguments.url, "paused"))


def resume(arguments: Namespace) -> int:
    """Poll a feed again."""
    return finish(_change(configured(arguments), arguments.url, "active"))


async def _change(config: Config, url: str, what: str) -> int:
    async with open_store(config, clock.now) as store:
        await _mine(store, url)
        async with store.write() as tx:
            if what == "remove":
                await feeds.remove(tx, url)
            else:
                await feeds.set_state(tx, url, what)
    print("removed" if what == "remove" else what)
    return DONE


async def _mine(store: Store, url: str) -> None:
    """Files win: what is written in config.toml is changed there.

    Raises:
        UserError: the feed is not known, or is written in the configuration.
    """
    async with store.read() as connection:
        found = await feeds.find(connection, url)
    if found is None:
        raise UserError(Fault(url, "is not known", "`ausguck feeds list` shows what is"))
    if found.origin == "config":
        raise UserError(Fault(url, "is written in config.toml", "change it there"))


def test(arguments: Namespace) -> int:
    """Fetch a feed and show what is in it."""
    config = configured(arguments)
    try:
        parsed = finish(_fetch(config, arguments.url))
    except (SourceError, WorkerError) as error:
        complain(f"{arguments.url}: {error}")
        return code_of(error)
    print(f"{printable(parsed.title)}: {len(parsed.entries)} entries")
    for entry in parsed.entries[:SHOWN]:
        dated = _time(entry.published) if entry.published else "no date"
        print(f"  {dated}  {printable(entry.title)}\n    {printable(entry.link or 'no link')}")
    return DONE


async def _fetch(config: Config, url: str) -> ParsedFeed:
    async with open_tools(config) as (fetcher, workers):
        return await fetch_feed(fetcher, workers, url)
