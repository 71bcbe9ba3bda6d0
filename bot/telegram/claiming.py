"""Says in an alert who takes care of it. Names are asked of Telegram, and kept nowhere."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import structlog
from telegram.error import TelegramError
from telegram.ext import ExtBot

from bot.alerts.compose import Button, Message
from bot.alerts.html import escape, one_line, shorten
from bot.alerts.telling import Reader

log = structlog.get_logger()

LONGEST_NAME = 40


async def named(bot: ExtBot[Any], chat_id: int, user_id: int) -> str:
    """Return what somebody is called; empty where Telegram does not say."""
    try:
        member = await bot.get_chat_member(chat_id, user_id)
    except TelegramError as error:
        log.info("claim.name_unknown", error=error.message)
        return ""
    return member.user.full_name


def claimed(message: Message, reader: Reader, name: str, at: datetime) -> Message:
    """Return an alert with the line that says who takes care of it, and the button to end that."""
    words, local = reader.words.own, at.astimezone(reader.zone)
    who = escape(shorten(one_line(name), LONGEST_NAME)) or words.somebody
    line = words.claimed.format(name=who, time=f"{local:%H:%M}")
    rows = tuple(
        tuple(_released(button, words.button_undo) for button in row) for row in message.buttons
    )
    return replace(message, html=f"{message.html}\n{line}", buttons=rows)


def _released(button: Button, label: str) -> Button:
    kind, _, letter = button.data.partition(":")
    return Button(label, f"uc:{letter}") if kind == "cl" else button
