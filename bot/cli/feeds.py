"""`ausguck feeds`: which sources are polled."""

from argparse import Namespace
from collections.abc import Sequence

from bot import clock
from bot.cli import DONE, code_of, complain, json_line
from bot.cli.fetching import fetch_feed, open_tools
from bot.cli.settings import configured, finish
from bot.config import Config
from bot.daemon.intake import open_store
from bot.errors import Fault, SourceError, UserError, WorkerError
from bot.feeds.opml import OutlineFeed, read_opml, write_opml
from bot.feeds.urls import http_url
from bot.model import ParsedFeed
from bot.store import Store, feeds
from bot.store.feeds import FeedState, Source

SHOWN = 10


def list_(arguments: Namespace) -> int:
    """Print all feeds and how they are."""
    for feed in finish(_listed(configured(arguments))):
        print(json_line(_as_json(feed)) if arguments.json else _line(feed))
    return DONE


async def _listed(config: Config) -> list[FeedState]:
    async with open_store(config, clock.now) as store, store.read() as connection:
        return list(await feeds.listed(connection))


def _as_json(feed: FeedState) -> dict[str, object]:
    return {
        "url": feed.url,
        "name": feed.name,
        "from": feed.origin,
        "state": feed.state,
        "last_success": feed.last_success and feed.last_success.isoformat(),
        "error": feed.error,
        "next_due": feed.next_due.isoformat(),
    }


def _line(feed: FeedState) -> str:
    read = f"read {feed.last_success:%Y-%m-%d %H:%M} UTC" if feed.last_success else "never read"
    state = "paused" if feed.state == "paused" else f"error: {feed.error}" if feed.error else read
    return f"{feed.name or '(no name yet)'}  {feed.url}  [{feed.origin}]  {state}"


def add(arguments: Namespace) -> int:
    """Add one feed."""
    if http_url(arguments.url) is None:
        raise UserError(Fault(arguments.url, "is no web address", "begin it with https://"))
    added = finish(_add(configured(arguments), [OutlineFeed(arguments.url, "", ())]))
    print("added" if added else "known already")
    return DONE


def import_(arguments: Namespace) -> int:
    """Add the feeds of an OPML file."""
    try:
        content = arguments.file.read_bytes()
    except OSError as error:
        raise UserError(Fault(str(arguments.file), f"cannot be read: {error.strerror}")) from None
    outlines = read_opml(content, str(arguments.file))
    added = finish(_add(configured(arguments), outlines))
    print(f"{added} added, {len(outlines) - added} known already")
    return DONE


async def _add(config: Config, outlines: Sequence[OutlineFeed]) -> int:
    async with open_store(config, clock.now) as store, store.write() as tx:
        sources = [Source(each.url, each.title, None, each.tags) for each in outlines]
        return sum([await feeds.add(tx, source, clock.now()) for source in sources])


def export(arguments: Namespace) -> int:
    """Print all feeds as OPML."""
    listed = finish(_listed(configured(arguments)))
    outlines = [OutlineFeed(feed.url, feed.name, feed.tags) for feed in listed]
    print(write_opml(outlines).decode())
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
    print(f"{parsed.title}: {len(parsed.entries)} entries")
    for entry in parsed.entries[:SHOWN]:
        dated = f"{entry.published:%Y-%m-%d %H:%M} UTC" if entry.published else "no date"
        print(f"  {dated}  {entry.title}\n    {entry.link or 'no link'}")
    return DONE


async def _fetch(config: Config, url: str) -> ParsedFeed:
    async with open_tools(config) as (fetcher, workers):
        return await fetch_feed(fetcher, workers, url)
