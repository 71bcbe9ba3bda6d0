"""`ausguck status` and `ausguck health`."""

from argparse import Namespace
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import timedelta
from math import ceil
from typing import Any

from bot import clock
from bot.cli import DONE, NO, complain, json_line
from bot.cli.settings import configured, finish
from bot.config import Config
from bot.daemon.intake import open_store
from bot.feeds.health import in_words, median
from bot.store import Store, alerts, chats, entries, feeds, memory, outbox
from bot.store import health as feed_health
from bot.store.health import Doing

TOLD_OF_LATE = timedelta(days=7)


def health(arguments: Namespace) -> int:
    """Ask the running daemon."""
    from bot.web.server import ask

    config = configured(arguments)
    faults = ask(config.web.host, config.web.port)
    for fault in faults:
        complain(fault)
    return NO if faults else DONE


def status(arguments: Namespace) -> int:
    """Print how it is going, and, while there is no admin, a new link to become one."""
    found = finish(_status(configured(arguments)))
    if arguments.json:
        print(json_line(found))
        return DONE
    _print_feeds(found)
    print(f"entries waiting to be read: {found['entries_waiting']}")
    print(f"chats: {found['chats']}, admins: {found['admins']}")
    messages = ", ".join(f"{count} {state}" for state, count in found["outbox"].items())
    print(f"messages: {messages or 'none'}")
    if found["told_seconds"] is not None:
        half, most = (in_words(timedelta(seconds=each)) for each in found["told_seconds"])
        print(f"alerts of late: half within {half} of publication, 95 % within {most}")
    if found["sent_plainly"]:
        print(f"sent in plain words, as Telegram refused the HTML: {found['sent_plainly']}")
    if found["owner_link"]:
        print(f"open this link within the hour to become the admin: {found['owner_link']}")
    return DONE


def _print_feeds(found: dict[str, Any]) -> None:
    print(f"feeds: {found['feeds']}, of which {found['feeds_with_errors']} with errors")
    if states := ", ".join(f"{count} {state}" for state, count in found["health"].items()):
        rate = f"{found['entries_per_day']:.3g} entries a day"
        print(f"they are: {states}; {rate}")
    for feed in found["ill"]:
        print(f"  ill: {feed['url']}: {feed['error']} ({feed['errors']} times in a row)")
    for feed in found["silent"]:
        print(f"  silent: {feed['url']}: nothing new since {feed['last_new'] or 'it was added'}")
    if found["discovery_seconds"] is not None:
        delay = in_words(timedelta(seconds=found["discovery_seconds"]))
        print(f"found {delay} after publication (median of the feeds)")
    if found["network_down_since"]:
        print(f"our own network fails since {found['network_down_since']}; no feed is blamed")


async def _status(config: Config) -> dict[str, Any]:
    async with open_store(config, clock.now) as store:
        async with store.read() as connection:
            sources = await feeds.listed(connection)
            people = [chat for chat in await chats.listed(connection) if chat.state == "active"]
            waiting = await entries.unread(connection, clock.now())
            messages = await outbox.counts(connection)
            doing = await feed_health.overview(connection, clock.now())
            down = await feed_health.network_down_since(connection)
            told = sorted(await alerts.delays(connection, clock.now() - TOLD_OF_LATE))
            plainly = await outbox.sent_plainly(connection)
        admins = {chat.id for chat in people if chat.admin} | set(config.telegram.admins)
        return {
            "feeds": len(sources),
            "feeds_with_errors": sum(1 for feed in sources if feed.error),
            "health": dict(sorted(Counter(each.health for each in doing.values()).items())),
            "ill": [
                {"url": feed.url, "error": feed.error, "errors": doing[feed.url].errors}
                for feed in sources
                if doing[feed.url].health == "ill"
            ],
            "silent": [
                {"url": url, "last_new": each.last_new and each.last_new.isoformat()}
                for url, each in doing.items()
                if each.health == "silent"
            ],
            "entries_per_day": round(sum(each.per_day for each in doing.values()), 1),
            "discovery_seconds": _median_seconds(doing.values()),
            "network_down_since": down and down.isoformat(),
            "entries_waiting": waiting,
            "chats": len(people),
            "admins": len(admins),
            "outbox": messages,
            "told_seconds": [_seconds(told, share) for share in (0.5, 0.95)] if told else None,
            "sent_plainly": plainly,
            "owner_link": None if admins else await _owner_link(store),
        }


def _seconds(ordered: Sequence[timedelta], share: float) -> int:
    """Return the delay that this share of the alerts does not exceed, in seconds."""
    return round(ordered[ceil(share * len(ordered)) - 1].total_seconds())


def _median_seconds(doing: Iterable[Doing]) -> int | None:
    delay = median([each.discovery for each in doing if each.discovery is not None])
    return None if delay is None else round(delay.total_seconds())


async def _owner_link(store: Store) -> str | None:
    """A link needs the bot's name, which is known once it has spoken with Telegram."""
    async with store.write() as tx:
        username = await memory.fact(tx, "telegram.username")
        if username is None:
            return None
        from bot.telegram.access import owner_link

        return await owner_link(tx, username, clock.now())
