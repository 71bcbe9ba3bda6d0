"""What the tests of watchlists as files share: sending them, and what lies in the folder."""

from pathlib import Path
from typing import Any

from bot.daemon.lists import open_library, tell_admins
from bot.sandbox import people
from bot.sandbox.world import PERSON
from tests.telegram_kit import Service, until

OTHER_ADMIN = 4004


async def owned(bot: Service, *lists: str) -> None:
    """The person is the admin, with these lists on."""
    await bot.serve(PERSON, *lists, admin=True)


def send(
    bot: Service,
    content: bytes | str,
    name: str = "iran.txt",
    caption: str = "",
    chat: int = PERSON,
) -> None:
    """A person sends a file."""
    world = bot.sandbox.world
    written = content.encode() if isinstance(content, str) else content
    file = world.keep_file(name, written, "text/plain")
    people.say(world, world.chats[chat], people.document_body(file, caption))


async def sent(
    bot: Service,
    content: bytes | str,
    name: str = "iran.txt",
    caption: str = "",
    chat: int = PERSON,
) -> dict[str, Any]:
    """Send a file; return the answer."""
    before = len(bot.messages(chat))
    send(bot, content, name, caption=caption, chat=chat)
    return await bot.message(before, chat)


async def saved(bot: Service, chat: int = PERSON) -> None:
    """Save the file that was sent last; it is in force then."""
    await bot.press("speichern", chat)
    await until(lambda: any("gilt ab sofort" in text for text in bot.texts(chat)), "the answer")


def folder(bot: Service) -> Path:
    """Where the watchlists are."""
    return bot.library.folder


def files(bot: Service) -> dict[str, bytes]:
    """What is in the folder."""
    return {each.name: each.read_bytes() for each in folder(bot).iterdir()}


def source(bot: Service, name: str) -> str:
    """The text of a list that is in force."""
    return next(each.source for each in bot.library.watchlists if each.name == name)


async def told(bot: Service, words: str, number: int = 0, chat: int = PERSON) -> dict[str, Any]:
    """Wait until a message says this, and return it."""
    await until(lambda: words in "\n".join(bot.texts(chat)[number:]), words)
    return bot.messages(chat)[number]


def versions(bot: Service, name: str) -> list[str]:
    """The texts that are kept of a list, the oldest first."""
    return [row["source"] for row in bot.rows("versions") if row["name"] == name]


async def reopened(bot: Service) -> None:
    """End the bot, and start it as after a night: the folder is read anew."""
    await bot.stop()
    bot.library = await open_library(
        bot.config, bot.store, tell_admins(bot.store, bot.clock), bot.clock
    )
    await bot.start()
