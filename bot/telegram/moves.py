"""What becomes of chats: a group gets another id, the bot is added, removed, blocked, let write."""

from dataclasses import dataclass
from typing import Any

import structlog
import telegram
from telegram import ChatMember, ChatMemberUpdated, Update
from telegram.error import TelegramError
from telegram.ext import ChatMemberHandler, ExtBot, MessageHandler, filters

from bot.alerts.compose import Message
from bot.store import chats
from bot.store.chats import Chat
from bot.telegram import channels
from bot.telegram.desk import Desk
from bot.telegram.front import App
from bot.telegram.messages import send
from bot.telegram.steady import Context
from bot.wording import Sentences, sentences

log = structlog.get_logger()


class Moves:
    """Telegram tells of the move by a message in either chat."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def register(self, app: App) -> None:
        """Hang it into the library."""
        moved = self._desk.waiting.steady(self.moved)
        app.add_handler(MessageHandler(filters.StatusUpdate.MIGRATE, moved))

    async def moved(self, update: Update, _context: Context) -> None:
        """Let the chat's settings and alerts follow."""
        message = update.message
        if message is None:
            return
        old = message.migrate_from_chat_id or message.chat.id
        new = message.migrate_to_chat_id or message.chat.id
        async with self._desk.store.write() as tx:
            await chats.move(tx, old, new)


@dataclass(frozen=True, slots=True)
class Standing:
    """What the bot is in a chat."""

    is_in: bool
    may_write: bool


def standing(chat: telegram.Chat, member: ChatMember) -> Standing:
    """Return what somebody is in a chat: in a channel, only administrators are anything."""
    is_admin = member.status in {ChatMember.ADMINISTRATOR, ChatMember.OWNER}
    if chat.type == "channel":
        return Standing(is_admin, is_admin and getattr(member, "can_post_messages", True) is True)
    if isinstance(member, telegram.ChatMemberRestricted):
        return Standing(member.is_member, member.is_member and member.can_send_messages)
    is_in = is_admin or member.status == ChatMember.MEMBER
    return Standing(is_in, is_in)


class Members:
    """Telegram tells what becomes of the bot in a chat: blocked, added, removed, let write."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def register(self, app: App) -> None:
        """Hang it into the library."""
        changed = self._desk.waiting.steady(self.changed)
        app.add_handler(ChatMemberHandler(changed, ChatMemberHandler.MY_CHAT_MEMBER))

    async def changed(self, update: Update, context: Context) -> None:
        """Serve a chat only while it can be written to, and greet one that is new."""
        change = update.my_chat_member
        if change is None or change.new_chat_member.user.id != context.bot.id:
            return
        before = standing(change.chat, change.old_chat_member)
        after = standing(change.chat, change.new_chat_member)
        known = await self._follow(change.chat.id, after)
        if change.chat.type == "private" or not after.is_in:
            return
        if change.chat.type != "channel":
            if known is None and not before.is_in:
                await self._enter_group(context.bot, change, after)
        elif known is None or before.may_write != after.may_write:
            await self._enter_channel(context.bot, change, after)

    async def _follow(self, chat_id: int, after: Standing) -> Chat | None:
        """Let the chat sleep with its settings while it cannot be written to; return it."""
        async with self._desk.store.write() as tx:
            chat = await chats.get(tx, chat_id)
            if chat is not None and not after.may_write:
                await chats.fall_asleep(tx, chat.id, self._desk.now())
            elif chat is not None and chat.state == "asleep":
                await chats.wake(tx, chat.id)
        return None if chat is None or chat.state == "asked" else chat

    async def _enter_group(
        self, bot: ExtBot[Any], change: ChatMemberUpdated, after: Standing
    ) -> None:
        """Greet a group that the bot was added to, if it is let in."""
        chat = await self._desk.access.enter(change.chat, change.from_user)
        if chat is None:
            words = sentences(change.from_user.language_code or "en")
            await _say(bot, change.chat.id, Message(words.private_only))
        elif (await self._follow(chat.id, after)) and after.may_write:
            await _say(bot, chat.id, channels.greeting(sentences(chat.language)))

    async def _enter_channel(
        self, bot: ExtBot[Any], change: ChatMemberUpdated, after: Standing
    ) -> None:
        """Tell who added the bot to a channel, or changed its rights there, how it stands."""
        words, title = await self._words_of(change.from_user), change.chat.title or ""
        chat = await self._desk.access.enter(change.chat, change.from_user)
        if chat is None:
            said = Message(words.people.channel_refused)
        else:
            await self._follow(chat.id, after)
            said = channels.state(words, chat.id, title, may_write=after.may_write)
        await _say(bot, change.from_user.id, said)

    async def _words_of(self, user: telegram.User) -> Sentences:
        async with self._desk.store.read() as connection:
            own = await chats.get(connection, user.id)
        return sentences(own.language if own else user.language_code or "en")


async def _say(bot: ExtBot[Any], chat_id: int, message: Message) -> None:
    """Say something that nobody asked for; who never opened the bot cannot be written to."""
    try:
        await send(bot, chat_id, message)
    except TelegramError as error:
        log.info("members.not_told", chat=chat_id, error=error.message)
