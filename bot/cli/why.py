"""`ausguck why URL`: what became of an article, up to the first broken link of the chain."""

from argparse import Namespace
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot import clock
from bot.alerts.steps import Step
from bot.alerts.why import chain
from bot.cli import DONE, NO, json_line
from bot.cli.settings import configured, finish, read_watchlists
from bot.config import Config
from bot.daemon.intake import open_store
from bot.store import own, traces
from bot.store.joining import joining as joining_of
from bot.store.traces import Seen
from bot.wording import sentences

MOST_LISTS, MOST_LINES = 10, 3
"""Lists, and lines of each, whose nearest miss is told."""

ASK_FOR_A_CHAT = "whether a chat was told of it, --chat ID says; `ausguck chats list` has the ids"


@dataclass(frozen=True, slots=True)
class Found:
    """What is known of an address."""

    seen: Sequence[Seen]
    steps: Sequence[Step]


def why(arguments: Namespace) -> int:
    """Print the chain; exit code 1 where it is broken."""
    config = configured(arguments)
    found = finish(_found(config, arguments.url, arguments.chat))
    steps, words = found.steps, sentences("en")
    misses = _misses(config, found.seen) if steps[-1].key == "no_match" else []
    broken = any(step.broken for step in steps)
    said = [words.why[step.key].format(**step.params) for step in steps]
    if arguments.json:
        print(json_line({"url": arguments.url, "told": not broken, "steps": said, "near": misses}))
    else:
        for line in (*said, *(f"  {miss}" for miss in misses)):
            print(line)
        if arguments.chat is None and not broken:
            print(ASK_FOR_A_CHAT)
    return NO if broken else DONE


async def _found(config: Config, url: str, chat_id: int | None) -> Found:
    async with open_store(config, clock.now) as store, store.read() as connection:
        seen = await traces.seen(connection, url)
        if not seen:
            return Found(seen, traces.unknown(await traces.sources(connection, url), _time))
        ids = [each.entry_id for each in seen]
        chat = None if chat_id is None else await traces.chat(connection, ids, chat_id)
        joining = await joining_of(connection, ids)
        owners = await own.owners(connection)
    listed = [
        replace(each, lists={_called(name, owners): query for name, query in each.lists.items()})
        for each in traces.listed(seen)
    ]
    if chat is not None:
        chat = replace(chat, on=[_called(name, owners) for name in chat.on])
    return Found(seen, chain(listed, chat, _time, joining))


def _called(watchlist: str, owners: Mapping[str, int]) -> str:
    """Return a list's name; of a chat's own, whose it is."""
    owner = owners.get(watchlist)
    return watchlist if owner is None else f"the queries of chat {owner}"


def _time(instant: datetime) -> str:
    return f"{instant:%Y-%m-%d %H:%M} UTC"


def _misses(config: Config, seen: Sequence[Seen]) -> list[str]:
    """Say what the lines of the watchlists lack, or what excludes the article."""
    from bot.text.languages import rules_for
    from bot.watch.explain import why_not

    article = traces.text_of(seen)
    if article is None:
        return []
    lists, _ = read_watchlists(config)
    return [
        f"{each.name}, line {missing.query.line}: {'; '.join(missing.reasons)}"
        for each in lists[:MOST_LISTS]
        for missing in why_not(each, article, rules_for)[:MOST_LINES]
    ]
