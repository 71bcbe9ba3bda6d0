"""Who may settle things in a chat: in a group or a channel its administrators."""

from typing import Any

import structlog
from telegram.error import TelegramError
from telegram.ext import ExtBot

from bot.store.chats import Chat

log = structlog.get_logger()


async def may_settle(bot: ExtBot[Any], chat: Chat, user_id: int | None) -> bool:
    """Tell whether somebody may change how a chat is served; in a private chat its person may."""
    if chat.type == "private":
        return True
    if user_id is None:
        return False
    try:
        member = await bot.get_chat_member(chat.address.chat_id, user_id)
    except TelegramError as error:
        log.info("rights.member_unknown", chat=chat.id, error=error.message)
        return False
    return member.status in {"administrator", "creator"}
