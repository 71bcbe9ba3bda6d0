"""A group becomes a supergroup with another id: what belongs to it follows."""

from telegram import Update
from telegram.ext import MessageHandler, filters

from bot.store import chats
from bot.telegram.commands import App, Context
from bot.telegram.desk import Desk


class Moves:
    """Telegram tells of the move by a message in either chat."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def register(self, app: App) -> None:
        """Hang it into the library."""
        app.add_handler(MessageHandler(filters.StatusUpdate.MIGRATE, self.moved))

    async def moved(self, update: Update, _context: Context) -> None:
        """Let the chat's settings and alerts follow."""
        message = update.message
        if message is None:
            return
        old = message.migrate_from_chat_id or message.chat.id
        new = message.migrate_to_chat_id or message.chat.id
        async with self._desk.store.write() as tx:
            await chats.move(tx, old, new)
