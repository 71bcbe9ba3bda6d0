"""Files that are sent in answer."""

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
