"""`ausguck feeds add` and `import`: feeds are asked before they are added, unless `--offline`."""

import asyncio
from argparse import Namespace
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot import clock
from bot.cli import DONE, MISTAKE, NO, complain
from bot.cli.fetching import fetch_feed, open_tools
from bot.cli.settings import configured, finish
from bot.config import Config
from bot.daemon.intake import open_store
from bot.errors import Fault, NotAFeed, NotAllowed, SourceError, UserError, WorkerError
from bot.feeds.opml import OutlineFeed, Outlines, read_opml
from bot.feeds.urls import canonical, http_url
from bot.pipeline.search import FoundFeed, Search, find_feeds
from bot.pipeline.tools import in_words, passes
from bot.store import Store, feeds
from bot.store.feeds import Source


@dataclass(slots=True)
class Asked:
    """What the feeds of a file answered."""

    good: list[OutlineFeed] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    left_out: int = 0


def add(arguments: Namespace) -> int:
    """Add a feed, or the only feed of a site; list them where it has several."""
    url = arguments.url.strip()
    if http_url(url) is None:
        raise UserError(Fault(url, "is no web address", "begin it with https://"))
    return finish(_add(configured(arguments), url, offline=arguments.offline))


async def _add(config: Config, url: str, *, offline: bool) -> int:
    async with open_store(config, clock.now) as store:
        if await _is_known(store, url):
            print("known already")
            return DONE
        if offline:
            return await _keep(store, Source(url), "added")
        async with open_tools(config) as (fetcher, workers):
            search = await find_feeds(fetcher, workers, url)
        return await _take(store, url, search)


async def _take(store: Store, url: str, search: Search) -> int:
    """Do what follows from a search."""
    match search.feeds:
        case [found]:
            added = "added" if search.itself else f"added {_shown(found)}"
            return await _keep(store, Source(found.url, found.feed.title), added)
        case [_, *_]:
            for found in search.feeds:
                print(_shown(found))
            if search.cut:
                complain("there may be more: not every link was asked")
            complain("nothing is added; choose one with `ausguck feeds add URL`")
            return NO
    if search.trouble and passes(search.trouble):
        complain(f"{url}: {in_words(search.trouble)}; it is asked again later")
        return await _keep(store, Source(url), "added")
    if isinstance(search.trouble, NotAllowed):
        complain(f"{url}: {in_words(search.trouble)}")
        return MISTAKE
    complain(f"{url}: there is no feed; tried:")
    for address, reason in search.tried.items():
        complain(f"  {address}: {reason}")
    return NO


async def _keep(store: Store, source: Source, said: str) -> int:
    if await _is_known(store, source.url):
        said = "known already"
    else:
        async with store.write() as tx:
            await feeds.add(tx, source, clock.now())
    print(said)
    return DONE


def _shown(found: FoundFeed) -> str:
    return f"{found.url}  {found.feed.title or '(no title)'}, {len(found.feed.entries)} entries"


async def _is_known(store: Store, url: str) -> bool:
    async with store.read() as connection:
        found = await feeds.find(connection, url)
    return found is not None or canonical(url) in await _known(store)


async def _known(store: Store) -> set[str]:
    async with store.read() as connection:
        return {canonical(feed.url) for feed in await feeds.listed(connection)}


def import_(arguments: Namespace) -> int:
    """Add the feeds of an OPML file; what is of no use in it is told, and the rest goes on."""
    where = str(arguments.file)
    try:
        content = arguments.file.read_bytes()
    except OSError as error:
        raise UserError(Fault(where, f"cannot be read: {error.strerror}")) from None
    outlines = read_opml(content, where)
    for fault in (*outlines.unusable, *outlines.duplicates):
        complain(str(fault))
    return finish(_import(configured(arguments), outlines, where, offline=arguments.offline))


async def _import(config: Config, outlines: Outlines, where: str, *, offline: bool) -> int:
    async with open_store(config, clock.now) as store:
        there = await _known(store)
        new = [each for each in outlines.feeds if canonical(each.url) not in there]
        asked = Asked(new) if offline else await _ask(config, new, where)
        async with store.write() as tx:
            sources = [Source(each.url, each.title, None, each.tags) for each in asked.good]
            added = sum([await feeds.add(tx, source, clock.now()) for source in sources])
    for fault in sorted(asked.faults, key=lambda fault: fault.line):
        complain(str(fault))
    known = len(outlines.feeds) - len(new) + len(asked.good) - added
    left_out = len(outlines.unusable) + asked.left_out
    more = f", {left_out} left out" if left_out else ""
    print(f"{added} added, {known} known already{more}")
    return DONE if added or known else NO


async def _ask(config: Config, outlines: Sequence[OutlineFeed], where: str) -> Asked:
    """Ask every feed; one that only does not answer at present is as good as any."""
    asked = Asked()
    answered: dict[str, OutlineFeed] = {}
    async with open_tools(config) as (fetcher, workers):

        async def ask(outline: OutlineFeed) -> None:
            try:
                await fetch_feed(fetcher, workers, outline.url)
            except (SourceError, WorkerError) as error:
                asked.faults.append(_fault(where, outline, error))
                if not passes(error):
                    asked.left_out += 1
                    return
            answered[outline.url] = outline

        await asyncio.gather(*map(ask, outlines))
    asked.good = [outline for outline in outlines if outline.url in answered]
    return asked


def _fault(where: str, outline: OutlineFeed, error: SourceError | WorkerError) -> Fault:
    remedy = "it is left out"
    if isinstance(error, NotAFeed):
        remedy += "; `ausguck feeds add` with this address looks for a feed there"
    elif passes(error):
        remedy = "it is added all the same, and asked again later"
    return Fault(where, f"{outline.url}: {in_words(error)}", remedy, outline.line)
