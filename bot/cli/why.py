"""`ausguck why URL`: what became of an article, up to the first broken link of the chain."""

from argparse import Namespace
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot import clock
from bot.alerts.why import Chat, Listed, Step, chain
from bot.cli import DONE, NO, json_line
from bot.cli.settings import configured, finish, read_watchlists
from bot.config import Config
from bot.daemon.intake import open_store
from bot.store import Transaction, chats, traces
from bot.store.traces import Seen, Source

MOST_LISTS, MOST_LINES = 10, 3
"""Lists, and lines of each, whose nearest miss is told."""


@dataclass(frozen=True, slots=True)
class Found:
    """What is known of an address."""

    seen: Sequence[Seen]
    chat: Chat | None
    sources: Sequence[Source]


def why(arguments: Namespace) -> int:
    """Print the chain; exit code 1 where it is broken."""
    config = configured(arguments)
    found = finish(_found(config, arguments.url, arguments.chat))
    steps = chain(_listed(found.seen), found.chat) if found.seen else _unknown(found.sources)
    misses = _misses(config, found.seen) if steps[-1].said.startswith("no watchlist") else []
    broken = any(step.broken for step in steps)
    if arguments.json:
        said = [step.said for step in steps]
        print(json_line({"url": arguments.url, "told": not broken, "steps": said, "near": misses}))
    else:
        for line in (*(step.said for step in steps), *(f"  {miss}" for miss in misses)):
            print(line)
    return NO if broken else DONE


async def _found(config: Config, url: str, chat_id: int | None) -> Found:
    async with open_store(config, clock.now) as store, store.read() as connection:
        seen = await traces.seen(connection, url)
        chat = None
        if chat_id is not None:
            chat = await _chat(connection, [each.entry_id for each in seen], chat_id)
        return Found(seen, chat, await traces.sources(connection, url))


async def _chat(tx: Transaction, entry_ids: Sequence[int], chat_id: int) -> Chat:
    known = await chats.get(tx, chat_id)
    message = await traces.message(tx, entry_ids, chat_id)
    decided = await traces.decided(tx, entry_ids, chat_id)
    on = sorted(await chats.subscribed(tx, chat_id))
    chat = Chat(known.state if known else None, on, [each.reason for each in decided])
    if message is None:
        return chat
    return replace(
        chat,
        kind=message.kind,
        message=message.state,
        due=message.due,
        changed=message.changed,
        error=message.error,
    )


def _listed(seen: Sequence[Seen]) -> Sequence[Listed]:
    return [
        Listed(
            each.outlet,
            each.seen,
            each.old,
            each.read_due,
            each.article.text_from if each.article else None,
            each.lists,
        )
        for each in seen
    ]


def _unknown(sources: Sequence[Source]) -> Sequence[Step]:
    """Say of an address that no feed listed what is known of its site."""
    steps = [Step("no feed has listed this address")]
    for each in sources:
        read = f"read last at {each.last_success:%Y-%m-%d %H:%M} UTC" if each.last_success else ""
        state = each.state if each.state != "active" else read or "not read yet"
        error = f"; {each.error}" if each.error else ""
        steps.append(Step(f"its site's feed {each.name} ({each.url}): {state}{error}"))
    if not sources:
        steps.append(Step("no feed of its site is polled: `ausguck feeds add` with its address"))
    steps[-1] = Step(steps[-1].said, broken=True)
    return steps


def _misses(config: Config, seen: Sequence[Seen]) -> list[str]:
    """Say what the lines of the watchlists lack, or what excludes the article."""
    from bot.text.languages import rules_for
    from bot.watch.explain import why_not

    article = next((each.article for each in reversed(seen) if each.article), None)
    if article is None:
        return []
    lists, _ = read_watchlists(config)
    return [
        f"{each.name}, line {missing.query.line}: {'; '.join(missing.reasons)}"
        for each in lists[:MOST_LISTS]
        for missing in why_not(each, article, rules_for)[:MOST_LINES]
    ]
