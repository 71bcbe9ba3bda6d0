"""`ausguck status`."""

from argparse import Namespace
from datetime import datetime, timedelta
from math import ceil
from typing import Any

from bot import clock
from bot.cli import DONE, json_line
from bot.cli.settings import configured, finish
from bot.config import Config
from bot.daemon.intake import open_store
from bot.feeds.health import in_words
from bot.store import Store, memory, state
from bot.store.canary import Arrival

_OUTBOX = {
    "pending": "waiting",
    "sending": "on their way",
    "dead": "dropped (collected, or no longer wanted)",
}


def status(arguments: Namespace) -> int:
    """Print how it is going, and, while there is no admin, a new link to become one."""
    found = finish(_status(configured(arguments)))
    if arguments.json:
        print(json_line(found))
        return DONE
    _print_feeds(found)
    print(f"entries waiting to be read: {found['entries_waiting']}")
    print(f"chats: {found['chats']}, admins: {found['admins']}")
    outbox = found["outbox"].items()
    messages = ", ".join(f"{count} {_OUTBOX.get(state, state)}" for state, count in outbox)
    print(f"messages: {messages or 'none'}")
    if found["told_seconds"] is not None:
        half, most = (in_words(timedelta(seconds=each)) for each in found["told_seconds"])
        print(f"alerts of late: half within {half} of publication, 95 % within {most}")
    if found["canary"]:
        took = in_words(timedelta(seconds=ceil(found["canary"]["seconds"])))
        print(f"the canary last arrived at {found['canary']['arrived']}, within {took}")
    if found["sent_plainly"]:
        print(f"sent in plain words, as Telegram refused the HTML: {found['sent_plainly']}")
    if found["page"]:
        print(f"status page: {found['page']}")
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
    from bot.daemon.site import page_address  # with the server's libraries

    async with open_store(config, clock.now) as store:
        async with store.read() as connection:
            found = await state.of_service(connection, clock.now())
        pulse, told = found.pulse, found.pulse.told
        admins = found.admins | set(config.telegram.admins)
        return {
            "feeds": len(found.feeds),
            "feeds_with_errors": sum(1 for feed in found.feeds if feed.error),
            "health": dict(sorted(found.health.items())),
            "ill": [
                {"url": feed.url, "error": feed.error, "errors": found.doing[feed.url].errors}
                for feed in found.which("ill")
            ],
            "silent": [
                {"url": feed.url, "last_new": _iso(found.doing[feed.url].last_new)}
                for feed in found.which("silent")
            ],
            "entries_per_day": round(found.per_day, 1),
            "discovery_seconds": _seconds(found.discovery),
            "network_down_since": _iso(pulse.network_down_since),
            "entries_waiting": pulse.waiting,
            "chats": found.served,
            "admins": len(admins),
            "outbox": dict(found.letters),
            "told_seconds": told and [_seconds(told.half), _seconds(told.most)],
            "canary": _canary(pulse.canary),
            "sent_plainly": found.plain,
            "page": await page_address(config, store),
            "owner_link": None if admins else await _owner_link(store),
        }


def _canary(arrival: Arrival | None) -> dict[str, Any] | None:
    if arrival is None:
        return None
    return {"arrived": _iso(arrival.at), "seconds": round(arrival.took.total_seconds(), 2)}


def _iso(instant: datetime | None) -> str | None:
    return instant.isoformat() if instant else None


def _seconds(length: timedelta | None) -> int | None:
    return None if length is None else round(length.total_seconds())


async def _owner_link(store: Store) -> str | None:
    """A link needs the bot's name, which is known once it has spoken with Telegram."""
    async with store.write() as tx:
        username = await memory.fact(tx, "telegram.username")
        if username is None:
            return None
        from bot.telegram.access import owner_link

        return await owner_link(tx, username, clock.now())
