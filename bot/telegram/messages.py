"""Hands composed messages to the library."""

from typing import Any

from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    ReplyParameters,
)
from telegram import Message as Posted
from telegram.constants import MessageLimit, ParseMode
from telegram.ext import ExtBot

from bot.alerts.compose import Button, Message
from bot.alerts.html import plain, shorten
from bot.model import Address
from bot.telegram.lanes import FROM_OUTBOX


def keyboard(rows: tuple[tuple[Button, ...], ...]) -> InlineKeyboardMarkup | None:
    """Return the buttons as the library wants them; None for none."""
    if not rows:
        return None
    return InlineKeyboardMarkup([[_button(button) for button in row] for row in rows])


def _button(button: Button) -> InlineKeyboardButton:
    if button.url:
        return InlineKeyboardButton(button.text, url=button.url)
    return InlineKeyboardButton(button.text, callback_data=button.data)


async def send(
    bot: ExtBot[Any],
    to: int | Address,
    message: Message,
    lane: str | None = None,
    answers: int | None = None,
) -> Posted:
    """Send a message.

    Args:
        bot: the library's.
        to: a chat, perhaps with a topic.
        message: as composed.
        lane: says to the rate limiter whose it is.
        answers: the message that it is an answer to, and shows so.

    Raises:
        telegram.error.TelegramError: see `bot.telegram.outcome`.
    """
    chat_id, thread = to if isinstance(to, Address) else (to, None)
    return await bot.send_message(
        chat_id,
        message.html,
        message_thread_id=thread,
        parse_mode=ParseMode.HTML,
        reply_markup=keyboard(message.buttons),
        disable_notification=message.silent,
        link_preview_options=preview(message),
        reply_parameters=_answering(answers),
        rate_limit_args=lane,
    )


def _answering(message_id: int | None) -> ReplyParameters | None:
    if message_id is None:
        return None
    return ReplyParameters(message_id, allow_sending_without_reply=True)


async def send_file(
    bot: ExtBot[Any], to: Address, message: Message, file: tuple[str, bytes]
) -> Posted:
    """Send a file from the outbox, the message beside it.

    Args:
        bot: the library's.
        to: a chat, perhaps with a topic.
        message: at most 1,024 characters as it is read; its buttons are not sent.
        file: its name and its content.

    Raises:
        telegram.error.TelegramError: see `bot.telegram.outcome`.
    """
    name, content = file
    return await bot.send_document(
        to.chat_id,
        document=content,
        filename=name,
        caption=message.html,
        parse_mode=ParseMode.HTML,
        message_thread_id=to.thread,
        disable_notification=message.silent,
        rate_limit_args=FROM_OUTBOX,
    )


async def send_plain(
    bot: ExtBot[Any], to: int | Address, message: Message, lane: str | None = None
) -> Posted:
    """Send the same words without markup, buttons and preview, where Telegram refused those.

    Raises:
        telegram.error.TelegramError: see `bot.telegram.outcome`.
    """
    chat_id, thread = to if isinstance(to, Address) else (to, None)
    return await bot.send_message(
        chat_id,
        message_thread_id=thread,
        # Links are written out, and may be longer than the words were.
        text=shorten(plain(message.html), MessageLimit.MAX_TEXT_LENGTH),
        disable_notification=message.silent,
        link_preview_options=LinkPreviewOptions(is_disabled=True),
        rate_limit_args=lane,
    )


async def edit(bot: ExtBot[Any], chat_id: int, message_id: int, message: Message) -> None:
    """Change a message that was sent.

    Raises:
        telegram.error.TelegramError: see `bot.telegram.outcome`.
    """
    await bot.edit_message_text(
        message.html,
        chat_id,
        message_id,
        parse_mode=ParseMode.HTML,
        reply_markup=keyboard(message.buttons),
        link_preview_options=preview(message),
        rate_limit_args=FROM_OUTBOX,
    )


def preview(message: Message) -> LinkPreviewOptions:
    """Return what the library is told of the preview of a message."""
    if message.preview is None:
        return LinkPreviewOptions(is_disabled=True)
    return LinkPreviewOptions(url=message.preview, prefer_small_media=True)
