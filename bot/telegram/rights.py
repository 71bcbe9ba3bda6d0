"""Who may settle things in a chat: in a group its administrators, and those of the bot."""

from typing import Any

import structlog
from telegram.error import TelegramError
from telegram.ext import ExtBot

from bot.store import Store, chats
from bot.store.chats import Chat

log = structlog.get_logger()


async def may_settle(store: Store, bot: ExtBot[Any], chat: Chat, user_id: int | None) -> bool:
    """Tell whether somebody may change how a chat is served; in a private chat its person may."""
    if chat.type == "private":
        return True
    if user_id is None:
        return False
    async with store.read() as connection:
        own = await chats.get(connection, user_id)
    if own is not None and own.admin:
        return True
    try:
        member = await bot.get_chat_member(chat.id, user_id)
    except TelegramError as error:
        log.info("rights.member_unknown", chat=chat.id, error=error.message)
        return False
    return member.status in {"administrator", "creator"}
