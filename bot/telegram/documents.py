"""Files and pictures that are sent in answer."""

from telegram import ReplyParameters
from telegram.constants import ParseMode

from bot.telegram.talk import Talk


async def answer_file(talk: Talk, name: str, content: bytes, caption: str = "") -> None:
    """Send a file where it was asked for.

    Args:
        talk: what was said.
        name: what the file is called there.
        content: its bytes, which arrive as they are.
        caption: HTML, at most 1,024 characters.

    Raises:
        telegram.error.TelegramError: see `bot.telegram.outcome`.
    """
    await talk.bot.send_document(
        talk.here.chat_id,
        document=content,
        filename=name,
        caption=caption or None,
        parse_mode=ParseMode.HTML,
        message_thread_id=talk.here.thread,
    )


async def answer_picture(talk: Talk, content: bytes, caption: str) -> None:
    """Send a picture in answer to what was said.

    Args:
        talk: what was said.
        content: a PNG of at most 10 MB.
        caption: HTML, at most 1,024 characters as it is read.

    Raises:
        telegram.error.TelegramError: see `bot.telegram.outcome`.
    """
    said = talk.said.message_id if talk.said else None
    answers = ReplyParameters(said, allow_sending_without_reply=True) if said else None
    await talk.bot.send_photo(
        talk.here.chat_id,
        photo=content,
        caption=caption,
        parse_mode=ParseMode.HTML,
        message_thread_id=talk.here.thread,
        reply_parameters=answers,
    )
