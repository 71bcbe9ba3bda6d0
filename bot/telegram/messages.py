"""Hands composed messages to the library."""

from typing import Any

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions
from telegram import Message as Posted
from telegram.constants import MessageLimit, ParseMode
from telegram.ext import ExtBot

from bot.alerts.compose import Button, Message
from bot.alerts.html import plain, shorten


def keyboard(rows: tuple[tuple[Button, ...], ...]) -> InlineKeyboardMarkup | None:
    """Return the buttons as the library wants them; None for none."""
    if not rows:
        return None
    return InlineKeyboardMarkup([[_button(button) for button in row] for row in rows])


def _button(button: Button) -> InlineKeyboardButton:
    if button.url:
        return InlineKeyboardButton(button.text, url=button.url)
    return InlineKeyboardButton(button.text, callback_data=button.data)


async def send(bot: ExtBot[Any], chat_id: int, message: Message, lane: str | None = None) -> Posted:
    """Send a message; `lane` says to the rate limiter whose it is.

    Raises:
        telegram.error.TelegramError: see `bot.telegram.outcome`.
    """
    return await bot.send_message(
        chat_id,
        message.html,
        parse_mode=ParseMode.HTML,
        reply_markup=keyboard(message.buttons),
        disable_notification=message.silent,
        link_preview_options=_preview(message),
        rate_limit_args=lane,
    )


async def send_plain(
    bot: ExtBot[Any], chat_id: int, message: Message, lane: str | None = None
) -> Posted:
    """Send the same words without markup, buttons and preview, where Telegram refused those.

    Raises:
        telegram.error.TelegramError: see `bot.telegram.outcome`.
    """
    return await bot.send_message(
        chat_id,
        # Links are written out, and may be longer than the words were.
        shorten(plain(message.html), MessageLimit.MAX_TEXT_LENGTH),
        disable_notification=message.silent,
        link_preview_options=LinkPreviewOptions(is_disabled=True),
        rate_limit_args=lane,
    )


def _preview(message: Message) -> LinkPreviewOptions:
    if message.preview is None:
        return LinkPreviewOptions(is_disabled=True)
    return LinkPreviewOptions(url=message.preview, prefer_small_media=True)
