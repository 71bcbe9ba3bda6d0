"""`ausguck feeds add` and `import`: feeds are asked before they are added, unless `--offline`."""

from argparse import Namespace

from bot import clock
from bot.cli import DONE, MISTAKE, NO, complain
from bot.cli.fetching import open_tools
from bot.cli.settings import configured, finish
from bot.config import Config
from bot.daemon.intake import open_store
from bot.errors import Fault, NotAFeed, UserError
from bot.feeds.opml import Outlines, read_opml
from bot.feeds.urls import http_url
from bot.pipeline.adding import Adder, Doubt, Outcome
from bot.pipeline.search import FoundFeed
from bot.pipeline.tools import in_words
from bot.store.feeds import Source


def add(arguments: Namespace) -> int:
    """Add a feed, or the only feed of a site; list them where it has several."""
    url = arguments.url.strip()
    if http_url(url) is None:
        raise UserError(Fault(url, "is no web address", "begin it with https://"))
    return finish(_add(configured(arguments), url, offline=arguments.offline))


async def _add(config: Config, url: str, *, offline: bool) -> int:
    async with open_store(config, clock.now) as store, open_tools(config) as tools:
        adder = Adder(store, *tools, clock.now)
        if offline:
            print(_SAID[await adder.keep(Source(url))])
            return DONE
        return _tell(url, await adder.add(url))


_SAID = {"added": "added", "known": "known already"}


def _tell(url: str, outcome: Outcome) -> int:
    """Say what came of a search."""
    search, trouble = outcome.search, in_words(outcome.search.trouble or NotAFeed())
    match outcome.verdict:
        case "added" | "known" as verdict:
            named = outcome.found and not search.itself and verdict == "added"
            print(f"added {_shown(search.feeds[0])}" if named else _SAID[verdict])
            return DONE
        case "several":
            for found in search.feeds:
                print(_shown(found))
            if search.cut:
                complain("there may be more: not every link was asked")
            complain("nothing is added; choose one with `ausguck feeds add URL`")
            return NO
        case "later":
            complain(f"{url}: {trouble}; it is asked again later")
            print("added")
            return DONE
        case "no_host":
            complain(f"{url}: {trouble}; check how it is spelt, or add it with --offline")
            return NO
        case "not_allowed":
            complain(f"{url}: {trouble}")
            return MISTAKE
        case "none":
            complain(f"{url}: there is no feed; tried:")
            for address, reason in search.tried.items():
                complain(f"  {address}: {reason}")
            return NO


def _shown(found: FoundFeed) -> str:
    return f"{found.url}  {found.feed.title or '(no title)'}, {len(found.feed.entries)} entries"


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
    async with open_store(config, clock.now) as store, open_tools(config) as tools:
        done = await Adder(store, *tools, clock.now).take(outlines.feeds, ask=not offline)
    for doubt in sorted(done.doubts, key=lambda doubt: doubt.outline.line):
        complain(str(_fault(where, doubt)))
    left_out = len(outlines.unusable) + sum(not doubt.added for doubt in done.doubts)
    more = f", {left_out} left out" if left_out else ""
    print(f"{done.added} added, {done.known} known already{more}")
    return DONE if done.added or done.known else NO


def _fault(where: str, doubt: Doubt) -> Fault:
    remedy = "it is left out"
    if isinstance(doubt.error, NotAFeed):
        remedy += "; `ausguck feeds add` with this address looks for a feed there"
    elif doubt.added:
        remedy = "it is added all the same, and asked again later"
    outline = doubt.outline
    return Fault(where, f"{outline.url}: {in_words(doubt.error)}", remedy, outline.line)
