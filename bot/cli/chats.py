"""`ausguck chats`: who is served, and a person's rights over what is kept of them."""

import json
from argparse import Namespace
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot import clock
from bot.cli import DONE, json_line
from bot.cli.settings import configured, finish
from bot.config import Config
from bot.daemon.intake import open_store
from bot.errors import Fault, UserError
from bot.store import Store, chats, people
from bot.store.chats import Chat
from bot.watch import personal


@dataclass(frozen=True, slots=True)
class Served:
    """A chat, and the watchlists that are on in it."""

    chat: Chat
    lists: Sequence[str]


def list_(arguments: Namespace) -> int:
    """Print all chats."""
    for served in finish(_served(configured(arguments))):
        print(json_line(_as_json(served)) if arguments.json else _line(served))
    return DONE


async def _served(config: Config) -> Sequence[Served]:
    async with open_store(config, clock.now) as store, store.read() as connection:
        return [
            Served(chat, sorted(await chats.subscribed(connection, chat.id)))
            for chat in await chats.listed(connection)
        ]


def _as_json(served: Served) -> dict[str, object]:
    chat = served.chat
    topic = {"group": chat.group_id, "thread": chat.thread} if chat.thread is not None else None
    return {
        "id": chat.id,
        "type": chat.type,
        "language": chat.language,
        "state": chat.state,
        "admin": chat.admin,
        "lists": list(served.lists),
        "topic": topic,
    }


def _line(served: Served) -> str:
    chat = served.chat
    words = [chat.state, *(["admin"] if chat.admin else [])]
    where = f"topic {chat.thread} of {chat.group_id}" if chat.thread is not None else chat.type
    own = any(map(personal.is_own, served.lists))
    lists = [name for name in served.lists if not personal.is_own(name)]
    shown = ", ".join([*lists, *(["queries of its own"] if own else [])]) or "no lists"
    return f"{chat.id}  {where}  {chat.language}  [{', '.join(words)}]  {shown}"


def admin(arguments: Namespace) -> int:
    """Make a person an admin; who had asked for access is let in with that."""
    finish(_make_admin(configured(arguments), arguments.id))
    print("is an admin now")
    return DONE


async def _make_admin(config: Config, chat_id: int) -> None:
    async with open_store(config, clock.now) as store:
        chat = await _known(store, chat_id)
        if chat.type != "private":
            what, remedy = f"is a {chat.type}: only people are admins", "name somebody's own chat"
            raise UserError(Fault(str(chat_id), what, remedy))
        state = "active" if chat.state == "asked" else chat.state
        async with store.write() as tx:
            await chats.put(tx, replace(chat, admin=True, state=state), clock.now())


def export(arguments: Namespace) -> int:
    """Print all that is kept of a chat."""
    kept = finish(_export(configured(arguments), arguments.id))
    print(json.dumps(kept, ensure_ascii=False, indent=2))
    return DONE


async def _export(config: Config, chat_id: int) -> dict[str, object]:
    async with open_store(config, clock.now) as store:
        await _known(store, chat_id)
        async with store.read() as connection:
            return await people.export(connection, chat_id)


def erase(arguments: Namespace) -> int:
    """Erase a chat with its topics, and print what was done."""
    print(finish(_erase(configured(arguments), arguments.id)))
    return DONE


async def _erase(config: Config, chat_id: int) -> str:
    async with open_store(config, clock.now) as store:
        chat = await _known(store, chat_id)
        async with store.write() as tx:
            topics = len(await people.topics(tx, chat_id))
            await people.erase(tx, chat_id, clock.now())
    kind = "topic" if chat.thread is not None else chat.type
    where = "a private chat" if kind == "private" else f"a {kind}"
    more = f" with {topics} {'topic' if topics == 1 else 'topics'}" if topics else ""
    return f"erased {where}{more}; an older backup does not bring it back"


async def _known(store: Store, chat_id: int) -> Chat:
    """Return a chat.

    Raises:
        UserError: there is none.
    """
    async with store.read() as connection:
        chat = await chats.get(connection, chat_id)
    if chat is None:
        raise UserError(Fault(str(chat_id), "is not known", "`ausguck chats list` shows who is"))
    return chat
