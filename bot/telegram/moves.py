"""What becomes of chats: a group gets another id, the bot is blocked or let in again."""

from telegram import ChatMember, Update
from telegram.ext import ChatMemberHandler, MessageHandler, filters

from bot.store import chats
from bot.telegram.desk import Desk
from bot.telegram.front import App, Context


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


class Members:
    """Telegram tells what becomes of the bot in a chat: blocked, removed, let in again."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def register(self, app: App) -> None:
        """Hang it into the library."""
        app.add_handler(ChatMemberHandler(self.changed, ChatMemberHandler.MY_CHAT_MEMBER))

    async def changed(self, update: Update, _context: Context) -> None:
        """Let the chat sleep with its settings while the bot is out, and wake it after that."""
        change = update.my_chat_member
        if change is None:
            return
        out = change.new_chat_member.status in {ChatMember.LEFT, ChatMember.BANNED}
        async with self._desk.store.write() as tx:
            chat = await chats.get(tx, change.chat.id)
            if chat is not None and out and chat.state == "active":
                await chats.fall_asleep(tx, chat.id, self._desk.now())
            elif chat is not None and not out and chat.state == "asleep":
                await chats.wake(tx, chat.id)
