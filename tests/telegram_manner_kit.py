"""What the tests of how a chat is told share: somebody who is served, and what they settled."""

from datetime import timedelta

from bot.alerts.timing import Manner
from bot.store import chats
from tests.telegram_kit import PERSON, Service

HOUR = timedelta(hours=1)


async def manner(bot: Service, chat: int = PERSON) -> Manner:
    async with bot.store.read() as connection:
        return await chats.manner(connection, chat)


async def served(bot: Service, *lists: str) -> None:
    """Have the person greeted, with these lists on."""
    await bot.ask("/start")
    await bot.serve(PERSON, *(lists or ("nordkorea",)))
