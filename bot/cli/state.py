"""`ausguck status` and `ausguck health`."""

from argparse import Namespace
from typing import Any

from bot import clock
from bot.cli import DONE, NO, complain, json_line
from bot.cli.settings import configured, finish
from bot.config import Config
from bot.daemon.intake import open_store
from bot.store import Store, chats, entries, feeds, memory, outbox


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
    print(f"feeds: {found['feeds']}, of which {found['feeds_with_errors']} with errors")
    print(f"entries waiting to be read: {found['entries_waiting']}")
    print(f"chats: {found['chats']}, admins: {found['admins']}")
    messages = ", ".join(f"{count} {state}" for state, count in found["outbox"].items())
    print(f"messages: {messages or 'none'}")
    if found["owner_link"]:
        print(f"open this link within the hour to become the admin: {found['owner_link']}")
    return DONE


async def _status(config: Config) -> dict[str, Any]:
    async with open_store(config, clock.now) as store:
        async with store.read() as connection:
            sources = await feeds.listed(connection)
            people = [chat for chat in await chats.listed(connection) if chat.state == "active"]
            waiting = await entries.unread(connection, clock.now())
            messages = await outbox.counts(connection)
        admins = {chat.id for chat in people if chat.admin} | set(config.telegram.admins)
        return {
            "feeds": len(sources),
            "feeds_with_errors": sum(1 for feed in sources if feed.error),
            "entries_waiting": waiting,
            "chats": len(people),
            "admins": len(admins),
            "outbox": messages,
            "owner_link": None if admins else await _owner_link(store),
        }


async def _owner_link(store: Store) -> str | None:
    """A link needs the bot's name, which is known once it has spoken with Telegram."""
    async with store.write() as tx:
        username = await memory.fact(tx, "telegram.username")
        if username is None:
            return None
        from bot.telegram.access import owner_link

        return await owner_link(tx, username, clock.now())
