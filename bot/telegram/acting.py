"""Settling a group or channel from a private chat: how that is shown, and which chat is meant.

What is answered there begins with the name of the chat that is meant. Its buttons say which one
that is: they go on meaning it when somebody turns to another chat, or back to their own.
"""

from dataclasses import replace
from typing import Any

import structlog
from telegram.error import TelegramError
from telegram.ext import ExtBot

from bot.alerts.compose import Button, Message
from bot.alerts.html import bold, one_line, shorten
from bot.store.chats import Chat

log = structlog.get_logger()

LONGEST_TITLE = 40

Rows = tuple[tuple[Button, ...], ...]


def marked(rows: Rows, chat_id: int) -> Rows:
    """Return buttons that say which chat they mean; 49 of their 64 bytes are left for the rest."""
    return tuple(
        tuple(replace(b, data=f"{b.data}@{chat_id}") if b.data else b for b in row) for row in rows
    )


def meant(data: str) -> tuple[str, int | None]:
    """Return what a button says, and which chat it means; None: the one that it stands in."""
    said, mark, number = data.rpartition("@")
    if mark and number.isascii() and number.removeprefix("-").isdecimal() and len(number) < 19:
        return said, int(number)
    return data, None


def headed(message: Message, title: str) -> Message:
    """Return a message that says first which chat it is about."""
    return replace(message, html=f"📣 {bold(title)}\n{message.html}")


async def title_of(bot: ExtBot[Any], chat: Chat) -> str:
    """Ask Telegram what a group or channel is called, which is kept nowhere; else its id."""
    try:
        found = await bot.get_chat(chat.address.chat_id)
    except TelegramError as error:
        log.info("acting.title_unknown", chat=chat.id, error=error.message)
        return str(chat.id)
    return shorten(one_line(found.title or ""), LONGEST_TITLE) or str(chat.id)
